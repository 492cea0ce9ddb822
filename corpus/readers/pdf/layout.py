"""The whole file: body size and edges, what stands beside the text, and each page's rows and tables in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.pdfium import Rule
from corpus.readers.base import Block
from corpus.readers.pdf.aligned import find_aligned
from corpus.readers.pdf.columns import Row, find_gutters, read_rows
from corpus.readers.pdf.exhibits import Placement, Region
from corpus.readers.pdf.grids import Grid
from corpus.readers.pdf.margins import find_margins
from corpus.readers.pdf.paragraphs import PageSize, Paragraphs, Setting, opens_note
from corpus.readers.pdf.spans import Span
from corpus.types import Table

# An edge of the text is where at least this share of the lines begins or ends.
_EDGE_SHARE = 0.02
_STEP = 3.0
_NARROW = 0.6
_NOTE_SIZE = 0.9
_LOWEST_NOTE = 0.5


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page holds before its place in the file is known: the text outside its ruled tables, and these.

    `regions` may be exhibits; `exhibits` are those that were cut out, with the text inside them taken out of `spans`.
    """

    number: int
    width: float
    height: float
    spans: tuple[Span, ...]
    grids: tuple[Grid, ...]
    rules: tuple[Rule, ...] = ()
    regions: tuple[Region, ...] = ()
    exhibits: tuple[Placement, ...] = ()


def lay_out(sheets: Sequence[Sheet]) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """Give the paragraphs and tables of a file in reading order."""
    margins = find_margins([sheet.spans for sheet in sheets], [sheet.height for sheet in sheets])
    kept = [
        [span for at, span in enumerate(sheet.spans) if at not in margin.dropped]
        for sheet, margin in zip(sheets, margins, strict=True)
    ]
    em = _body_em(kept)
    paragraphs = Paragraphs(Setting(em, _leading(kept, em)))
    edges = _edges(kept, [sheet.width for sheet in sheets])
    for number, gutter in enumerate(find_gutters(kept, edges)):
        _add_page(paragraphs, sheets[number], margins[number].label, kept[number], _Body(*edges[number], gutter, em))
    paragraphs.flush()
    return tuple(paragraphs.blocks), tuple(paragraphs.tables)


@dataclass(frozen=True, slots=True)
class _Body:
    """How a page's text is set: its edges, the gap between its columns, its size."""

    left: float
    right: float
    gutter: float | None
    em: float


def _add_page(paragraphs: Paragraphs, sheet: Sheet, label: str, spans: Sequence[Span], body: _Body) -> None:
    """Add what stands on one page: bands of text between its ruled tables, then its footnotes."""
    size = PageSize(sheet.number, "" if label == str(sheet.number) else label, sheet.width, sheet.height)
    notes: list[Row] = []
    above = float("-inf")
    for grid in [*sheet.grids, None]:
        until = grid.top if grid else float("inf")
        band = [span for span in spans if above <= span.middle < until]
        rows = read_rows(band, sheet.number, (body.left, body.right), body.gutter)
        if grid is None:
            rows, notes = _part_notes(rows, sheet, body.em)
        own = [exhibit for exhibit in sheet.exhibits if above <= exhibit.region.top < until]
        for part in _part_at(rows, own):
            if isinstance(part, Placement):
                paragraphs.add_exhibit(part.number)
            else:
                _add_rows(paragraphs, part, size)
        if grid:
            paragraphs.add_grid(grid, size)
            above = grid.bottom
    if notes:
        paragraphs.add_notes(notes, size)


def _add_rows(paragraphs: Paragraphs, rows: Sequence[Row], size: PageSize) -> None:
    """Add lines, and the unruled tables among them."""
    for found in find_aligned(rows, paragraphs.open_grid):
        if isinstance(found, Grid):
            paragraphs.add_grid(found, size)
        else:
            for row in found:
                paragraphs.add_row(row, size)


def _part_at(rows: list[Row], exhibits: Sequence[Placement]) -> Iterator[list[Row] | Placement]:
    """Yield the rows in reading order, with each exhibit behind the last row above it in its column."""
    places = sorted((_rows_above(rows, exhibit), exhibit.number, exhibit) for exhibit in exhibits)
    done = 0
    for at, _, exhibit in places:
        yield rows[done:at]
        yield exhibit
        done = at
    yield rows[done:]


def _rows_above(rows: Sequence[Row], exhibit: Placement) -> int:
    """Count the rows that are read before an exhibit."""
    place = exhibit.region
    beside = [at for at, row in enumerate(rows) if row.left < place.x1 and place.x0 < row.right]
    above = [at + 1 for at in beside if rows[at].bottom <= (place.top + place.bottom) / 2]
    return max(above, default=beside[0] if beside else len(rows))


def _part_notes(rows: list[Row], sheet: Sheet, em: float) -> tuple[list[Row], list[Row]]:
    """Part the footnotes from the end of a page's rows: small print in its lower half that opens with a mark."""
    first = len(rows)
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        if row.em > _NOTE_SIZE * em or row.top < _LOWEST_NOTE * sheet.height:
            break
        if opens_note(row):
            first = at
    return rows[:first], rows[first:]


def _body_em(pages: Sequence[Sequence[Span]]) -> float:
    """Give the size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for spans in pages:
        for span in spans:
            sizes[round(span.em * 2) / 2] += len(span.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _leading(pages: Sequence[Sequence[Span]], em: float) -> float:
    """Give the usual distance from line to line."""
    steps = [step for spans in pages for step in _steps(spans) if em * 0.8 < step < em * 4]
    return median(steps) if steps else em


def _steps(spans: Sequence[Span]) -> Iterator[float]:
    """Yield the distances between the lines of a page."""
    for upper, lower in pairwise(sorted(span.bottom for span in spans)):
        yield lower - upper


def _edges(pages: Sequence[Sequence[Span]], widths: Sequence[float]) -> list[tuple[float, float]]:
    """Find where whole lines begin and end on each page, by all pages of its width."""
    found = {}
    for width in {round(width) for width in widths}:
        alike = [spans for spans, other in zip(pages, widths, strict=True) if round(other) == width]
        found[width] = _text_edges([span for spans in alike for span in spans], width)
    return [found[round(width)] for width in widths]


def _text_edges(spans: Sequence[Span], width: float) -> tuple[float, float]:
    """Find the outermost places where a fair share of the lines begins and ends."""
    spans = [span for span in spans if len(span.text) > 1] or spans
    if not spans:
        return 0.0, width
    lefts = Counter(round(span.x0 / _STEP) for span in spans)
    rights = Counter(round(span.x1 / _STEP) for span in spans)
    fewest = max(1, _EDGE_SHARE * len(spans))
    left = min((at for at in lefts if _around(lefts, at) > fewest), default=min(lefts))
    right = max((at for at in rights if _around(rights, at) > fewest), default=max(rights))
    begins = min(span.x0 for span in spans if round(span.x0 / _STEP) == left)
    ends = max(span.x1 for span in spans if round(span.x1 / _STEP) == right)
    # Where all lines are short, as on a list of names, none of them tells where whole ones would end.
    return begins, ends if ends > _NARROW * width else max(ends, width - begins)


def _around(counts: Counter[int], at: int) -> int:
    """Count what lies at a place or beside it."""
    return counts[at - 1] + counts[at] + counts[at + 1]
