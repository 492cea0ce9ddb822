"""PDF files: their characters, rules and pictures with places, and page images. The one importer of `pypdfium2`.

Places are in points from the top left corner of the page as it is shown, whatever its rotation and crop box.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from corpus.errors import UnreadableFile

# A page image never has more pixels, however large the page claims to be.
_MOST_PIXELS = 25_000_000
_MOST_OBJECTS = 20_000
# A filled shape shows soon whether it has curves; text drawn as shapes has thousands of them.
_SEGMENTS_LOOKED_AT = 16
# A filled shape this thin is a rule; a slope this small is none.
_RULE_POINTS = 2.5
_LEVEL_POINTS = 0.8
_QUARTER, _ASLANT = math.pi / 2, 0.1
_HYPHEN_MARKS = frozenset({0x02, 0xFFFE})


class Glyph(NamedTuple):
    """One printed character; `spaced` says that white space stands in front of it, `broken` that it has no meaning."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    spaced: bool
    broken: bool


class Rule(NamedTuple):
    """A straight line, horizontal or vertical."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Whether it is horizontal."""
        return self.x1 - self.x0 >= self.bottom - self.top


class Shape(NamedTuple):
    """A picture, or a drawn shape that is no straight level or upright line.

    `bends` counts the curves and slanting lines of its outline; those of a rectangle are 0.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    filled: bool = False
    bends: int = 0


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What one page prints, in the order of its content stream.

    Attributes:
        number: from 1.
        width: in points.
        height: in points.
        glyphs: characters that print something.
        rules: straight lines.
        pictures: the places of its pictures.
        shapes: what else is drawn.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Shape, ...] = ()
    shapes: tuple[Shape, ...] = ()

    @property
    def picture_share(self) -> float:
        """Share of the page that pictures cover, 0 to 1."""
        covered = (
            max(min(x1, self.width) - max(x0, 0.0), 0.0) * max(min(bottom, self.height) - max(top, 0.0), 0.0)
            for x0, top, x1, bottom, *_ in self.pictures
        )
        return min(sum(covered) / max(self.width * self.height, 1.0), 1.0)


class PdfFile:
    """An open PDF file."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self._document = document
        self.pages = len(document)

    @property
    def title(self) -> str:
        """The title among the document's properties; whoever made the file may never have looked at it."""
        return str(self._document.get_metadata_dict().get("Title", "")).strip()

    def page(self, number: int) -> PdfPage | None:
        """Read a page, counted from 1; None if it is damaged."""
        try:
            page = self._document[number - 1]
        except pdfium.PdfiumError:
            return None
        try:
            frame = _Frame(page)
            glyphs = tuple(_read_glyphs(page, frame))
            rules: list[Rule] = []
            pictures: list[Shape] = []
            shapes: list[Shape] = []
            for kind, item, place in _objects(page, frame):
                if kind == raw.FPDF_PAGEOBJ_IMAGE:
                    pictures.append(Shape(*place))
                else:
                    _add_path(item, place, frame, rules, shapes)
            return PdfPage(number, frame.width, frame.height, glyphs, tuple(rules), tuple(pictures), tuple(shapes))
        finally:
            page.close()

    def image(self, number: int, dots_per_inch: float, max_width: int | None = None) -> NDArray[np.uint8] | None:
        """Draw a page, counted from 1, as (height, width, 3) uint8 RGB; None if it is damaged.

        Args:
            number: the page.
            dots_per_inch: how finely; less where the page is so large that the image would not fit into memory.
            max_width: of the image in pixels.
        """
        try:
            page = self._document[number - 1]
        except pdfium.PdfiumError:
            return None
        try:
            width, height = page.get_size()
            scale = min(dots_per_inch / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            scale = min(scale, max_width / max(width, 1.0)) if max_width else scale
            drawn: NDArray[np.uint8] = page.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3].copy()
            return drawn
        finally:
            page.close()


