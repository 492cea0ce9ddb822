"""The set of made-up tables, laid out in every format, and how well a reader gets their cells.

In a row "<" goes on with the cell to its left and "^" with the one above.
"""

from __future__ import annotations

import html
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl

from corpus.types import Table

PATH = Path(__file__).parent / "data" / "tables" / "tables.json"
TITLE = "云川县2024年统计与法治情况汇编报告"


@dataclass(frozen=True)
class Sample:
    """A table of the set; `rows` as written, `filled` with merged cells repeated."""

    name: str
    caption: str
    unit: str
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    ruled: bool

    @property
    def filled(self) -> tuple[tuple[str, ...], ...]:
        rows: list[list[str]] = []
        for row in self.rows:
            filled: list[str] = []
            for column, cell in enumerate(row):
                filled.append(filled[-1] if cell == "<" else rows[-1][column] if cell == "^" else cell)
            rows.append(filled)
        return tuple(map(tuple, rows))

    def span(self, row: int, column: int) -> tuple[int, int]:
        """Return over how many rows and columns a cell goes; (0, 0) for one that another covers."""
        if self.rows[row][column] in {"<", "^"}:
            return 0, 0
        columns = 1
        while column + columns < len(self.rows[row]) and self.rows[row][column + columns] == "<":
            columns += 1
        down = 1
        while row + down < len(self.rows) and self.rows[row + down][column] == "^":
            down += 1
        return down, columns


def read_samples() -> list[Sample]:
    return [_sample(entry) for entry in json.loads(PATH.read_text(encoding="utf-8"))]


def _sample(entry: dict[str, Any]) -> Sample:
    rows = [tuple(row) for row in entry["rows"]]
    if entry.get("repeat"):
        heads, pattern = entry["repeat"]
        numbers = ({"n": n, "a": 300 + 7 * n, "b": 1000 + 23 * n, "c": 480 + 11 * n} for n in range(entry["times"]))
        rows = [tuple(heads), *(tuple(cell.format(**values) for cell in pattern) for values in numbers)]
    ruled = entry.get("ruled", True)
    return Sample(entry["name"], entry["caption"], entry["unit"], tuple(rows), tuple(entry["notes"]), ruled)


def as_html(samples: Sequence[Sample]) -> bytes:
    parts = [f"<h1>{TITLE}</h1>"]
    for sample in samples:
        parts += [f"<p>{line}</p>" for line in (sample.caption, _unit_line(sample)) if line]
        rows = []
        for at, row in enumerate(sample.rows):
            cells = []
            for column, cell in enumerate(row):
                down, right = sample.span(at, column)
                if down:
                    cells.append(f'<td rowspan="{down}" colspan="{right}"><p>{html.escape(cell)}</p></td>')
            rows.append(f"<tr>{''.join(cells)}</tr>")
        parts.append(f"<table border={int(sample.ruled)}>{''.join(rows)}</table>")
        parts += [f"<p>{note}</p>" for note in sample.notes]
        parts.append("<p>以上为本表内容，下一部分另行说明有关情况。</p>")
    return f"<!DOCTYPE html><html><body>{''.join(parts)}</body></html>".encode()


def as_docx(samples: Sequence[Sample]) -> bytes:
    document = docx.Document()
    document.add_paragraph(TITLE, style="Title")
    for sample in samples:
        for line in filter(None, (sample.caption, _unit_line(sample))):
            document.add_paragraph(line)
        table = document.add_table(len(sample.rows), len(sample.rows[0]), "Table Grid" if sample.ruled else None)
        for at, row in enumerate(sample.rows):
            for column, cell in enumerate(row):
                down, right = sample.span(at, column)
                if not down:
                    continue
                merged = table.cell(at, column)
                if (down, right) != (1, 1):
                    merged = merged.merge(table.cell(at + down - 1, column + right - 1))
                merged.text = cell
        for note in sample.notes:
            document.add_paragraph(note)
        document.add_paragraph("以上为本表内容，下一部分另行说明有关情况。")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_xlsx(samples: Sequence[Sample]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, sample in enumerate(samples, start=1):
        sheet = book.create_sheet(f"表{number}")
        for line in filter(None, (sample.caption, _unit_line(sample))):
            sheet.append([line])
        first = sheet.max_row + 1
        for at, row in enumerate(sample.rows):
            for column, cell in enumerate(row):
                down, right = sample.span(at, column)
                if down:
                    sheet.cell(first + at, column + 1, _value(cell))
                if down * right > 1:
                    sheet.merge_cells(
                        start_row=first + at,
                        start_column=column + 1,
                        end_row=first + at + down - 1,
                        end_column=column + right,
                    )
        for at, note in enumerate(sample.notes):
            sheet.cell(first + len(sample.rows) + at, 1, note)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _value(cell: str) -> str | float:
    """Numbers go into a sheet as numbers, but for those that a sheet would show otherwise."""
    try:
        number = float(cell)
    except ValueError:
        return cell
    return number if f"{number:.10g}" == cell else cell


def _unit_line(sample: Sample) -> str:
    return f"单位：{sample.unit}" if sample.unit else ""


def cell_accuracy(samples: Sequence[Sample], tables: Sequence[Table]) -> float:
    """Return the share of the samples' cells that stand in the same row and column of the table with their caption."""
    right = total = 0
    for sample in samples:
        found = next((table.rows for table in tables if table.caption == sample.caption), ())
        for at, row in enumerate(sample.filled):
            for column, cell in enumerate(row):
                total += 1
                inside = at < len(found) and column < len(found[at])
                right += inside and found[at][column] == cell
    return right / total
