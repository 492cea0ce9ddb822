"""Exhibits cut out of the pages of a PDF, as images."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from corpus.pdfium import PdfFile
from corpus.pictures import to_png
from corpus.readers import ocr
from corpus.readers.base import INSIDE
from corpus.readers.pdf.exhibits import Placement, Region, drop_recurring
from corpus.readers.pdf.layout import Sheet
from corpus.readers.pictures import make_picture
from corpus.types import Exhibit, Picture

_DOTS_PER_INCH = 150
# No report has more; a file of drawings is to cost no more time than these.
_MOST_EXHIBITS = 200
# Reading one by OCR takes a second or more.
_MOST_READ = 40
_WORDS = re.compile("[\u4e00-\u9fff]{2}")
_NUMBER = re.compile(
    "[0-9０-９%％‰]|分之|[一二两三四五六七八九十百千万亿]{2}|[一二两三四五六七八九十半][成倍个件项次人家名元天]"
)
# White space around what is cut out, in points.
_RIM = 3.0
# A cutting in which no pixel is darker or lighter than the others shows nothing.
_LEAST_CONTRAST = 16


@dataclass(slots=True)
class Cuttings:
    """The exhibits of a file.

    Attributes:
        sheets: the pages with their exhibits placed, and without the text inside them.
        exhibits: the exhibits in order.
        pictures: the image of each.
        inside: the line that tells what is printed inside each, or "".
    """

    sheets: list[Sheet] = field(default_factory=list)
    exhibits: list[Exhibit] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)


def cut_out(sheets: Sequence[Sheet], pdf: PdfFile) -> Cuttings:
    """Cut the exhibits out of the pages of a file, and the text inside them out of its text."""
    cuttings = Cuttings()
    for sheet, regions in zip(sheets, drop_recurring([sheet.regions for sheet in sheets]), strict=True):
        found: list[Placement] = []
        count = len(cuttings.exhibits)
        for region, pixels, picture in _cut(pdf, sheet, regions) if count < _MOST_EXHIBITS else ():
            found.append(Placement(len(cuttings.exhibits), region))
            cuttings.exhibits.append(Exhibit("", "", sheet.number, picture.name))
            cuttings.pictures.append(picture)
            cuttings.inside.append(_read_inside(sheet, region, pixels if count < _MOST_READ else None))
        outside = tuple(span for span in sheet.spans if not any(place.region.holds(span) for place in found))
        cuttings.sheets.append(replace(sheet, spans=outside, exhibits=tuple(found)))
    return cuttings


def _read_inside(sheet: Sheet, region: Region, pixels: NDArray[np.uint8] | None) -> str:
    """Return the line that tells the words inside an exhibit: the file's own, else those that OCR reads.

    Numbers are left out: no value is read off a chart.
    """
    own = [span for span in sheet.spans if region.holds(span)]
    by_ocr = not own and pixels is not None and ocr.is_available()
    spans = ocr.read_picture(pixels).spans if by_ocr and pixels is not None else own
    words = dict.fromkeys(
        span.text.strip() for span in sorted(spans, key=lambda span: (round(span.middle / max(span.em, 1.0)), span.x0))
    )
    told = "、".join(word for word in words if _WORDS.search(word) and not _NUMBER.search(word))
    return f"{INSIDE}{'（OCR识别）' if by_ocr else ''}：{told}。" if told else ""


def _cut(pdf: PdfFile, sheet: Sheet, regions: Sequence[Region]) -> Iterator[tuple[Region, NDArray[np.uint8], Picture]]:
    """Yield those regions of a page where something is to be seen, with their images."""
    drawn = pdf.image(sheet.number, _DOTS_PER_INCH) if regions else None
    if drawn is None:
        return
    across, down = drawn.shape[1] / sheet.width, drawn.shape[0] / sheet.height
    for region in regions:
        left, right = max(int((region.x0 - _RIM) * across), 0), int((region.x1 + _RIM) * across) + 1
        top, bottom = max(int((region.top - _RIM) * down), 0), int((region.bottom + _RIM) * down) + 1
        pixels = drawn[top:bottom, left:right]
        seen = pixels.size and int(pixels.max()) - int(pixels.min()) >= _LEAST_CONTRAST
        picture = make_picture(to_png(pixels)) if seen else None
        if picture is not None:
            yield region, pixels, picture
