"""Tables in plain text: lines of tab-separated cells under a caption (表1 …) and a unit line (单位：…)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from corpus.types import Table

# 表1 …, 表 2-1：…, 附表 …
_CAPTION = re.compile(r"(附?表|Table)\s*[0-9０-９一二三四五六七八九十]{0,3}([-—.．][0-9０-９]{1,2})?\s*\S.{0,60}$")
# 单位：万元, （单位：%）, 计量单位：吨
_UNIT = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：]\s*(?P<unit>[^）)]{1,20}?)\s*[）)]?$")
_SMALLEST_TABLE_ROWS = 2


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
        if is_caption(line):
            return line.strip(), unit
        if not read_unit(line):
            break
        unit = read_unit(line)
    return "", unit


def find_tables(lines: Iterable[str]) -> tuple[Table, ...]:
    r"""Find the tables in the lines of a plain text.

    >>> find_tables(["表1 产量", "单位：吨", "产品\t产量", "锯材\t18.9"])[0].rows
    (('产品', '产量'), ('锯材', '18.9'))
    """
    return tuple(_iterate_tables([line for line in lines if line.strip()]))


def _iterate_tables(lines: Sequence[str]) -> Iterator[Table]:
    """Yield one table for each run of rows."""
    start = 0
    for rows, run in groupby(lines, key=is_row):
        length = sum(1 for _ in run)
        if rows and length >= _SMALLEST_TABLE_ROWS:
            caption, unit = lead_in(lines[max(0, start - 3) : start])
            yield Table(caption, unit, tuple(split_row(line) for line in lines[start : start + length]))
        start += length


def split_row(line: str) -> tuple[str, ...]:
    """Split a row into its cells; an empty first cell stays, so that columns keep their places."""
    return tuple(cell.strip() for cell in line.rstrip("\r\n").split("\t"))
