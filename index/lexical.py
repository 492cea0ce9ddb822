"""Word search by BM25 (Robertson and Zaragoza 2009) over posting lists.

In a large index the lists of frequent terms cost the most and decide the least. There the rare terms are added up
first; what only frequent terms could still bring in is left out as soon as it can no longer reach the first k, and the
rest is looked up for the few chunks that can (MaxScore, Turtle and Flood 1995). The result is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.postings import Postings
from index.rows import Rows
from index.words import key_of, terms

# Terms that more chunks than this have (的, 和) tell chunks apart by next to nothing and cost the most to add up; in a
# small index nothing is gained by leaving them out, and there any term is common.
_COMMON_SHARE, _SMALL_INDEX = 0.25, 1000
# From so many chunks on it pays to look at rare terms first: those that less than this share of the chunks have.
_LARGE_INDEX, _RARE_SHARE = 50_000, 0.01
# Looking a row up in a list takes as long as adding up so many postings.
_LOOK_UP = 8
# Finding out whether the rest can be left out takes as long as adding up so many postings, as a share of the chunks.
_LOOK_AFTER = 0.25
# In so few spans of rows the postings are looked up span by span.
_FEW_SPANS = 64
# Paths of headings whose terms are remembered.
_MOST_HEADINGS = 16384
# Bounds are compared with this much room, so that rounding leaves nothing out.
_ROOM = np.float32(0.9999)


@dataclass(frozen=True, slots=True)
class _Term:
    """A term to look for: its id, what a gain counts, how many chunks have it, and the most it can bring a chunk."""

    id: int
    factor: np.float32
    found: int
    most: float


class LexicalIndex:
    """BM25 scores of chunks; terms are known by their ids.

    Attributes:
        chunks: how many chunks there are.
        kinds: the `Kind` of each term by its id, (terms,) int8.
        postings: which chunks hold which terms.
    """

    def __init__(self, postings: Postings) -> None:
        self.postings = postings
        self.chunks = len(postings.norms)
        self.kinds = postings.kinds
        self._headings: dict[tuple[str, ...], NDArray[np.int32]] = {}

    @classmethod
    def of(cls, texts: Iterable[str]) -> LexicalIndex:
        """Index texts, read once; row numbers are their positions."""
        return cls(Postings.of(texts))

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Map what `save` wrote.

        Raises:
            OSError: if a file is missing.
            ValueError: if a file is not what it should be.
        """
        return cls(Postings.load(folder))

    def save(self, folder: Path) -> None:
        """Write the index into a folder of its own."""
        self.postings.save(folder)

    def ids(self, words: Iterable[str]) -> NDArray[np.int32]:
        """Return the ids of the known ones among some terms, ascending, each once."""
        ids, known = self._look_up(np.array([key_of(word) for word in words], dtype=np.uint64))
        return np.unique(ids[known]).astype(np.int32)

    def heading_ids(self, path: tuple[str, ...]) -> NDArray[np.int32]:
        """Return the ids of the terms of some headings, remembered: the same ones come again and again."""
        # Remembered here and not beside the class, so that an index that was replaced goes with all it holds.
        found = self._headings.get(path)
        if found is None:
            if len(self._headings) >= _MOST_HEADINGS:
                self._headings.clear()
            found = self._headings[path] = self.ids(terms("\n".join(path)))
        return found

    def _look_up(self, keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return (the id that each key has or would have, whether it is known)."""
        known = self.postings.keys
        ids = np.searchsorted(known, keys)
        return ids, known[np.minimum(ids, len(known) - 1)] == keys if len(known) else np.zeros(len(keys), np.bool_)

    def rarity(self, term_ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return the inverse document frequency of terms, natural logarithm, as BM25 has it: same shape, float32."""
        return self.postings.rarity[term_ids]

    def share(self, term: str) -> float:
        """Return the share of chunks that hold a term, 0 to 1."""
        bounds = self.postings.bounds
        return sum(float(bounds[i + 1] - bounds[i]) for i in self.ids([term])) / self.chunks

    def spread(self, words: Sequence[str], rows: Rows | None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return (how many chunks hold each term, how many of those are in some rows), each (terms,) int64.

        >>> index = LexicalIndex.of(["公证", "公证", "诉讼"])
        >>> [counts.tolist() for counts in index.spread(["公证", "仲裁"], Rows.of([range(1, 3)]))]
        [[2, 0], [1, 0]]
        """
        ids, known = self._look_up(np.array([key_of(word) for word in words], dtype=np.uint64))
        found = np.zeros(len(words), dtype=np.int64)
        found[known] = self.postings.bounds[ids[known] + 1] - self.postings.bounds[ids[known]]
        if rows is None:
            return found, found
        inside = np.zeros(len(words), dtype=np.int64)
        for at in np.flatnonzero(known):
            inside[at] = self.postings.count_in(int(ids[at]), rows.starts, rows.stops)
        return found, inside

    def factors(self, weights: Mapping[str, float]) -> dict[int, np.float32]:
        """Return what a gain by each known term counts, by term id: its weight times its rarity.

        Terms that are too common are left out.
        """
        ids, known = self._look_up(np.array([key_of(word) for word in weights], dtype=np.uint64))
        found = ids[known]
        shares = (self.postings.bounds[found + 1] - self.postings.bounds[found]) / self.chunks
        used = (shares <= _COMMON_SHARE) | (self.chunks < _SMALL_INDEX)
        counts = np.array(list(weights.values()), dtype=np.float32)[known] * self.postings.rarity[found]
        return dict(zip(found[used].tolist(), counts[used], strict=True))

    def search(self, weights: Mapping[str, float], k: int, rows: Rows | None = None) -> list[tuple[int, float]]:
        """Return up to `k` (row, score) pairs with a score above zero, best first, ties by row.

        Args:
            weights: the terms to look for, and how much each counts.
            k: how many.
            rows: the only rows that may be found; None allows all.

        >>> index = LexicalIndex.of(["诉前调解成功1424件", "公证事项148件"])
        >>> [row for row, score in index.search({"调解": 1.0, "公证": 0.1}, k=2)]
        [0, 1]
        """
        if k < 1 or not self.chunks:
            return []
        terms = [self._term(term, factor) for term, factor in self.factors(weights).items()]
        if rows is not None and (self.chunks < _LARGE_INDEX or len(rows.starts) <= _FEW_SPANS):
            candidates = rows.numbers()
            scores = self._summed(terms, rows)[candidates]
        elif self.chunks < _LARGE_INDEX:
            candidates, scores = np.arange(self.chunks), self._summed(terms, None)
        else:
            candidates, scores = self._pruned(terms, k, rows)
        return _best(candidates, scores, k)

    def _term(self, term: int, factor: np.float32) -> _Term:
        found = int(self.postings.bounds[term + 1] - self.postings.bounds[term])
        return _Term(term, factor, found, float(factor * self.postings.peaks[term]))

    def _summed(self, terms: Sequence[_Term], rows: Rows | None) -> NDArray[np.float32]:
        """Return the score of every chunk, (n,) float32, right in `rows` and perhaps too low elsewhere."""
        scores = np.zeros(self.chunks, dtype=np.float32)
        few = rows is not None and len(rows.starts) <= _FEW_SPANS
        spans = np.column_stack([rows.starts, rows.stops]).astype(np.int32) if rows is not None and few else None
        for term in terms:
            self._add(scores, term, spans)
        return scores

    def _add(self, scores: NDArray[np.float32], term: _Term, spans: NDArray[np.int32] | None = None) -> None:
        found, gains = self.postings.of_term(term.id, spans)
        scores[found] += term.factor * gains

    def _pruned(
        self, terms: Sequence[_Term], k: int, rows: Rows | None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return (rows, scores) among which are the best `k` of all; the scores of those are whole."""
        scores = np.zeros(self.chunks, dtype=np.float32)
        allowed = None if rows is None else rows.mask(self.chunks)
        rare = [term for term in terms if term.found < self.chunks * _RARE_SHARE]
        for term in rare:
            self._add(scores, term)
        frequent = sorted((t for t in terms if t.found >= self.chunks * _RARE_SHARE), key=lambda t: t.most)
        most = [0.0, *accumulate(term.most for term in frequent)]
        border = _border(scores, allowed, k, np.float32(0))
        near = _near(scores, allowed, border, most[-1])
        while frequent and (
            most[len(frequent)] >= border * _ROOM or np.count_nonzero(near) * _LOOK_UP > frequent[-1].found
        ):
            added = 0
            while frequent and added < self.chunks * _LOOK_AFTER:
                added += frequent[-1].found
                self._add(scores, frequent.pop())
            border = _border(scores, allowed, k, border)
            near = _near(scores, allowed, border, most[len(frequent)])
        pool = np.flatnonzero(near)
        return self._finished(pool, scores[pool], frequent, k)

    def _finished(
        self, pool: NDArray[np.int64], scores: NDArray[np.float32], terms: list[_Term], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Add the last terms for the rows that can still be among the best `k`; the others fall away."""
        most = [0.0, *accumulate(term.most for term in terms)]
        while terms:
            border = _kth(scores, k)
            near = scores + np.float32(most[len(terms)]) >= border * _ROOM
            pool, scores = pool[near], scores[near]
            term = terms.pop()
            scores += term.factor * self.postings.gains(term.id, pool.astype(np.int32))
        return pool, scores


def _near(
    scores: NDArray[np.float32], allowed: NDArray[np.bool_] | None, border: np.float32, most: float
) -> NDArray[np.bool_]:
    """Tell which allowed rows may still reach a border by terms that bring so much at the most."""
    return _at_least(scores, allowed, np.float32(border * _ROOM - most))


def _border(scores: NDArray[np.float32], allowed: NDArray[np.bool_] | None, k: int, below: np.float32) -> np.float32:
    """Return the k-th best allowed score; 0 where there are fewer, or `below`, which it is known to reach."""
    return max(below, _kth(scores[_at_least(scores, allowed, below)], k))


def _at_least(scores: NDArray[np.float32], allowed: NDArray[np.bool_] | None, least: np.float32) -> NDArray[np.bool_]:
    """Tell which allowed rows have a score, and one of at least so much."""
    reached = scores >= least if least > 0 else scores > 0
    return reached if allowed is None else reached & allowed


def _kth(scores: NDArray[np.float32], k: int) -> np.float32:
    return np.partition(scores, len(scores) - k)[len(scores) - k] if k <= len(scores) else np.float32(0)


def _best(rows: NDArray[np.int64], scores: NDArray[np.float32], k: int) -> list[tuple[int, float]]:
    """Return the best `k` (row, score) pairs with a score above zero, ties by row."""
    # Only what can be among the first k is sorted; ties at the border stay in, so that rows decide.
    near = scores >= _kth(scores, k)
    rows, scores = rows[near], scores[near]
    order = np.lexsort((rows, -scores))[:k]
    return [(int(rows[i]), float(scores[i])) for i in order if scores[i] > 0]


def counted(words: Sequence[str]) -> dict[str, float]:
    """Return terms with how often each occurs, as weights for a search.

    >>> counted(["件", "件", "起"])
    {'件': 2.0, '起': 1.0}
    """
    return {word: float(count) for word, count in Counter(words).items()}
