"""How often each term stands in each chunk, counted report by report: what BM25 and the next build are made from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.portion import Terms
from index.words import term_keys

Ids = NDArray[np.int32]
_MOST_COUNTED = 255


class TermTable:
    """Numbers terms, which are known by their keys, as they come, after those of an earlier vocabulary."""

    def __init__(self, earlier: Sequence[int] = ()) -> None:
        self._ids: dict[int, int] = {key: number for number, key in enumerate(earlier)}

    def count(self, texts: Sequence[str]) -> Terms:
        """Number and count the terms of some texts.

        >>> found = TermTable().count(["件件", "诉"])
        >>> found.in_text.tolist(), sorted(found.counts.tolist())
        ([2, 1], [1, 1, 2])
        """
        keys, owner = term_keys(texts)
        known, places = np.unique(keys, return_inverse=True)
        ids = self._ids
        numbers = np.array([ids.setdefault(key, len(ids)) for key in known.tolist()], dtype=np.int32)
        cells, counts = np.unique(owner * max(1, len(known)) + places, return_counts=True)
        return Terms(
            ids=numbers[cells % max(1, len(known))],
            counts=np.minimum(counts, _MOST_COUNTED).astype(np.uint8),
            in_text=np.bincount(cells // max(1, len(known)), minlength=len(texts)).astype(np.int64),
        )

    def in_order(self, *used: Ids) -> tuple[NDArray[np.uint64], Ids]:
        """Return the keys of the used terms, ascending, and for each number so far its place; -1 where unused."""
        is_used = np.zeros(len(self._ids), dtype=np.bool_)
        for ids in used:
            is_used[ids] = True
        numbers = np.flatnonzero(is_used)
        keys = np.fromiter(self._ids, dtype=np.uint64, count=len(self._ids))[numbers]
        order = np.argsort(keys)
        places = np.full(len(self._ids), -1, dtype=np.int32)
        places[numbers[order]] = np.arange(len(order), dtype=np.int32)
        return keys[order], places