@contextmanager
def open_pdf(data: bytes, file: str) -> Iterator[PdfFile]:
    """Open a PDF file from its bytes.

    Raises:
        UnreadableFile: it needs a password, is damaged, or has no pages.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableFile(file, _say_why(data)) from error
    try:
        if not len(document):
            raise UnreadableFile(file, "the PDF has no pages")
        yield PdfFile(document)
    finally:
        document.close()


def _say_why(data: bytes) -> str:
    """Say why a PDF cannot be opened."""
    code = raw.FPDF_GetLastError()
    if code == raw.FPDF_ERR_PASSWORD:
        return "the PDF is protected by a password; save a copy without one"
    if code == raw.FPDF_ERR_SECURITY:
        return "the PDF is encrypted in a way that is not known; save a copy without encryption"
    if b"%%EOF" not in data[-2_048:]:
        return "the PDF is damaged: its end is missing, as after a download that broke off; fetch it again"
    return "the PDF is damaged; open it in a PDF program and save it again"


class _Frame:
    """Turns the coordinates of a page's content into points from the top left corner of the page as shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.width, self.height = page.get_size()
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._turns = page.get_rotation() // 90

    def place(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Give (x0, top, x1, bottom) of a rectangle of the content."""
        match self._turns:
            case 1:
                return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
            case 2:
                return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
            case 3:
                return self._top - top, self._right - right, self._top - bottom, self._right - left
            case _:
                return left - self._left, self._top - top, right - self._left, self._top - bottom


def _read_glyphs(page: pdfium.PdfPage, frame: _Frame) -> list[Glyph]:
    """Read the characters of a page that print something and lie on it; those set aslant are a watermark's."""
    text = page.get_textpage()
    box = raw.FS_RECTF()
    at_box = ctypes.byref(box)
    handle, place = text.raw, frame.place
    glyphs: list[Glyph] = []
    spaced = False
    high = 0
    for index in range(raw.FPDFText_CountChars(handle)):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in _HYPHEN_MARKS:
            code = 0x2D
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        character = chr(code)
        if character.isspace():
            # pdfium makes up white space in wide gaps; how wide they are is judged elsewhere.
            spaced = spaced or not raw.FPDFText_IsGenerated(handle, index)
            continue
        slope = raw.FPDFText_GetCharAngle(handle, index) % _QUARTER
        if _ASLANT < slope < _QUARTER - _ASLANT or not raw.FPDFText_GetLooseCharBox(handle, index, at_box):
            continue
        x0, top, x1, bottom = place(box.left, box.bottom, box.right, box.top)
        if x1 < 0 or bottom < 0 or x0 > frame.width or top > frame.height:
            continue
        broken = code == 0 or (code < 0x20) or code == 0xFFFD or 0xE000 <= code < 0xF900 or code >= 0xF0000
        glyphs.append(Glyph(character, x0, top, x1, bottom, spaced, broken))
        spaced = False
    text.close()
    return glyphs


_Place = tuple[float, float, float, float]


def _objects(page: pdfium.PdfPage, frame: _Frame) -> Iterator[tuple[int, pdfium.PdfObject, _Place]]:
    """Give the paths and pictures of a page with their places, those inside forms too."""
    for number, item in enumerate(page.get_objects((raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=3)):
        if number >= _MOST_OBJECTS:
            return
        with suppress(pdfium.PdfiumError):
            yield item.type, item, frame.place(*item.get_bounds())


def _add_path(item: pdfium.PdfObject, place: _Place, frame: _Frame, rules: list[Rule], shapes: list[Shape]) -> None:
    """Add the rules that a path draws (thin shapes as a whole, stroked outlines edge by edge), and its shape."""
    x0, top, x1, bottom = place
    if min(x1 - x0, bottom - top) <= _RULE_POINTS:
        rules += [Rule(*place)] if max(x1 - x0, bottom - top) > _RULE_POINTS else []
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    edges, bends = _edges(item, frame, _MOST_OBJECTS if stroke.value else _SEGMENTS_LOOKED_AT)
    rules += edges if stroke.value else []
    if fill.value or stroke.value:
        shapes.append(Shape(*place, bool(fill.value), bends))


def _edges(item: pdfium.PdfObject, frame: _Frame, most: int) -> tuple[list[Rule], int]:
    """Give the level and upright edges among the first edges of a path, and how many other ones there are."""
    matrix = item.get_matrix()
    rules: list[Rule] = []
    bends = 0
    first = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(item.raw), most)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            rules += (edge := _edge(last, point, frame))
            bends += not edge and _is_aslant(last, point)
        else:
            bends += 1
        if raw.FPDFPathSegment_GetClose(segment):
            rules += _edge(point, first, frame)
        last = point
    return rules, bends


def _is_aslant(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return min(abs(one[0] - other[0]), abs(one[1] - other[1])) > _LEVEL_POINTS


def _edge(one: tuple[float, float], other: tuple[float, float], frame: _Frame) -> list[Rule]:
    """Give the rule between two points if it is level or upright."""
    (xa, ya), (xb, yb) = one, other
    if min(abs(xa - xb), abs(ya - yb)) > _LEVEL_POINTS or max(abs(xa - xb), abs(ya - yb)) <= _RULE_POINTS:
        return []
    return [Rule(*frame.place(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))]
