"""The figures of the index with the place where each stands: for people as a table, for programs as JSON."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from corpus.export import export_figure
from corpus.geometry import page_at
from corpus.sentences import sentence_spans
from corpus.types import Figure, Report
from index.ledger import FigureFilter
from index.store import Store
from qa.citations import cite_span, paragraph_at, section_at
from qa.types import Citation

Sentences = Callable[[str, int, int], Sequence[tuple[int, int]]]

# What marks a figure whose listed parts do not add up to it.
MISMATCH = "≠ parts"
_HEADS = ("report", "period", "indicator", "text", "kind", "section, paragraph", "")
# Terminal columns of a cell at most; the whole words are in the JSON and in the files.
_WIDEST = (40, 20, 44, 24, 6, 44, 7)
_GAP = "  "


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure with where it stands and what it is a part of.

    Attributes:
        report: the report it stands in.
        position: its index in the report's ledger.
        section: headings from the outermost one down to its section.
        sentence: the sentence, or the row of a table, as printed: `report.text[start : start + len(sentence)]`.
        parent: the figure it is a part of.
    """

    report: Report
    position: int
    figure: Figure
    section: tuple[str, ...]
    paragraph: int
    page: int | None
    start: int
    sentence: str
    parent: Figure | None

    @property
    def is_mismatch(self) -> bool:
        """Whether its parts are listed and do not add up to it."""
        return self.figure.adds_up is False


def list_figures(store: Store, wanted: FigureFilter, limit: int | None = None) -> Iterator[PlacedFigure]:
    """Find the figures that fit, each with its place, in the order of the reports and of their texts."""
    spans = lru_cache(maxsize=16)(sentence_spans)
    for found in store.figures(wanted, limit):
        yield place_figure(store.report(found.report_id), found.position, spans)


def place_figure(report: Report, position: int, spans: Sentences = sentence_spans) -> PlacedFigure:
    """Say where a figure of a report's ledger stands; `spans` may be a cached `sentence_spans`."""
    figure = report.figures[position]
    paragraph = paragraph_at(report, figure.start)
    sentences = spans(report.text, paragraph.start, paragraph.end)
    start, end = sentences[bisect_right(sentences, figure.start, key=lambda span: span[0]) - 1]
    return PlacedFigure(
        report,
        position,
        figure,
        section_at(report, figure.start),
        paragraph.number,
        page_at(paragraph, figure.start),
        start,
        report.text[start : max(end, figure.end)],
        None if figure.parent is None else report.figures[figure.parent],
    )


def cite_figure(placed: PlacedFigure) -> Citation:
    """Cite the sentence of a figure; it is no part of an answer, so its marker is 0."""
    return cite_span(placed.report, placed.start, placed.start + len(placed.sentence))


def figure_json(placed: PlacedFigure) -> dict[str, Any]:
    """Return a figure as a JSON object: that of `python -m corpus export` with its place."""
    report = placed.report
    return {
        "report_id": report.report_id,
        "file": report.file,
        "title": report.title,
        "issuer": report.issuer,
        "year": report.year,
        "section": list(placed.section),
        "paragraph": placed.paragraph,
        "page": placed.page,
        "position": placed.position,
        **export_figure(placed.figure),
        "parent_text": placed.parent.text if placed.parent else None,
        "sentence": placed.sentence,
    }


def figure_table(figures: Sequence[PlacedFigure]) -> list[str]:
    """Return the lines of a table for people, heads first; what is too long ends with an ellipsis."""
    rows = [_HEADS, *map(_row, figures)]
    cells = [[_cut(cell, widest) for cell, widest in zip(row, _WIDEST, strict=True)] for row in rows]
    widths = [max(map(_width, column)) for column in zip_longest(*cells)]
    return [_GAP.join(map(_pad, row, widths)).rstrip() for row in cells]


def _row(placed: PlacedFigure) -> tuple[str, ...]:
    figure = placed.figure
    return (
        *(placed.report.title or placed.report.file, figure.period, figure.indicator, figure.text, figure.kind.value),
        f"¶{placed.paragraph} {placed.section[-1] if placed.section else ''}",
        MISMATCH if placed.is_mismatch else "",
    )


def _cut(text: str, widest: int) -> str:
    """Make a text fit for one cell of a terminal: one line, no control characters, not too wide."""
    text = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    if _width(text) <= widest:
        return text
    while _width(text) >= widest:
        text = text[:-1]
    return text + "…"


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Count the terminal columns of a text; a Chinese character takes two.

    >>> _width("增长5%")
    6
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def summary(figures: Iterable[PlacedFigure]) -> str:
    """Say how many figures there are, and how many have parts that do not add up."""
    marks = [placed.is_mismatch for placed in figures]
    if not marks:
        return "no figure fits; fewer words find more, and `python -m index info` lists the reports"
    many = f"{len(marks)} figure{'s' if len(marks) > 1 else ''}"
    return f"{many}, {sum(marks)} whose listed parts do not add up ({MISMATCH})" if any(marks) else many
