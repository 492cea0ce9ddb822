"""The reading order of a page: lines from the top, column by column where there are two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from corpus.readers.pdf.spans import Span, on_one_baseline

# The gutter between two columns lies in the middle part of a page's text.
_GUTTER_FROM, _GUTTER_TO, _GUTTER_STEPS = 0.35, 0.65, 30
# Prose fills its column; the cells of a table do not.
_FILLS = 0.7
_FEWEST_FULL_LINES = 3
_MOST_CROSSING = 0.25


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line of a column: its text, its place, and the edges of its column."""

    page: int
    column: int
    spans: tuple[Span, ...]
    left: float
    right: float

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.spans[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return self.spans[-1].x1

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(span.top for span in self.spans)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(span.bottom for span in self.spans)

    @property
    def em(self) -> float:
        """The width of a Chinese character of the widest span."""
        return max(self.spans, key=lambda span: span.x1 - span.x0).em

    @property
    def text(self) -> str:
        """The text, with a space for each wide gap."""
        return " ".join(span.text for span in self.spans)


def read_rows(spans: Sequence[Span], page: int, edges: tuple[float, float], gutter: float | None) -> list[Row]:
    """Put the spans of a page into rows in reading order.

    Args:
        spans: those that are text, in any order.
        page: its number.
        edges: where the text of a whole line begins and ends.
        gutter: the middle of the gap between two columns; None where there is one column.
    """
    left, right = edges
    if gutter is None:
        return _rows(spans, page, 0, left, right)
    rows: list[Row] = []
    above = float("-inf")
    wide = sorted((span for span in spans if span.x0 < gutter < span.x1), key=lambda span: span.top)
    for row in [*_rows(wide, page, 0, left, right), None]:
        until = row.top if row else float("inf")
        band = [span for span in spans if span not in wide and above <= span.middle < until]
        for column, part in enumerate(_halves(band, gutter), start=1):
            inside = (left, gutter) if column == 1 else (gutter, right)
            rows += _rows(part, page, column, *_own_edges(spans, *inside))
        rows += [row] if row else []
        above = until
    return rows


def find_gutters(pages: Sequence[Sequence[Span]], edges: Sequence[tuple[float, float]]) -> list[float | None]:
    """Find the middle of the gap between two columns of prose on each page; None where there is one column.

    In a file that is mostly set in two columns a page with little text, as the last one often is, has them too.
    """
    found = [_find_gutter(spans, *edge) for spans, edge in zip(pages, edges, strict=True)]
    sure = [gutter for gutter in found if gutter is not None]
    if len(sure) <= len(pages) / 2:
        return found
    usual = median(sure)
    return [usual if own is None and _is_free(spans, usual) else own for own, spans in zip(found, pages, strict=True)]


def _is_free(spans: Sequence[Span], x: float) -> bool:
    """Say whether hardly anything crosses an upright line."""
    return sum(span.x0 < x < span.x1 for span in spans) <= _MOST_CROSSING * len(spans)


def _find_gutter(spans: Sequence[Span], left: float, right: float) -> float | None:
    """Find the gap of one page by itself."""
    steps = (_GUTTER_FROM + (_GUTTER_TO - _GUTTER_FROM) * step / _GUTTER_STEPS for step in range(_GUTTER_STEPS + 1))
    places = [left + (right - left) * share for share in steps]
    middle = (left + right) / 2
    x = min(places, key=lambda place: (sum(span.x0 < place < span.x1 for span in spans), abs(place - middle)))
    if not _is_free(spans, x):
        return None
    sides = _halves([span for span in spans if not span.x0 < x < span.x1], x)
    full = [
        sum(span.x1 - span.x0 >= _FILLS * (edge[1] - edge[0]) for span in side)
        for side, edge in zip(sides, ((left, x), (x, right)), strict=True)
    ]
    enough = full[0] >= _FEWEST_FULL_LINES and full[0] >= len(sides[0]) / 3
    second = full[1] >= 1 and full[1] >= len(sides[1]) / 3
    return x if enough and second else None


def _halves(spans: Sequence[Span], gutter: float) -> tuple[list[Span], list[Span]]:
    """Part spans at the gutter."""
    return [span for span in spans if span.x1 <= gutter], [span for span in spans if span.x0 >= gutter]


def _own_edges(spans: Sequence[Span], left: float, right: float) -> tuple[float, float]:
    """Give the edges of a column by what stands in it."""
    inside = [span for span in spans if left - 1 <= span.x0 and span.x1 <= right + 1]
    if not inside:
        return left, right
    return min(span.x0 for span in inside), max(span.x1 for span in inside)


def _rows(spans: Sequence[Span], page: int, column: int, left: float, right: float) -> list[Row]:
    """Group spans into rows, from the top."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: (span.middle, span.x0)):
        # A mark set higher or lower than its line is found beside the line's longest span.
        if rows and any(on_one_baseline(span, other) for other in rows[-1]):
            rows[-1].append(span)
        else:
            rows.append([span])
    ordered = (tuple(sorted(row, key=lambda span: span.x0)) for row in rows)
    return [Row(page, column, row, left, right) for row in ordered]
