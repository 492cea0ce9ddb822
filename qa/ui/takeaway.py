"""What is taken away from the source pane: the sentence, and its citation in the forms that documents need."""

from __future__ import annotations

from datetime import date
from html import escape

from corpus.types import Report
from qa.citations import bibtex, chinese_date, gb7714, official_reference
from qa.permalink import link_query
from qa.types import Citation, TableCell
from qa.ui.html import button, copy_button, tag, text_tag
from qa.ui.texts import Texts


def render_takeaway(citation: Citation, report: Report, texts: Texts, *, intact: bool) -> str:
    """Render the buttons that copy; `intact` tells whether the report still says what the citation quotes."""
    buttons = copy_button(texts.copy_quote, citation.quote, texts) if intact else ""
    buttons += copy_button(texts.copy_citation, citation_text(citation, report, texts), texts)
    if intact:
        link = {"text": link_query(citation), "copied": texts.copied, "failed": texts.copy_failed}
        buttons += button(escape(texts.copy_link), "copylink", "rq-button", **link)
        buttons += _forms(citation, report, texts)
    return tag("div", buttons, "rq-buttons")


def _forms(citation: Citation, report: Report, texts: Texts) -> str:
    """Render the other forms of the citation, each to be read before it is copied."""
    forms = {
        "GB/T 7714—2015": gb7714(citation, report, date.today().isoformat()),
        texts.official_form: official_reference(report),
        "BibTeX": bibtex(citation, report),
    }
    rows = (
        tag("li", text_tag("b", name) + copy_button(texts.copy, form, texts) + text_tag("p", form, "rq-form-text"))
        for name, form in forms.items()
    )
    return tag("details", text_tag("summary", texts.forms, "rq-button") + tag("ul", "".join(rows)), "rq-forms")


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
    when = _date_word(report.date, texts) or year_word(citation.year, texts)
    trail = "".join(texts.quote_line.format(text=bare_heading(heading)) for heading in citation.section)
    place = texts.comma.join(filter(None, [trail, *places(citation, texts)]))
    dated = texts.dated_line.format(date=when) if when else ""
    return texts.citation_line.format(issuer=citation.issuer, title=titled, date=dated, place=place)


def bare_heading(heading: str) -> str:
    """Drop the full stop of a heading that runs into its paragraph.

    >>> bare_heading("（三）推进多元解纷。")
    '（三）推进多元解纷'
    """
    return heading.strip().rstrip("。.")


def places(citation: Citation, texts: Texts) -> list[str]:
    """Name paragraph, page and cell of a table, where there are such."""
    page = [texts.page_line.format(page=citation.page)] if citation.page is not None else []
    cell = [cell_place(citation.cell, texts)] if citation.cell is not None else []
    return list(filter(None, [texts.paragraph_line.format(number=citation.paragraph), *page, *cell]))


def cell_place(cell: TableCell, texts: Texts) -> str:
    """Name the place of a cell by what its table, row and column are called.

    >>> from qa.ui.texts import CHINESE
    >>> cell_place(TableCell("复议案件", "总计", "维持", "38", "件", 0, 2), CHINESE)
    '表格“复议案件”，“总计”行，“维持”列'
    """
    paper = texts.paper
    parts = [
        paper.table_line.format(table=cell.table) if cell.table else "",
        paper.row_line.format(row=cell.row) if cell.row else "",
        paper.column_line.format(column=cell.column) if cell.column else "",
    ]
    return texts.comma.join(filter(None, parts))


def year_word(year: int | None, texts: Texts) -> str:
    """Name a year, or nothing."""
    return texts.year_line.format(year=year) if year is not None else ""


def _date_word(day: str, texts: Texts) -> str:
    return chinese_date(day) or day if texts.language == "zh" else day
