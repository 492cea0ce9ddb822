"""A report as plain values for JSON: the shape that `python -m corpus export` and other programs rely on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from corpus.geometry import paragraph_boxes
from corpus.types import Exhibit, Fact, Figure, PageFacts, Paragraph, Report, Section, Table


def export_report(report: Report) -> dict[str, Any]:
    """Turn a report into values that JSON can hold. Keys are only ever added, never renamed."""
    return {
        "file": report.file,
        "report_id": report.report_id,
        "title": report.title,
        "issuer": report.issuer,
        "kind": report.kind,
        "year": report.year,
        "date": report.date,
        "document_number": report.document_number,
        "source": report.source,
        "text": report.text,
        "sections": [_section(section) for section in report.sections],
        "paragraphs": [_paragraph(paragraph) for paragraph in report.paragraphs],
        "tables": [_table(table) for table in report.tables],
        "exhibits": [_exhibit(exhibit) for exhibit in report.exhibits],
        "figures": [export_figure(figure) for figure in report.figures],
        "warnings": list(report.warnings),
        "pages": _pages(report.pages),
        "facts": [export_fact(fact) for fact in report.facts],
    }


def export_fact(fact: Fact) -> dict[str, Any]:
    """Say where a fact comes from; its value stands under its own name."""
    return {"name": fact.name, "origin": fact.origin.value, "confidence": fact.confidence, "guessed": fact.guessed}


def _pages(pages: PageFacts) -> dict[str, Any]:
    return {
        "count": pages.count,
        "empty": list(pages.empty),
        "garbled": list(pages.garbled),
        "ocr": list(pages.ocr),
        "confidence": pages.confidence,
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "level": section.level,
        "path": list(section.path),
        "start": section.start,
        "end": section.end,
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "number": paragraph.number,
        "start": paragraph.start,
        "end": paragraph.end,
        "page": paragraph.page,
        "page_label": paragraph.page_label,
        "boxes": [[box.page, box.x0, box.top, box.x1, box.bottom] for box in paragraph_boxes(paragraph.lines)],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "unit": table.unit,
        "page": table.page,
        "rows": [list(row) for row in table.rows],
        "start": table.start,
        "end": table.end,
        "notes": list(table.notes),
    }


def _exhibit(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "label": exhibit.label,
        "caption": exhibit.caption,
        "page": exhibit.page,
        "image": exhibit.image,
        "start": exhibit.start,
        "end": exhibit.end,
    }


def export_figure(figure: Figure) -> dict[str, Any]:
    """Turn a figure into values that JSON can hold; decimals become strings, so that no digit changes."""
    return {
        "text": figure.text,
        "value": decimal_text(figure.value),
        "low": None if figure.low is None else decimal_text(figure.low),
        "high": None if figure.high is None else decimal_text(figure.high),
        "unit": figure.unit,
        "scale": decimal_text(figure.scale),
        "indicator": figure.indicator,
        "period": figure.period,
        "kind": figure.kind.value,
        "start": figure.start,
        "end": figure.end,
        "parent": figure.parent,
        "adds_up": figure.adds_up,
    }


def decimal_text(value: Decimal) -> str:
    """Write a decimal digit for digit, never with an exponent.

    >>> decimal_text(Decimal("1E+8")), decimal_text(Decimal("16.40"))
    ('100000000', '16.40')
    """
    return format(value, "f")
