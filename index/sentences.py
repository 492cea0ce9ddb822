"""The sentences of all chunks as arrays: vectors and terms ready for ranking, read from disk only where needed.

An answer quotes a sentence, not a chunk, so sentences are ranked too. What that takes is worked out when the index is
built; a search then reads the few rows it needs from memory-mapped files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from index.words import terms

_ARRAYS = ("starts", "ends", "first", "vectors", "term_ids", "first_term")


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences of some chunks, in the order of those chunks.

    Attributes:
        rows: (m,) int64, rows of the sentence table.
        owner: (m,) int64, position in the list of chunks that was asked for.
    """

    rows: NDArray[np.int64]
    owner: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SentenceTable:
    """Columns over all n sentences of all c chunks.

    Attributes:
        starts: (n,) int32, offsets in the report's text.
        ends: (n,) int32.
        first: (c + 1,) int64; the sentences of chunk i are rows first[i] to first[i + 1].
        vectors: (n, dim) float16, unit rows.
        term_ids: (t,) int32, the terms of every sentence one after the other, ascending within a sentence.
        first_term: (n + 1,) int64, where a sentence's terms begin.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    first: NDArray[np.int64]
    vectors: NDArray[np.float16]
    term_ids: NDArray[np.int32]
    first_term: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        spans: Sequence[Sequence[tuple[int, int]]],
        texts: Iterable[str],
        vectors: NDArray[np.float32],
        words: LexicalIndex,
    ) -> SentenceTable:
        """Make the table.

        Args:
            spans: for each chunk the (start, end) of its sentences in the report.
            texts: the sentences' texts, in the same order.
            vectors: (n, dim) float32, unit rows.
            words: knows the terms' ids.
        """
        flat = [span for chunk in spans for span in chunk]
        ids = [words.ids(terms(text)) for text in texts]
        return cls(
            starts=np.array([start for start, _ in flat], dtype=np.int32),
            ends=np.array([end for _, end in flat], dtype=np.int32),
            first=np.cumsum([0, *map(len, spans)], dtype=np.int64),
            vectors=vectors.astype(np.float16),
            term_ids=np.concatenate([*ids, np.empty(0, dtype=np.int32)]),
            first_term=np.cumsum([0, *map(len, ids)], dtype=np.int64),
        )

    def save(self, folder: Path) -> None:
        """Write the columns into a folder of their own."""
        folder.mkdir()
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> SentenceTable:
        """Map the columns that `save` wrote.

        Raises:
            OSError: if a file is missing.
            ValueError: if a file is no array.
        """
        # A plain view of the mapped file: numpy's memmap class is slow to index.
        return cls(*(np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS))

    def of_chunks(self, chunks: Sequence[int]) -> Candidates:
        """Return the sentences of some chunks."""
        rows, owner = _slices(self.first, np.asarray(chunks, dtype=np.int64))
        return Candidates(rows, owner)

    def terms_of(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return (term ids of all the rows one after the other, position of the row that each belongs to)."""
        places, owner = _slices(self.first_term, rows)
        return self.term_ids[places], owner


def _slices(first: NDArray[np.int64], wanted: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the members of the slices first[i]:first[i + 1] for each wanted i, and which slice each is of."""
    starts, counts = first[wanted], first[wanted + 1] - first[wanted]
    owner = np.repeat(np.arange(len(wanted), dtype=np.int64), counts)
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()), dtype=np.int64), owner
