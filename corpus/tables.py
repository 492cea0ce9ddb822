"""Tables: rows of cells under a caption (表1 …) and a unit line (单位：…), with notes below (注：…)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

# 表1 …, 表 2-1：…, 附表 …
_CAPTION = re.compile(r"(附?表|Table)\s*[0-9０-９一二三四五六七八九十]{0,3}([-—.．][0-9０-９]{1,2})?\s*\S.{0,60}$")
# 单位：万元, （单位：%）, 计量单位：吨
_UNIT = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：]\s*(?P<unit>[^）)]{1,20}?)\s*[）)]?$")
# 2024年行政处罚情况统计表: a name without a number, right above its table.
_TABLE_NAME = re.compile(r"[^。；，：:\t]{3,48}表(?:[（(][^（()）]{1,12}[)）])?$")
_NOTE = re.compile(r"[（(]?\s*(?:[附备]?注|说明|资料来源|数据来源)\s*\d{0,2}\s*[:：]")
_NUMBERED_NOTE = re.compile(r"\d{1,2}\s*[.．、]\s*\S")
_MOST_NOTES = 12
_SMALLEST_TABLE_ROWS = 2
_MOST_COLUMNS = 200
# A table with such long cells lays out a page.
_LONGEST_CELL = 300


def is_row(line: str) -> bool:
    """Say whether a line is a row of tab-separated cells, and not a sentence indented by a tab."""
    return "\t" in line.strip()


def is_caption(line: str) -> bool:
    """Say whether a line captions a table.

    >>> [is_caption(line) for line in ("表1 主要产品产量", "表彰先进集体12个。")]
    [True, False]
    """
    stripped = line.strip()
    return len(stripped) <= 70 and bool(_CAPTION.match(stripped)) and not stripped.endswith(("。", "；"))


def names_table(line: str) -> bool:
    """Say whether a line right above a table is its caption, with a number (表1 …) or without (…统计表).

    >>> [names_table(line) for line in ("表1 产量", "2024年行政处罚情况统计表", "有关情况见下表。")]
    [True, True, False]
    """
    return is_caption(line) or bool(_TABLE_NAME.match(line.strip()))


def read_unit(line: str) -> str:
    """Read a line that gives a table's unit; the empty string if it is none.

    >>> read_unit("单位：万元")
    '万元'
    """
    found = _UNIT.match(line.strip()) if len(line) <= 40 else None
    return found["unit"] if found else ""


def lead_in(lines: Sequence[str]) -> tuple[str, str]:
    """Find caption and unit in the (at most three) lines above a table, the nearest line last.

    >>> lead_in(["三、财政", "表4 财政收支", "单位：万元"])
    ('表4 财政收支', '万元')
    """
    unit = ""
    for line in reversed(lines[-3:]):
        if names_table(line):
            return line.strip(), unit
        if not read_unit(line):
            break
        unit = read_unit(line)
    return "", unit


def notes_below(lines: Sequence[str]) -> tuple[str, ...]:
    """Find the notes in the lines below a table: from 注： on, with the numbered ones behind it.

    >>> notes_below(["注：1.本表不含镇。", "2.数据为快报数。", "二、问题"])
    ('注：1.本表不含镇。', '2.数据为快报数。')
    """
    if not lines or not _NOTE.match(lines[0]):
        return ()
    more = takewhile(lambda line: _NOTE.match(line) or _NUMBERED_NOTE.match(line), lines[1:_MOST_NOTES])
    return (lines[0], *more)


def table_runs(lines: Sequence[str]) -> list[range]:
    r"""Find the tables in the lines of a plain text: runs of two rows at least.

    >>> table_runs(["表1 产量", "单位：吨", "产品\t产量", "锯材\t18.9"])
    [range(2, 4)]
    """
    runs, start = [], 0
    for rows, run in groupby(lines, key=is_row):
        end = start + sum(1 for _ in run)
        if rows and end - start >= _SMALLEST_TABLE_ROWS:
            runs.append(range(start, end))
        start = end
    return runs


def split_row(line: str) -> tuple[str, ...]:
    """Split a row into its cells; an empty first cell stays, so that columns keep their places."""
    return tuple(cell.strip() for cell in line.rstrip("\r\n").split("\t"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a document lays it out: its text, and over how many columns and rows it goes."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Laid:
    """A table laid out: its rows with merged cells repeated, and the line that the text prints for each row."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]


def lay_out(rows: Sequence[Sequence[Cell]]) -> Laid:
    r"""Lay out the cells of a table; what is merged is repeated in `rows` and printed once in `lines`.

    Rows that print nothing are left out, and columns beyond the 200th.

    >>> lay_out([[Cell("项目", rows=2), Cell("数量", columns=2)], [Cell("上年"), Cell("本年")]])
    Laid(rows=(('项目', '数量', '数量'), ('项目', '上年', '本年')), lines=('项目\t数量', '\t上年\t本年'))
    """
    filled: list[tuple[str, ...]] = []
    lines: list[str] = []
    hanging: dict[int, tuple[str, int]] = {}
    for row in rows:
        cells, printed = _lay_row(row, hanging)
        line = "\t".join(printed).rstrip()
        if line:
            filled.append(cells)
            lines.append(line)
    width = max((len(cells) for cells in filled), default=0)
    return Laid(tuple(cells + ("",) * (width - len(cells)) for cells in filled), tuple(lines))


def _lay_row(row: Sequence[Cell], hanging: dict[int, tuple[str, int]]) -> tuple[tuple[str, ...], list[str]]:
    """Lay out one row under the cells that hang down into it: column -> (text, rows left)."""
    cells: list[str] = []
    printed: list[str] = []

    def take_hanging() -> None:
        """Take the cells that hang down into the next columns."""
        while len(cells) in hanging:
            text, left = hanging.pop(len(cells))
            if left > 1:
                hanging[len(cells)] = (text, left - 1)
            cells.append(text)
            printed.append("")

    for cell in row:
        take_hanging()
        for column in range(max(1, cell.columns)):
            if len(cells) >= _MOST_COLUMNS:
                break
            if cell.rows > 1:
                hanging[len(cells)] = (cell.text, cell.rows - 1)
            cells.append(cell.text)
            printed.append("" if column else cell.text)
    take_hanging()
    return tuple(cells), printed


def join_lines(lines: Sequence[str]) -> str:
    """Put the lines of a cell on one; between Chinese characters nothing stands for the break.

    >>> join_lines(["行政", "处罚", "GDP", "total"])
    '行政处罚GDP total'
    """
    joined = ""
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        both_latin = joined[-1:].isascii() and line[:1].isascii() and joined
        joined += f" {line}" if both_latin else line
    return joined


def is_layout(rows: Sequence[Sequence[Cell]]) -> bool:
    """Say whether a table only lays out a page: one row or column, or cells as long as paragraphs."""
    if len(rows) < 2 or max(sum(cell.columns for cell in row) for row in rows) < 2 or max(map(len, rows)) < 2:
        return True
    return any(len(cell.text) > _LONGEST_CELL for row in rows for cell in row)
