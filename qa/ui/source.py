"""A report as HTML to read: headings, numbered paragraphs, and the quoted words marked.

Everything shown is a slice of `Report.text`; the text content of a paragraph is that slice, character for character.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from html import escape

from corpus.types import Paragraph, Report, Section
from qa.occurrences import mention_spans, shared_term
from qa.types import Citation
from qa.ui.html import button, notice, tag, text_tag
from qa.ui.paper import marked_boxes, render_pager, render_paper
from qa.ui.takeaway import bare_heading, places, render_takeaway, year_word
from qa.ui.texts import Texts

Span = tuple[int, int]


def render_source(citation: Citation, report: Report, texts: Texts, asked: str = "", note: str = "") -> str:
    """Render the report opened at a citation, with the buttons that take quote and citation away.

    Args:
        citation: the words to mark.
        report: the report they stand in.
        texts: the words of the page.
        asked: what led here; other places that share words with it and with the quote can be gone through.
        note: a sentence about how the words were found, or "".
    """
    intact = report.text[citation.start : citation.end] == citation.quote
    warning = "" if intact else notice(texts.error_title, text_tag("p", texts.quote_mismatch), "rq-error")
    warning += text_tag("p", note, "rq-link-note") if note else ""
    trail = tag("ol", "".join(text_tag("li", bare_heading(heading)) for heading in citation.section), "rq-trail")
    facts = [citation.issuer, year_word(citation.year, texts), *places(citation, texts)]
    term = shared_term(asked, citation.quote, report.text) if intact else ""
    mentions = mention_spans(report.text, term)
    boxes = marked_boxes(citation, report)
    head = [
        text_tag("h2", citation.title, "rq-pane-title"),
        text_tag("p", " · ".join(filter(None, facts)), "rq-facts"),
        trail if citation.section else "",
        render_takeaway(citation, report, texts, intact=intact),
        render_pager(boxes, report, texts),
        _mentions(term, mentions, citation, texts),
        warning,
    ]
    mark = (citation.start, citation.end) if intact else None
    body = render_paper(boxes, citation, report, texts) + render_text(report, mark, mentions)
    return render_pane("".join(head), body, texts.source_label, texts)


def render_pane(head: str, body: str, label: str, texts: Texts) -> str:
    """Lay out a pane: a head that stays, a body that scrolls, and the way back on a narrow screen."""
    back = button(escape(texts.back), "back", "rq-button rq-back")
    scroll = tag("div", body, "rq-scroll rq-pane-body", tabindex="0", role="region", aria_label=label)
    return tag("header", back + head, "rq-pane-head") + scroll


def render_empty(title: str, text: str, texts: Texts) -> str:
    """Render a pane in which nothing is open, and say why."""
    back = button(escape(texts.back), "back", "rq-button rq-back")
    return tag("div", back + text_tag("h2", title) + text_tag("p", text), "rq-empty")


def render_text(report: Report, mark: Span | None = None, mentions: Sequence[Span] = ()) -> str:
    """Render the whole text by paragraphs; `mark` is the range of the quote, `mentions` are ordered ranges."""
    sections = {section.start: section for section in report.sections}
    paragraphs = (render_paragraph(report, paragraph, sections, mark, mentions) for paragraph in report.paragraphs)
    return tag("div", "".join(paragraphs), "rq-report")


def render_paragraph(
    report: Report,
    paragraph: Paragraph,
    sections: Mapping[int, Section],
    mark: Span | None,
    mentions: Sequence[Span] = (),
) -> str:
    """Render a paragraph: its heading, if one starts it, and the part of the quote that lies in it.

    >>> text = "一、总体情况。全年办理571件。"
    >>> report = Report("r", "f", "", "t", "", "", None, "", "", "", text, (), (), ())
    >>> section = Section("一、总体情况。", 1, (), 0, 16)
    >>> render_paragraph(report, Paragraph(3, 0, 16), {0: section}, (7, 15))
    '<p class="rq-p" data-number="3"><b class="rq-run-in">一、总体情况。</b><mark>全年办理571件</mark>。</p>'
    """
    section = sections.get(paragraph.start)
    heading_end = min(paragraph.start + len(section.heading), paragraph.end) if section else paragraph.start
    heading = _marked(report.text, (paragraph.start, heading_end), mark, mentions)
    body = _marked(report.text, (heading_end, paragraph.end), mark, mentions)
    number = str(paragraph.number)
    if section is None:
        return tag("p", body, "rq-p rq-title" if _is_title(report, paragraph) else "rq-p", data_number=number)
    if report.text[heading_end : paragraph.end].strip():
        return tag("p", tag("b", heading, "rq-run-in") + body, "rq-p", data_number=number)
    level = max(1, min(section.level, 3))
    classes = f"rq-p rq-heading rq-level-{level}"
    return tag("p", heading + body, classes, role="heading", aria_level=str(level + 2), data_number=number)


def _mentions(term: str, mentions: Sequence[Span], citation: Citation, texts: Texts) -> str:
    """Render the way through the places that mention the same, from the first one within or behind the quote."""
    if len(mentions) < 2:
        return ""
    at = min(bisect_left(mentions, (citation.start, 0)), len(mentions) - 1)
    count = text_tag("span", texts.mentions_line.format(term=term, count=len(mentions)), "rq-mention-count")
    place = text_tag("span", f"{at + 1}/{len(mentions)}", "rq-mention-place", aria_live="polite")
    ways = button("‹", "mention", "rq-button", step="-1", aria_label=texts.previous_mention) + place
    ways += button("›", "mention", "rq-button", step="1", aria_label=texts.next_mention)
    return tag("div", count + ways, "rq-mentions", data_at=str(at), data_count=str(len(mentions)))


def _marked(text: str, span: Span, mark: Span | None, mentions: Sequence[Span]) -> str:
    """Escape a slice and wrap what of it lies in the mark."""
    start, end = span
    if mark is None or mark[0] >= end or mark[1] <= start:
        return _with_mentions(text, span, mentions)
    first, last = max(start, mark[0]), min(end, mark[1])
    inside = tag("mark", _with_mentions(text, (first, last), mentions))
    before, after = (start, first), (last, end)
    return _with_mentions(text, before, mentions) + inside + _with_mentions(text, after, mentions)


def _with_mentions(text: str, span: Span, mentions: Sequence[Span]) -> str:
    """Escape a slice and wrap the mentions in it; one that goes over its edge is wrapped in each of its parts."""
    start, end = span
    parts = []
    for number in range(bisect_right(mentions, start, key=lambda mention: mention[1]), len(mentions)):
        first, last = max(mentions[number][0], start), min(mentions[number][1], end)
        if first >= end:
            break
        parts += [escape(text[start:first]), text_tag("span", text[first:last], "rq-mention", data_mention=str(number))]
        start = last
    return "".join(parts) + escape(text[start:end])


def _is_title(report: Report, paragraph: Paragraph) -> bool:
    """Whether a paragraph is the report's title, perhaps with the sign of a footnote behind it."""
    line = report.text[paragraph.start : paragraph.end].strip()
    return bool(report.title) and line.startswith(report.title) and len(line) <= len(report.title) + 8
