"""One indicator over years and issuers: which figures can stand in one chart, and targets against their outcomes.

Reports name one thing in several ways (办理法律援助, 法律援助受理案件). Of each issuer's year the figure is taken whose
indicator is closest to the words searched for; what it is called in the report stays with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.fold import fold
from corpus.types import Figure, Kind
from qa.figures import PlacedFigure

_MULTIPLIER = re.compile(r"^[十百千]?[万亿]+")
# Whole years and their ends; months and halves do not stand in one line with them.
_WHOLE_YEAR = re.compile(r"^(?:截至)?((?:19|20)\d\d)年?(?:全年|年?[末底])?$")


@dataclass(frozen=True, slots=True)
class Measure:
    """What figures must share to stand on one axis: the base unit, and whether they are levels, changes or shares."""

    unit: str
    family: Kind

    @property
    def key(self) -> str:
        """A short name that travels through the browser."""
        return f"{self.family.value}:{self.unit}"


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in a chart.

    Attributes:
        value: in the base unit.
        earlier: what an older report said of the same, if it said something else.
    """

    placed: PlacedFigure
    issuer: str
    year: int
    value: Decimal
    earlier: PlacedFigure | None = None

    @property
    def is_target(self) -> bool:
        """Whether it says what is aimed at."""
        return self.placed.figure.kind is Kind.TARGET


@dataclass(frozen=True, slots=True)
class Pair:
    """A target and what came of it; `met` is None where the target sets no bound."""

    target: Point
    outcome: Point
    met: bool | None


def base_value(figure: Figure) -> Decimal:
    """Return a figure's value in its base unit."""
    return figure.value * figure.scale


def base_unit(figure: Figure) -> str:
    """Return a figure's unit without its multiplier.

    >>> one = Decimal(1)
    >>> base_unit(Figure(one, None, None, "亿元", Decimal(10**8), "1亿元", "", "", Kind.RESULT, 0, 3))
    '元'
    >>> base_unit(Figure(one, None, None, "千瓦时", one, "1千瓦时", "", "", Kind.RESULT, 0, 4))
    '千瓦时'
    """
    return _MULTIPLIER.sub("", figure.unit) if figure.scale > 1 else figure.unit


def whole_year(period: str) -> int | None:
    """Return the year of a period that is a whole year or its end.

    >>> whole_year("2024年"), whole_year("截至2022年末"), whole_year("2024年上半年")
    (2024, 2022, None)
    """
    match = _WHOLE_YEAR.match(period)
    return int(match[1]) if match else None


def measures(figures: Iterable[PlacedFigure], words: str) -> tuple[Measure, ...]:
    """Return the measures among the figures that are about the words, those with the most years and issuers first."""
    spots: dict[Measure, set[tuple[str, int]]] = {}
    for placed in figures:
        year = whole_year(placed.figure.period)
        if (
            year is not None
            and _is_about(placed.figure, words)
            and placed.figure.kind is not Kind.TARGET
            and placed.figure.unit
        ):
            measure = Measure(base_unit(placed.figure), placed.figure.kind)
            spots.setdefault(measure, set()).add((placed.report.issuer, year))
    return tuple(sorted(spots, key=lambda measure: (-len(spots[measure]), measure.key)))


def points(figures: Iterable[PlacedFigure], measure: Measure, words: str) -> tuple[Point, ...]:
    """Pick for each issuer, year and role (target or outcome) the figure closest to the words; ordered by these."""
    found: dict[tuple[str, int, bool], list[PlacedFigure]] = {}
    for placed in figures:
        figure, year = placed.figure, whole_year(placed.figure.period)
        is_target = figure.kind is Kind.TARGET
        fits = base_unit(figure) == measure.unit and (is_target or figure.kind is measure.family)
        if year is not None and fits and _is_about(figure, words):
            found.setdefault((placed.report.issuer, year, is_target), []).append(placed)
    return tuple(_pick(candidates, key, words) for key, candidates in sorted(found.items()))


def pairs(chosen: Sequence[Point]) -> tuple[Pair, ...]:
    """Match each target with the outcome of its issuer and year."""
    outcomes = {(point.issuer, point.year): point for point in chosen if not point.is_target}
    return tuple(
        Pair(point, outcomes[point.issuer, point.year], _is_met(point, outcomes[point.issuer, point.year]))
        for point in chosen
        if point.is_target and (point.issuer, point.year) in outcomes
    )


def _pick(candidates: Sequence[PlacedFigure], key: tuple[str, int, bool], words: str) -> Point:
    issuer, year, _ = key
    closest = min(candidates, key=lambda placed: (_distance(placed.figure, words), -(placed.report.year or 0)))
    indicator, value = fold(closest.figure.indicator), base_value(closest.figure)
    revised = [
        placed
        for placed in candidates
        if fold(placed.figure.indicator) == indicator
        and (placed.report.year or 0) < (closest.report.year or 0)
        and base_value(placed.figure) != value
    ]
    return Point(closest, issuer, year, value, revised[0] if revised else None)


def _is_about(figure: Figure, words: str) -> bool:
    """Tell whether the words are most of an indicator; 增长 is in many that have nothing else in common."""
    return len(fold(figure.indicator)) <= 2 * len(fold(words)) + 2


def _distance(figure: Figure, words: str) -> tuple[bool, int]:
    """Rank indicators: wholes before parts, then those with the fewest words besides the ones searched for."""
    return figure.parent is not None, abs(len(fold(figure.indicator)) - len(fold(words)))


def _is_met(target: Point, outcome: Point) -> bool | None:
    """Tell whether an outcome keeps within the bounds a target states; a target without any is no promise of one."""
    figure = target.placed.figure
    if figure.low is None and figure.high is None:
        return None
    low_kept = figure.low is None or outcome.value >= figure.low * figure.scale
    return low_kept and (figure.high is None or outcome.value <= figure.high * figure.scale)
