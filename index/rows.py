"""Some rows of the index: the chunks that a search may find, as spans of neighbours, which a report's chunks are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Rows:
    """Spans of rows, ascending, none touching the next.

    Attributes:
        starts: (s,) int64, first row of each span.
        stops: (s,) int64, the row after its last.
    """

    starts: NDArray[np.int64]
    stops: NDArray[np.int64]

    @classmethod
    def of(cls, spans: Iterable[range]) -> Rows:
        """Join spans in any order.

        >>> rows = Rows.of([range(5, 7), range(0, 2), range(2, 3)])
        >>> rows.starts.tolist(), rows.stops.tolist(), len(rows)
        ([0, 5], [3, 7], 5)
        """
        bounds = np.array(sorted((s.start, s.stop) for s in spans if len(s)), dtype=np.int64).reshape(-1, 2)
        reached = np.maximum.accumulate(bounds[:, 1]) if len(bounds) else bounds[:, 1]
        opens = np.concatenate([[True], bounds[1:, 0] > reached[:-1]])[: len(bounds)]
        return cls(bounds[opens, 0], reached[np.concatenate([opens[1:], [True]])[: len(bounds)]])

    def __len__(self) -> int:
        return int((self.stops - self.starts).sum())

    def numbers(self) -> NDArray[np.int64]:
        """Return every row, ascending, (m,) int64.

        >>> Rows.of([range(0, 2), range(5, 7)]).numbers().tolist()
        [0, 1, 5, 6]
        """
        return members(self.starts, self.stops)

    def mask(self, total: int) -> NDArray[np.bool_]:
        """Tell for each of `total` rows whether it is one of these, (total,) bool.

        >>> Rows.of([range(1, 3)]).mask(4).tolist()
        [False, True, True, False]
        """
        steps = np.zeros(total + 1, dtype=np.int8)
        steps[self.starts], steps[self.stops] = 1, -1
        return np.cumsum(steps[:-1], dtype=np.int8).astype(np.bool_)


def members(starts: NDArray[np.int64], stops: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers from each start up to its stop, one span after the other.

    >>> members(np.array([4, 0]), np.array([6, 1])).tolist()
    [4, 5, 0]
    """
    counts = stops - starts
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()), dtype=np.int64)
