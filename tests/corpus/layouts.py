"""Lay reports out as offices do, to compare what is read back with the text: PDF pages, tables and scans."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
# The font is not part of the files; where none with Chinese is installed, page images show empty boxes.
CHINESE_FONTS = [
    path for folder in ("opentype", "truetype") for path in Path("/usr/share/fonts", folder).rglob("*CJK*")
]
WIDTH, HEIGHT = A4
MARGIN = 72.0
NO_START = "，。、；：！？）》”’】〉%"

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@dataclass
class Layout:
    """Puts paragraphs and tables on pages, one after the other; `bytes` ends the file."""

    columns: int = 1
    header: str = ""
    size: float = 12.0
    footer: str = "— {} —"
    first_label: int = 1
    indent: float = 2.0
    gutter: float = 26.0
    pages: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._file = io.BytesIO()
        self.canvas = Canvas(self._file, pagesize=A4, invariant=1)
        self.leading = 1.6 * self.size
        self._column = 0
        self._open_page()

    def _open_page(self) -> None:
        self.pages.append("")
        self.canvas.setFont(FONT, 9)
        self.canvas.drawCentredString(WIDTH / 2, HEIGHT - 40, self.header)
        label = self.footer.format(len(self.pages) - 1 + self.first_label)
        self.canvas.drawCentredString(WIDTH / 2, 36, label)
        self.y = HEIGHT - MARGIN - self.size

    @property
    def column_width(self) -> float:
        return (WIDTH - 2 * MARGIN - (self.columns - 1) * self.gutter) / self.columns

    @property
    def x(self) -> float:
        return MARGIN + self._column * (self.column_width + self.gutter)

    def _room(self, height: float) -> None:
        if self.y - height >= MARGIN:
            return
        self._column += 1
        self.y = HEIGHT - MARGIN - self.size
        if self._column == self.columns:
            self.new_page()

    def new_page(self) -> None:
        self.canvas.showPage()
        self._column = 0
        self._open_page()

    def title(self, text: str, size: float = 18.0) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawCentredString(WIDTH / 2, self.y, text)
        self.pages[-1] += text
        self.y -= 2 * size

    def paragraph(self, text: str, size: float | None = None, indent: float | None = None) -> None:
        size = size or self.size
        first = (self.indent if indent is None else indent) * size
        for line in wrap(text, size, self.column_width, first):
            self._room(0)
            self.canvas.setFont(FONT, size)
            self.canvas.drawString(self.x + first, self.y, line)
            self.pages[-1] += line
            self.y -= self.leading
            first = 0.0

    def note(self, text: str) -> None:
        """Put a footnote at the foot of the page, below a short rule."""
        self.canvas.line(MARGIN, MARGIN + 4, MARGIN + 120, MARGIN + 4)
        self.canvas.setFont(FONT, 9)
        self.canvas.drawString(MARGIN, MARGIN - 10, text)

    def table(
        self,
        rows: Sequence[Sequence[str]],
        *,
        rules: str = "all",
        widths: Sequence[float] | None = None,
        merged: Sequence[tuple[int, int, int, int]] = (),
    ) -> None:
        """Put a table on the page.

        Args:
            rows: cells; those that a merged one covers are empty.
            rules: "all", "three" (above, below the heads, below the table) or "none".
            widths: of the columns in points.
            merged: (row, column, rows, columns) of each merged cell.
        """
        widths = widths or [(WIDTH - 2 * MARGIN) / len(rows[0])] * len(rows[0])
        height = 1.8 * self.size
        for number, row in enumerate(rows):
            self._room(height)
            self._draw_row(rows, number, row, (widths, height), rules, merged)
            self.y -= height

    def _draw_row(self, rows, number, row, sizes, rules, merged) -> None:
        widths, height = sizes
        top, x = self.y + self.size, MARGIN
        self.canvas.setFont(FONT, self.size)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            self.canvas.drawString(x + 4, top - height + 0.6 * self.size, cell)
            if rules == "all":
                self._cell_rules(number, column, (x, top, width, height), merged)
            x += width
        if rules == "three" and number in {0, 1}:
            self.canvas.line(MARGIN, top, x, top)
        if rules == "three" and number == len(rows) - 1:
            self.canvas.line(MARGIN, top - height, x, top - height)

    def _cell_rules(self, row, column, place, merged) -> None:
        x, top, width, height = place
        cell = next((m for m in merged if m[0] <= row < m[0] + m[2] and m[1] <= column < m[1] + m[3]), None)
        first_row, first_column, rows, columns = cell or (row, column, 1, 1)
        if column == first_column:
            self.canvas.line(x, top, x, top - height)
        if column == first_column + columns - 1:
            self.canvas.line(x + width, top, x + width, top - height)
        if row == first_row:
            self.canvas.line(x, top, x + width, top)
        if row == first_row + rows - 1:
            self.canvas.line(x, top - height, x + width, top - height)

    def bytes(self, **protection: str) -> bytes:
        if protection:
            self.canvas.setEncrypt(protection["password"])
        self.canvas.showPage()
        self.canvas.save()
        return self._file.getvalue()


def wrap(text: str, size: float, width: float, first: float) -> list[str]:
    """Break a paragraph into lines; none begins with closing punctuation, no number is torn."""
    lines, line, used = [], "", first
    for piece in pieces(text):
        wide = pdfmetrics.stringWidth(piece, FONT, size)
        if line and used + wide > width:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + piece, used + wide
    return [*lines, line]


def pieces(text: str) -> list[str]:
    """Part a text at the places where a line may end."""
    parts: list[str] = []
    for character in text:
        closes = character in NO_START
        number = parts and parts[-1][-1:].isascii() and character.isascii() and character != " "
        if parts and (closes or number):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def lay_out(text: str, **options) -> tuple[bytes, list[str]]:
    """Lay a plain-text report out as PDF, its first line as the title; also the text of each page as printed."""
    layout = Layout(**options)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    layout.title(lines[0])
    for line in lines[1:]:
        layout.paragraph(line)
    return layout.bytes(), layout.pages


def scan(file: bytes, *, degrees: float = 0.6, noise: float = 8.0, dots_per_inch: int = 200) -> bytes:
    """Make a scan of a PDF: page images, slightly turned and noisy, without a text layer."""
    random = np.random.default_rng(0)
    images = []
    document = pdfium.PdfDocument(file)
    for number, page in enumerate(document):
        image = page.render(scale=dots_per_inch / 72).to_pil().convert("L")
        turned = image.rotate(degrees * (-1) ** number, resample=Image.Resampling.BICUBIC, fillcolor=255)
        pixels = np.asarray(turned, dtype=np.float32) + random.normal(0, noise, turned.size[::-1])
        images.append(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)))
    document.close()
    packed = io.BytesIO()
    images[0].save(packed, "PDF", save_all=True, append_images=images[1:], resolution=dots_per_inch, quality=80)
    return packed.getvalue()
