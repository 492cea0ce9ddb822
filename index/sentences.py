"""The sentences of all chunks as arrays: vectors and terms ready for ranking, read from disk only where needed.

An answer quotes a sentence, not a chunk, so sentences are ranked too. What that takes is worked out when the index is
built; a search then reads the few rows it needs from memory-mapped files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import ArrayWriter
from index.counts import bounds_of
from index.parted import PartedRows, PartWriter
from index.portion import Counts, Portion, joined
from index.rows import members

_ARRAYS = ("starts", "ends", "first", "term_ids", "first_term")


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
        term_ids: (t,) int32, the terms of every sentence one after the other, ascending within a sentence.
        first_term: (n + 1,) int64, where a sentence's terms begin.
        vectors: (n, dim) float16, unit rows.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    first: NDArray[np.int64]
    term_ids: NDArray[np.int32]
    first_term: NDArray[np.int64]
    vectors: PartedRows

    @classmethod
    def load(cls, folder: Path) -> SentenceTable:
        """Map the columns that `SentenceWriter` wrote.

        Raises:
            OSError: if a file is missing.
            ValueError: if a file is no array, or they do not belong together.
        """
        # A plain view of the mapped file: numpy's memmap class is slow to index.
        columns = {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS}
        return cls(**columns, vectors=PartedRows(folder / "vectors"))

    def of_chunks(self, chunks: Sequence[int]) -> Candidates:
        """Return the sentences of some chunks."""
        rows, owner = _slices(self.first, np.asarray(chunks, dtype=np.int64))
        return Candidates(rows, owner)

    def terms_of(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return (term ids of all the rows one after the other, position of the row that each belongs to)."""
        places, owner = _slices(self.first_term, rows)
        return self.term_ids[places], owner


class SentenceWriter:
    """Writes the columns, report by report.

    Attributes:
        shared: the file of the earlier version that each of those that were not written is.
    """

    def __init__(self, folder: Path, dimensions: int, earlier: SentenceTable | None = None) -> None:
        folder.mkdir()
        self._folder = folder
        self._starts = ArrayWriter(folder / "starts.npy", np.int32)
        self._ends = ArrayWriter(folder / "ends.npy", np.int32)
        self._vectors = PartWriter(folder / "vectors", dimensions, earlier.vectors if earlier else None)
        self.shared = self._vectors.shared
        self._in_chunk: list[Counts] = []
        self._in_text: list[Counts] = []
        self._ids: list[NDArray[np.int32]] = []

    def add(self, report_id: str, portion: Portion) -> None:
        """Append the sentences of a report."""
        self._starts.add(portion.starts)
        self._ends.add(portion.ends)
        self._vectors.add(report_id, portion.vectors.sentences, portion.taken)
        self._in_chunk.append(portion.in_chunk)
        self._in_text.append(portion.sentence_terms.in_text)
        self._ids.append(portion.sentence_terms.ids)

    def finish(self, places: Sequence[NDArray[np.int32]]) -> None:
        """Write what is known only at the end.

        Args:
            places: for each report the ids of its terms, ascending, by its own numbers of them.
        """
        ids = ArrayWriter(self._folder / "term_ids.npy", np.int32)
        for own, numbers in zip(places, self._ids, strict=True):
            ids.add(own[numbers])
        ids.finish()
        np.save(self._folder / "first.npy", bounds_of(joined(self._in_chunk, np.int64)))
        np.save(self._folder / "first_term.npy", bounds_of(joined(self._in_text, np.int64)))
        for column in (self._starts, self._ends, self._vectors):
            column.finish()

    def close(self) -> None:
        """Let go of the files."""
        for column in (self._starts, self._ends, self._vectors):
            column.close()


def _slices(first: NDArray[np.int64], wanted: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the members of the slices first[i]:first[i + 1] for each wanted i, and which slice each is of."""
    starts, stops = first[wanted], first[wanted + 1]
    return members(starts, stops), np.repeat(np.arange(len(wanted), dtype=np.int64), stops - starts)
