"""Terms counted, the chunks of one report or some thousand at a time: what posting lists are joined from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.rows import members
from index.words import term_keys

_MOST_COUNTED = 255
# Postings that are worked on at once.
_BLOCK = 1 << 22
# Where term, row and count stand in one number, so that sorting it brings a block of postings into order.
_TERM_BIT, _ROW_BIT, _ANY_ROW = 40, 8, np.int32(0x7FFFFFFF)


@dataclass(frozen=True, slots=True)
class Batch:
    """Postings of some chunks, by term and then by row.

    Attributes:
        keys: (t,) uint64, ascending.
        sizes: (t,) int32, how many postings each term has, at least one.
        rows: (p,) int32, chunks.
        counts: (p,) uint8, how often the term stands there, up to 255.
    """

    keys: NDArray[np.uint64]
    sizes: NDArray[np.int32]
    rows: NDArray[np.int32]
    counts: NDArray[np.uint8]

    def after(self, row: int) -> Batch:
        """Return the same postings of chunks that come after so many others."""
        return replace(self, rows=self.rows + np.int32(row))


def count(texts: Sequence[str]) -> tuple[Batch, NDArray[np.int32]]:
    """Count the terms of texts; rows are their positions.

    Returns:
        The postings, and how many terms each text has, (n,) int32.

    >>> batch, lengths = count(["调解", "件件"])
    >>> batch.sizes.tolist(), sorted(batch.counts.tolist()), lengths.tolist()
    ([1, 1, 1, 1, 1], [1, 1, 1, 2, 2], [4, 3])
    """
    keys, owner = term_keys(texts)
    known, ids = np.unique(keys, return_inverse=True)
    cells, counts = np.unique(ids * len(texts) + owner, return_counts=True)
    batch = Batch(
        keys=known,
        sizes=np.bincount(cells // len(texts), minlength=len(known)).astype(np.int32),
        rows=(cells % len(texts)).astype(np.int32),
        counts=np.minimum(counts, _MOST_COUNTED).astype(np.uint8),
    )
    return batch, np.bincount(owner, minlength=len(texts)).astype(np.int32)


def join(batches: list[Batch]) -> Batch:
    """Join the postings of different chunks into one batch.

    Args:
        batches: each is taken out of the list as soon as its postings have their place, to be let go of.
    """
    keys = np.unique(np.concatenate([np.empty(0, np.uint64), *(batch.keys for batch in batches)]))
    sizes = np.zeros(len(keys), dtype=np.int64)
    for batch in batches:
        sizes[np.searchsorted(keys, batch.keys)] += batch.sizes
    bounds = bounds_of(sizes)
    rows, counts = np.empty(bounds[-1], dtype=np.int32), np.empty(bounds[-1], dtype=np.uint8)
    free = bounds[:-1].copy()
    batches.reverse()
    while batches:
        batch = batches.pop()
        ids = np.searchsorted(keys, batch.keys)
        places = members(free[ids], free[ids] + batch.sizes)
        rows[places], counts[places] = batch.rows, batch.counts
        free[ids] += batch.sizes
    _put_in_order(bounds, rows, counts)
    return Batch(keys, sizes.astype(np.int32), rows, counts)


def merge(most: Batch, more: Batch) -> Batch:
    """Put some postings in among many, the same as `join` of both but for one pass over the many.

    Args:
        most: the rows of each term ascend, as those of `more` do.
        more: of other chunks.

    >>> most, more = count(["公证", "诉讼", "公"])[0], count(["公办"])[0].after(3)
    >>> found, joined = merge(most, more), join([most, more])
    >>> all((getattr(found, name) == getattr(joined, name)).all() for name in ("keys", "sizes", "rows", "counts"))
    True
    """
    keys = np.union1d(most.keys, more.keys)
    ids, sizes = np.searchsorted(keys, more.keys), np.zeros(len(keys), dtype=np.int32)
    sizes[np.searchsorted(keys, most.keys)] = most.sizes
    # The postings of each term of `more`, among the many and in `more`.
    spans = (bounds_of(sizes)[ids], sizes[ids], bounds_of(more.sizes)[:-1], more.sizes)
    runs = zip(*(column.tolist() for column in spans), strict=True)
    before = [a + np.searchsorted(most.rows[a : a + size], more.rows[b : b + n]) for a, size, b, n in runs]
    places = np.concatenate([np.empty(0, np.int64), *before]) + np.arange(len(more.rows))
    sizes[ids] += more.sizes
    stays = np.ones(len(most.rows) + len(more.rows), dtype=np.bool_)
    stays[places] = False
    rows, counts = np.empty(len(stays), dtype=np.int32), np.empty(len(stays), dtype=np.uint8)
    rows[stays], rows[places] = most.rows, more.rows
    counts[stays], counts[places] = most.counts, more.counts
    return Batch(keys, sizes, rows, counts)


def bounds_of(sizes: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return where each run begins, and the end of the last, from the lengths of the runs: (t,) to (t + 1,).

    >>> bounds_of(np.array([2, 3, 1])).tolist()
    [0, 2, 5, 6]
    """
    return np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)


def blocks(bounds: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield (first term, term after the last) of blocks of postings that are worked on at once."""
    term = 0
    while term < len(bounds) - 1:
        after = max(term + 1, int(np.searchsorted(bounds, bounds[term] + _BLOCK, side="right")) - 1)
        yield term, after
        term = after


def _put_in_order(bounds: NDArray[np.int64], rows: NDArray[np.int32], counts: NDArray[np.uint8]) -> None:
    """Sort the postings of each term by row, in place; batches in the order of their rows leave nothing to do."""
    falls = rows[1:] < rows[:-1]
    # From one term to the next a row may be smaller.
    falls[bounds[1:-1] - 1] = False
    if not falls.any():
        return
    for first, after in blocks(bounds):
        part = slice(bounds[first], bounds[after])
        terms = np.repeat(np.arange(after - first, dtype=np.int64), np.diff(bounds[first : after + 1]))
        packed = terms << _TERM_BIT | rows[part].astype(np.int64) << _ROW_BIT | counts[part]
        packed.sort(kind="stable")
        rows[part] = (packed >> _ROW_BIT).astype(np.int32) & _ANY_ROW
        counts[part] = packed & _MOST_COUNTED
