"""Pictures and charts on a page: which places are exhibits, rather than tables, seals, backgrounds or ornaments.

What is drawn close together is one thing. It is a chart if it has curves or slanting lines, or bars on a common line,
and hardly any words. Nothing is read off it: it is cut out as an image, and the words inside it leave the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from corpus.pdfium import PdfPage, Rule, Shape
from corpus.readers.pdf.grids import Grid
from corpus.readers.pdf.spans import Placed, Span

# In points. Smaller things are icons and logos; a square of up to 5 cm is a seal or a code to scan.
_NARROWEST, _LOWEST = 110.0, 70.0
_LARGEST_SEAL, _SQUARE = 145.0, 1.2
# A diagram may be one row of boxes.
_LOWEST_CHART = 45.0
# Shares of the page: a picture over most of it is a scan or a background.
_LARGEST_SHARE = 0.7
# What is drawn less than two such squares apart hangs together.
_SQUARE_SIDE = 8.0
_MOST_SQUARES = 40_000
_FEWEST_BENDS = 4
_FEWEST_BARS = 3
_SAME = 1.5
_STEP = 3.0
# A label in a chart is short; two lines of more are prose in a frame.
_LONGEST_LABEL = 22
_WELL_FILLED = 0.6
# Labels stand so near to their chart, in points.
_NEAR = 14.0
_SMALL = 0.93
# What stands at the same place of so many pages, and of such a share of them, is an ornament.
_FEWEST_AGAIN, _SHARE_AGAIN = 3, 0.3


class Region(NamedTuple):
    """The place of an exhibit on its page, in points."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, thing: Placed) -> bool:
        """Say whether the middle of something lies inside."""
        x, y = (thing.x0 + thing.x1) / 2, (thing.top + thing.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Placement:
    """An exhibit of a file: which one, counted from 0, and where it stands on its page."""

    number: int
    region: Region


def find_regions(page: PdfPage, spans: Sequence[Span], grids: Sequence[Grid]) -> tuple[Region, ...]:
    """Find the exhibits of a page, from the top.

    Args:
        page: what it prints.
        spans: all of its text.
        grids: its ruled tables; a chart's axes and bars may look like one.
    """
    found = [part.box for part in _parts(page, page.pictures) if _is_picture(part.box, spans, page)]
    for part in _parts(page, [*page.shapes, *page.rules]):
        box = part.box
        if not any(map(box.holds, found)) and _is_chart(part, spans, grids, page):
            found.append(_with_labels(box, spans))
    return tuple(sorted(found, key=lambda region: region.top))


def drop_recurring(pages: Sequence[Sequence[Region]]) -> list[tuple[Region, ...]]:
    """Leave out what stands at the same place of several pages: logos and ornaments."""
    counts = Counter(key for page in pages for key in {_key(region) for region in page})
    again = max(_FEWEST_AGAIN, _SHARE_AGAIN * len(pages))
    return [tuple(region for region in page if counts[_key(region)] < again) for page in pages]


def _key(region: Region) -> tuple[int, ...]:
    return tuple(round(edge / _STEP) for edge in region)


@dataclass(frozen=True, slots=True)
class _Part:
    """Things that are drawn close together."""

    box: Region
    things: tuple[Shape | Rule, ...]


def _parts(page: PdfPage, things: Iterable[Shape | Rule]) -> Iterator[_Part]:
    """Part what is drawn on a page into what hangs together."""
    columns, rows = int(page.width / _SQUARE_SIDE) + 1, int(page.height / _SQUARE_SIDE) + 1
    if columns * rows > _MOST_SQUARES:
        return
    inside = [thing for thing in things if thing.x1 > 0 and thing.bottom > 0]
    inside = [thing for thing in inside if thing.x0 < page.width and thing.top < page.height]
    covered = {square for thing in inside for square in _squares(thing, columns, rows)}
    owner: dict[tuple[int, int], int] = {}
    for number, start in enumerate(sorted(covered)):
        if start not in owner:
            _flood(start, number, covered, owner)
    groups: dict[int, list[Shape | Rule]] = {}
    for thing in inside:
        groups.setdefault(owner[next(_squares(thing, columns, rows))], []).append(thing)
    for group in groups.values():
        yield _Part(_around(group, page), tuple(group))


def _squares(thing: Shape | Rule, columns: int, rows: int) -> Iterator[tuple[int, int]]:
    """Yield the squares of the page that a thing covers."""
    left, right = (min(max(int(x / _SQUARE_SIDE), 0), columns - 1) for x in (thing.x0, thing.x1))
    top, bottom = (min(max(int(y / _SQUARE_SIDE), 0), rows - 1) for y in (thing.top, thing.bottom))
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def _flood(
    start: tuple[int, int], number: int, covered: set[tuple[int, int]], owner: dict[tuple[int, int], int]
) -> None:
    """Give all covered squares that can be reached from one the same number."""
    waiting = [start]
    owner[start] = number
    while waiting:
        x, y = waiting.pop()
        for square in ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            if square in covered and square not in owner:
                owner[square] = number
                waiting.append(square)


def _around(things: Sequence[Shape | Rule], page: PdfPage) -> Region:
    """Give the part of the page that holds all things."""
    return Region(
        max(min(thing.x0 for thing in things), 0.0),
        max(min(thing.top for thing in things), 0.0),
        min(max(thing.x1 for thing in things), page.width),
        min(max(thing.bottom for thing in things), page.height),
    )


def _is_picture(box: Region, spans: Sequence[Span], page: PdfPage) -> bool:
    """Say whether a picture is an exhibit."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    square = max(width, height) < _SQUARE * min(width, height)
    return _is_sizeable(box, page, _LOWEST) and not (square and width < _LARGEST_SEAL) and not _has_prose(box, spans)


def _is_sizeable(box: Region, page: PdfPage, lowest: float) -> bool:
    width, height = box.x1 - box.x0, box.bottom - box.top
    large = width * height > _LARGEST_SHARE * page.width * page.height
    return width >= _NARROWEST and height >= lowest and not large


def _has_prose(box: Region, spans: Sequence[Span]) -> bool:
    """Say whether whole lines of text stand inside."""
    return sum(len(span.text) > _LONGEST_LABEL for span in spans if box.holds(span)) > 1


def _is_chart(part: _Part, spans: Sequence[Span], grids: Sequence[Grid], page: PdfPage) -> bool:
    """Say whether a drawing is a chart or a diagram, and neither a table nor a frame around text."""
    if not _is_sizeable(part.box, page, _LOWEST_CHART) or _has_prose(part.box, spans):
        return False
    shapes = [thing for thing in part.things if isinstance(thing, Shape)]
    bends = sum(shape.bends for shape in shapes)
    if bends < _FEWEST_BENDS and not _has_bars(shapes):
        return False
    return not any(part.box.holds(grid) and _is_filled(grid) for grid in grids)


def _is_filled(grid: Grid) -> bool:
    """Say whether most cells of a table have words."""
    cells = [bool(cell.text) for row in grid.rows for cell in row]
    return sum(cells) >= _WELL_FILLED * len(cells)


def _has_bars(shapes: Sequence[Shape]) -> bool:
    """Say whether filled rectangles of one breadth stand on a common line, and reach differently far."""
    bars = [shape for shape in shapes if shape.filled and not shape.bends]
    upright = ((bar.bottom, bar.x1 - bar.x0, bar.top) for bar in bars)
    level = ((bar.x0, bar.bottom - bar.top, bar.x1) for bar in bars)
    reaches: dict[tuple[bool, int, int], set[int]] = {}
    for stands, places in ((True, upright), (False, level)):
        for line, breadth, end in places:
            reaches.setdefault((stands, round(line / _SAME), round(breadth / _SAME)), set()).add(round(end / _STEP))
    return any(len(ends) >= _FEWEST_BARS for ends in reaches.values())


def _with_labels(box: Region, spans: Sequence[Span]) -> Region:
    """Widen the place of a chart by the labels that stand at its edges: small print, and several pieces in a line."""
    usual = median(span.em for span in spans) if spans else 0.0
    while True:
        labels = [span for span in spans if not box.holds(span) and _is_label(span, box, spans, usual)]
        if not labels:
            return box
        box = Region(
            min(box.x0, *(span.x0 for span in labels)),
            min(box.top, *(span.top for span in labels)),
            max(box.x1, *(span.x1 for span in labels)),
            max(box.bottom, *(span.bottom for span in labels)),
        )


def _is_label(span: Span, box: Region, spans: Sequence[Span], usual: float) -> bool:
    """Say whether a piece of text beside a chart is a label of it."""
    beside = span.x0 < box.x1 + _NEAR and span.x1 > box.x0 - _NEAR
    near = span.top < box.bottom + _NEAR and span.bottom > box.top - _NEAR
    if not beside or not near or len(span.text) > _LONGEST_LABEL or span.text.startswith(("图", "附图", "表")):
        return False
    pieces = [other for other in spans if abs(other.middle - span.middle) < _STEP]
    several = len(pieces) > 1 and max(len(piece.text) for piece in pieces) <= _LONGEST_LABEL
    return several or span.em < _SMALL * usual or not any(map(_is_chinese, span.text))


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
