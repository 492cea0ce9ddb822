"""Exhibits cut out of the pages of a PDF, as images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.pdfium import PdfFile
from corpus.pictures import to_png
from corpus.readers.pdf.exhibits import Placement, Region, drop_recurring
from corpus.readers.pdf.layout import Sheet
from corpus.readers.pictures import make_picture
from corpus.types import Exhibit, Picture

_DOTS_PER_INCH = 150
# No report has more; a file of drawings is to cost no more time than these.
_MOST_EXHIBITS = 200
# White space around what is cut out, in points.
_RIM = 3.0
# A cutting in which no pixel is darker or lighter than the others shows nothing.
_LEAST_CONTRAST = 16


def cut_out(sheets: Sequence[Sheet], pdf: PdfFile) -> tuple[list[Sheet], tuple[Exhibit, ...], tuple[Picture, ...]]:
    """Cut the exhibits out of the pages of a file, and the text inside them out of its text.

    Returns:
        The sheets with their exhibits placed, the exhibits, and their images.
    """
    placed: list[Sheet] = []
    exhibits: list[Exhibit] = []
    pictures: list[Picture] = []
    for sheet, regions in zip(sheets, drop_recurring([sheet.regions for sheet in sheets]), strict=True):
        found: list[Placement] = []
        for region, picture in _cut(pdf, sheet, regions) if len(exhibits) < _MOST_EXHIBITS else ():
            found.append(Placement(len(exhibits), region))
            exhibits.append(Exhibit("", "", sheet.number, picture.name))
            pictures.append(picture)
        outside = tuple(span for span in sheet.spans if not any(place.region.holds(span) for place in found))
        placed.append(replace(sheet, spans=outside, exhibits=tuple(found)))
    return placed, tuple(exhibits), tuple(pictures)


def _cut(pdf: PdfFile, sheet: Sheet, regions: Sequence[Region]) -> Iterator[tuple[Region, Picture]]:
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
            yield region, picture
