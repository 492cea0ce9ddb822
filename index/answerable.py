"""What tells whether the best sentences answer a question at all: how sure the rankers are, and where its words stand.

A word of the question that other reports of the index have, and these have not, is a strong sign that they do not speak
of it; a word that no report has may just be a colloquial one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.features import Floats
from index.lexical import LexicalIndex
from index.query import Query
from index.rows import Rows
from index.types import ClauseHit, SentenceHit
from index.words import Kind, kind_of, terms

_OF_KIND = ("weight", "unknown", "elsewhere", "spread_elsewhere", "not_in_first", "not_in_three", "rarest_in_first")
NAMES = (
    *("sentence_score", "sentence_lead", "sentence_level", "clause_score", "clause_lead"),
    *(f"{name}_{kind.name.lower()}" for kind in Kind for name in _OF_KIND),
)
_LEVEL_OF = 5
# Stands for the score of what was not found.
_NOTHING = -9.0


def answerable_features(
    query: Query, sentences: Sequence[SentenceHit], clauses: Sequence[ClauseHit], words: LexicalIndex, rows: Rows | None
) -> Floats:
    """Return (1, len(NAMES)) float32.

    Args:
        query: the question.
        sentences: found for it, best first.
        clauses: of the best sentences, with their scores.
        words: knows which chunks hold a term.
        rows: the chunks that were searched; None: all.
    """
    first, three = (_terms_of(sentences[:count]) for count in (1, 3))
    row = [*_scores(sentences, clauses)]
    for kind in Kind:
        own = [term for term in query.typed if kind_of(term) is kind]
        row += _of_kind(own, words, rows, first, three)
    return np.array([row], dtype=np.float32)


def _scores(sentences: Sequence[SentenceHit], clauses: Sequence[ClauseHit]) -> list[float]:
    found = [hit.score for hit in sentences[:_LEVEL_OF]] or [_NOTHING]
    best = sorted((clause.score for clause in clauses), reverse=True) or [_NOTHING]
    return [found[0], _lead(found), sum(found) / len(found), best[0], _lead(best)]


def _lead(scores: Sequence[float]) -> float:
    return scores[0] - scores[1] if len(scores) > 1 else 0.0


def _terms_of(sentences: Sequence[SentenceHit]) -> set[str]:
    return {term for hit in sentences for term in terms(hit.text)}


def _of_kind(
    own: Sequence[str], words: LexicalIndex, rows: Rows | None, first: set[str], three: set[str]
) -> list[float]:
    """Return the values named in `_OF_KIND` for the question's terms of one kind."""
    found, inside = words.spread(own, rows)
    rarity = np.log1p((words.chunks - found + 0.5) / (found + 0.5))
    weight = float(rarity.sum())
    unknown, elsewhere = found == 0, (found > 0) & (inside == 0)
    in_first, in_three = (np.array([term in held for term in own], dtype=np.bool_) for held in (first, three))
    missed = (inside > 0) & ~in_first
    parts = [unknown, elsewhere, missed, (inside > 0) & ~in_three]
    shares = [float(rarity[part].sum()) / (weight or 1.0) for part in parts]
    spread = float(np.log1p((found - inside)[elsewhere]).max(initial=0.0))
    return [weight, shares[0], shares[1], spread, shares[2], shares[3], _most(rarity, in_first)]


def _most(rarity: NDArray[np.float64], of: NDArray[np.bool_]) -> float:
    return float(rarity[of].max(initial=0.0))
