"""The tables of Word documents: cells merged over columns (gridSpan) and rows (vMerge)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.readers.xml import Element, attribute, child, local_name
from corpus.tables import Cell, join_lines

_MOST_ROWS = 20_000


@dataclass(slots=True)
class _Growing:
    """A cell that may go on in the next row."""

    text: str
    columns: int
    rows: int = 1


def read_table(table: Element, read_cell: Callable[[Element], Sequence[str]]) -> list[list[Cell]]:
    """Read the cells of a table, row by row; a cell that goes on from the row above is part of that one.

    Args:
        table: the table's element.
        read_cell: gives the lines of a cell.
    """
    rows: list[list[_Growing]] = []
    above: dict[int, _Growing] = {}
    for row in list(_rows(table))[:_MOST_ROWS]:
        cells: list[_Growing] = []
        column = _size(child(row, "trPr", "gridBefore"), 0)
        if column:
            cells.append(_Growing("", column))
        current: dict[int, _Growing] = {}
        for cell in _cells(row):
            properties = child(cell, "tcPr")
            columns = _size(child(properties, "gridSpan"), 1)
            merge = child(properties, "vMerge")
            if merge is not None and attribute(merge, "val") != "restart" and column in above:
                above[column].rows += 1
                current[column] = above[column]
            else:
                grown = _Growing(join_lines(read_cell(cell)), columns)
                cells.append(grown)
                current[column] = grown
            column += columns
        rows.append(cells)
        above = current
    return [[Cell(cell.text, cell.columns, cell.rows) for cell in cells] for cells in rows]


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table that no tracked change has taken out."""
    for element in table:
        name = local_name(element)
        if name == "tr" and child(element, "trPr", "del") is None:
            yield element
        elif name in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    """Yield the cells of a row."""
    for element in row:
        name = local_name(element)
        if name == "tc":
            yield element
        elif name in {"sdt", "sdtContent", "customXml"}:
            yield from _cells(element)


def _size(element: Element | None, default: int) -> int:
    """Read a number of columns."""
    value = attribute(element, "val")
    return min(int(value), 200) if value.isdigit() else default
