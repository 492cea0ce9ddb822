"""Whether a figure of the ledger can be what a question asks for: of the year that is named, and a number at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from corpus.types import Figure
from index.types import ClauseHit

_YEAR = re.compile(r"(?:19|20)\d\d")
# A period that reaches beyond the year it names: 2021年以来, 2022年以前.
_OPEN = re.compile(r"以来|以前|之前")


def figures_within(figures: Iterable[Figure], start: int, end: int) -> list[Figure]:
    """Return the figures that stand in [start, end) of their report."""
    return [figure for figure in figures if start <= figure.start and figure.end <= end]


def single_year(period: str) -> int | None:
    """Return the year that a period lies in; None where it spans several or its bounds are open.

    >>> [single_year(period) for period in ("截至2024年12月底", "1998—2002年", "2021年以来", "“十四五”时期")]
    [2024, None, None, None]
    """
    years = _YEAR.findall(period)
    return int(years[0]) if len(years) == 1 and not _OPEN.search(period) else None


def is_of_other_years(figures: Sequence[Figure], years: Sequence[int]) -> bool:
    """Tell whether figures are all of single years, and none of them of a year that is asked about.

    A five-year total is not ruled out: a report may tell of a year by the way of such a total, and the answer shows
    the period. A target for the next year never answers what a year brought.
    """
    told = [single_year(figure.period) for figure in figures]
    return bool(figures and years) and all(year is not None and year not in years for year in told)


def with_figures(
    clauses: Sequence[ClauseHit], ledgers: Mapping[str, Sequence[Figure]]
) -> list[tuple[ClauseHit, list[Figure]]]:
    """Return the clauses that hold figures, with these.

    Args:
        clauses: in the order of the text.
        ledgers: the figures of each report, by its id.
    """
    found = [(c, figures_within(ledgers[c.sentence.chunk.report_id], c.start, c.end)) for c in clauses]
    return [(clause, figures) for clause, figures in found if figures]
