"""What tells whether the best sentences answer a question at all: how sure the rankers are, and where its words stand.

A word of the question that other reports of the index have, and these have not, is a strong sign that they do not speak
of it; a word that no report has may just be a colloquial one. Beside that stand the features by which the best
sentence, the best clause and the best clause with a number were ranked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.fold import fold
from index.clauses import NAMES as CLAUSE_NAMES
from index.features import NAMES as SENTENCE_NAMES
from index.features import Floats
from index.found import Clauses, Found
from index.lexical import LexicalIndex
from index.rows import Rows
from index.thesaurus import Expansion
from index.types import SentenceHit
from index.words import Kind, kind_of, terms

_OF_KIND = ("weight", "elsewhere", "spread_elsewhere", "not_in_first", "not_in_three", "rarest_in_first")
# What a question asks for by its words is left out: of two questions about one thing either may be the answered one.
_IN_SENTENCE, _IN_CLAUSE = (
    [place for place, name in enumerate(names) if not name.startswith("asks_")]
    for names in (SENTENCE_NAMES, CLAUSE_NAMES)
)
_OF_SENTENCE, _OF_CLAUSE = ([SENTENCE_NAMES[i] for i in _IN_SENTENCE], [CLAUSE_NAMES[i] for i in _IN_CLAUSE])
NAMES = (
    *(
        "sentence_score",
        "sentence_lead",
        "sentence_level",
        "clause_score",
        "clause_lead",
        "number_score",
        "number_lead",
    ),
    *(f"{name}_{kind.name.lower()}" for kind in Kind for name in _OF_KIND),
    *(f"best_sentence_{name}" for name in _OF_SENTENCE),
    *(f"best_{clause}_{name}" for clause in ("clause", "number") for name in _OF_CLAUSE),
)
_ASKS_NUMBER = re.compile(r"多少|百分之几|几成|几个百分点|多大(?!范围)|多长|多高|多久|比例是|率是|增速")
_LEVEL_OF = 5
_NUMBERS = CLAUSE_NAMES.index("numbers")


def asks_number(question: str) -> bool:
    """Tell whether a question is for a number.

    >>> asks_number("办结多少件"), asks_number("由哪个部门负责")
    (True, False)
    """
    return bool(_ASKS_NUMBER.search(question))


def answerable_features(found: Found, clauses: Clauses, words: LexicalIndex, rows: Rows | None) -> Floats:
    """Return (1, len(NAMES)) float32; NaN for what there is none of.

    Args:
        found: for the question.
        clauses: of the best sentences, with their scores.
        words: knows which chunks hold a term.
        rows: the chunks that were searched; None: all.
    """
    first, three = (_terms_of(found.sentences[:count], found.query.expansions) for count in (1, 3))
    row = _scores(found.sentences, clauses)
    for kind in Kind:
        own = [term for term in found.query.typed if kind_of(term) is kind]
        row += _of_kind(own, words, rows, first, three)
    numbered = clauses.rows[:, _NUMBERS] > 0
    best = [_best_row(clauses, among) for among in (np.ones_like(numbered), numbered)]
    return np.concatenate([np.array(row, dtype=np.float32), found.best[_IN_SENTENCE], *best])[None]


def _scores(sentences: Sequence[SentenceHit], clauses: Clauses) -> list[float]:
    """Return the values named first in `NAMES`."""
    ranked = [hit.score for hit in sentences[:_LEVEL_OF]] or [np.nan]
    best = sorted((clause.score for clause in clauses.hits), reverse=True) or [np.nan]
    numbered = [c.score for c, row in zip(clauses.hits, clauses.rows, strict=True) if row[_NUMBERS] > 0]
    number = max(numbered, default=np.nan)
    level = sum(ranked) / len(ranked)
    return [ranked[0], _lead(ranked), level, best[0], _lead(best), number, number - best[0]]


def _best_row(clauses: Clauses, among: NDArray[np.bool_]) -> Floats:
    """Return the features of the best clause among some, (m,) bool."""
    if not among.any():
        return np.full(len(_OF_CLAUSE), np.nan, dtype=np.float32)
    scores = np.array([clause.score for clause in clauses.hits])
    row: Floats = clauses.rows[int(np.where(among, scores, -np.inf).argmax()), _IN_CLAUSE]
    return row


def _lead(scores: Sequence[float]) -> float:
    return scores[0] - scores[1] if len(scores) > 1 else 0.0


def _terms_of(sentences: Sequence[SentenceHit], expansions: Sequence[Expansion]) -> set[str]:
    """Return the terms of sentences, and those of words of the question that they say in other words."""
    texts = [fold(hit.text) for hit in sentences]
    said = [e.said for e in expansions if any(fold(word) in text for word in e.meant for text in texts)]
    return {term for text in [*texts, *said] for term in terms(text)}


def _of_kind(
    own: Sequence[str], words: LexicalIndex, rows: Rows | None, first: set[str], three: set[str]
) -> list[float]:
    """Return the values named in `_OF_KIND` for the question's terms of one kind."""
    found, inside = words.spread(own, rows)
    rarity = np.log1p((words.chunks - found + 0.5) / (found + 0.5))
    weight = float(rarity.sum())
    elsewhere = (found > 0) & (inside == 0)
    in_first, in_three = (np.array([term in held for term in own], dtype=np.bool_) for held in (first, three))
    missed = (inside > 0) & ~in_first
    parts = [elsewhere, missed, (inside > 0) & ~in_three]
    shares = [float(rarity[part].sum()) / (weight or 1.0) for part in parts]
    spread = float(np.log1p((found - inside)[elsewhere]).max(initial=0.0))
    return [weight, shares[0], spread, shares[1], shares[2], _most(rarity, in_first)]


def _most(rarity: NDArray[np.float64], of: NDArray[np.bool_]) -> float:
    return float(rarity[of].max(initial=0.0))
