"""The pages of the original as the source pane shows them: the image of one, the quoted lines marked on it."""

from __future__ import annotations

from html import escape

from corpus.geometry import quote_boxes
from corpus.types import Box, Report
from qa.types import Citation
from qa.ui.html import button, image, tag, text_tag
from qa.ui.texts import Texts


def page_address(report_id: str, page: int) -> str:
    """Return the address of the image of a page, as `qa.ui.images` serves it.

    >>> page_address("0f3a", 3)
    'page-image/0f3a/3'
    """
    return f"page-image/{report_id}/{page}"


def marked_boxes(citation: Citation, report: Report) -> tuple[Box, ...]:
    """Return where the quote is printed; nothing if the report's format has no pages, or says something else."""
    intact = report.text[citation.start : citation.end] == citation.quote
    return quote_boxes(report, citation.start, citation.end) if intact and report.pages.count else ()


def render_pager(boxes: tuple[Box, ...], report: Report, texts: Texts) -> str:
    """Render the choice between page and text, and the way through the pages; "" where no page can be marked."""
    if not boxes:
        return ""
    words, page = texts.paper, boxes[0].page
    views = button(escape(words.as_page), "paper", "rq-chip", view="page", aria_pressed="true")
    views += button(escape(words.as_text), "paper", "rq-chip", view="text", aria_pressed="false")
    place = words.page_place_line.format(page=page, count=report.pages.count)
    pattern = words.page_place_line.format(page="#", count=report.pages.count)
    ways = button("‹", "turn", "rq-button", step="-1", aria_label=words.previous_page)
    ways += text_tag("span", place, "rq-page-place", aria_live="polite")
    ways += button("›", "turn", "rq-button", step="1", aria_label=words.next_page)
    choice = tag("div", views, "rq-views", role="group", aria_label=words.view_label)
    facts = {"data_page": str(page), "data_count": str(report.pages.count), "data_place": pattern}
    return tag("div", choice + tag("div", ways, "rq-pages"), "rq-pager", **facts)


def render_paper(boxes: tuple[Box, ...], citation: Citation, report: Report, texts: Texts) -> str:
    """Render the first marked page under the boxes of all pages; page.js shows those of the page it turns to.

    A failed image gives way to the text that stands behind it.
    """
    if not boxes:
        return ""
    page, title = boxes[0].page, report.title or report.file
    pattern = texts.paper.page_alt_line.format(title=title, page="#")
    alt = texts.paper.page_alt_line.format(title=title, page=page)
    shown = image(page_address(report.report_id, page), alt, "rq-page")
    cell = quote_boxes(report, citation.cell.start, citation.cell.end) if citation.cell else ()
    marks = "".join(_mark(box, page, "rq-box") for box in boxes) + "".join(
        _mark(box, page, "rq-box rq-box-cell") for box in cell
    )
    sheet = tag(
        "div", shown + marks, "rq-page-box", data_pages=page_address(report.report_id, 0)[:-1], data_alt=pattern
    )
    failed = text_tag("p", texts.paper.page_failed, "rq-link-note rq-page-failed", role="status")
    return tag("div", sheet + failed, "rq-paper")


def _mark(box: Box, shown: int, classes: str) -> str:
    """Lay a rectangle over the page, in per cent of its sides."""
    edges = {"left": box.x0, "top": box.top, "width": box.x1 - box.x0, "height": box.bottom - box.top}
    style = ";".join(f"{side}:{100 * share:.2f}%" for side, share in edges.items())
    away = {} if box.page == shown else {"hidden": ""}
    return tag("div", "", classes, style=style, data_page=str(box.page), **away)
