"""Tables without rules between their cells: lines whose pieces stand in the same columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from corpus.readers.pdf.columns import Row
from corpus.readers.pdf.grids import Cell, Grid, repeat, to_cell
from corpus.readers.pdf.spans import Span

_FEWEST_ROWS = 3
# Cells are short, and most of them are filled.
_LONGEST_CELL = 16
_FILLED = 0.6
# Lines nearer than so much of the usual distance are one row.
_NEAR = 0.75
# Lines that stand between each other overlap by more than so many ems.
_OVERLAP = 0.1

_Stretch = tuple[float, float]


def find_aligned(rows: Sequence[Row], above: Grid | None = None) -> Iterator[Sequence[Row] | Grid]:
    """Yield the rows of a column in order, those of each unruled table as one grid.

    Args:
        rows: in reading order.
        above: the table right above them, as at the end of the page before; a few lines may go on with it.
    """
    prose: list[Row] = []
    bands = _bands(rows)
    for number, run in enumerate(_runs(list(bands))):
        is_even = all(len(bands[row]) == 1 for row in run)
        grid = _to_grid(run, is_even=is_even) or (_go_on(run, above) if above is not None and not number else None)
        if grid is None:
            prose += [line for row in run for line in bands[row]]
        else:
            yield prose
            yield grid
            prose = []
    yield prose


def _bands(rows: Sequence[Row]) -> dict[Row, tuple[Row, ...]]:
    """Put lines together that stand between each other, as in a row whose cells have unlike numbers of lines.

    Returns:
        For each line, or lines put together as one, those it was made of, in order.
    """
    groups: list[list[Row]] = []
    for row in rows:
        last = groups[-1][-1] if groups else None
        if last is not None and row.column == last.column and _stands_between(last, row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return {_together(group): tuple(group) for group in groups}


def _stands_between(upper: Row, lower: Row) -> bool:
    """Say whether a line begins above the end of the one before, and nowhere below it."""
    below = any(one.x0 < other.x1 and other.x0 < one.x1 for one in upper.spans for other in lower.spans)
    return lower.top < upper.bottom - _OVERLAP * lower.em and not below


def _together(rows: Sequence[Row]) -> Row:
    spans = sorted((span for row in rows for span in row.spans), key=lambda span: span.x0)
    return replace(rows[0], spans=tuple(spans))


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Part rows into runs with several pieces a line and what is between them."""
    run: list[Row] = []
    for row in rows:
        broken = run and (_is_split(row) != _is_split(run[-1]) or row.column != run[-1].column)
        if broken and not _is_wrapped(run, row):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _is_split(row: Row) -> bool:
    return len(row.spans) > 1


def _is_wrapped(run: Sequence[Row], row: Row) -> bool:
    """Say whether a line of one piece goes on with a cell of the table above."""
    return (
        _is_split(run[0])
        and not _is_split(row)
        and len(row.text) <= _LONGEST_CELL
        and row.top - run[-1].bottom < row.em / 2
        and any(abs(row.x0 - span.x0) < row.em / 2 for span in run[0].spans[1:])
    )


def _to_grid(run: Sequence[Row], *, is_even: bool) -> Grid | None:
    """Make a table of lines with several pieces; None if they do not stand in columns.

    Where rows are uneven, each is whole by itself: their distances tell nothing.
    """
    if sum(map(_is_split, run)) < _FEWEST_ROWS:
        return None
    lines = [[piece for span in row.spans for piece in span.pieces()] for row in run]
    if median(len(piece.text) for line in lines for piece in line) > _LONGEST_CELL:
        return None
    rows = _wrap(run, lines, _NEAR if is_even else 0.0)
    columns = _columns(rows)
    table = tuple(_cells(row, columns) for row in rows)
    filled = sum(bool(cell.text) for row in table for cell in row)
    if len(columns) < 2 or filled < _FILLED * len(table) * len(columns):
        return None
    top, bottom = min(row.top for row in run), max(row.bottom for row in run)
    edges = (columns[0][0], *(right[0] for right in columns[1:]), columns[-1][1])
    return Grid(run[0].page, columns[0][0], top, columns[-1][1], bottom, edges, table)


