"""Ruled tables: the cells that the rules of a page mark off, merged ones included, and the text inside each.

Rules that touch form one table; cells that no rule parts are one merged cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.pdfium import Glyph, PdfPage, Rule
from corpus.readers.pdf.spans import Placed, Span, make_spans

# Rules within so many points are one, or touch.
_SAME = 3.0
_MOST_CELLS = 20_000
_MOST_RULES = 2_000
# A rule parts two cells if it covers the middle of the edge between them.
_SMALLEST_CELL = 4.0


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell with its printed lines; a merged cell that is repeated for its further columns has none."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on one page: its place, the edges of its columns, and its rows of cells."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    columns: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def holds(self, thing: Placed) -> bool:
        """Say whether the middle of something lies inside the table."""
        x, y = (thing.x0 + thing.x1) / 2, (thing.top + thing.bottom) / 2
        return self.x0 - _SAME <= x <= self.x1 + _SAME and self.top - _SAME <= y <= self.bottom + _SAME


def find_grids(page: PdfPage) -> list[Grid]:
    """Find the ruled tables of a page, from the top."""
    rules = _join_collinear(page.rules)
    if len(rules) > _MOST_RULES:
        return []
    found = (_to_grid(page, cluster) for cluster in _clusters(rules))
    return sorted((grid for grid in found if grid is not None), key=lambda grid: grid.top)


def _join_collinear(rules: Sequence[Rule]) -> list[Rule]:
    """Join rules that lie on one line and touch."""
    joined: list[Rule] = []
    for level in (True, False):
        same = [rule for rule in rules if rule.is_level is level]
        same.sort(key=lambda rule: (round(rule.top), rule.x0) if level else (round(rule.x0), rule.top))
        for rule in same:
            last = joined[-1] if joined and joined[-1].is_level is level else None
            if last is not None and _touch(last, rule) and _on_one_line(last, rule, level=level):
                joined[-1] = Rule(last.x0, last.top, max(last.x1, rule.x1), max(last.bottom, rule.bottom))
            else:
                joined.append(rule)
    return joined


def _on_one_line(one: Rule, other: Rule, *, level: bool) -> bool:
    return abs(one.top - other.top) <= _SAME if level else abs(one.x0 - other.x0) <= _SAME


def _touch(one: Rule, other: Rule) -> bool:
    """Say whether two rules touch or cross."""
    return (
        one.x0 <= other.x1 + _SAME
        and other.x0 <= one.x1 + _SAME
        and one.top <= other.bottom + _SAME
        and other.top <= one.bottom + _SAME
    )


def _clusters(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the groups of rules that hang together."""
    left = list(rules)
    while left:
        cluster = [left.pop()]
        for rule in cluster:
            touching = [other for other in left if _touch(rule, other)]
            cluster += touching
            left = [other for other in left if other not in touching]
        if len(cluster) > 2:
            yield cluster


def _positions(values: Sequence[float], smallest: float) -> list[float]:
    """Give the different positions among values, those closer than `smallest` as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > smallest:
            found.append(value)
    return found


def _to_grid(page: PdfPage, rules: Sequence[Rule]) -> Grid | None:
    """Make a table of rules that hang together; None if they mark off fewer than two columns."""
    x0, x1 = min(rule.x0 for rule in rules), max(rule.x1 for rule in rules)
    top, bottom = min(rule.top for rule in rules), max(rule.bottom for rule in rules)
    level = [rule for rule in rules if rule.is_level]
    upright = [rule for rule in rules if not rule.is_level]
    xs = _positions([x0, x1, *(rule.x0 for rule in upright)], _SMALLEST_CELL)
    ys = _positions([top, bottom, *(rule.top for rule in level)], _SMALLEST_CELL)
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CELLS or not level:
        return None
    empty = Grid(page.number, x0, top, x1, bottom, tuple(xs), ())
    inside = [glyph for glyph in page.glyphs if empty.holds(glyph)]
    if len(ys) == 2:
        ys = _rows_by_text(inside, ys)
    cells = _fill(_merge(xs, ys, level, upright), inside, xs, ys)
    rows = tuple(row for row in cells if any(cell.text for cell in row))
    filled = sum(bool(cell.text) for row in rows for cell in row)
    return Grid(page.number, x0, top, x1, bottom, tuple(xs), rows) if filled > 2 else None


def _rows_by_text(glyphs: Sequence[Glyph], ys: Sequence[float]) -> list[float]:
    """Part a table without level rules inside it between its lines of text."""
    tops = _positions([span.top for span in make_spans(glyphs)], _SMALLEST_CELL)
    return [ys[0], *(top - 1 for top in tops[1:]), ys[-1]]


def _merge(xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]) -> list[list[int]]:
    """Give each place of the grid the number of its cell; places that no rule parts have the same."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = [[row * columns + column for column in range(columns)] for row in range(rows)]
    for row, (top, bottom) in enumerate(pairwise(ys)):
        y = (top + bottom) / 2
        walls = [rule for rule in upright if rule.top - _SAME <= y <= rule.bottom + _SAME]
        for column in range(1, columns):
            if not any(abs(rule.x0 - xs[column]) <= _SMALLEST_CELL for rule in walls):
                owner[row][column] = owner[row][column - 1]
    inner = rows > 1 and any(abs(rule.top - ys[1]) <= _SMALLEST_CELL for rule in level)
    for column, (left, right) in enumerate(pairwise(xs)):
        x = (left + right) / 2
        floors = [rule.top for rule in level if rule.x0 - _SAME <= x <= rule.x1 + _SAME]
        for row in range(1, rows if inner else 1):
            own, above = owner[row][column], owner[row - 1][column]
            if own >= row * columns and not any(abs(floor - ys[row]) <= _SMALLEST_CELL for floor in floors):
                owner[row] = [above if number == own else number for number in owner[row]]
    return owner


def _fill(
    owner: Sequence[Sequence[int]], glyphs: Sequence[Glyph], xs: Sequence[float], ys: Sequence[float]
) -> Iterator[tuple[Cell, ...]]:
    """Put the text into the cells; words in a merged cell stand in each of its places, numbers only in the first."""
    inside: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        row = _place(ys, (glyph.top + glyph.bottom) / 2)
        column = _place(xs, (glyph.x0 + glyph.x1) / 2)
        inside.setdefault(owner[row][column], []).append(glyph)
    cells = {number: to_cell(make_spans(group)) for number, group in inside.items()}
    seen: set[int] = set()
    for numbers in owner:
        row_cells: list[Cell] = []
        for number in numbers:
            cell = cells.get(number, Cell(""))
            row_cells.append(repeat(cell) if number in seen else cell)
            seen.add(number)
        yield tuple(row_cells)


def _place(edges: Sequence[float], value: float) -> int:
    """Give the number of the stretch between edges in which a value lies; the outermost ones are open."""
    inner = edges[1:-1]
    return sum(value >= edge for edge in inner)


def to_cell(spans: Sequence[Span]) -> Cell:
    """Make a cell of the spans inside it, read from the top."""
    ordered = sorted(spans, key=lambda span: (round(span.middle / max(span.em, 1.0)), span.x0))
    text = ""
    for span in ordered:
        both_latin = text[-1:].isascii() and text[-1:].isalnum() and span.text[:1].isascii() and span.text[:1].isalnum()
        text += (" " if both_latin else "") + span.text
    return Cell(text, tuple(ordered))


def repeat(cell: Cell) -> Cell:
    """Give what the further places of a merged cell say: its words, but no number twice."""
    return Cell("" if any(character.isdigit() for character in cell.text[:1]) else cell.text)
