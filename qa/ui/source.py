"""A report as HTML to read: headings, numbered paragraphs, and the quoted words marked.

Everything shown is a slice of `Report.text`; the text content of a paragraph is that slice, character for character.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from corpus.types import Paragraph, Report, Section
from qa.types import Citation
from qa.ui.html import button, copy_button, notice, tag, text_tag
from qa.ui.texts import Texts


def render_source(citation: Citation, report: Report, texts: Texts) -> str:
    """Render the report opened at a citation, with the buttons that take quote and citation away."""
    intact = report.text[citation.start : citation.end] == citation.quote
    warning = "" if intact else notice(texts.error_title, text_tag("p", texts.quote_mismatch), "rq-error")
    trail = tag("ol", "".join(text_tag("li", bare_heading(heading)) for heading in citation.section), "rq-trail")
    facts = [citation.issuer, _year(citation.year, texts), *_places(citation, texts)]
    buttons = copy_button(texts.copy_quote, citation.quote, texts) if intact else ""
    buttons += copy_button(texts.copy_citation, citation_text(citation, report, texts), texts)
    head = [
        text_tag("h2", citation.title, "rq-pane-title"),
        text_tag("p", " · ".join(filter(None, facts)), "rq-facts"),
        trail if citation.section else "",
        tag("div", buttons, "rq-buttons"),
        warning,
    ]
    mark = (citation.start, citation.end) if intact else None
    return render_pane("".join(head), render_text(report, mark), texts.source_label, texts)


def render_pane(head: str, body: str, label: str, texts: Texts) -> str:
    """Lay out a pane: a head that stays, a body that scrolls, and the way back on a narrow screen."""
    back = button(escape(texts.back), "back", "rq-button rq-back")
    scroll = tag("div", body, "rq-scroll rq-pane-body", tabindex="0", role="region", aria_label=label)
    return tag("header", back + head, "rq-pane-head") + scroll


def render_empty(title: str, text: str, texts: Texts) -> str:
    """Render a pane in which nothing is open, and say why."""
    back = button(escape(texts.back), "back", "rq-button rq-back")
    return tag("div", back + text_tag("h2", title) + text_tag("p", text), "rq-empty")


def bare_heading(heading: str) -> str:
    """Drop the full stop of a heading that runs into its paragraph.

    >>> bare_heading("（三）推进多元解纷。")
    '（三）推进多元解纷'
    """
    return heading.strip().rstrip("。.")


def render_text(report: Report, mark: tuple[int, int] | None = None) -> str:
    """Render the whole text by paragraphs; `mark` is the range of the quote."""
    sections = {section.start: section for section in report.sections}
    paragraphs = (render_paragraph(report, paragraph, sections, mark) for paragraph in report.paragraphs)
    return tag("div", "".join(paragraphs), "rq-report")


def render_paragraph(
    report: Report, paragraph: Paragraph, sections: Mapping[int, Section], mark: tuple[int, int] | None
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
    heading = _marked(report.text, paragraph.start, heading_end, mark)
    body = _marked(report.text, heading_end, paragraph.end, mark)
    number = str(paragraph.number)
    if section is None:
        return tag("p", body, "rq-p rq-title" if _is_title(report, paragraph) else "rq-p", data_number=number)
    if report.text[heading_end : paragraph.end].strip():
        return tag("p", tag("b", heading, "rq-run-in") + body, "rq-p", data_number=number)
    level = max(1, min(section.level, 3))
    classes = f"rq-p rq-heading rq-level-{level}"
    return tag("p", heading + body, classes, role="heading", aria_level=str(level + 2), data_number=number)


def citation_text(citation: Citation, report: Report, texts: Texts) -> str:
    """Write a citation in the form that official documents use.

    >>> from qa.ui.texts import CHINESE
    >>> report = Report("r", "f", "", "法治报告", "云溪县", "", 2024, "2025-02-08", "", "", "", (), ())
    >>> path = ("四、化解争议", "（二）应诉")
    >>> here = Citation(1, "r", "f", "法治报告", "云溪县", 2024, path, 24, None, 0, 0, "", 1.0)
    >>> citation_text(here, report, CHINESE)
    '云溪县：《法治报告》（2025年2月8日），“四、化解争议”“（二）应诉”，第24段。'
    """
    titled = citation.title if citation.title.startswith("《") else texts.title_line.format(title=citation.title)
    when = _date(report.date, texts) or _year(citation.year, texts)
    trail = "".join(texts.quote_line.format(text=bare_heading(heading)) for heading in citation.section)
    place = texts.comma.join(filter(None, [trail, *_places(citation, texts)]))
    dated = texts.dated_line.format(date=when) if when else ""
    return texts.citation_line.format(issuer=citation.issuer, title=titled, date=dated, place=place)


def _marked(text: str, start: int, end: int, mark: tuple[int, int] | None) -> str:
    """Escape a slice and wrap what of it lies in the mark."""
    if mark is None or mark[0] >= end or mark[1] <= start:
        return escape(text[start:end])
    first, last = max(start, mark[0]), min(end, mark[1])
    return escape(text[start:first]) + text_tag("mark", text[first:last]) + escape(text[last:end])


def _is_title(report: Report, paragraph: Paragraph) -> bool:
    """Whether a paragraph is the report's title, perhaps with the sign of a footnote behind it."""
    line = report.text[paragraph.start : paragraph.end].strip()
    return bool(report.title) and line.startswith(report.title) and len(line) <= len(report.title) + 8


def _places(citation: Citation, texts: Texts) -> list[str]:
    page = [texts.page_line.format(page=citation.page)] if citation.page is not None else []
    return [texts.paragraph_line.format(number=citation.paragraph), *page]


def _year(year: int | None, texts: Texts) -> str:
    return texts.year_line.format(year=year) if year is not None else ""


def _date(date: str, texts: Texts) -> str:
    parts = date.split("-")
    if texts.language != "zh" or len(parts) != 3 or not all(part.isdigit() for part in parts):
        return date
    return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"
