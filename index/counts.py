"""How often each term stands in each chunk: what BM25 is made from, and what the next build takes over.

The one importer of `scipy`. Terms are numbered in the order of their code points, so that the same reports give the
same numbers whichever build came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from index.portion import Terms, bounds_of, joined

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class TermCounts:
    """A sparse matrix of n chunks by t terms, a column after the other.

    Attributes:
        vocabulary: the terms in order; positions are their ids.
        bounds: (t + 1,) int64; the entries of term i are bounds[i] to bounds[i + 1].
        rows: int32, the chunk of each entry, ascending within a term.
        counts: uint16, how often the term stands there.
        chunks: n.
    """

    vocabulary: Sequence[str]
    bounds: NDArray[np.int64]
    rows: Ids
    counts: NDArray[np.uint16]
    chunks: int

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> TermCounts:
        """Count the terms of some texts.

        >>> counts = TermCounts.of([["件", "调解", "件"], ["件"]])
        >>> counts.vocabulary, counts.rows.tolist(), counts.counts.tolist()
        (['件', '调解'], [0, 1, 0], [2, 1, 1])
        """
        table = TermTable()
        found = table.count(texts)
        vocabulary, places = table.in_order(found.ids)
        return cls.of_rows(vocabulary, Terms(places[found.ids], found.counts, found.in_text))

    @classmethod
    def of_rows(cls, vocabulary: Sequence[str], rows: Terms) -> TermCounts:
        """Make the matrix from the terms of its chunks; their ids are places in the vocabulary."""
        shape = (len(rows.in_text), len(vocabulary))
        matrix = csr_matrix((rows.counts, rows.ids, bounds_of([rows.in_text])), shape=shape).tocsc()
        ids = matrix.indices.astype(np.int32, copy=False)
        return cls(vocabulary, matrix.indptr.astype(np.int64), ids, matrix.data, len(rows.in_text))

    def by_chunk(self) -> Terms:
        """Return the terms of the chunks, the reverse of `of_rows`."""
        shape = (self.chunks, len(self.vocabulary))
        matrix = csc_matrix((self.counts, self.rows, self.bounds), shape=shape).tocsr()
        ids = matrix.indices.astype(np.int32, copy=False)
        return Terms(ids, matrix.data, np.diff(matrix.indptr).astype(np.int64))


class TermTable:
    """Numbers terms as they come, after those of an earlier vocabulary."""

    def __init__(self, earlier: Sequence[str] = ()) -> None:
        self._ids: dict[str, int] = {term: number for number, term in enumerate(earlier)}

    def count(self, texts: Iterable[Sequence[str]]) -> Terms:
        """Number and count the terms of some texts."""
        found = [self._count(words) for words in texts]
        ids = joined([ids for ids, _ in found], np.int32)
        counts = joined([counts for _, counts in found], np.uint16)
        return Terms(ids, counts, np.array([len(ids) for ids, _ in found], dtype=np.int64))

    def _count(self, words: Sequence[str]) -> tuple[Ids, NDArray[np.uint16]]:
        ids = self._ids
        numbers = np.fromiter((ids.setdefault(word, len(ids)) for word in words), dtype=np.int32, count=len(words))
        found, counts = np.unique(numbers, return_counts=True)
        return found, np.minimum(counts, np.iinfo(np.uint16).max).astype(np.uint16)

    def in_order(self, *used: Ids) -> tuple[list[str], NDArray[np.int32]]:
        """Return the terms that are used in order, and for each number so far its place there; -1 where unused."""
        is_used = np.zeros(len(self._ids), dtype=np.bool_)
        for ids in used:
            is_used[ids] = True
        kept = [(term, number) for term, number in self._ids.items() if is_used[number]]
        kept.sort()
        places = np.full(len(self._ids), -1, dtype=np.int32)
        places[np.array([number for _, number in kept], dtype=np.int64)] = np.arange(len(kept), dtype=np.int32)
        return [term for term, _ in kept], places
