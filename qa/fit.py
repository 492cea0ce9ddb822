"""Whether a figure of the ledger can be what a question asks for: of the year that is named, and of the right sort."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from corpus.types import Figure, Kind
from index.types import ClauseHit

_YEAR = re.compile(r"(?:19|20)\d\d")
# A period that reaches beyond the year it names: 2021年以来, 2022年以前.
_OPEN = re.compile(r"以来|以前|之前")
_SHARE_UNIT = re.compile(r"%|‰|成|百分点|倍|分之")
_ASKS_SHARE = re.compile(
    r"率(?:是|有|达到?|为|要|提高到|升到|降到)*(?:多少|几)|百分之[几多]|几成|多少成|[几多少]个?百分点|[涨增降]幅|增速"
    r"|(?:比例|占比|比重)(?:是|有|达到?|为|占)*(?:多少|几|多大)"
)
# A rate is asked for as it stands, and not how it has changed.
_ASKS_LEVEL = re.compile(r"率(?:是|有|达到?|为)?多少|(?:比例|占比|比重)(?:是|有|达到?|为|占)*(?:多少|几|多大)")
_SAYS_CHANGE = re.compile(r"增|降|涨|跌|提高|提升|变化|快|多了|少了|百分点|幅|速|升|减|缩|扩")
_ASKS_MONEY = re.compile(r"多少钱|多少块钱|[多少几](?:百|千|万|亿)*元")
_ASKS_RANK = re.compile(r"第几|排名|排位|名次|位次")


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


class Sort(StrEnum):
    """What sort of number a question asks for, where its words leave no doubt; the values are shown."""

    SHARE = "比率"
    LEVEL = "比率（只有增减）"
    MONEY = "金额"

    def fits(self, figure: Figure) -> bool:
        """Tell whether a figure is of this sort."""
        if self is Sort.MONEY:
            return "元" in figure.unit
        return bool(_SHARE_UNIT.search(figure.unit)) and (self is Sort.SHARE or figure.kind is not Kind.CHANGE)


def asked_sort(question: str) -> Sort | None:
    """Return the sort of number that a question asks for; None where any would do.

    Of the answers to such questions in the training folder 98 % are of the sort.

    >>> [asked_sort(said) for said in ("办结率是多少", "增长百分之几", "一共花了多少钱", "增速排第几", "办了多少件")]
    [<Sort.LEVEL: '比率（只有增减）'>, <Sort.SHARE: '比率'>, <Sort.MONEY: '金额'>, None, None]
    """
    if _ASKS_RANK.search(question):
        return None
    if _ASKS_SHARE.search(question):
        asks_level = _ASKS_LEVEL.search(question) and not _SAYS_CHANGE.search(question)
        return Sort.LEVEL if asks_level else Sort.SHARE
    return Sort.MONEY if _ASKS_MONEY.search(question) else None
