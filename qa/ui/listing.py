"""The indexed reports as HTML: the list, the note on sample reports, and the reader with its outline."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from corpus.ingest import Ingest, ingest_report
from corpus.types import Report
from index.types import ReportCard
from qa.ui.html import button, notice, tag, text_tag
from qa.ui.ingested import render_correct, render_ingest, render_left_out
from qa.ui.markup import plain_html
from qa.ui.source import render_pane, render_text
from qa.ui.takeaway import bare_heading
from qa.ui.texts import Texts

OUTLINE_LEVELS = 2


def render_list(
    cards: Sequence[ReportCard],
    opened: str,
    samples_home: Path | None,
    texts: Texts,
    own: Sequence[str] = (),
    left_out: Sequence[Ingest] = (),
) -> str:
    """Render the list.

    Args:
        cards: the reports.
        opened: id of the one that is being read.
        samples_home: the home folder while only the samples are indexed, else None.
        texts: the words of the page.
        own: files that the user put in, and can take out.
        left_out: files that were found and not indexed.
    """
    line = texts.reports_line.format(count=len(cards)) if cards else texts.reports_none
    rows = "".join(
        tag("li", render_card(card, texts, opened=card.report_id == opened) + _upkeep(card, own, texts))
        for card in cards
    )
    hint = render_samples(samples_home, texts) if samples_home is not None else ""
    return tag(
        "div",
        hint
        + render_left_out(left_out, texts)
        + text_tag("p", line, "rq-label")
        + tag("ul", rows, "rq-cards", aria_label=texts.reports_label),
        "rq-scroll",
    )


def render_card(card: ReportCard, texts: Texts, *, opened: bool) -> str:
    """Render one report of the list as the button that opens it."""
    year = texts.year_line.format(year=card.year) if card.year is not None else ""
    size = texts.characters_line.format(count=f"{card.characters:,}")
    lines = [
        text_tag("span", card.title or card.file, "rq-card-title"),
        text_tag("span", _joined(card.issuer, card.kind, year), "rq-card-facts"),
        text_tag("span", _joined(card.date, card.document_number, size), "rq-card-facts"),
    ]
    if card.warnings:
        warnings = texts.warnings_line.format(warnings=texts.joint.join(card.warnings))
        lines.append(text_tag("span", warnings, "rq-card-warning"))
    current = "true" if opened else "false"
    return button("".join(lines), "open", "rq-card", report=card.report_id, aria_current=current)


def _upkeep(card: ReportCard, own: Sequence[str], texts: Texts) -> str:
    """Render what can be done with a report that the user put in."""
    if card.file not in own:
        return ""
    library = texts.library
    ways = button(escape(library.remove), "remove", "rq-quiet", file=card.file, sure=library.remove_sure)
    return tag("div", ways, "rq-card-ways")


def render_samples(home: Path, texts: Texts) -> str:
    """Say that the reports are samples and how to add one's own."""
    ways = (plain_html(way.format(reports=home / "reports")) for way in texts.samples_ways)
    body = text_tag("p", texts.samples_body) + tag("ul", "".join(tag("li", way) for way in ways))
    return notice(texts.samples_title, body, "rq-samples")


def render_reader(report: Report, facts: Mapping[str, str], texts: Texts, said: str = "") -> str:
    """Render a whole report to read: above the text its outline, what was recognised in it, and its facts to correct.

    Args:
        report: the report.
        facts: what is known of it by name, as its user last said it.
        texts: the words of the page.
        said: what became of the last correction, or "".
    """
    year = texts.year_line.format(year=report.year) if report.year is not None else ""
    head = [
        text_tag("h2", report.title or report.file, "rq-pane-title"),
        text_tag("p", _joined(report.issuer, report.kind, year, report.date, report.document_number), "rq-facts"),
        text_tag("p", texts.file_line.format(file=report.file), "rq-facts rq-file"),
    ]
    parts = [
        text_tag("p", said, "rq-said", role="status") if said else "",
        render_outline(report, texts),
        render_ingest(ingest_report(report), texts),
        render_correct(report.report_id, facts, texts),
        render_text(report),
    ]
    body = "".join(parts)
    return render_pane("".join(head), body, texts.reader_label, texts)


def render_outline(report: Report, texts: Texts) -> str:
    """Render the upper headings as buttons that scroll to their paragraph."""
    sections = [section for section in report.sections if section.level <= OUTLINE_LEVELS]
    if not sections:
        return ""
    starts = [paragraph.start for paragraph in report.paragraphs]
    rows = "".join(
        tag(
            "li",
            button(
                escape(bare_heading(section.heading)),
                "jump",
                "rq-jump",
                paragraph=str(bisect_right(starts, section.start)),
            ),
            f"rq-level-{max(1, section.level)}",
        )
        for section in sections
    )
    return tag("details", text_tag("summary", texts.outline) + tag("ol", rows), "rq-outline")


def _joined(*facts: str) -> str:
    return " · ".join(filter(None, facts))
