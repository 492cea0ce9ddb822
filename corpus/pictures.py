"""Pictures: from files to pixels and from pixels to PNG. The one importer of `PIL`."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from corpus.errors import UnreadableFile

# A page at 200 dpi has 4 million pixels; a file that claims more than this is no scan of one.
_MOST_PIXELS = 80_000_000
_LONGEST_SIDE = 3_400
_FORMATS = ("PNG", "JPEG", "TIFF")


def read_pictures(data: bytes, file: str, max_width: int = _LONGEST_SIDE) -> Iterator[NDArray[np.uint8]]:
    """Give the pictures of a file, one a page, as (height, width, 3) uint8 RGB, upright and at most 3,400 pixels long.

    Args:
        data: the bytes of the file.
        file: named in errors.
        max_width: of each picture, in pixels.

    Raises:
        UnreadableFile: it is damaged, or so large that it would not fit into memory.
    """
    try:
        with _open(data) as opened:
            for frame in ImageSequence.Iterator(opened):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise Image.DecompressionBombError
                upright = ImageOps.exif_transpose(frame).convert("RGB")
                upright.thumbnail((max_width, _LONGEST_SIDE))
                yield np.asarray(upright)
    except Image.DecompressionBombError as error:
        raise UnreadableFile(file, "the picture is too large; scan it again at 200 dots per inch") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableFile(file, "the picture is damaged; scan or save it again") from error


def _open(data: bytes) -> Image.Image:
    """Open a picture without decoding it; one that PIL would only warn of is an error here."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return Image.open(io.BytesIO(data), formats=_FORMATS)
        except Image.DecompressionBombWarning as warning:
            raise Image.DecompressionBombError from warning


def to_png(pixels: NDArray[np.uint8]) -> bytes:
    """Pack (height, width, 3) uint8 RGB pixels as a PNG file."""
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, format="PNG", optimize=False)
    return packed.getvalue()
