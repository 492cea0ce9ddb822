"""How well the search finds what answers: recall@k, MRR and nDCG of each stage, with bootstrap intervals.

A question is searched for within the report files that hold its answer, so what is measured is the search and not the
reading of issuer and year. A chunk is right if enough of a gold quote lies in it. Stages: words (BM25), expanded (BM25
with the thesaurus), meaning (the encoder), fused (both), and ranked (chunks in the order of their best sentence).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from index.query import Ask
from index.questions import Question
from index.search import STAGES, Index

CUTOFFS = (1, 3, 10, 20)
_DEPTH = 20
_RESAMPLES, _SEED = 1000, 0
# A text holds a gold quote if this share of the quote's 4-character pieces lies in it.
_PIECE, _SHARE = 4, 0.4


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


def measure_search(index: Index, questions: Sequence[Question]) -> dict[str, dict[str, Estimate]]:
    """Return each measure of each stage, over the questions that have a gold quote in an indexed report.

    Args:
        index: an opened index.
        questions: with `files` and `quotes`.
    """
    right: dict[str, list[NDArray[np.bool_]]] = {stage: [] for stage in STAGES}
    for question, report_ids in _answerable(index, questions):
        for stage in STAGES:
            chunks = index.stage(stage, Ask(question.text), _DEPTH, report_ids)
            hits = [any(holds_quote(chunk.text, quote) for quote in question.quotes) for chunk in chunks]
            right[stage].append(np.array(hits + [False] * (_DEPTH - len(hits))))
    return {stage: _measures(np.array(rows).reshape(-1, _DEPTH)) for stage, rows in right.items() if rows}


def _answerable(index: Index, questions: Sequence[Question]) -> Iterator[tuple[Question, list[str]]]:
    ids: dict[str, list[str]] = {}
    for card in index.store.cards:
        ids.setdefault(PurePosixPath(card.file).name, []).append(card.report_id)
    for question in questions:
        report_ids = [key for file in question.files for key in ids.get(file, [])]
        if question.quotes and report_ids:
            yield question, report_ids


def _measures(right: NDArray[np.bool_]) -> dict[str, Estimate]:
    """Return the measures of (questions, depth) bool: whether the hit at a rank is right."""
    found = right.any(axis=1)
    first = np.where(found, right.argmax(axis=1) + 1, np.inf)
    discounts = 1 / np.log2(np.arange(2, 12))
    ideal = np.array([discounts[:n].sum() for n in range(11)])[np.minimum(right.sum(axis=1), 10)]
    gains = np.divide((right[:, :10] * discounts).sum(axis=1), ideal, out=np.zeros(len(right)), where=ideal > 0)
    values = {f"recall@{k}": (first <= k).astype(np.float64) for k in CUTOFFS}
    return {name: estimate(value) for name, value in (values | {"MRR": 1 / first, "nDCG@10": gains}).items()}


def estimate(values: NDArray[np.float64]) -> Estimate:
    """Return the mean of (n,) float64 with its percentile bootstrap interval (Efron 1979), seeded.

    >>> estimate(np.array([1.0, 1.0, 1.0]))
    Estimate(mean=1.0, low=1.0, high=1.0)
    """
    draws = np.random.default_rng(_SEED).integers(0, len(values), (_RESAMPLES, len(values)))
    low, high = np.quantile(values[draws].mean(axis=1), (0.025, 0.975))
    return Estimate(float(values.mean()), float(low), float(high))


def holds_quote(text: str, gold: str) -> bool:
    """Tell whether enough of a gold quote lies in a text.

    >>> holds_quote("调解成功2297件", "已调解2422件，调解成功2297件")
    True
    """
    gold, text = plain(gold), plain(text)
    if len(gold) <= _PIECE:
        return gold in text
    pieces = {gold[i : i + _PIECE] for i in range(len(gold) - _PIECE + 1)}
    return sum(piece in text for piece in pieces) >= _SHARE * len(pieces)


def plain(text: str) -> str:
    """Return a text as values are compared: NFKC, no white space.

    >>> plain("１２ ％")
    '12%'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
