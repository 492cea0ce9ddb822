"""The searching side of an index: what may run on this machine or be asked of a server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex
from index.manifest import VECTORS
from index.rows import Rows
from index.vectors import VectorIndex

Found = list[tuple[int, float]]


class ChunkSearch(Protocol):
    """Finds the chunks of one version; both searches give up to `k` (row, score) pairs, best first, ties by row.

    Texts, sentences and how rare a term is are not asked of it: those are read from the version's folder.
    """

    def __len__(self) -> int:
        """Return how many chunks it knows."""

    def by_meaning(self, direction: NDArray[np.float32], k: int, rows: Rows | None) -> Found:
        """Find the chunks nearest to a direction.

        Args:
            direction: (dim,) float32.
            k: how many.
            rows: the only rows that may be found; None allows all.
        """

    def by_words(self, weights: Mapping[str, float], k: int, rows: Rows | None) -> Found:
        """Find the chunks with the best BM25 score above zero.

        Args:
            weights: the terms to look for, and how much each counts.
            k: how many.
            rows: the only rows that may be found; None allows all.
        """


@dataclass(frozen=True, slots=True)
class LocalSearch:
    """Searches the files of the version's folder."""

    vectors: VectorIndex
    words: LexicalIndex

    @classmethod
    def load(cls, folder: Path) -> LocalSearch:
        """Map the files of a version.

        Raises:
            OSError: if a file is missing or not what it should be.
            ValueError: likewise.
        """
        return cls(VectorIndex.load(folder / VECTORS), LexicalIndex.load(folder / "words"))

    def __len__(self) -> int:
        return len(self.vectors)

    def by_meaning(self, direction: NDArray[np.float32], k: int, rows: Rows | None) -> Found:
        """Find the chunks nearest to a direction."""
        return self.vectors.search(direction, k, rows)

    def by_words(self, weights: Mapping[str, float], k: int, rows: Rows | None) -> Found:
        """Find the chunks with the best BM25 score."""
        return self.words.search(weights, k, rows)
