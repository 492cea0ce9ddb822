"""What one browser tab looks for among the figures, as a frozen value; all of it comes from the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.types import Kind
from index.ledger import FigureFilter
from qa.figures import PlacedFigure
from qa.series import Measure, base_value, measures

ROWS = 100
_WORDS_CHARS = 100
_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class FigureSearch:
    """Words and choices of a search, and how its results are shown.

    Attributes:
        sort: column of the table, from 0; None leaves the order of the reports.
        measure: key of the measure in the chart, or "" for the most frequent one.
        rows: how many rows are listed.
    """

    indicator: str = ""
    issuer: str = ""
    period: str = ""
    kind: str = ""
    sort: int | None = None
    descending: bool = False
    measure: str = ""
    rows: int = ROWS

    @property
    def is_blank(self) -> bool:
        """Whether nothing is looked for."""
        return not (self.indicator or self.issuer or self.period or self.kind)

    def wanted(self) -> FigureFilter:
        """Return the search as the ledger understands it."""
        kind = Kind(self.kind) if self.kind in set(Kind) else None
        return FigureFilter(issuer=self.issuer, indicator=self.indicator, period=self.period, kind=kind)


def search_for(indicator: str | None, issuer: str | None, period: str | None, kind: str | None) -> FigureSearch:
    """Begin a search.

    >>> search_for(" 法律援助 ", None, "", None)
    FigureSearch(indicator='法律援助', issuer='', period='', kind='', sort=None, descending=False, measure='', rows=100)
    """
    words = [(word or "").strip()[:_WORDS_CHARS] for word in (indicator, issuer, period, kind)]
    return FigureSearch(words[0], words[1], words[2], words[3])


def change_view(search: FigureSearch, sort: str | None, measure: str | None, rows: str | None) -> FigureSearch:
    """Change how the results are shown; what is no column and no number changes nothing.

    >>> once = change_view(FigureSearch(), "1", None, None)
    >>> (once.sort, once.descending), change_view(once, "1", None, None).descending
    ((1, False), True)
    """
    if sort is not None and sort in {str(column) for column in range(_COLUMNS)}:
        again = search.sort == int(sort)
        return replace(search, sort=int(sort), descending=again and not search.descending)
    if measure is not None:
        return replace(search, measure=measure[:_WORDS_CHARS])
    return replace(search, rows=search.rows + ROWS) if rows is not None else search


def sort_figures(figures: Sequence[PlacedFigure], search: FigureSearch) -> Sequence[PlacedFigure]:
    """Put figures in the order of a column; numbers by their value in the base unit."""
    if search.sort is None:
        return figures

    def key(placed: PlacedFigure) -> object:
        figure, report = placed.figure, placed.report
        title = report.title or report.file
        columns = (figure.indicator, base_value(figure), figure.period, figure.kind.value, report.issuer, title)
        return columns[search.sort or 0]

    return sorted(figures, key=key, reverse=search.descending)  # type: ignore[arg-type]


def chosen_measure(figures: Sequence[PlacedFigure], search: FigureSearch) -> tuple[tuple[Measure, ...], Measure | None]:
    """Return the measures that can be drawn, and the one that is."""
    found = measures(figures, search.indicator)
    named = [measure for measure in found if measure.key == search.measure]
    return found, next(iter([*named, *found]), None)
