"""The image of a page of the original file, for the reader who wants to see where a quote stands."""

from __future__ import annotations

import hashlib
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnreadableFile
from corpus.pdfium import open_pdf
from corpus.pictures import read_pictures, to_png
from corpus.readers import choose_reader

_DOTS_PER_INCH = 200


def page_png(path: Path, sha256: str, page: int, max_width: int) -> bytes:
    """Draw a page of a PDF or of a picture file as PNG.

    The boxes of lines and quotes are fractions of this image. Native libraries draw it: call it in a
    `corpus.worker.Worker` where a crash must cost no more than the page.

    Args:
        path: the original file.
        sha256: of the file that was indexed; another content is refused, since the boxes would lie.
        page: counted from 1.
        max_width: of the image in pixels.

    Raises:
        UnreadableFile: the file is gone, is another one by now, or has no such page.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path.name, "the original file is not there any more; build the index again") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise UnreadableFile(path.name, "the original file has changed since it was indexed; build the index again")
    return to_png(_draw(data, path.name, page, max_width))


def has_pages(data: bytes, file: str) -> bool:
    """Say whether a file is of a format whose pages can be drawn.

    >>> has_pages(b"%PDF-1.7 ...", "a.pdf"), has_pages("云溪县".encode(), "a.txt")
    (True, False)
    """
    return choose_reader(data, file).name in {"pdf", "image"}


def _draw(data: bytes, file: str, page: int, max_width: int) -> NDArray[np.uint8]:
    """Draw a page as pixels."""
    match choose_reader(data, file).name:
        case "pdf":
            with open_pdf(data, file) as pdf:
                drawn = pdf.image(page, _DOTS_PER_INCH, max_width) if 1 <= page <= pdf.pages else None
        case "image":
            drawn = next(islice(read_pictures(data, file, max_width), page - 1, page), None) if page > 0 else None
        case _:
            raise UnreadableFile(file, "files of its format have no pages to draw")
    if drawn is None:
        raise UnreadableFile(file, f"it has no page {page} that can be drawn")
    return drawn
