"""Posting lists: which chunks hold a term, and how often, in arrays that are read from disk only where needed.

Counts are stored, not scores: one byte a posting, from which BM25 follows exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.counts import Batch, blocks, bounds_of, count, join
from index.rows import members
from index.words import key_kinds

# Chosen on the held-out training reports.
_K1, _B = 1.2, 0.6
# Texts counted at once: 2,048 chunks take some 30 MB while they are sorted.
_AT_ONCE = 2048
# Columns that follow from the others.
DERIVED = ("kinds", "rarity", "peaks", "norms")


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
        lengths: (n,) int32, how many terms each chunk has.
        norms: (n,) float32, what BM25 adds to a count for the length of a chunk.
    """

    keys: NDArray[np.uint64]
    kinds: NDArray[np.int8]
    bounds: NDArray[np.int64]
    rarity: NDArray[np.float32]
    peaks: NDArray[np.float32]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.int32]
    norms: NDArray[np.float32]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Postings:
        """Count the terms of texts, taken a batch at a time; row numbers are their positions."""
        batches: list[Batch] = []
        lengths = [np.empty(0, dtype=np.int32)]
        remaining, row = iter(texts), 0
        while some := list(islice(remaining, _AT_ONCE)):
            batch, sizes = count(some)
            batches.append(batch.after(row))
            lengths.append(sizes)
            row += len(some)
        return cls.of_batch(join(batches), np.concatenate(lengths))

    @classmethod
    def of_batch(cls, whole: Batch, lengths: NDArray[np.int32]) -> Postings:
        """Work out the columns that follow from the postings of all chunks.

        Args:
            whole: the postings.
            lengths: (n,) int32, how many terms each chunk has.
        """
        mean = lengths.mean() if lengths.any() else 1.0
        norms = (_K1 * (1 - _B + _B * lengths / mean)).astype(np.float32)
        bounds, found = bounds_of(whole.sizes), whole.sizes.astype(np.int64)
        rarity = np.log1p((len(norms) - found + 0.5) / (found + 0.5)).astype(np.float32)
        peaks = np.concatenate([np.empty(0, np.float32), *_peaks(bounds, whole.rows, whole.counts, norms)])
        kinds = key_kinds(whole.keys)
        return cls(whole.keys, kinds, bounds, rarity, peaks, whole.rows, whole.counts, lengths, norms)

    def moved(self, places: NDArray[np.int32]) -> Batch:
        """Return the postings of chunks that stay, at their new rows, which may be in another order.

        Args:
            places: (n,) int32, the new row of each chunk; -1 for one that does not stay.
        """
        rows = places[self.rows]
        if places.min(initial=0) >= 0:
            return Batch(self.keys, np.diff(self.bounds).astype(np.int32), rows, self.counts)
        stays = rows >= 0
        sizes = np.add.reduceat(stays, self.bounds[:-1], dtype=np.int32) if len(self.keys) else np.empty(0, np.int32)
        used = sizes > 0
        return Batch(self.keys[used], sizes[used], rows[stays], self.counts[stays])

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
        whole &= len(found.bounds) == terms + 1 and len(found.counts) == size == found.bounds[-1]
        if not whole or len(found.lengths) != len(found.norms):
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
    """Yield the greatest gain of each term, the terms of some postings at a time; every term has a posting."""
    for first, after in blocks(bounds):
        part = slice(bounds[first], bounds[after])
        counted = counts[part].astype(np.float32)
        yield np.maximum.reduceat(counted / (counted + norms[rows[part]]), bounds[first:after] - bounds[first])
