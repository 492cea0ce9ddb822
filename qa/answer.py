"""From ranked sentences to an answer that says nothing it does not quote or compute from quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.fold import fold
from corpus.geometry import page_at
from corpus.types import Figure, Report
from index.answerable import asks_number
from index.store import Store
from index.types import SentenceHit
from qa.cells import cell_at
from qa.citations import paragraph_at
from qa.headline import Headline
from qa.markdown import escape
from qa.related import Relation, pairs
from qa.types import Citation, CitedExhibit, CitedFigure
from qa.understand import Understood

# Characters quoted in an answer: what a person reads at once. The rest is a click away.
_ROOM = 500
# A question for one number is answered by one sentence; what else was found is listed as a source.
_ROOM_FOR_A_NUMBER = 120
# A sentence whose score is further below the best one's is a source to look at and no part of the answer.
_CLOSE = 3.0
# Figures listed beside an answer, for each part of the question.
_MOST_FIGURES = 6
_ASKS_YES_OR_NO = re.compile(r"有没有|有无|是否|是不是|能不能|会不会|[^呢]吗[？?]?$")
_DENIES = re.compile(r"未(?!来|成年)|没有|无(?!人机|线|障碍|偿|害|缝|废)|不(?!断|仅|但|少|动产|合理|良|当)")


def cite(hits: Iterable[SentenceHit], store: Store, asked: Mapping[SentenceHit, str]) -> tuple[Citation, ...]:
    """Turn sentences into citations, numbered in the order given; each quote is cut afresh from the stored report.

    A row of a table is cited with the cell that is asked for.

    Args:
        hits: what was found.
        store: the reports.
        asked: the part of the question that each of them was found for.
    """
    return tuple(
        _citation(marker, hit, store.report(hit.chunk.report_id), asked.get(hit, ""))
        for marker, hit in enumerate(hits, start=1)
    )


def cited_exhibits(citations: Iterable[Citation], store: Store) -> tuple[CitedExhibit, ...]:
    """Return the pictures and charts whose captions are cited, or that stand at a cited paragraph."""
    found: dict[tuple[str, int, str], CitedExhibit] = {}
    for citation in citations:
        for exhibit in store.report(citation.report_id).exhibits:
            if exhibit.start < citation.end and citation.start < exhibit.end:
                facts = (exhibit.label, exhibit.caption, exhibit.page, exhibit.image)
                key = (citation.report_id, exhibit.start, exhibit.image)
                found.setdefault(key, CitedExhibit(*facts, citation.report_id, citation.marker))
    return tuple(found.values())


def _citation(marker: int, hit: SentenceHit, report: Report, question: str) -> Citation:
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
        page=page_at(paragraph, hit.start),
        start=hit.start,
        end=hit.end,
        quote=report.text[hit.start : hit.end],
        score=round(hit.score, 4),
        cell=cell_at(report, hit, question),
    )


@dataclass(frozen=True, slots=True)
class Group:
    """What answers one part of a question: its label (or ""), its short answer, its citations, best first.

    The first `needed` citations belong together: the items of a list. `figure` is the one number that answers.
    """

    label: str
    headline: Headline | None
    citations: Sequence[Citation]
    needed: int = 1
    figure: Figure | None = None


def cited_figures(groups: Sequence[Group], store: Store) -> tuple[CitedFigure, ...]:
    """Return the ledger's figures in the first citation of each part, those of the short answer first."""
    found = []
    for group in groups:
        for citation in group.citations[:1]:
            ledger = store.report(citation.report_id).figures
            inside = [f for f in ledger if citation.start <= f.start and f.end <= citation.end]
            inside.sort(key=lambda figure: (not _in_headline(figure, group.headline), figure.start))
            found += [cited_figure(figure, citation.marker) for figure in inside[:_MOST_FIGURES]]
    return tuple(found)


def _in_headline(figure: Figure, headline: Headline | None) -> bool:
    return headline is not None and headline.start <= figure.start and figure.end <= headline.end


def cited_figure(figure: Figure, marker: int) -> CitedFigure:
    """Return a figure of the ledger as one of the answer."""
    return CitedFigure(
        text=figure.text,
        value=figure.value,
        unit=figure.unit,
        indicator=figure.indicator,
        period=figure.period,
        kind=str(figure.kind),
        citation=marker,
    )


def answer_text(question: str, groups: Sequence[Group], remarks: Sequence[str]) -> str:
    """Write the answer: for each part of the question its sentences, each with its marker, as far as there is room.

    Several parts are set side by side in a table first, with the differences between neighbours, which are computed
    and say so. The remarks, in Markdown, come last.
    """
    blocks = [_table(groups), *_differences(groups)] if len(groups) > 1 else []
    if asks_yes_or_no(question) and len(groups) == 1:
        blocks.append(_lead_of_yes_or_no(groups[0]))
    room = _ROOM // len(groups)
    if len(groups) == 1 and asks_number(question) and re.search(r"\d", _text(groups[0])):
        room = _ROOM_FOR_A_NUMBER
    blocks += [_group_text(group, room) for group in groups]
    return "\n\n".join(filter(None, [*blocks, *remarks]))


def asks_yes_or_no(question: str) -> bool:
    """Tell whether a question can be answered by yes or no.

    >>> asks_yes_or_no("有没有建立联席会议制度"), asks_yes_or_no("建立了什么制度")
    (True, False)
    """
    return bool(_ASKS_YES_OR_NO.search(question))


