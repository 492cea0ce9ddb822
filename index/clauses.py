"""Clauses of the best sentences, each with what tells whether it is the very answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.clauses import clause_spans
from corpus.fold import fold
from index.encode import Encoder
from index.features import Floats, question_traits
from index.lexical import LexicalIndex
from index.periods import names_year, tells_plans
from index.query import Query
from index.types import ClauseHit, SentenceHit
from index.words import Kind, terms

# Sentences whose clauses are looked at.
SENTENCES = 6

NAMES = (
    *("sentence_score", "sentence_lead", "sentence_rank"),
    *("meaning", "meaning_lead", "meaning_in_sentence"),
    *("words_all", *(f"words_{kind.name.lower()}" for kind in Kind), "words_density", "added", "numbers_shared"),
    *("words_before", "words_next", "words_sentence", "words_lead"),
    *("numbers", "percent", "money", "date", "quoted", "title", "change", "part", "bound", "plans", "names_year"),
    *("length", "place", "clauses", "is_first", "is_last"),
    *("asks_number", "asks_who", "asks_when", "asks_name", "asks_list", "asks_plan", "asks_problem", "asks_length"),
    *("asks_change", "asks_share", "asks_money", "change_agrees", "percent_agrees", "money_agrees"),
)

_NUMBER = re.compile(
    r"\d+(?:\.\d+)?|[一二两三四五六七八九十百千万亿]+(?=[个件家项次人名所条起户元届期批类种成倍座部年])"
)
_TRAITS = (
    re.compile(r"[%‰]|百分之|个百分点"),
    re.compile(r"元|资金|投资"),
    re.compile(r"\d+月|\d+日|(?:19|20)\d\d年|年底"),
    re.compile(r'"[^"]+"'),
    re.compile(r"《[^》]+》"),
    re.compile(r"增[长加幅速]|下降|提高|减少|提升|降低|上升|压减|涨|降"),
    re.compile(r"其中|占"),
    re.compile(r"左右|以上|以内|不低于|不少于|超过|约|近|余"),
)
_ASKS_CHANGE = re.compile(r"增[长加幅速]|下降|提高|减少|涨|降|多了|少了|快")
_ASKS_SHARE = re.compile(r"百分之|比例|率|占|几成|%|百分点|几个点")
_ASKS_MONEY = re.compile(r"钱|元|资金|投资|金额|费用|花|补助|块")


def clauses_of(sentences: Sequence[SentenceHit]) -> list[ClauseHit]:
    """Return the clauses of the best sentences, not yet scored, in the order of those and of the text."""
    found = []
    for hit in sentences[:SENTENCES]:
        spans = clause_spans(hit.text, 0, len(hit.text))
        found += [ClauseHit(hit, hit.start + s, hit.start + e, hit.text[s:e], 0.0) for s, e in spans]
    return found


def clause_features(
    query: Query, vector: Floats, clauses: Sequence[ClauseHit], encoder: Encoder, words: LexicalIndex
) -> Floats:
    """Return (m, len(NAMES)) float32, a row for each clause.

    Args:
        query: the question.
        vector: (dim,) float32, unit length, its direction.
        clauses: of the best sentences, as `clauses_of` gives them.
        encoder: gives the clauses' meaning.
        words: knows how rare a term is.
    """
    if not clauses:
        return np.empty((0, len(NAMES)), dtype=np.float32)
    meaning = encoder.passages([clause.text for clause in clauses]) @ vector
    overlaps = np.array([_overlap(query, clause.text, words) for clause in clauses], dtype=np.float32)
    owner = np.array([clause.sentence.rank for clause in clauses])
    columns = [
        *_sentence_columns(clauses),
        *(meaning, meaning - meaning.max(), meaning - _per_owner(meaning, owner)),
        *overlaps.T,
        *_neighbours(overlaps[:, 0], owner),
        *np.array([_traits(clause.text, query.ask.year) for clause in clauses], dtype=np.float32).T,
        *_places(clauses, owner),
    ]
    rows = np.column_stack(columns)
    asked = np.array(_asked(query.ask.text), dtype=np.float32)
    percent, money, change = (rows[:, _AT[name]] for name in ("percent", "money", "change"))
    agree = [change == asked[-3], percent == asked[-2], money == asked[-1]]
    return np.column_stack([rows, np.tile(asked, (len(rows), 1)), *agree]).astype(np.float32)


_AT = {name: place for place, name in enumerate(NAMES)}


def _sentence_columns(clauses: Sequence[ClauseHit]) -> list[Floats]:
    score = np.array([clause.sentence.score for clause in clauses], dtype=np.float32)
    rank = np.array([clause.sentence.rank for clause in clauses], dtype=np.float32)
    return [score, score - score.max(), rank]


def _per_owner(values: Floats, owner: NDArray[np.int64]) -> Floats:
    best = {key: values[owner == key].max() for key in np.unique(owner)}
    return np.array([best[key] for key in owner], dtype=np.float32)


def _overlap(query: Query, text: str, words: LexicalIndex) -> list[float]:
    """Return how much of the question a clause holds: all, by kind, density, added terms, numbers."""
    found = words.ids(terms(text))
    typed, added = words.ids(list(query.typed)), words.ids(list(query.added))
    shared = np.intersect1d(found, typed, assume_unique=True)
    kinds = words.kinds
    row = [_weight(words, shared) / (_weight(words, typed) or 1.0)]
    for kind in Kind:
        wanted = typed[kinds[typed] == kind]
        row.append(_weight(words, shared[kinds[shared] == kind]) / (_weight(words, wanted) or 1.0))
    row.append(_weight(words, shared) / (_weight(words, found) or 1.0))
    row.append(_weight(words, np.intersect1d(found, added, assume_unique=True)) / (_weight(words, added) or 1.0))
    numbers = set(_NUMBER.findall(fold(query.ask.text)))
    return [*row, float(len(numbers & set(_NUMBER.findall(fold(text)))))]


def _weight(words: LexicalIndex, ids: NDArray[np.int32]) -> float:
    return float(words.rarity(ids).sum())


def _neighbours(overlap: Floats, owner: NDArray[np.int64]) -> list[Floats]:
    """Return the overlap of the clause before, of the next one, of the whole sentence, and the lead over all."""
    same_before = np.concatenate([[False], owner[1:] == owner[:-1]])
    before = np.where(same_before, np.concatenate([[0.0], overlap[:-1]]), 0.0)
    after = np.where(np.concatenate([same_before[1:], [False]]), np.concatenate([overlap[1:], [0.0]]), 0.0)
    whole = {key: float(overlap[owner == key].sum()) for key in np.unique(owner)}
    return [before, after, np.array([whole[key] for key in owner]), overlap - overlap.max()]


@lru_cache(maxsize=65536)
def _traits(text: str, year: int | None) -> tuple[float, ...]:
    folded = fold(text)
    return (
        float(len(_NUMBER.findall(folded))),
        *(float(bool(pattern.search(folded))) for pattern in _TRAITS),
        float(tells_plans(folded)),
        names_year(year, text),
        float(len(folded)),
    )


def _places(clauses: Sequence[ClauseHit], owner: NDArray[np.int64]) -> list[Floats]:
    """Return place in the sentence, clauses of the sentence, whether first, whether last."""
    place = np.arange(len(clauses)) - np.array([int(np.flatnonzero(owner == key)[0]) for key in owner])
    count = np.array([int((owner == key).sum()) for key in owner])
    columns = (place, count, place == 0, place == count - 1)
    return [column.astype(np.float32) for column in columns]


@lru_cache(maxsize=4096)
def _asked(question: str) -> tuple[float, ...]:
    folded = fold(question)
    wanted = (_ASKS_CHANGE, _ASKS_SHARE, _ASKS_MONEY)
    return (*question_traits(question), *(float(bool(pattern.search(folded))) for pattern in wanted))
