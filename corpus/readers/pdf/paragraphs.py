"""From printed lines to paragraphs: joined over breaks, parted where an indent or a short line says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.geometry import box_on
from corpus.readers.base import Block
from corpus.readers.pdf.columns import Row
from corpus.readers.pdf.grids import Cell, Grid
from corpus.readers.pdf.spans import Span, is_wide
from corpus.types import Line, Table

# In ems: a first line is indented by more than the one, and a line that ends this far from the edge ends its paragraph.
_INDENT = 1.2
_SHORT = 2.1
_CENTRED = 1.5
# Titles are larger than the text by this much.
_DISPLAY = 1.15
# A font larger or smaller by this much is another paragraph's.
_OTHER_SIZE = 0.12
_WIDE_LEADING = 1.5
_ENDS = re.compile(r"[。！？；：!?;:…][”’」』）)》\"']*$")
_TOKEN = re.compile(r"[A-Za-z0-9.,%+\-/]+")
_HYPHEN = re.compile(r"[a-z]-$")
_NOTE = re.compile(r"[①-⑳*※]|[\[［〔【(（]?\d{1,3}[\]］〕】)）.、\s]|注\s*\d*\s*[:：]|\d{1,2}[\u4e00-\u9fff]")
_HALF = 0.55
_SAME_COLUMN, _SAME_EDGE = 72.0, 20.0


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page's number, the number printed on it, and its size in points."""

    number: int
    label: str
    width: float
    height: float

    def line(self, span: Span, start: int) -> Line:
        """Give a span as a line of a text in which it begins at `start`."""
        x0, top, x1, bottom = span.mark or (span.x0, span.top, span.x1, span.bottom)
        edges = (x0 / self.width, top / self.height, x1 / self.width, bottom / self.height)
        return Line(start, start + len(span.text), box_on(self.number, *edges))


@dataclass(frozen=True, slots=True)
class Setting:
    """How a file's text is set: the size of most of it, and the usual distance from line to line."""

    em: float
    leading: float


@dataclass(slots=True)
class Paragraphs:
    """Collects blocks and tables from the rows and grids of a file, fed in reading order."""

    setting: Setting
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    open_grid: Grid | None = None
    _open: list[tuple[Row, PageSize]] = field(default_factory=list)
    _notes: list[Block] = field(default_factory=list)
    _waiting: list[int] = field(default_factory=list)

    def add_row(self, row: Row, size: PageSize) -> None:
        """Add a printed line."""
        if self._open and begins_paragraph(row, [open_row for open_row, _ in self._open], self.setting):
            self.flush()
        self.open_grid = None
        self._open.append((row, size))

    def add_notes(self, rows: Sequence[Row], size: PageSize) -> None:
        """Add the footnotes of a page; they follow the paragraph that goes on over the page's end."""
        notes = Paragraphs(self.setting)
        for row in rows:
            if notes._open and (opens_note(row) or begins_paragraph(row, [notes._open[-1][0]], self.setting)):
                notes.flush()
            notes._open.append((row, size))
        notes.flush()
        self._notes += notes.blocks

    def add_grid(self, grid: Grid, size: PageSize) -> None:
        """Add a table; one that goes on from the page before is joined with it."""
        self.flush()
        # A row that prints nothing is none in the text either.
        rows = tuple(row for row in grid.rows if any(cell.text for cell in row))
        if not rows:
            return
        if self.open_grid is not None and _continues(self.open_grid, grid):
            before = self.tables.pop()
            rows = rows[1:] if _texts(rows[:1]) == before.rows[:1] else rows
            table = Table(before.caption, before.unit, before.rows + _texts(rows), before.page)
        else:
            table = Table("", "", _texts(rows), grid.page)
        self.tables.append(table)
        self.open_grid = grid
        for row in rows:
            self.blocks.append(replace(_row_block(row, size), table=len(self.tables) - 1))

    def add_exhibit(self, number: int) -> None:
        """Add a picture or chart behind what was added last; one before all text belongs to the first paragraph."""
        self.flush()
        self.open_grid = None
        if self.blocks:
            self.blocks[-1] = replace(self.blocks[-1], exhibits=(*self.blocks[-1].exhibits, number))
        else:
            self._waiting.append(number)

    def flush(self) -> None:
        """End the open paragraph; footnotes of its pages follow it."""
        if self._open:
            self.blocks.append(replace(_to_block(self._open), exhibits=tuple(self._waiting)))
            self._open, self._waiting = [], []
        self.blocks += self._notes
        self._notes = []