def _lead_of_yes_or_no(group: Group) -> str:
    """Say that the report has words on it and whether they deny; what follows from them is the reader's to say."""
    denies = _DENIES.search(_text(group) or "".join(citation.quote for citation in group.citations[:1]))
    return "报告中有相关的否定表述：" if denies else "报告中有相关表述："


def _table(groups: Sequence[Group]) -> str:
    rows = [f"| {escape(g.label)} | {_short(g)} |" for g in groups]
    return "\n".join(["| 范围 | 原文 |", "|---|---|", *rows])


def _short(group: Group) -> str:
    if group.headline is None or not group.citations:
        return "没有找到"
    return f"{escape(group.headline.text)} [{group.citations[0].marker}]"


def _differences(groups: Sequence[Group]) -> list[str]:
    """Say by how much the figures of neighbouring parts differ, a line for each two that can be compared."""
    lines = []
    for one, two in pairwise(groups):
        if one.figure is not None and two.figure is not None and _are_comparable(one.figure, two.figure):
            between = f"{escape(one.label)}与{escape(two.label)}" if len(groups) > 2 else ""
            unit = "个百分点" if one.figure.unit == "%" else one.figure.unit
            difference = f"{abs(two.figure.value - one.figure.value)}{escape(unit)}"
            lines.append(f"{between}相差{difference}（计算：{escape(two.figure.text)}与{escape(one.figure.text)}之差）")
    return lines


def _are_comparable(first: Figure, second: Figure) -> bool:
    """Tell whether two figures have a difference: 5%左右 and 5%—5.5% have none, nor have unlike indicators."""
    alike = (first.unit, first.kind) == (second.unit, second.kind) and first.value != second.value
    exact = _is_exact(first) and _is_exact(second)
    return alike and exact and bool(pairs(first.indicator) & pairs(second.indicator))


def _is_exact(figure: Figure) -> bool:
    """Tell whether a figure is printed as a bare number with its unit, without a range or bound."""
    return fold(figure.text).replace(",", "") == fold(f"{figure.value}{figure.unit}")


def _text(group: Group) -> str:
    return group.headline.text if group.headline else ""


def _group_text(group: Group, room: int) -> str:
    lines: list[str] = []
    used = 0
    for citation in group.citations:
        if lines and (used + len(citation.quote) > room or citation.score < group.citations[0].score - _CLOSE):
            break
        lines.append(f"{_quoted(citation)} [{citation.marker}]")
        used += len(citation.quote)
    if len(lines) < group.needed:
        lines.append(f"（共{group.needed}项，其余见出处）")
    head = f"**{escape(group.label)}**" if group.label and lines else ""
    return "\n\n".join(filter(None, [head, *lines]))


def period_line(period: str) -> str:
    """Warn that a figure is of another period than the year that was asked about."""
    return f"注意：这个数的时期是{escape(period)}，不是单独一年。"


def misfit_line(label: str, misfit: str) -> str:
    """Say why one side of a comparison is not answered."""
    return f"{escape(label)}：{escape(misfit)}。"


def related_lines(related: Iterable[tuple[Relation, Figure, Citation]]) -> list[str]:
    """Write a line of Markdown for each figure of another report that is set beside the answer."""
    return [
        f"{relation}（{escape(figure.period)}，{escape(citation.title)}）：{escape(citation.quote)} [{citation.marker}]"
        for relation, figure, citation in related
    ]


def mentions_headline(word: str, counts: Sequence[int]) -> str:
    """Say how often a word stands in how many reports; both are counted, not quoted.

    >>> mentions_headline("营商环境", [3, 2])
    '2份报告，共5处'
    """
    return f"{len(counts)}份报告，共{sum(counts)}处"


def mentions_text(headline: str, counted: Sequence[tuple[int, Citation]], reports: int) -> str:
    """List the mentions by report, each with its count and the sentence of the first."""
    rows = [
        f"| {escape(citation.title or citation.file)} | {count} | {escape(citation.quote)} [{citation.marker}] |"
        for count, citation in counted
    ]
    left = f"另有{reports - len(counted)}份报告未列出。" if reports > len(counted) else ""
    table = "\n".join(["| 报告 | 处数 | 首次出现 |", "|---|---|---|", *rows])
    return "\n\n".join(filter(None, [f"{headline}（计数）", table, left]))


def _quoted(citation: Citation) -> str:
    """Write a quotation; of a row of a table the cell that answers, with the words that head its row and column."""
    cell = citation.cell
    if cell is None:
        return escape(citation.quote)
    unit = f"（单位：{escape(cell.unit)}）" if cell.unit else ""
    return "｜".join(filter(None, map(escape, (cell.table, cell.row, cell.column)))) + f"：{escape(cell.text)}{unit}"


def notes(understood: Understood) -> list[str]:
    """Say what of the question could not be looked for although the rest could."""
    remarks = []
    if understood.unknown_issuers:
        remarks.append(f"没有{'、'.join(understood.unknown_issuers)}的报告。")
    if understood.unknown_years:
        remarks.append(f"没有能说明{'、'.join(f'{year}年' for year in understood.unknown_years)}情况的报告。")
    return remarks
