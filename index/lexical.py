"""Word search: the one importer of `bm25s` (BM25, Robertson and Zaragoza 2009; eager sparse scores, Lù 2024)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.counts import TermCounts
from index.words import Kind, kind_of, terms

_MOST_HEADINGS = 16384
_COUNTS = "counts.csc.index.npy"
# Chosen on the held-out training reports.
_K1, _B = 1.2, 0.6
# Terms that more chunks than this have (的, 和) tell chunks apart by next to nothing and cost the most to add up; in a
# small index nothing is gained by leaving them out, and there any term is common.
_COMMON_SHARE, _SMALL_INDEX = 0.25, 1000


class LexicalIndex:
    """BM25 scores of chunks; terms are known by their ids, the columns of the score matrix.

    Attributes:
        chunks: how many chunks there are.
        kinds: the `Kind` of each term by its id, (terms,) int8.
    """

    def __init__(self, index: bm25s.BM25) -> None:
        self._index = index
        self._headings: dict[tuple[str, ...], NDArray[np.int32]] = {}
        bounds = index.scores["indptr"]
        self.chunks: int = int(index.scores["num_docs"])
        found = np.diff(bounds).astype(np.float64)
        self._shares = found / self.chunks
        self._left_out = (self._shares > _COMMON_SHARE) & (self.chunks >= _SMALL_INDEX)
        self._rarity: NDArray[np.float32] = np.log1p((self.chunks - found + 0.5) / (found + 0.5)).astype(np.float32)
        self.kinds = np.array([kind_of(term) if term else Kind.LATIN for term in self.vocabulary()], dtype=np.int8)

    @classmethod
    def of(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index texts; row numbers are their positions."""
        return cls.of_counts(TermCounts.of(map(terms, texts)))

    @classmethod
    def of_counts(cls, counts: TermCounts) -> LexicalIndex:
        """Index chunks whose terms are counted: scores as `bm25s` has them by its method "lucene"."""
        index = bm25s.BM25(k1=_K1, b=_B)
        index.vocab_dict = {term: number for number, term in enumerate(counts.vocabulary)}
        scores = {"data": _bm25(counts), "indices": counts.rows, "indptr": counts.bounds, "num_docs": counts.chunks}
        index.scores, index.nonoccurrence_array = scores, None
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

    @staticmethod
    def save_counts(counts: TermCounts, folder: Path) -> None:
        """Write beside the scores, after `save`, what the next build makes new scores from."""
        np.save(folder / _COUNTS, counts.counts)

    @staticmethod
    def load_counts(folder: Path) -> TermCounts:
        """Read the counts that the scores were made from.

        Raises:
            OSError: if a file is missing.
            ValueError: if a file is not what it should be.
        """
        names = ("indptr.csc.index.npy", "indices.csc.index.npy", _COUNTS)
        bounds, rows, often = (np.load(folder / name) for name in names)
        vocabulary = json.loads((folder / "vocab.index.json").read_text(encoding="utf-8"))
        facts = json.loads((folder / "params.index.json").read_text(encoding="utf-8"))
        return TermCounts(list(vocabulary), bounds, rows, often, facts["num_docs"])

    def ids(self, words: Sequence[str]) -> NDArray[np.int32]:
        """Return the ids of the known ones among some terms, ascending, each once."""
        vocabulary = self._index.vocab_dict
        return np.unique(np.array([vocabulary[word] for word in words if word in vocabulary], dtype=np.int32))

    def heading_ids(self, path: tuple[str, ...]) -> NDArray[np.int32]:
        """Return the ids of the terms of some headings, remembered: the same ones come again and again."""
        # Remembered here and not beside the class, so that an index that was replaced goes with all it holds.
        found = self._headings.get(path)
        if found is None:
            if len(self._headings) >= _MOST_HEADINGS:
                self._headings.clear()
            found = self._headings[path] = self.ids(terms("\n".join(path)))
        return found

    def vocabulary(self) -> list[str]:
        """Return all terms; positions are their ids."""
        return sorted(self._index.vocab_dict, key=self._index.vocab_dict.__getitem__)

    def rarity(self, term_ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return the inverse document frequency of terms, natural logarithm, as BM25 has it: same shape, float32."""
        return self._rarity[term_ids]

    def share(self, term: str) -> float:
        """Return the share of chunks that hold a term, 0 to 1."""
        column = self._index.vocab_dict.get(term)
        return float(self._shares[column]) if column is not None else 0.0

    def search(
        self, weights: Mapping[str, float], k: int, rows: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """Return up to `k` (row, score) pairs with a score above zero, best first, ties by row.

        Args:
            weights: the terms to look for, and how much each counts.
            k: how many.
            rows: the only rows that may be found, (m,) int64; None allows all.

        >>> index = LexicalIndex.of(["诉前调解成功1424件", "公证事项148件"])
        >>> [row for row, score in index.search({"调解": 1.0, "公证": 0.1}, k=2)]
        [0, 1]
        """
        scores = self._scores(weights)
        candidates = np.arange(self.chunks) if rows is None else rows
        picked = scores[candidates]
        if k < len(picked):
            # Only what can be among the first k is sorted; ties at the border stay in, so that rows decide.
            border = np.partition(picked, len(picked) - k)[len(picked) - k]
            candidates, picked = candidates[picked >= border], picked[picked >= border]
        order = np.lexsort((candidates, -picked))[:k]
        return [(int(candidates[i]), float(picked[i])) for i in order if picked[i] > 0]

    def _scores(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """Return the score of every chunk, (n,) float32."""
        matrix, vocabulary = self._index.scores, self._index.vocab_dict
        bounds, rows, values = matrix["indptr"], matrix["indices"], matrix["data"]
        scores = np.zeros(self.chunks, dtype=np.float32)
        for term, weight in weights.items():
            column = vocabulary.get(term)
            if column is not None and not self._left_out[column]:
                part = slice(bounds[column], bounds[column + 1])
                scores[rows[part]] += np.float32(weight) * values[part]
        return scores


def _bm25(counts: TermCounts) -> NDArray[np.float32]:
    """Return the score of each entry of the matrix, float32."""
    found = np.diff(counts.bounds)
    rarity = np.log1p((counts.chunks - found + 0.5) / (found + 0.5)).astype(np.float32)
    often = counts.counts.astype(np.float32)
    lengths = np.bincount(counts.rows, often, counts.chunks)
    damping = (_K1 * (1 - _B + _B * lengths / (lengths.mean() or 1.0))).astype(np.float32)
    often /= often + damping[counts.rows]
    often *= np.repeat(rarity, found)
    return often


def counted(words: Sequence[str]) -> dict[str, float]:
    """Return terms with how often each occurs, as weights for a search.

    >>> counted(["件", "件", "起"])
    {'件': 2.0, '起': 1.0}
    """
    return {word: float(count) for word, count in Counter(words).items()}
