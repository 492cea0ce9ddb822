"""From ranked sentences to an answer that says nothing it does not quote, or to a refusal that says why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.fold import fold
from corpus.types import Figure, Report
from index.store import Store
from index.types import ReportCard, SentenceHit
from qa.citations import paragraph_at
from qa.headline import Headline, asks_number
from qa.markdown import escape
from qa.types import Citation, CitedFigure
from qa.understand import Understood

# Characters quoted in an answer: what a person reads at once. The rest is a click away.
_ROOM = 500
# A question for one number is answered by one sentence; what else was found is listed as a source.
_ROOM_FOR_A_NUMBER = 120
# Figures listed beside an answer, for each part of the question.
_MOST_FIGURES = 6


def cite(hits: Iterable[SentenceHit], store: Store) -> tuple[Citation, ...]:
    """Turn sentences into citations, numbered in the order given; each quote is cut afresh from the stored report."""
    return tuple(_citation(marker, hit, store.report(hit.chunk.report_id)) for marker, hit in enumerate(hits, start=1))


def _citation(marker: int, hit: SentenceHit, report: Report) -> Citation:
    paragraph = paragraph_at(report, hit.start)
    return Citation(
        marker=marker,
        report_id=report.report_id,
        file=report.file,
        title=report.title,
        issuer=report.issuer,
        year=report.year,
        section=hit.chunk.section_path,
        paragraph=paragraph.number,
        page=paragraph.page,
        start=hit.start,
        end=hit.end,
        quote=report.text[hit.start : hit.end],
        score=round(hit.score, 4),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """What answers one part of a question: its label (or ""), its short answer, its citations, best first.

    The first `needed` citations belong together: the items of a list.
    """

    label: str
    headline: Headline | None
    citations: Sequence[Citation]
    needed: int = 1


def cited_figures(groups: Sequence[Group], store: Store) -> tuple[CitedFigure, ...]:
    """Return the ledger's figures in the first citation of each part, those of the short answer first."""
    found = []
    for group in groups:
        for citation in group.citations[:1]:
            ledger = store.report(citation.report_id).figures
            inside = [f for f in ledger if citation.start <= f.start and f.end <= citation.end]
            inside.sort(key=lambda figure: (not _in_headline(figure, group.headline), figure.start))
            found += [_cited_figure(figure, citation.marker) for figure in inside[:_MOST_FIGURES]]
    return tuple(found)


def _in_headline(figure: Figure, headline: Headline | None) -> bool:
    return headline is not None and headline.start <= figure.start and figure.end <= headline.end


def _cited_figure(figure: Figure, marker: int) -> CitedFigure:
    return CitedFigure(
        text=figure.text,
        value=figure.value,
        unit=figure.unit,
        indicator=figure.indicator,
        period=figure.period,
        kind=str(figure.kind),
        citation=marker,
    )


def answer_text(question: str, groups: Sequence[Group], figures: Sequence[CitedFigure], remarks: Sequence[str]) -> str:
    """Write the answer: for each part of the question its sentences, each with its marker, as far as there is room.

    Several parts are set side by side in a table first; two comparable figures get their difference, which is
    computed and says so.
    """
    blocks = [_table(groups), _difference(groups, figures)] if len(groups) > 1 else []
    room = _ROOM // len(groups)
    if len(groups) == 1 and asks_number(question) and re.search(r"\d", _text(groups[0])):
        room = _ROOM_FOR_A_NUMBER
    blocks += [_group_text(group, room) for group in groups]
    return "\n\n".join(filter(None, [*blocks, *map(escape, remarks)]))


def _table(groups: Sequence[Group]) -> str:
    rows = [f"| {escape(g.label)} | {_short(g)} |" for g in groups]
    return "\n".join(["| 范围 | 原文 |", "|---|---|", *rows])


def _short(group: Group) -> str:
    if group.headline is None or not group.citations:
        return "没有找到"
    return f"{escape(group.headline.text)} [{group.citations[0].marker}]"


def _difference(groups: Sequence[Group], figures: Sequence[CitedFigure]) -> str:
    """Say by how much two figures of one unit and kind differ; empty where two parts have no such figures.

    Only where the short answer of either part holds exactly one figure is it clear which two to compare, and only
    exact figures of like indicators have a difference: 5%左右 and 5%—5.5% have none.
    """
    if len(groups) != 2 or not all(group.citations and group.headline for group in groups):
        return ""
    own = [[f for f in figures if f.citation == g.citations[0].marker and f.text in _text(g)] for g in groups]
    if any(len(found) != 1 for found in own):
        return ""
    (first,), (second,) = own
    if (first.unit, first.kind) != (second.unit, second.kind) or first.value == second.value:
        return ""
    if not (_is_exact(first) and _is_exact(second) and _pairs(first.indicator) & _pairs(second.indicator)):
        return ""
    unit = "个百分点" if first.unit == "%" else first.unit
    return (
        f"相差{abs(second.value - first.value)}{escape(unit)}（计算：{escape(second.text)}与{escape(first.text)}之差）"
    )


def _is_exact(figure: CitedFigure) -> bool:
    """Tell whether a figure is printed as a bare number with its unit, without a range or bound."""
    return fold(figure.text).replace(",", "") == fold(f"{figure.value}{figure.unit}")


def _pairs(indicator: str) -> set[str]:
    """Return the pairs of neighbouring characters: indicators without a common one measure different things."""
    folded = fold(indicator)
    return {folded[i : i + 2] for i in range(len(folded) - 1)}


def _text(group: Group) -> str:
    return group.headline.text if group.headline else ""


def _group_text(group: Group, room: int) -> str:
    lines: list[str] = []
    used = 0
    for citation in group.citations:
        if lines and used + len(citation.quote) > room:
            break
        lines.append(f"{escape(citation.quote)} [{citation.marker}]")
        used += len(citation.quote)
    if len(lines) < group.needed:
        lines.append(f"（共{group.needed}项，其余见出处）")
    head = f"**{escape(group.label)}**" if group.label and lines else ""
    return "\n\n".join(filter(None, [head, *lines]))


def notes(understood: Understood) -> list[str]:
    """Say what of the question could not be looked for although the rest could."""
    remarks = []
    if understood.unknown_issuers:
        remarks.append(f"没有{'、'.join(understood.unknown_issuers)}的报告。")
    if understood.unknown_years:
        remarks.append(f"没有能说明{'、'.join(f'{year}年' for year in understood.unknown_years)}情况的报告。")
    return remarks


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


def not_mentioned(understood: Understood, cards: Sequence[ReportCard]) -> str:
    """Say that the reports searched hold nothing on the question, or nothing on the year that has no report."""
    searched = {key for part in understood.parts for key in (*part.report_ids, *part.distant)}
    own = [card for card in cards if card.report_id in searched]
    years = "、".join(f"{part.year}年" for part in understood.parts if part.year is not None)
    if not years:
        return f"现有报告中没有找到与所问相符的内容。查过：{_holdings(own)}。"
    return f"没有{years}的报告，其他年份的报告也没有说到{years}的情况。查过：{_holdings(own)}。"


def _holdings(cards: Sequence[ReportCard], most: int = 8) -> str:
    """Name issuers with their years, in the order of the index."""
    by_issuer: dict[str, list[str]] = {}
    for card in cards:
        by_issuer.setdefault(card.issuer or card.title, []).append(str(card.year or "年份不详"))
    names = [f"{issuer}（{'、'.join(dict.fromkeys(sorted(years)))}）" for issuer, years in by_issuer.items()]
    return "；".join(names[:most]) + (f"等{len(names)}个单位" if len(names) > most else "")
