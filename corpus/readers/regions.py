"""From the filled cells of a sheet to what stands on it: tables, and the lines above, between and below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.readers.base import Block
from corpus.tables import Cell, lay_out, names_table, notes_below, read_unit
from corpus.types import Table

Row = Sequence[Cell]


def lay_regions(rows: Sequence[Row], name: str, first_table: int) -> tuple[list[Block], list[Table]]:
    """Lay out a sheet: each run of rows between empty ones is a table, its lone cells above are caption and unit.

    Args:
        rows: the sheet's rows, empty ones included.
        name: the sheet's name, the caption of a table that has none.
        first_table: the number of the first table.
    """
    blocks: list[Block] = []
    tables: list[Table] = []
    for region in _regions(rows):
        head, body, tail = _split(region)
        lines = [_lone(row) for row in head]
        blocks += [Block(line, after_gap=True) for line in lines]
        laid = lay_out(body)
        if laid.lines:
            unit = next((read_unit(line) for line in lines if read_unit(line)), "")
            caption = next((line for line in reversed(lines) if not read_unit(line)), "")
            blocks += [Block(line, after_gap=True, table=first_table + len(tables)) for line in laid.lines]
            tables.append(Table(caption or name, unit, laid.rows))
        blocks += [Block(_lone(row), after_gap=True) for row in tail]
    return blocks, tables


def _regions(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the runs of rows between empty ones; a run of lone cells belongs to the table below it."""
    run: list[Row] = []
    for row in rows:
        if any(cell.text for cell in row):
            run.append(row)
        elif run and not all(_lone(line) for line in run):
            yield run
            run = []
    if run:
        yield run


def _split(region: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row], Sequence[Row]]:
    """Split a run into the lone cells above the table, the table, and the notes below it."""
    start, named = 0, False
    while start < len(region) and _lone(region[start]) and not (named and _groups(region[start])):
        named = named or names_table(_lone(region[start]))
        start += 1
    end = len(region)
    while end > start and _lone(region[end - 1]):
        end -= 1
    notes = [_lone(row) for row in region[end:]]
    # A lone cell below is a row without values unless it is a note.
    first_note = next((at for at in range(len(notes)) if notes_below(notes[at:])), len(notes))
    return region[:start], region[start : end + first_note], region[end + first_note :]


def _groups(row: Row) -> bool:
    """Say whether a lone cell below a caption belongs to the table: what stands above one says its unit or a fact."""
    line = _lone(row)
    return not (read_unit(line) or ":" in line or "：" in line)


def _lone(row: Row) -> str:
    """Return the text of a row's only filled cell; "" where there are none or several."""
    filled = [cell.text for cell in row if cell.text]
    return filled[0] if len(filled) == 1 else ""
