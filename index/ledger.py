"""The ledger of all indexed figures: what can be asked of it, what it gives, and a figure as a row of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from corpus.fold import fold
from corpus.types import Figure, Kind
from index.types import ReportCard


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """Which figures are wanted; an empty field leaves all. Words are compared folded, widths and cases alike.

    Attributes:
        report: words that all stand in the report's title or file name, or its whole id.
        issuer: part of the issuer's name.
        year: year of the report, not of the figure.
        indicator: words that all stand in the indicator, in any order.
        period: part of the figure's period.
    """

    report: str = ""
    issuer: str = ""
    year: int | None = None
    indicator: str = ""
    period: str = ""
    kind: Kind | None = None

    def fits_report(self, card: ReportCard) -> bool:
        """Tell whether figures of a report are wanted at all."""
        names = fold(f"{card.title}/{card.file}")
        is_named = card.report_id == self.report or all(fold(word) in names for word in self.report.split())
        return is_named and fold(self.issuer) in fold(card.issuer) and self.year in (None, card.year)

    def conditions(self) -> tuple[str, list[str]]:
        """Return what the figure itself must fulfil, as SQL over a row with a function `fold`, and its parameters."""
        words = [("indicator", fold(word)) for word in self.indicator.split()]
        if self.period:
            words.append(("period", fold(self.period)))
        clauses = [f"instr(fold({column}), ?) > 0" for column, _ in words]
        parameters = [word for _, word in words]
        if self.kind is not None:
            clauses.append("kind = ?")
            parameters.append(self.kind.value)
        return " AND ".join(clauses) or "TRUE", parameters


@dataclass(frozen=True, slots=True)
class LedgerFigure:
    """A figure with its place in the ledger of its report: `store.report(report_id).figures[position] == figure`."""

    report_id: str
    position: int
    figure: Figure


# Decimals are text: SQLite's numbers are binary and would not give 16.4 back.
COLUMNS = 'value, low, high, unit, scale, text, indicator, period, kind, start, "end", parent, adds_up'

# What most reports count, of whole years only: 2024年, 截至2024年末. Long names are clauses, not indicators.
COMMON = """
SELECT indicator FROM figures
WHERE parent IS NULL AND unit <> '' AND length(indicator) BETWEEN 3 AND 12
    AND replace(replace(replace(replace(period, '截至', ''), '末', ''), '底', ''), '全年', '')
        GLOB '[12][0-9][0-9][0-9]年'
GROUP BY indicator HAVING count(DISTINCT report_id) > 1
ORDER BY count(DISTINCT report_id) DESC, length(indicator), indicator LIMIT ?"""


def figure_row(figure: Figure) -> tuple[str | int | None, ...]:
    """Return a figure as values for `COLUMNS`."""
    low, high = (None if bound is None else str(bound) for bound in (figure.low, figure.high))
    return (
        *(str(figure.value), low, high, figure.unit, str(figure.scale), figure.text, figure.indicator, figure.period),
        *(figure.kind.value, figure.start, figure.end, figure.parent, figure.adds_up),
    )


def row_figure(row: Sequence[Any]) -> Figure:
    """Return the figure of a row of `COLUMNS`; the reverse of `figure_row`.

    >>> one = Decimal("16.40")
    >>> figure = Figure(one, None, one, "元", Decimal(100000000), "16.40亿元", "投资", "2024年", Kind.RESULT, 3, 9)
    >>> row_figure(figure_row(figure)) == figure
    True
    """
    value, low, high, unit, scale, text, indicator, period, kind, start, end, parent, adds_up = row
    return Figure(
        Decimal(value),
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        unit,
        Decimal(scale),
        text,
        indicator,
        period,
        Kind(kind),
        start,
        end,
        parent,
        None if adds_up is None else bool(adds_up),
    )
