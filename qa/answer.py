"""From ranked sentences to an answer that says nothing it does not quote, or to a refusal that says why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.types import Report
from index.store import Store
from index.types import ReportCard, SentenceHit
from qa.markdown import escape
from qa.types import Citation
from qa.understand import Understood

# Characters quoted in an answer: what a person reads at once. The rest is a click away.
_ROOM = 500


def cite(hits: Iterable[SentenceHit], store: Store) -> tuple[Citation, ...]:
    """Turn sentences into citations, numbered in the order given; each quote is cut afresh from the stored report."""
    return tuple(_citation(marker, hit, store.report(hit.chunk.report_id)) for marker, hit in enumerate(hits, start=1))


def _citation(marker: int, hit: SentenceHit, report: Report) -> Citation:
    paragraph = report.paragraphs[bisect_right(report.paragraphs, hit.start, key=lambda p: p.start) - 1]
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
    """What answers one part of a question: its label (or ""), its short answer, its citations, best first."""

    label: str
    headline: str | None
    citations: Sequence[Citation]


def answer_text(groups: Sequence[Group]) -> str:
    """Write the answer: for each part of the question its sentences, each with its marker, as far as there is room."""
    room = _ROOM // len(groups)
    return "\n\n".join(_group_text(group, room) for group in groups)


def _group_text(group: Group, room: int) -> str:
    lines: list[str] = []
    used = 0
    for citation in group.citations:
        if lines and used + len(citation.quote) > room:
            break
        lines.append(f"{escape(citation.quote)} [{citation.marker}]")
        used += len(citation.quote)
    head = f"**{escape(group.label)}**" if group.label else ""
    if head and group.headline:
        head += f"：{escape(group.headline)} [{group.citations[0].marker}]"
    return "\n\n".join(filter(None, [head, *lines]))


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
    """Say that no report of the year is there and that those of other years do not tell about it."""
    searched = {key for part in understood.parts for key in (*part.report_ids, *part.distant)}
    own = [card for card in cards if card.report_id in searched]
    years = "、".join(f"{part.year}年" for part in understood.parts if part.year is not None)
    return f"没有{years}的报告，其他年份的报告也没有说到{years}的情况。查过：{_holdings(own)}。"


def _holdings(cards: Sequence[ReportCard], most: int = 8) -> str:
    """Name issuers with their years, in the order of the index."""
    by_issuer: dict[str, list[str]] = {}
    for card in cards:
        by_issuer.setdefault(card.issuer or card.title, []).append(str(card.year or "年份不详"))
    names = [f"{issuer}（{'、'.join(dict.fromkeys(sorted(years)))}）" for issuer, years in by_issuer.items()]
    return "；".join(names[:most]) + (f"等{len(names)}个单位" if len(names) > most else "")
