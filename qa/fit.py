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
_OPEN_BEFORE = re.compile(r"以前|之前")
# Several years, and the words that say that a figure is of all of them together.
_SPAN = r"(?<![\d第续])(?:[两三四五六七八九十几]|\d{1,2})年(?![期级制前后度以])"
_SAYS_TOTAL = re.compile(rf"累计|{_SPAN}|(?:年均|平均每年)[^，,；;]*$")
_ASKS_SPAN = re.compile(rf"累计|平均|年均|每年|逐年|这些年|时期|期间|以来|规划|[八九十][一二三四五]?五|{_SPAN}")
# Words that ask for what was reached, and not for what was meant to be.
_ASKS_OUTCOME = re.compile(r"实际|(?:完成|实现)了?多少|[办建投帮花修查增]了多少")
_ASKS_PLAN = re.compile(r"计划|打算|目标|预期|要|力争|将|拟|安排")
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

    A target for the next year never answers what a year brought. What was reached within a longer period may be what
    a year brought, and the answer shows the period; for totals see `is_total_of_span`.
    """
    told = [single_year(figure.period) for figure in figures]
    return bool(figures and years) and all(year is not None and year not in years for year in told)


def is_total_of_span(said: str, periods: Iterable[str], years: Sequence[int], question: str) -> bool:
    """Tell whether figures are totals or means of several years where one year is asked about.

    Args:
        said: their sentence as far as their clause.
        periods: of the figures.
        years: the years that are asked about.
        question: as asked.

    >>> said, periods = "累计接待游客17.52亿人次", ["“十四五”时期"]
    >>> [is_total_of_span(said, periods, [2025], asked) for asked in ("全年接待多少游客", "五年接待多少游客")]
    [True, False]
    """
    if len(years) != 1 or _ASKS_SPAN.search(question) or not _SAYS_TOTAL.search(said):
        return False
    return all(period and single_year(period) is None and not _OPEN_BEFORE.search(period) for period in periods)


def is_only_planned(figures: Sequence[Figure], question: str) -> bool:
    """Tell whether figures are all targets where a question asks what came of them."""
    asks_outcome = _ASKS_OUTCOME.search(question) and not _ASKS_PLAN.search(question)
    return bool(asks_outcome) and all(figure.kind is Kind.TARGET for figure in figures)


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
