"""The terms of a version while it is made: those of new reports counted, the rest taken over as a whole."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.counts import Batch, join, merge
from index.postings import Postings


class Tally:
    """Gathers the terms of reports, in their order.

    Args:
        earlier: of the version that chunks may be taken over from.

    Attributes:
        places: (n,) int32, the row here of each chunk of the earlier version; -1 as long as it is not taken over.
    """

    def __init__(self, earlier: Postings | None = None) -> None:
        self._earlier = earlier
        self.places = np.full(len(earlier.norms) if earlier else 0, -1, dtype=np.int32)
        self._batches: list[Batch] = []
        self._lengths = [np.empty(0, dtype=np.int32)]
        self._vocabularies: list[NDArray[np.uint64] | None] = []
        self._rows = 0

    def add(self, batch: Batch, lengths: NDArray[np.int32]) -> None:
        """Add a report whose terms were counted."""
        self._batches.append(batch.after(self._rows))
        self._vocabularies.append(batch.keys)
        self._append(lengths)

    def take(self, rows: range) -> None:
        """Take over a report, which has some rows in the earlier version."""
        assert self._earlier is not None
        self.places[rows.start : rows.stop] = np.arange(self._rows, self._rows + len(rows), dtype=np.int32)
        self._vocabularies.append(None)
        self._append(self._earlier.lengths[rows.start : rows.stop])

    def _append(self, lengths: NDArray[np.int32]) -> None:
        self._lengths.append(lengths)
        self._rows += len(lengths)

    def finish(self) -> tuple[Postings, list[NDArray[np.int32]]]:
        """Join all postings, the same as if every report had been counted.

        Returns:
            The postings, and for each report where its own terms are among all: for one that was counted by their place
            in its batch, for one that was taken over by their ids in the earlier version.
        """
        postings = Postings.of_batch(self._joined(), np.concatenate(self._lengths))
        taken = np.empty(0, dtype=np.int32) if self._earlier is None else _places(postings, self._earlier.keys)
        return postings, [taken if keys is None else _places(postings, keys) for keys in self._vocabularies]

    def _joined(self) -> Batch:
        batches, self._batches = self._batches, []
        if self._earlier is None:
            return join(batches)
        moved, stay = self._earlier.moved(self.places), self.places[self.places >= 0]
        # Reports mostly come in the order they had; then what is new is put in between.
        return merge(moved, join(batches)) if (stay[1:] > stay[:-1]).all() else join([moved, *batches])


def _places(postings: Postings, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
    return np.searchsorted(postings.keys, keys).astype(np.int32)
