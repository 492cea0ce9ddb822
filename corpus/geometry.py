"""Where text stands on its pages: lines that move with their text, and the boxes that mark a quote."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from corpus.types import Box, Line, Paragraph, Report

# Boxes are kept to a ten-thousandth of the page, a fiftieth of a millimetre on A4.
_DIGITS = 4
# Two lines this far apart, in line heights, are marked separately.
_SAME_BLOCK = 1.5


def box_on(page: int, x0: float, top: float, x1: float, bottom: float) -> Box:
    """Make a box inside the page, rounded; the edges are fractions of the page.

    >>> box_on(1, -0.01, 0.123456, 0.5, 0.2)
    Box(page=1, x0=0.0, top=0.1235, x1=0.5, bottom=0.2)
    """
    return Box(page, *(round(min(max(edge, 0.0), 1.0), _DIGITS) for edge in (x0, top, x1, bottom)))


def shift(lines: Iterable[Line], by: int) -> tuple[Line, ...]:
    """Move lines along the text by so many characters."""
    return tuple(Line(line.start + by, line.end + by, line.box) for line in lines)


def paragraph_boxes(lines: Sequence[Line]) -> tuple[Box, ...]:
    """Give the boxes around a paragraph: one a page, or one a column where it goes over columns.

    >>> lines = [Line(0, 2, Box(1, 0.2, 0.8, 0.9, 0.82)), Line(2, 4, Box(1, 0.1, 0.83, 0.9, 0.85))]
    >>> paragraph_boxes([*lines, Line(4, 5, Box(2, 0.1, 0.1, 0.5, 0.12))])
    (Box(page=1, x0=0.1, top=0.8, x1=0.9, bottom=0.85), Box(page=2, x0=0.1, top=0.1, x1=0.5, bottom=0.12))
    """
    boxes: list[Box] = []
    for line in lines:
        if boxes and _goes_on(boxes[-1], line.box):
            boxes[-1] = _around(boxes[-1], line.box)
        else:
            boxes.append(line.box)
    return tuple(boxes)


def page_at(paragraph: Paragraph, start: int) -> int | None:
    """Give the page on which the text at an offset of a paragraph is printed; the paragraph may begin on another.

    >>> lines = (Line(0, 5, Box(7, 0.1, 0.9, 0.9, 0.92)), Line(5, 9, Box(8, 0.1, 0.1, 0.5, 0.12)))
    >>> [page_at(Paragraph(1, 0, 9, 7, "", lines), start) for start in (4, 5)]
    [7, 8]
    """
    return next((line.box.page for line in paragraph.lines if start < line.end), paragraph.page)


def quote_boxes(report: Report, start: int, end: int) -> tuple[Box, ...]:
    """Give the boxes that mark `report.text[start:end]` on the pages, one for each printed line it touches.

    A line that the quote covers in part is cut by the widths of its characters: a Latin letter or digit is half as
    wide as a Chinese character. Empty where the report's format places no text on pages.
    """
    starts = [paragraph.start for paragraph in report.paragraphs]
    ends = [paragraph.end for paragraph in report.paragraphs]
    touched = report.paragraphs[bisect_right(ends, start) : bisect_left(starts, end)]
    lines = [line for paragraph in touched for line in paragraph.lines]
    cut = (_cut(line, report.text, start, end) for line in lines if line.start < end and start < line.end)
    return tuple(box for box in cut if box.x0 < box.x1)


def _cut(line: Line, text: str, start: int, end: int) -> Box:
    """Cut a line's box to the part of it that prints `text[start:end]`."""
    whole = _width(text[line.start : line.end])
    if not whole:
        return line.box
    before = _width(text[line.start : max(line.start, start)]) / whole
    until = _width(text[line.start : min(line.end, end)]) / whole
    box, width = line.box, line.box.x1 - line.box.x0
    return box_on(box.page, box.x0 + before * width, box.top, box.x0 + until * width, box.bottom)


def _width(text: str) -> float:
    """Measure a text in widths of Chinese characters."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def _goes_on(above: Box, line: Box) -> bool:
    """Say whether a line stands right below, or beside, what is above it."""
    height = line.bottom - line.top
    near = above.top - height <= line.top <= above.bottom + _SAME_BLOCK * height
    return above.page == line.page and near and line.x0 < above.x1 + height and above.x0 < line.x1 + height


def _around(one: Box, other: Box) -> Box:
    """Give the smallest box around two on the same page."""
    edges = (min(one.x0, other.x0), min(one.top, other.top), max(one.x1, other.x1), max(one.bottom, other.bottom))
    return Box(one.page, *edges)