def _go_on(run: Sequence[Row], above: Grid) -> Grid | None:
    """Make the few lines below a table its last rows, if each has one piece in every column."""
    edges = above.columns
    columns = list(pairwise((*edges[:-1], max(edges[-1], *(row.x1 for row in run)))))
    rows = tuple(_cells([piece for span in row.spans for piece in span.pieces()], columns) for row in run)
    if not _is_split(run[0]) or not all(cell.spans for row in rows for cell in row):
        return None
    return Grid(run[0].page, above.x0, run[0].top, above.x1, run[-1].bottom, edges, rows)


def _columns(rows: Sequence[Sequence[Span]]) -> list[_Stretch]:
    """Find the columns: stretches that the pieces cover, joined where they never stand in one row.

    A head in the middle of its column and numbers at its right edge cover two stretches; a row has only one of them.
    """
    counts = [_count_beside(row) for row in rows]
    most = max(counts)
    full = [row for row, count in zip(rows, counts, strict=True) if count >= max(most - 1, 2)]
    stretches: list[_Stretch] = []
    for span in sorted((span for row in full for span in row), key=lambda span: span.x0):
        if stretches and span.x0 <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], span.x1))
        else:
            stretches.append((span.x0, span.x1))
    while (nearest := _nearest_pair(stretches, full)) is not None:
        stretches[nearest : nearest + 2] = [(stretches[nearest][0], stretches[nearest + 1][1])]
    return stretches


def _count_beside(row: Sequence[Span]) -> int:
    """Count the pieces of a row that stand beside each other: the lines of one cell are one."""
    count, until = 0, float("-inf")
    for span in sorted(row, key=lambda span: span.x0):
        count += span.x0 >= until
        until = max(until, span.x1)
    return count


def _nearest_pair(stretches: Sequence[_Stretch], rows: Sequence[Sequence[Span]]) -> int | None:
    """Find the two neighbours that stand nearest to each other among those that no row has both of."""
    owners = [
        {number for number, row in enumerate(rows) if any(_covers(stretch, span) for span in row)}
        for stretch in stretches
    ]
    apart = [at for at in range(len(stretches) - 1) if not owners[at] & owners[at + 1]]
    return min(apart, key=lambda at: stretches[at + 1][0] - stretches[at][1], default=None)


def _covers(stretch: _Stretch, span: Span) -> bool:
    return span.x0 < stretch[1] and stretch[0] < span.x1


def _wrap(run: Sequence[Row], lines: Sequence[list[Span]], near: float) -> list[list[Span]]:
    """Put lines that are one row together: nearer to each other than rows are, by a share of their usual distance."""
    pitches = [lower.top - upper.top for upper, lower in pairwise(run)]
    usual = median(pitches) if pitches else 0.0
    rows = [list(lines[0])]
    for row, line, pitch in zip(run[1:], lines[1:], pitches, strict=True):
        if not _is_split(row) or pitch < near * usual:
            rows[-1] += line
        else:
            rows.append(list(line))
    return rows


def _cells(spans: Sequence[Span], columns: Sequence[_Stretch]) -> tuple[Cell, ...]:
    """Put the pieces of a row into the columns; one over several columns stands in each."""
    inside: list[list[Span]] = [[] for _ in columns]
    repeated: dict[int, Cell] = {}
    for span in spans:
        over = [at for at, column in enumerate(columns) if _covers(column, span)]
        first = over[0] if over else _nearest(span, columns)
        inside[first].append(span)
        repeated.update({at: repeat(to_cell([span])) for at in over[1:]})
    return tuple(to_cell(cell) if cell else repeated.get(at, Cell("")) for at, cell in enumerate(inside))


def _nearest(span: Span, columns: Sequence[_Stretch]) -> int:
    """Give the column whose middle is nearest to a piece's."""
    middle = (span.x0 + span.x1) / 2
    return min(range(len(columns)), key=lambda at: abs((columns[at][0] + columns[at][1]) / 2 - middle))
