"""The same indicator in other reports: what became of a target, what was aimed at before, values that disagree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.fold import fold
from corpus.types import Figure, Kind, Report
from index.ledger import FigureFilter, LedgerFigure
from index.store import Store
from qa.fit import single_year

# Chosen by reading the pairs of targets and outcomes in fifty years of work reports: below these, unlike things pair.
_CONTAINED, _ALIKE = 0.85, 0.55
_FEWEST_PAIRS = 3
# Right before the value that no longer holds.
_FORMERLY = re.compile(r"原(?:公布|报告|发布|统计)[^，。；]{0,6}$")
_BEFORE_CHARS = 12


class Relation(StrEnum):
    """How another figure stands to the one that answers; the words are shown."""

    OUTCOME = "完成情况"
    TARGET = "当时的目标"
    REVISED = "后来的报告作了调整"
    CONFLICT = "另一份报告的数值不同"


@dataclass(frozen=True, slots=True)
class Related:
    """A figure of another report of the same issuer."""

    relation: Relation
    report_id: str
    figure: Figure


def related_figures(figure: Figure, report_id: str, store: Store) -> list[Related]:
    """Find the figures of the same indicator and year in the issuer's other reports, in the order of the index.

    Args:
        figure: of a single year; others have no such relations.
        report_id: the report it stands in.
        store: knows the other reports.
    """
    issuer = store.card(report_id).issuer
    if not issuer or single_year(figure.period) is None:
        return []
    same = store.figures(FigureFilter(issuer=issuer, period=figure.period))
    others = [found for found in same if found.report_id != report_id and store.card(found.report_id).issuer == issuer]
    related = ((found, _relation(figure, found, store)) for found in others)
    return [Related(relation, found.report_id, found.figure) for found, relation in related if relation is not None]


def _relation(figure: Figure, found: LedgerFigure, store: Store) -> Relation | None:
    other = found.figure
    if (figure.period, figure.unit) != (other.period, other.unit):
        return None
    if figure.value == other.value and _is_revised(store.report(found.report_id), other):
        return Relation.REVISED
    if not is_same_indicator(figure.indicator, other.indicator):
        return None
    if (figure.kind is Kind.TARGET) != (other.kind is Kind.TARGET):
        return Relation.OUTCOME if figure.kind is Kind.TARGET else Relation.TARGET
    differs = figure.kind is other.kind and figure.kind is not Kind.TARGET and figure.value != other.value
    return Relation.CONFLICT if differs else None


def _is_revised(report: Report, figure: Figure) -> bool:
    """Tell whether a report gives a figure only to say that it was revised: 调整为32,014件（原公布31,846件）."""
    return bool(_FORMERLY.search(report.text[max(0, figure.start - _BEFORE_CHARS) : figure.start]))


def is_same_indicator(one: str, other: str) -> bool:
    """Tell whether two indicators name the same thing, by the pairs of neighbouring characters they share.

    >>> is_same_indicator("城镇新增就业", "城镇新增就业人口"), is_same_indicator("粮食产量", "粮食播种面积")
    (True, False)
    """
    first, second = pairs(one), pairs(other)
    shared = len(first & second)
    fewest = min(len(first), len(second))
    if fewest < _FEWEST_PAIRS:
        return first == second and fewest > 0
    return shared >= _CONTAINED * fewest and shared >= _ALIKE * len(first | second)


def pairs(indicator: str) -> set[str]:
    """Return the pairs of neighbouring characters of an indicator, folded and without spaces.

    >>> sorted(pairs("办结率"))
    ['办结', '结率']
    """
    folded = fold(indicator).replace(" ", "")
    return {folded[i : i + 2] for i in range(len(folded) - 1)}
