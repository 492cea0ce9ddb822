"""Figures in table cells: the unit from the unit line or a head, the indicator from the row's and the column's head."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.figures.numerals import scale_of
from corpus.figures.periods import Stretch
from corpus.figures.plain import plain
from corpus.figures.scan import parse_numbers
from corpus.figures.types import Number
from corpus.figures.units import is_percent, read_unit
from corpus.tables import is_row, lead_in
from corpus.types import Figure, Kind, Paragraph, Table

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,24})(?:\.\d{1,24})?")
_UNIT_HEAD = re.compile(r"(?:计量|计数)?单位")
# 发行总额（亿）, 金额（单位：万元）, 增长(%), 比上年增长%, 数量/件
_UNIT_IN_HEAD = re.compile(
    r"[(]\s*(?:计量)?(?:单位)?[:]?\s*(?P<bracket>[^()]{1,12})\s*[)]|(?P<percent>[%‰])|/(?P<slash>\w{1,4})$"
)
_SCALE = re.compile(r"[十百千]?(?:万亿|万|亿)")
_LABEL_HEAD = re.compile(r"序号|编号|年份|^年度$|电话|日期|邮编|代码|文号|联系|页码")
_YEAR_CELL = re.compile(r"(?:19|20)\d\d(?:年.{0,6})?")
_YEAR_DIGITS = 4
_UNIT_REMARK = re.compile(r"[(]?(?:计量)?单位[:][^()]*[)]?|[(][^()]{0,6}[)]$|%$")
_CHANGE_HEAD = re.compile(r"增长|增速|增减|涨跌|同比|增幅|涨幅|降幅|比上年|较上年")
_YEAR = re.compile(r"(?:19|20)\d\d年(?:末|底|\d{1,2}月|上半年)?")
_LAST_YEAR = re.compile(r"^(?:上年|去年)")
_COUNT_HEAD = re.compile(r"(?P<unit>[件人次户份个家宗起项篇条])(?:数|数量)$")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in the text: its caption and unit line, and each row's cells with the offsets of their text.

    A merged cell is repeated; where it is not printed its offset is `REPEATED`.
    """

    caption: str
    unit: str
    rows: tuple[tuple[tuple[str, int], ...], ...]


REPEATED = -1


@dataclass(frozen=True, slots=True)
class Label:
    """What a cell's row and column say of it; the words of the lines that group the row are among the row's."""

    row: str
    unit: str
    year: str
    column: str = ""


def find_grids(text: str, paragraphs: Sequence[Paragraph], tables: Sequence[Table] = ()) -> Iterator[Grid]:
    r"""Find the tables of a text: those that its reader found, and other rows of tab-separated cells.

    >>> text = "表1 产量\n单位：吨\n产品\t产量\n锯材\t18.9"
    >>> marks = [Paragraph(1, 0, 5), Paragraph(2, 6, 10), Paragraph(3, 11, 16), Paragraph(4, 17, 24)]
    >>> [(grid.unit, grid.rows[1]) for grid in find_grids(text, marks)]
    [('吨', (('锯材', 17), ('18.9', 20)))]
    """
    starts = [paragraph.start for paragraph in paragraphs]
    inside: set[int] = set()
    for table in tables:
        own = range(bisect_left(starts, table.start), bisect_left(starts, table.end))
        inside.update(own)
        yield table_grid(text, table, [paragraphs[index] for index in own])
    free = [paragraph for index, paragraph in enumerate(paragraphs) if index not in inside]
    yield from _loose_grids(text, free)


def table_grid(text: str, table: Table, paragraphs: Sequence[Paragraph]) -> Grid:
    """Give a table's cells their places in the text; `paragraphs` are its rows."""
    rows = []
    for cells, paragraph in zip(table.rows, paragraphs, strict=False):
        printed = dict(enumerate(_cells(text, paragraph)))
        found = ((printed.get(column, ("", 0)), cell) for column, cell in enumerate(cells))
        rows.append(tuple((cell, place if shown == cell else REPEATED) for (shown, place), cell in found))
    return Grid(table.caption, table.unit, tuple(rows))


def _loose_grids(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Grid]:
    """Find the rows of tab-separated cells that belong to no table."""
    at = 0
    while at < len(paragraphs):
        end = at
        while end < len(paragraphs) and is_row(text[paragraphs[end].start : paragraphs[end].end]):
            end += 1
        if end > at:
            above = [text[paragraph.start : paragraph.end] for paragraph in paragraphs[max(0, at - 3) : at]]
            caption, unit = lead_in(above)
            yield Grid(caption, unit, tuple(_cells(text, paragraph) for paragraph in paragraphs[at:end]))
        at = max(end, at + 1)


def _cells(text: str, paragraph: Paragraph) -> tuple[tuple[str, int], ...]:
    """Cut a row at its tabs; each cell comes with the offset of its first printed character."""
    cells = []
    at = paragraph.start
    for cell in text[paragraph.start : paragraph.end].split("\t"):
        cells.append((cell.strip(), at + len(cell) - len(cell.lstrip())))
        at += len(cell) + 1
    return tuple(cells)


def grid_figures(grid: Grid, stretch: Stretch) -> Iterator[Figure]:
    """Yield the figures of a table, row by row."""
    for row in read_rows(grid):
        for column, cell in enumerate(row.cells[row.first :], start=row.first):
            if not _is_label(row.heads, column) and cell[1] != REPEATED:
                yield from _cell_figures(grid, stretch, cell, replace(row.label, column=head_of(row.heads, column)))


