"""Refusals: what was searched, the nearest passages and what of them does not fit, and what the index does hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, groupby

from index.types import ReportCard
from qa.markdown import escape
from qa.types import Citation
from qa.understand import Understood

# Years in a row that are named each.
_MOST_NAMED = 3


def refusal_text(reason: str, nearest: Sequence[Citation]) -> str:
    """Write a refusal: the reason, and the nearest passages where there are some."""
    lines = [escape(reason)]
    if nearest:
        lines += ["最接近的原文（未必回答所问）：", *(f"- {escape(c.quote)} [{c.marker}]" for c in nearest)]
    return "\n\n".join(lines[:2]) + "".join(f"\n{line}" for line in lines[2:])


def unknown_scope(understood: Understood, cards: Sequence[ReportCard]) -> str | None:
    """Say that the named issuer or year is not in the index, and which are; None if something can be searched."""
    if understood.unknown_issuers and not understood.scope.issuers:
        return f"没有{'、'.join(understood.unknown_issuers)}的报告。现有报告：{_holdings(cards)}。"
    if understood.unknown_years and not understood.parts:
        years = "、".join(f"{year}年" for year in understood.unknown_years)
        own = [card for card in cards if not understood.scope.issuers or card.issuer in understood.scope.issuers]
        return f"没有能说明{years}情况的报告。现有报告：{_holdings(own)}。"
    if not understood.parts:
        return f"没有符合所问范围的报告。现有报告：{_holdings(cards)}。"
    return None


def not_answered(understood: Understood, misfits: Sequence[str], cards: Sequence[ReportCard]) -> str:
    """Say that the reports searched do not answer, what of the nearest passages does not fit, and what was searched.

    Args:
        understood: the question.
        misfits: why the nearest passages do not answer; empty where nothing was found.
        cards: the reports of the index.
    """
    holdings = _holdings(_searched(understood, cards))
    years = "、".join(f"{part.year}年" for part in understood.parts if part.year is not None)
    if misfits:
        return f"现有报告没有回答这个问题：{'；'.join(misfits)}。查过：{holdings}。"
    if not years:
        return f"现有报告中没有找到与所问相符的内容。查过：{holdings}。"
    return f"没有{years}的报告，其他年份的报告也没有说到{years}的情况。查过：{holdings}。"


def not_mentioned(word: str, understood: Understood, cards: Sequence[ReportCard]) -> str:
    """Say that a word stands in none of the reports searched."""
    return f"“{word}”没有在报告中出现。查过：{_holdings(_searched(understood, cards))}。"


def _searched(understood: Understood, cards: Sequence[ReportCard]) -> list[ReportCard]:
    keys = {key for part in understood.parts for key in (*part.report_ids, *part.distant)}
    return [card for card in cards if card.report_id in keys]


def _holdings(cards: Sequence[ReportCard], most: int = 8) -> str:
    """Name issuers with their years, in the order of the index."""
    by_issuer: dict[str, list[int]] = {}
    for card in cards:
        by_issuer.setdefault(card.issuer or card.title, []).append(card.year or 0)
    names = [f"{issuer}（{years_text(years)}）" for issuer, years in by_issuer.items()]
    return "；".join(names[:most]) + (f"等{len(names)}个单位" if len(names) > most else "")


def years_text(years: Collection[int]) -> str:
    """Name years, four and more in a row by the first and the last; 0 stands for one that is not known.

    >>> years_text([2024, 2022, 2023]), years_text([1999, 2001, 2002, 2003, 2004, 0])
    ('2022、2023、2024', '1999、2001—2004、年份不详')
    """
    known = sorted({year for year in years if year})
    # Years in a row all lie equally far above their places.
    rows = [[year for _, year in row] for _, row in groupby(enumerate(known), lambda pair: pair[1] - pair[0])]
    named = [[f"{row[0]}—{row[-1]}"] if len(row) > _MOST_NAMED else [str(year) for year in row] for row in rows]
    return "、".join([*chain.from_iterable(named), *(["年份不详"] if 0 in years else [])])
