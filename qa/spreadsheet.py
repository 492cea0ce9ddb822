"""Figures as spreadsheet files: CSV and XLSX with the same columns. The one importer of `openpyxl`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from corpus.export import decimal_text
from qa.figures import PlacedFigure
from qa.files import NotWritten, replace_file

# Each column, and what the sheet 说明 says about it.
COLUMNS = {
    "title": "报告标题",
    "file": "报告文件",
    "issuer": "发布单位",
    "year": "报告年份",
    "section": "章节",
    "paragraph": "段落序号",
    "indicator": "指标",
    "period": "时期",
    "kind": "类别：result 结果、target 目标、change 变化、share 占比、rank 位次",
    "text": "原文写法",
    "value": "数值（超过15位有效数字的为文本，以免改变）",
    "low": "下限",
    "high": "上限",
    "unit": "单位",
    "scale": "倍率：数值乘以倍率，即以基本单位计",
    "parent": "所属合计数（原文写法）",
    "adds_up": "所列分项之和是否等于本数；FALSE 表示对不上，空白表示不适用",
    "sentence": "所在句子或表格行",
    "start": "起始位置（从0数起的字符）",
    "end": "结束位置（不含）",
    "report_id": "报告编号",
}
_WIDTHS = {"title": 36, "section": 30, "indicator": 30, "text": 14, "period": 14, "sentence": 80, "report_id": 18}
_SHEET_ROWS = 1_048_576
# Excel keeps 15 significant digits of a number; a decimal with more would change.
_EXCEL_DIGITS = 15
# General shows whole numbers of more digits as 1E+12.
_GENERAL_DIGITS = 11
_BOLD = Font(bold=True)
_MISMATCH_FILL = PatternFill("solid", fgColor="FFF2CC")
# Both widths: a Chinese or Japanese Excel takes the full-width signs for the others. A reader may drop what prints
# nothing in front of them.
_FORMULA = re.compile(r"[\s\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
# XML has no way to write these.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Value = str | int | float | Decimal | bool | None


def write_csv(path: Path, figures: Iterable[PlacedFigure]) -> None:
    """Write figures as CSV in UTF-8 with a byte order mark, which Excel needs to see the encoding.

    Raises:
        NotWritten: if the disk is full or the place is none to write to.
    """
    whole = csv_bytes(figures)
    replace_file(path, lambda beside: beside.write_bytes(whole))


def write_xlsx(path: Path, figures: Sequence[PlacedFigure]) -> None:
    """Write figures as an Excel workbook: a sheet of figures, and one that says what its columns mean.

    Raises:
        NotWritten: if the disk is full, the place is none to write to, or a sheet cannot hold so many rows.
    """
    if len(figures) >= _SHEET_ROWS:
        raise NotWritten(path, f"a sheet holds {_SHEET_ROWS - 1} figures, these are {len(figures)}; narrow the search")
    whole = xlsx_bytes(figures)
    replace_file(path, lambda beside: beside.write_bytes(whole))


def csv_bytes(figures: Iterable[PlacedFigure]) -> bytes:
    """Return the CSV file of figures: UTF-8 with a byte order mark."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    writer.writerows([_csv_cell(value) for value in _values(placed)] for placed in figures)
    return lines.getvalue().encode("utf-8-sig")


def xlsx_bytes(figures: Sequence[PlacedFigure]) -> bytes:
    """Return the Excel workbook of figures, fewer than a sheet has rows."""
    book = Workbook()
    _fill(book.active, figures)
    _explain(book.create_sheet("说明"))
    return _to_bytes(book)


def _fill(sheet: Worksheet, figures: Sequence[PlacedFigure]) -> None:
    """Fill the sheet of figures, one a row."""
    sheet.title = "figures"
    sheet.freeze_panes = "A2"
    for name, head in zip(COLUMNS, _append(sheet, list(COLUMNS)), strict=True):
        head.font = _BOLD
        sheet.column_dimensions[head.column_letter].width = _WIDTHS.get(name, 11)
    for placed in figures:
        cells = _append(sheet, _values(placed))
        if placed.is_mismatch:
            for cell in cells:
                cell.fill = _MISMATCH_FILL
    sheet.auto_filter.ref = sheet.dimensions