@dataclass(frozen=True, slots=True)
class Row:
    """A row with values: its cells, the heads of its columns, its own words, and the column of its first value."""

    cells: tuple[tuple[str, int], ...]
    heads: tuple[str, ...]
    label: Label
    first: int


def read_rows(grid: Grid) -> Iterator[Row]:
    """Yield the rows with values; the others give them their heads, or group them.

    Rows of heads that follow each other are joined; one that follows values begins anew.
    """
    heads: tuple[str, ...] = ()
    group, behind_values = "", False
    for row in grid.rows:
        texts = tuple(plain(cell) for cell, _ in row)
        values = [column for column, cell in enumerate(texts) if _is_value(cell) and not _is_label(heads, column)]
        if values and not all(_YEAR_CELL.fullmatch(texts[column]) for column in values):
            behind_values = True
            label = _row_label(heads, texts, values[0])
            yield Row(row, heads, replace(label, row=f"{group} {label.row}".strip()), values[0])
        elif len(texts) > 1 and len(set(filter(None, texts))) == 1:
            group = next(filter(None, texts))
        else:
            heads = _join_heads(() if behind_values else heads, texts)
            behind_values = False


def head_of(heads: Sequence[str], column: int) -> str:
    """Give the head of a column; the empty string where the table has fewer."""
    return heads[column] if column < len(heads) else ""


def _is_label(heads: Sequence[str], column: int) -> bool:
    """Say whether a column numbers, dates or names the rows."""
    return bool(_LABEL_HEAD.search(head_of(heads, column)))


def _row_label(heads: Sequence[str], texts: Sequence[str], first: int) -> Label:
    """Read a row's own words, unit and year from the cells in front of its first value."""
    words, unit, year = [], "", ""
    for column, cell in enumerate(texts[:first]):
        if _UNIT_HEAD.fullmatch(head_of(heads, column)):
            unit = cell
        elif _YEAR_CELL.fullmatch(cell):
            year = f"{cell[:4]}年"
        elif cell and cell not in words and not _is_value(cell):
            words.append(cell)
    return Label(" ".join(words), unit, year)


def _join_heads(above: tuple[str, ...], heads: tuple[str, ...]) -> tuple[str, ...]:
    """Put a second row of heads under the first; a row of another shape begins anew."""
    if len(above) != len(heads):
        return heads
    return tuple(
        upper if not lower or f" {upper}".endswith(f" {lower}") else f"{upper} {lower}".strip()
        for upper, lower in zip(above, heads, strict=True)
    )


def _is_value(cell: str) -> bool:
    """Say whether a cell holds a number, with or without its unit, and no words before it."""
    match = _NUMBER.match(cell)
    if not match or (_YEAR_CELL.fullmatch(cell) and cell[4:]):
        return False
    rest = cell[match.end() :]
    return not rest or (len(rest) <= 8 and _unit_text(rest) == rest)


def _unit_text(text: str) -> str:
    """Read the unit at the start of a text, its scale included."""
    scale = _SCALE.match(text)
    at = scale.end() if scale else 0
    return text[: read_unit(text, at, is_chinese=False)[1]]


def _cell_figures(grid: Grid, stretch: Stretch, cell: tuple[str, int], label: Label) -> Iterator[Figure]:
    """Yield the figures of one cell: the number it is, or the numbers in its words."""
    text, start = cell
    numbers = [_to_number(grid, text, label)] if _is_value(plain(text)) else parse_numbers(text)
    head = _UNIT_REMARK.sub("", label.column).strip()
    for number in numbers:
        changes = f"{grid.caption} {label.row} {label.column}" if is_percent(number.unit) else label.column
        yield Figure(
            number.value,
            number.low,
            number.high,
            number.unit,
            number.scale,
            number.text,
            " ".join(filter(None, (label.row, head))),
            label.year or _period(grid, stretch, label.column),
            _kind(number, changes),
            number.start + start,
            number.end + start,
        )


def _to_number(grid: Grid, text: str, label: Label) -> Number:
    """Make a number of a cell: its own unit, else the column's, the row's, the table's."""
    form = plain(text)
    match = _NUMBER.match(form)
    digits = match[0] if match else "0"
    unit = form[len(digits) :] or _unit_of(grid, label)
    scale = _SCALE.match(unit)
    value = Decimal(digits.replace(",", ""))
    return Number(value, None, None, unit, scale_of(scale[0]) if scale else Decimal(1), text, 0, len(text))


def _unit_of(grid: Grid, label: Label) -> str:
    """Find the unit of a cell in its heads or its table."""
    for source in (label.column, label.row):
        match = _UNIT_IN_HEAD.search(source)
        if match and (match["percent"] or match["slash"]):
            return match["percent"] or match["slash"]
        if match and _unit_text(match["bracket"]) == match["bracket"]:
            return match["bracket"]
    count = _COUNT_HEAD.search(label.column)
    return label.unit or (count["unit"] if count else "") or plain(grid.unit)


def _kind(number: Number, words: str) -> Kind:
    """Tell a change from a share and from a result by the heads."""
    if _CHANGE_HEAD.search(words) and (is_percent(number.unit) or "增减" in words):
        return Kind.CHANGE
    return Kind.SHARE if is_percent(number.unit) else Kind.RESULT


def _period(grid: Grid, stretch: Stretch, head: str) -> str:
    """Find the period of a column: in its head, in the caption, else where the table stands."""
    if _YEAR_CELL.fullmatch(head) and len(head) == _YEAR_DIGITS:
        return f"{head}年"
    found = _YEAR.search(head) or _YEAR.search(grid.caption)
    if _LAST_YEAR.search(head) and stretch.year and "结转" not in head:
        return f"{stretch.year - 1}年"
    return found[0] if found else stretch.period
