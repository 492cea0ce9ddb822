"""Posting lists: which chunks hold a term, and how often, in arrays that are read from disk only where needed.

Counts are stored, not scores: one byte a posting, from which BM25 follows exactly. The one importer of `scipy`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from index.counts import TermTable
from index.portion import Terms, bounds_of, joined_terms
from index.rows import members
from index.words import key_kinds

# Chosen on the held-out training reports.
_K1, _B = 1.2, 0.6
# Texts counted at once: 2,048 chunks take some 30 MB while they are sorted.
_AT_ONCE = 2048
# Postings whose peak is looked for at once.
_BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class Postings:
    """Columns over t terms, p postings and n chunks.

    Attributes:
        keys: (t,) uint64, ascending; a term's id is its position.
        kinds: (t,) int8, the `Kind` of each term.
        bounds: (t + 1,) int64; the postings of term i are bounds[i] to bounds[i + 1].
        rarity: (t,) float32, inverse document frequency.
        peaks: (t,) float32, the most that a chunk gains by a term, before rarity.
        rows: (p,) int32, chunks, ascending within a term.
        counts: (p,) uint8, how often the term stands there, up to 255.
        norms: (n,) float32, what BM25 adds to a count for the length of a chunk.
    """

    keys: NDArray[np.uint64]
    kinds: NDArray[np.int8]
    bounds: NDArray[np.int64]
    rarity: NDArray[np.float32]
    peaks: NDArray[np.float32]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint8]
    norms: NDArray[np.float32]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Postings:
        """Count the terms of texts, taken a batch at a time; row numbers are their positions."""
        table, found, remaining = TermTable(), list[Terms](), iter(texts)
        while batch := list(islice(remaining, _AT_ONCE)):
            found.append(table.count(batch))
        counted = joined_terms(found)
        keys, places = table.in_order(counted.ids)
        return cls.of_chunks(keys, Terms(places[counted.ids], counted.counts, counted.in_text))

    @classmethod
    def of_chunks(cls, keys: NDArray[np.uint64], terms: Terms) -> Postings:
        """Turn the terms of all chunks round.

        Args:
            keys: of all terms, ascending.
            terms: of the chunks; their ids are positions in `keys`.
        """
        chunks = len(terms.in_text)
        lengths = np.add.reduceat(np.append(terms.counts, 0), bounds_of([terms.in_text])[:-1], dtype=np.float64)
        lengths[terms.in_text == 0] = 0
        norms = (_K1 * (1 - _B + _B * lengths / (lengths.mean() if lengths.any() else 1.0))).astype(np.float32)
        by_chunk = csr_matrix((terms.counts, terms.ids, bounds_of([terms.in_text])), shape=(chunks, len(keys)))
        by_term = by_chunk.tocsc()
        bounds, rows, counts = (
            by_term.indptr.astype(np.int64),
            by_term.indices.astype(np.int32, copy=False),
            by_term.data,
        )
        found = np.diff(bounds)
        rarity = np.log1p((chunks - found + 0.5) / (found + 0.5)).astype(np.float32)
        peaks = np.concatenate([np.empty(0, np.float32), *_peaks(bounds, rows, counts, norms)])
        return cls(keys, key_kinds(keys), bounds, rarity, peaks, rows, counts, norms)

    def terms(self) -> Terms:
        """Return the terms of all chunks, the reverse of `of_chunks`."""
        shape = (len(self.norms), len(self.keys))
        by_chunk = csc_matrix((self.counts, self.rows, self.bounds), shape=shape).tocsr()
        ids = by_chunk.indices.astype(np.int32, copy=False)
        return Terms(ids, by_chunk.data, np.diff(by_chunk.indptr).astype(np.int64))

    def save(self, folder: Path) -> None:
        """Write the columns into a folder of their own."""
        folder.mkdir()
        for name in _COLUMNS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Map the columns that `save` wrote.

        Raises:
            OSError: if a file is missing.
            ValueError: if a file is no array, or the arrays do not belong together.
        """
        # A plain view of the mapped file: numpy's memmap class is slow to index.
        found = cls(*(np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _COLUMNS))
        terms, size = len(found.keys), len(found.rows)
        whole = all(len(column) == terms for column in (found.kinds, found.rarity, found.peaks))
        if not whole or len(found.bounds) != terms + 1 or len(found.counts) != size or found.bounds[-1] != size:
            raise ValueError(f"the arrays in {folder.name} do not belong together")
        return found

    def of_term(
        self, term: int, rows: NDArray[np.int32] | None = None
    ) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return (chunks that hold a term, what each gains by it before rarity).

        Args:
            term: its id.
            rows: (s, 2), first row and row after the last of the spans to look in; None: all.
        """
        start, stop = int(self.bounds[term]), int(self.bounds[term + 1])
        if rows is None:
            found, counts = self.rows[start:stop], self.counts[start:stop]
        else:
            ends = np.searchsorted(self.rows[start:stop], rows) + start
            at = members(ends[:, 0], ends[:, 1])
            found, counts = self.rows[at], self.counts[at]
        return found, self._gains(found, counts)

    def count_in(self, term: int, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> int:
        """Return how many chunks of some spans of rows hold a term."""
        holders = self.rows[self.bounds[term] : self.bounds[term + 1]]
        first, after = (np.searchsorted(holders, edge.astype(np.int32)) for edge in (starts, stops))
        return int((after - first).sum())

    def gains(self, term: int, rows: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return what some chunks gain by a term before rarity, 0 where it is not in them: (m,) to (m,)."""
        start, stop = int(self.bounds[term]), int(self.bounds[term + 1])
        if start == stop:
            return np.zeros(len(rows), dtype=np.float32)
        holders = self.rows[start:stop]
        at = np.minimum(np.searchsorted(holders, rows), stop - start - 1)
        gains = self._gains(rows, self.counts[start:stop][at])
        gains[holders[at] != rows] = 0
        return gains

    def by_chunk(self, start: int, stop: int) -> list[dict[int, float]]:
        """Return what the chunks of some rows gain by their terms, by term id; reads all rows once.

        >>> postings = Postings.of(["公证", "诉讼", "公"])
        >>> [len(gains) for gains in postings.by_chunk(0, 3)]
        [3, 3, 1]
        """
        at = np.flatnonzero((self.rows >= start) & (self.rows < stop))
        at = at[np.argsort(self.rows[at], kind="stable")]
        terms = np.searchsorted(self.bounds, at, side="right") - 1
        ends = np.searchsorted(self.rows[at], np.arange(start, stop + 1)).tolist()
        gains = self._gains(self.rows[at], self.counts[at]).tolist()
        return [dict(zip(terms[i:j].tolist(), gains[i:j], strict=True)) for i, j in pairwise(ends)]

    def _gains(self, rows: NDArray[np.int32], counts: NDArray[np.uint8]) -> NDArray[np.float32]:
        counted = counts.astype(np.float32)
        return counted / (counted + self.norms[rows])


_COLUMNS = tuple(field.name for field in fields(Postings))


def _peaks(
    bounds: NDArray[np.int64], rows: NDArray[np.int32], counts: NDArray[np.uint8], norms: NDArray[np.float32]
) -> Iterator[NDArray[np.float32]]:
    """Yield the greatest gain of each term, the terms of some postings at a time."""
    term = 0
    while term < len(bounds) - 1:
        after = max(term + 1, int(np.searchsorted(bounds, bounds[term] + _BLOCK, side="right")) - 1)
        part = slice(bounds[term], bounds[after])
        counted = counts[part].astype(np.float32)
        # A term that stands in sentences only has no posting; the zero at the end is there for the last of them.
        gains = np.append(counted / (counted + norms[rows[part]]), np.float32(0))
        peaks = np.maximum.reduceat(gains, bounds[term:after] - bounds[term])
        yield np.where(np.diff(bounds[term : after + 1]) > 0, peaks, np.float32(0))
        term = after
