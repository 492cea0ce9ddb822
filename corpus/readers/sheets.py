"""Spreadsheets (XLSX): each sheet's tables, with values as the sheet shows them and formulas as last computed.

The sheets are read row by row, so that a million empty rows cost time but no memory.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from corpus.archive import Archive, has_member
from corpus.errors import UnreadableFile
from corpus.readers.base import Block, Extract
from corpus.readers.regions import lay_regions
from corpus.readers.sheet_formats import BUILT_IN, show
from corpus.readers.xml import Element, attribute, child, children, iterate_xml, local_name, parse_xml
from corpus.tables import Cell, join_lines
from corpus.types import Table

_WORKBOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MOST_ROWS = 20_000
_MOST_COLUMNS = 200
_MOST_SHEETS = 200
_MOST_MERGED = 50_000
_TRUTHS = {"1": "TRUE", "0": "FALSE"}


class SheetReader:
    """Reads spreadsheets (XLSX, XLSM)."""

    name = "xlsx"
    suffixes: tuple[str, ...] = (".xlsx", ".xlsm")

    def recognises(self, data: bytes) -> bool:
        """Say whether the content is an archive with a workbook in it."""
        return has_member(data, _WORKBOOK)

    def read(self, data: bytes, file: str) -> Extract:
        """Read the sheets that are shown, each as its tables with the lines around them."""
        archive = Archive(data, file)
        if _WORKBOOK not in archive.names:
            raise UnreadableFile(file, "it is no spreadsheet, whatever its name says; name it for what it is")
        book = _Book.of(archive, file)
        blocks: list[Block] = []
        tables: list[Table] = []
        warnings: list[str] = []
        for name, part, shown in book.sheets[:_MOST_SHEETS]:
            if not shown:
                warnings.append(f"the hidden sheet {name!r} was left out")
                continue
            sheet = _Sheet()
            sheet.read(archive.read(part), book, file)
            warnings += sheet.warnings(name)
            found, own = lay_regions(list(sheet.laid_rows()), name, len(tables))
            # The name of a sheet is a heading where there are several.
            if found and sum(entry[2] for entry in book.sheets) > 1:
                blocks.append(Block(name, 2, after_gap=True))
            blocks += found
            tables += own
        return Extract(tuple(blocks), tables=tuple(tables), warnings=tuple(warnings))


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets share: strings, formats, and the sheets' (name, part, whether shown)."""

    strings: tuple[str, ...]
    formats: tuple[str, ...]
    sheets: tuple[tuple[str, str, bool], ...]
    from_1904: bool

    @classmethod
    def of(cls, archive: Archive, file: str) -> _Book:
        """Read what the sheets of an archive share."""
        root = parse_xml(archive.read(_WORKBOOK), file)
        relations = parse_xml(archive.read("xl/_rels/workbook.xml.rels"), file)
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        sheets = []
        for sheet in children(root, "sheets"):
            target = targets.get(_relation_id(sheet), "")
            part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
            if part in archive.names and "worksheet" in part:
                sheets.append((sheet.get("name", ""), part, sheet.get("state", "visible") == "visible"))
        strings = archive.find("xl/sharedStrings.xml")
        styles = archive.find("xl/styles.xml")
        return cls(
            tuple(map(_text, iterate_xml(strings, ("si",), file))) if strings else (),
            _read_formats(parse_xml(styles, file)) if styles else (),
            tuple(sheets),
            attribute(child(root, "workbookPr"), "date1904") in {"1", "true"},
        )