def opens_note(row: Row) -> bool:
    """Say whether a line opens a footnote: with its mark."""
    return bool(
        re.match(r"[①-⑳*※]|[\[［〔【(（]?\d{1,3}[\]］〕】)）.、\s]|注\s*\d*\s*[:：]|\d{1,2}[\u4e00-\u9fff]", row.text)
    )


def begins_paragraph(row: Row, paragraph: Sequence[Row], setting: Setting) -> bool:
    """Say whether a line begins a paragraph rather than going on with the one above.

    Args:
        row: the line.
        paragraph: the lines above, the last one the nearest.
        setting: how the file's text is set.
    """
    last = paragraph[-1]
    if _HYPHEN.search(last.text) and row.text[:1].islower():
        return False
    if _is_chinese(row) and _is_chinese(last) and abs(row.em - last.em) > _OTHER_SIZE * max(row.em, last.em):
        return True
    if _stands_off(row, last, setting) or max(len(row.spans), len(last.spans)) > 1:
        return True
    if _is_centred(row) and (_is_centred(last) or row.em > _DISPLAY * setting.em) and not _same_indent(row, last):
        return bool(_ENDS.search(last.text))
    indented = row.x0 - row.left > _INDENT * row.em
    hangs = len(paragraph) > 1 and abs(row.x0 - last.x0) < row.em / 2
    return (indented and not hangs) or _ends_short(row, last)


def _same_indent(row: Row, last: Row) -> bool:
    """Say whether two lines begin at the same place and end at different ones, as no centred ones do."""
    return abs(row.x0 - last.x0) < row.em / 3 and abs(row.x1 - last.x1) > row.em / 3


def _is_chinese(row: Row) -> bool:
    """Say whether a line has characters that tell its size."""
    return any(map(is_wide, row.text))


def _is_centred(row: Row) -> bool:
    """Say whether a line stands in the middle of its column and leaves room on both sides."""
    before, behind = row.x0 - row.left, row.right - row.x1
    return min(before, behind) > _CENTRED * row.em and abs(before - behind) < 2 * row.em


def _ends_short(row: Row, last: Row) -> bool:
    """Say whether the line above leaves room that the first word of this one would have had."""
    token = _TOKEN.match(row.text)
    word = len(token[0]) * _HALF * row.em if token else 0.0
    return last.right - last.x1 > _SHORT * last.em + word


def _stands_off(row: Row, last: Row, setting: Setting) -> bool:
    """Say whether white space above parts a line from the one before in its column."""
    same = row.page == last.page and row.column == last.column
    return same and row.bottom - last.bottom > _WIDE_LEADING * max(setting.leading, row.em)


def _to_block(rows: Sequence[tuple[Row, PageSize]]) -> Block:
    """Make one block of the lines of a paragraph."""
    text = ""
    lines: list[Line] = []
    for row, size in rows:
        for number, span in enumerate(row.spans):
            text += _glue(text, span.text, same_row=number > 0)
            if _HYPHEN.search(text) and not number and text and span.text[:1].islower():
                text = text[:-1]
                lines[-1] = Line(lines[-1].start, lines[-1].end - 1, lines[-1].box)
            lines.append(size.line(span, len(text)))
            text += span.text
    first = rows[0][1]
    return Block(text, 0, first.number, False, first.label, tuple(lines))


def _glue(text: str, piece: str, *, same_row: bool) -> str:
    """Give what stands between two pieces: a space in a wide gap and between Latin words, nothing in Chinese."""
    latin = text[-1:].isascii() and text[-1:].isalnum() and piece[:1].isascii() and piece[:1].isalpha()
    return " " if text and (same_row or latin) else ""


def _row_block(row: Sequence[Cell], size: PageSize) -> Block:
    """Make the block of a table's row: its cells, parted by tabs, and their places.

    The text holds what is printed: a merged cell's words once, where it begins.
    """
    text = ""
    lines: list[Line] = []
    for number, cell in enumerate(row):
        text += "\t" if number else ""
        at = 0
        for span in cell.spans:
            at = max(cell.text.find(span.text, at), at)
            lines.append(size.line(span, len(text) + at))
            at += len(span.text)
        text += cell.text if cell.spans else ""
    return Block(text, 0, size.number, False, size.label, tuple(lines))


def _texts(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.text for cell in row) for row in rows)


def _continues(above: Grid, grid: Grid) -> bool:
    """Say whether a table goes on with one on the page before: nothing stood between, and the columns are the same."""
    same = len(above.columns) == len(grid.columns)
    # Without rules a column begins where its widest cell on the page does.
    inner = all(abs(a - b) < _SAME_COLUMN for a, b in zip(above.columns[:-1], grid.columns, strict=False))
    near = inner and abs(above.x0 - grid.x0) < _SAME_EDGE
    return same and near and grid.page == above.page + 1
