"""Reads PDF files: pages with text as text, pages without one, or with a garbled one, by OCR where it is installed."""

from __future__ import annotations

from corpus.errors import UnreadableFile
from corpus.fold import fold
from corpus.pdfium import PdfFile, PdfPage, open_pdf
from corpus.readers import ocr
from corpus.readers.base import Extract
from corpus.readers.pdf.cuttings import cut_out
from corpus.readers.pdf.exhibits import find_regions
from corpus.readers.pdf.garbled import is_garbled
from corpus.readers.pdf.grids import find_grids
from corpus.readers.pdf.layout import Sheet, lay_out
from corpus.readers.pdf.spans import make_spans
from corpus.readers.scans import PageLog

_SIGNATURE = b"%PDF-"
_SNIFFED_BYTES = 1_024
# Pages beyond are left out, with a warning: no report has so many.
_MOST_PAGES = 3_000
_LONGEST_TITLE = 80
_HEAD_BLOCKS = 8
# A page that is one picture under a stamp or a page number is a scan.
_SCANNED_SHARE = 0.6
_FEWEST_CHARACTERS = 40


class PdfReader:
    """Reads PDF files."""

    name = "pdf"
    suffixes: tuple[str, ...] = (".pdf",)

    def recognises(self, data: bytes) -> bool:
        """Say whether the content begins as a PDF does; some have a few bytes in front."""
        return _SIGNATURE in data[:_SNIFFED_BYTES]

    def read(self, data: bytes, file: str) -> Extract:
        """Read paragraphs and tables in reading order, with their places."""
        if not self.recognises(data):
            raise UnreadableFile(file, "it is named .pdf and is no PDF; give it the suffix of what it is")
        with open_pdf(data, file) as pdf:
            log = PageLog(pdf.pages)
            found = (_sheet(pdf, number, log) for number in range(1, min(pdf.pages, _MOST_PAGES) + 1))
            sheets = [sheet for sheet in found if sheet is not None]
            title = pdf.title
            cuttings = cut_out(sheets, pdf)
        if not sheets:
            raise UnreadableFile(file, _say_why_empty(log))
        blocks, tables = lay_out(cuttings.sheets)
        head = fold("".join(block.text for block in blocks[:_HEAD_BLOCKS]))
        # Whoever made the file may have named it after a draft: the title counts where the first page prints it.
        known = title if title and len(title) <= _LONGEST_TITLE and fold(title) in head else ""
        cut = (f"pages left out because there are too many: {_MOST_PAGES + 1}-{log.count}",)
        warnings = log.warnings() + (cut if log.count > _MOST_PAGES else ())
        return Extract(
            *(blocks, known, tables, warnings, log.facts(), tuple(cuttings.exhibits), tuple(cuttings.pictures)),
            inside=tuple(cuttings.inside),
        )


def _sheet(pdf: PdfFile, number: int, log: PageLog) -> Sheet | None:
    """Read one page: its characters if they are text, else its image."""
    page = pdf.page(number)
    if page is None:
        log.damaged.append(number)
        return None
    scanned = page.picture_share > _SCANNED_SHARE and len(page.glyphs) < _FEWEST_CHARACTERS
    garbled = is_garbled(page.glyphs)
    if page.glyphs and not garbled and not (scanned and ocr.is_available()):
        return to_sheet(page)
    sheet = None
    if ocr.is_available():
        pixels = pdf.image(number, ocr.DOTS_PER_INCH)
        sheet = None if pixels is None else log.read(number, pixels, (page.width, page.height))
    if sheet is None:
        (log.garbled if garbled else log.empty).append(number)
    return sheet


def _say_why_empty(log: PageLog) -> str:
    """Say why no page gave text."""
    if log.garbled:
        return f"its characters are garbled (a font without a character map); {_try()}"
    if log.damaged:
        return "its pages are damaged; open it in a PDF program and save it again"
    return f"its {log.count} pages are pictures without text, as a scan's are; {_try()}"


def _try() -> str:
    return "OCR found no words on them either" if ocr.is_available() else ocr.HOW_TO_INSTALL


def to_sheet(page: PdfPage) -> Sheet:
    """Part the text of a page into its ruled tables and the rest, and find its exhibits."""
    grids = find_grids(page)
    drawn = page.pictures or page.shapes
    regions = find_regions(page, make_spans(page.glyphs), grids) if drawn else ()
    grids = [grid for grid in grids if not any(region.holds(grid) for region in regions)]
    outside = [glyph for glyph in page.glyphs if not any(grid.holds(glyph) for grid in grids)]
    spans = tuple(make_spans(outside))
    return Sheet(page.number, page.width, page.height, spans, tuple(grids), page.rules, regions)
