"""Pictures of pages (PNG, JPEG, TIFF), read by OCR as scans of one page each."""

from __future__ import annotations

from corpus.errors import UnreadableFile
from corpus.pictures import read_pictures
from corpus.readers import ocr
from corpus.readers.base import Extract
from corpus.readers.pdf.layout import lay_out
from corpus.readers.scans import PageLog

_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_MOST_PAGES = 500


class ImageReader:
    """Reads pictures of pages."""

    name = "image"
    suffixes: tuple[str, ...] = (".png", ".jpg", ".jpeg", ".tif", ".tiff")

    def recognises(self, data: bytes) -> bool:
        """Say whether the content begins as a picture does."""
        return data.startswith(_SIGNATURES)

    def read(self, data: bytes, file: str) -> Extract:
        """Read the words of each picture, with their places."""
        if not self.recognises(data):
            raise UnreadableFile(file, "it is named as a picture and is none; give it the suffix of what it is")
        if not ocr.is_available():
            raise UnreadableFile(file, f"it is a picture; {ocr.HOW_TO_INSTALL}")
        log = PageLog(0)
        sheets = []
        for number, pixels in enumerate(read_pictures(data, file), start=1):
            if number > _MOST_PAGES:
                raise UnreadableFile(file, f"it has more than {_MOST_PAGES} pages; split it")
            log.count = number
            points = 72 / ocr.DOTS_PER_INCH
            sheet = log.read(number, pixels, (pixels.shape[1] * points, pixels.shape[0] * points))
            if sheet is None:
                log.empty.append(number)
            else:
                sheets.append(sheet)
        if not sheets:
            raise UnreadableFile(file, "there are no words in the picture")
        blocks, tables = lay_out(sheets)
        return Extract(blocks, tables=tables, warnings=log.warnings(), pages=log.facts())