def _relation_id(sheet: Element) -> str:
    """Return the id that ties a sheet to its part; the sheet has another attribute that ends alike."""
    return next((str(value) for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")


def _text(element: Element) -> str:
    """Return the text of a string with its runs; the readings of Japanese words are none of it."""
    phonetic = {text for reading in element.iter("{*}rPh") for text in reading.iter("{*}t")}
    runs = (text for text in element.iter("{*}t") if text not in phonetic)
    return join_lines("".join(run.text or "" for run in runs).splitlines())


def _read_formats(styles: Element) -> tuple[str, ...]:
    """Read the number format of each cell style."""
    own = {format_.get("numFmtId"): format_.get("formatCode", "") for format_ in children(styles, "numFmts")}
    keys = [style.get("numFmtId", "0") for style in children(styles, "cellXfs")]
    return tuple(own.get(key) or BUILT_IN.get(int(key) if key.isdigit() else 0, "") for key in keys)


@dataclass(slots=True)
class _Sheet:
    """The cells of one sheet that show something, by row and column from 0."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    uncomputed: int = 0
    cut: bool = False

    def read(self, data: bytes, book: _Book, file: str) -> None:
        """Read the part of a sheet."""
        number = -1
        for element in iterate_xml(data, ("row", "mergeCell"), file):
            if local_name(element) == "mergeCell":
                self._merge(element.get("ref", ""))
                continue
            given = element.get("r", "")
            number = int(given) - 1 if given.isdigit() else number + 1
            row = self._read_row(element, book) if element.get("hidden") not in {"1", "true"} else {}
            if row and len(self.cells) >= _MOST_ROWS:
                self.cut = True
            elif row:
                self.cells[number] = row

    def _read_row(self, element: Element, book: _Book) -> dict[int, str]:
        """Read the cells of a row that show something."""
        row: dict[int, str] = {}
        column = -1
        for cell in element:
            place = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(place[1]) if place else column + 1
            if column >= _MOST_COLUMNS:
                continue
            text = self._show(cell, book)
            if text:
                row[column] = text
        return row

    def _show(self, cell: Element, book: _Book) -> str:
        """Return what a cell shows."""
        kind, value = cell.get("t", "n"), child(cell, "v")
        text = (value.text or "").strip() if value is not None else ""
        if kind == "inlineStr":
            return _text(cell)
        if not text:
            self.uncomputed += child(cell, "f") is not None
            return ""
        if kind == "s":
            return book.strings[int(text)] if text.isdigit() and int(text) < len(book.strings) else ""
        if kind == "b":
            return _TRUTHS.get(text, text)
        if kind in {"str", "e"}:
            return join_lines(text.splitlines())
        style = cell.get("s", "0")
        known = style.isdigit() and int(style) < len(book.formats)
        return show(text, book.formats[int(style)] if known else "", from_1904=book.from_1904)

    def _merge(self, reference: str) -> None:
        """Note the cells that are merged into one."""
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        if len(corners) != 2 or not corners[0] or not corners[1] or len(self.merged) > _MOST_MERGED:
            return
        top, left = int(corners[0][2]) - 1, _column(corners[0][1])
        bottom, right = int(corners[1][2]) - 1, _column(corners[1][1])
        self.merged[top, left] = (min(bottom - top + 1, _MOST_ROWS), min(right - left + 1, _MOST_COLUMNS))

    def laid_rows(self) -> Iterator[list[Cell]]:
        """Yield the filled rows; a gap between two, however long, is one empty row.

        A row that holds nothing of its own because all its cells are merged with those above is no gap, and no row.
        """
        filled = sorted(self.cells)
        covered: set[tuple[int, int]] = set()
        reached = filled[0] if filled else 0
        for position, number in enumerate(filled):
            if number > reached + 1:
                yield []
            yield self._laid_row(number, filled[position + 1 :], covered)
            reached = max([number, reached, *self._bottoms(number)])

    def _bottoms(self, number: int) -> Iterator[int]:
        """Yield the last rows of the merged cells that begin in a row."""
        for column in self.cells[number]:
            rows, _ = self.merged.get((number, column), (1, 1))
            yield number + rows - 1

    def _laid_row(self, number: int, below: Sequence[int], covered: set[tuple[int, int]]) -> list[Cell]:
        """Lay out one row; merged cells go down over those of the filled rows below that they cover."""
        row = self.cells[number]
        cells: list[Cell] = []
        column, last = 0, max(row)
        while column <= last:
            rows, columns = self.merged.get((number, column), (1, 1))
            down = below[: bisect_right(below, number + rows - 1)]
            covered.update((other, column + right) for other in down for right in range(columns))
            if (number, column) not in covered:
                cells.append(Cell(row.get(column, ""), columns, 1 + len(down)))
                column += columns
            else:
                column += 1
        return cells

    def warnings(self, name: str) -> list[str]:
        """Say what of the sheet could not be read."""
        found = []
        if self.uncomputed:
            found.append(
                f"{self.uncomputed} formulas of sheet {name!r} hold no computed value: save it once in Excel or WPS"
            )
        if self.cut:
            found.append(f"sheet {name!r}: rows beyond the {_MOST_ROWS}th filled one were left out")
        return found


def _column(letters: str) -> int:
    """Return the column of its letters, from 0.

    >>> _column("A"), _column("AA")
    (0, 26)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