def _explain(sheet: Worksheet) -> None:
    """Fill the sheet that says what the columns mean."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 70
    for row in COLUMNS.items():
        _append(sheet, row)


def _append(sheet: Worksheet, values: Sequence[Value]) -> list[Cell]:
    """Write the next row of a sheet and return its cells."""
    cells = [_xlsx_cell(sheet, value) for value in values]
    sheet.append(cells)
    return cells


class _InMemory(ExcelWriter):  # type: ignore[misc]
    """Writes a sheet without a temporary file.

    A full disk under one comes out of openpyxl as an error of the XML library that it has found, with tracebacks of
    generators behind it; in memory nothing is written before all is made.
    """

    def write_worksheet(self, sheet: Worksheet) -> None:
        """Put one sheet into the archive."""
        sheet._drawing = SpreadsheetDrawing()
        writer = WorksheetWriter(sheet, io.BytesIO())
        writer.write()
        sheet._rels = writer._rels
        self._archive.writestr(sheet.path[1:], writer.read())
        self.manifest.append(sheet)


def _to_bytes(book: Workbook) -> bytes:
    """Return the bytes of the workbook's file."""
    out = io.BytesIO()
    _InMemory(book, ZipFile(out, "w", ZIP_DEFLATED)).save()
    return out.getvalue()


def _values(placed: PlacedFigure) -> list[Value]:
    """Return what stands in the columns of one figure."""
    report, figure = placed.report, placed.figure
    return [
        *(report.title, report.file, report.issuer, report.year, " > ".join(placed.section), placed.paragraph),
        *(figure.indicator, figure.period, figure.kind.value, figure.text),
        *(figure.value, figure.low, figure.high, figure.unit, figure.scale),
        *(placed.parent.text if placed.parent else None, figure.adds_up, placed.sentence),
        *(figure.start, figure.end, report.report_id),
    ]


def _csv_cell(value: Value) -> str:
    """Write a value for CSV: words that a spreadsheet would take for a formula get an apostrophe in front.

    Numbers are none: -2.39 stays a number.

    >>> [_csv_cell(value) for value in ("=1+1", "增长", Decimal("-2.39"), False, None)]
    ["'=1+1", '增长', '-2.39', 'FALSE', '']
    """
    if isinstance(value, str):
        return "'" + value if _FORMULA.match(value) else value
    if isinstance(value, Decimal):
        return decimal_text(value)
    return "" if value is None else str(value).upper()


def _xlsx_cell(sheet: Worksheet, value: Value) -> Cell:
    """Make a cell whose type says that words are words, whatever they begin with."""
    value = _number(value) if isinstance(value, Decimal) else value
    # An empty string would be written as text without text, which no schema allows.
    cell = Cell(sheet, value=_CONTROL.sub(" ", value) or None if isinstance(value, str) else value)
    if isinstance(value, str) and value:
        # openpyxl takes "=…" for a formula and "#N/A" for an error.
        cell.data_type = "s"
        # Without it Excel makes a formula of the words when somebody edits the cell and presses Enter.
        cell.quotePrefix = bool(_FORMULA.match(value))
    elif isinstance(value, int) and abs(value) >= 10**_GENERAL_DIGITS:
        cell.number_format = "0"
    return cell


def _number(value: Decimal) -> int | float | str:
    """Return a decimal as the number that a spreadsheet keeps exactly, or as text where it keeps none.

    >>> [_number(Decimal(text)) for text in ("118.46", "100000000", "0.3333333333333333333")]
    [118.46, 100000000, '0.3333333333333333333']
    """
    if len(value.normalize().as_tuple().digits) > _EXCEL_DIGITS or Decimal(repr(float(value))) != value:
        return decimal_text(value)
    return int(value) if value == value.to_integral_value() else float(value)
