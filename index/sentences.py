"""The sentences of all chunks as arrays: vectors and terms ready for ranking, read from disk only where needed.

An answer quotes a sentence, not a chunk, so sentences are ranked too. What that takes is worked out when the index is
built; a search then reads the few rows it needs from memory-mapped files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from index.progress import Progress, silent
from index.rows import members

_ARRAYS = ("starts", "ends", "first", "vectors", "term_ids", "first_term")
_AT_ONCE = 2048


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
    def load(cls, folder: Path) -> SentenceTable:
        """Map the columns that `write_sentences` wrote.

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


def write_sentences(
    folder: Path,
    spans: Sequence[Sequence[tuple[int, int]]],
    texts: Iterable[str],
    encode: Callable[[Sequence[str]], NDArray[np.float32]],
    words: LexicalIndex,
    progress: Progress = silent,
) -> None:
    """Make the table in a folder of its own, some sentences at a time, so that vectors never fill the memory.

    Args:
        folder: must not be there yet.
        spans: for each chunk the (start, end) of its sentences in the report.
        texts: the sentences' texts, in the same order, read once.
        encode: makes unit rows of texts.
        words: knows the terms' ids.
        progress: hears of every batch.
    """
    folder.mkdir()
    flat = np.array([span for chunk in spans for span in chunk], dtype=np.int32).reshape(-1, 2)
    ids, counts = [np.empty(0, dtype=np.int32)], [np.zeros(1, dtype=np.int64)]
    with (folder / "vectors.npy").open("wb") as file:
        # Written like any file and not through a mapping: a full disk is an error then, and no crash.
        shape = (len(flat), encode([""]).shape[1])
        np.lib.format.write_array_header_1_0(file, {"descr": "<f2", "fortran_order": False, "shape": shape})
        for batch in _batches(texts, len(flat), progress):
            file.write(encode(batch).astype("<f2").tobytes())
            found, sizes = words.ids_of_texts(batch)
            ids.append(found)
            counts.append(sizes)
    columns: dict[str, NDArray[np.generic]] = {
        "starts": flat[:, 0],
        "ends": flat[:, 1],
        "first": np.cumsum([0, *map(len, spans)], dtype=np.int64),
        "term_ids": np.concatenate(ids),
        "first_term": np.cumsum(np.concatenate(counts), dtype=np.int64),
    }
    for name, column in columns.items():
        np.save(folder / f"{name}.npy", column)


def _batches(texts: Iterable[str], count: int, progress: Progress) -> Iterator[list[str]]:
    remaining, done = iter(texts), 0
    while batch := list(islice(remaining, _AT_ONCE)):
        progress("embed sentences", done, count)
        yield batch
        done += len(batch)
    progress("embed sentences", done, count)


def _slices(first: NDArray[np.int64], wanted: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the members of the slices first[i]:first[i + 1] for each wanted i, and which slice each is of."""
    starts, stops = first[wanted], first[wanted + 1]
    return members(starts, stops), np.repeat(np.arange(len(wanted), dtype=np.int64), stops - starts)
