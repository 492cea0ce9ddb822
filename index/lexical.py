"""Word search: the one importer of `bm25s` (BM25, Robertson and Zaragoza 2009, eager sparse scores, Lù 2024)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.words import terms

_K1, _B = 1.2, 0.6


class LexicalIndex:
    """BM25 scores of chunks for a question."""

    def __init__(self, index: bm25s.BM25) -> None:
        self._index = index

    @classmethod
    def of(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index texts; row numbers are their positions."""
        index = bm25s.BM25(k1=_K1, b=_B)
        index.index([terms(text) for text in texts], show_progress=False)
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read what `save` wrote.

        Raises:
            OSError: if a file is missing.
            ValueError: if a file is not what it should be.
        """
        return cls(bm25s.BM25.load(str(folder), load_corpus=False))

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self._index.save(str(folder), show_progress=False)

    def search(self, query: str, k: int, rows: NDArray[np.int64] | None = None) -> list[tuple[int, float]]:
        """Return up to `k` (row, score) pairs with a score above zero, best first, ties by row.

        Args:
            query: the question.
            k: how many.
            rows: the only rows that may be found, (m,) int64; None allows all.

        >>> index = LexicalIndex.of(["诉前调解成功1424件", "公证事项148件"])
        >>> [row for row, score in index.search("调解了多少件", k=2)]
        [0, 1]
        """
        vocabulary = self._index.vocab_dict
        known = [vocabulary[term] for term in terms(query) if term in vocabulary]
        if not known:
            return []
        scores = self._index.get_scores_from_ids(known)
        candidates = np.arange(len(scores)) if rows is None else rows
        picked = scores[candidates]
        order = np.lexsort((candidates, -picked))[:k]
        return [(int(candidates[i]), float(picked[i])) for i in order if picked[i] > 0]

    def overlap(self, query: str, text: str) -> float:
        """Return the share of the query's terms that stand in `text`, each weighted by how rare it is: 0 to 1.

        >>> index = LexicalIndex.of(["诉前调解成功1424件", "公证事项148件"])
        >>> index.overlap("公证事项", "办理公证事项148件")
        1.0
        """
        wanted, present = set(terms(query)), set(terms(text))
        total = sum(map(self._rarity, wanted))
        return sum(map(self._rarity, wanted & present)) / total if total else 0.0

    def _rarity(self, term: str) -> float:
        """Return the inverse document frequency; a term that no chunk has is as rare as can be."""
        count = self._index.scores["num_docs"]
        row = self._index.vocab_dict.get(term)
        bounds = self._index.scores["indptr"]
        found = int(bounds[row + 1] - bounds[row]) if row is not None else 0
        return math.log1p((count - found + 0.5) / (found + 0.5))
