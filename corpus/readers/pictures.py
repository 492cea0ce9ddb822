"""The pictures inside documents: which of them are exhibits, and their images."""

from __future__ import annotations

import base64
import hashlib
import re

from corpus.types import Picture

# What a browser shows; the metafiles of office programs are none of it.
_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF8", ".gif"),
    (b"BM", ".bmp"),
)
_NAME_DIGITS = 16
# 图片 1, image3.png and what a program guessed are no words about a picture.
_NO_ALTERNATIVE = re.compile(
    r"(?:图片|图像|图形|图表|文本框|形状|对象|Picture|Image|Chart)\s*\d*$|.*\.\w{3,4}$|.*自动生成"
)
_FEWEST_CHINESE = 4
_DATA_IMAGE = re.compile(r"data:image/\w{3,10};base64,", re.IGNORECASE)
_LARGEST_DATA_IMAGE = 10_000_000
# Smaller pictures are icons.
_SMALLEST_IMAGE_BYTES = 1_500


def make_picture(data: bytes) -> Picture | None:
    """Make a picture of an image's bytes; None for a format that browsers do not show."""
    suffix = next((suffix for signature, suffix in _FORMATS if data.startswith(signature)), "")
    return Picture(hashlib.sha256(data).hexdigest()[:_NAME_DIGITS] + suffix, data) if suffix else None


def inline_picture(source: str) -> Picture | None:
    """Return the picture that is written into a page's own source; None for a small one and for one kept beside."""
    if not _DATA_IMAGE.match(source) or len(source) > _LARGEST_DATA_IMAGE:
        return None
    try:
        data = base64.b64decode(source.partition(",")[2], validate=False)
    except ValueError:
        return None
    return make_picture(data) if len(data) >= _SMALLEST_IMAGE_BYTES else None


def read_alternative(text: str) -> str:
    """Return the words that describe a picture for those who cannot see it; "" where they say nothing.

    >>> read_alternative("行政执法流程图"), read_alternative("图片 3"), read_alternative("a.png")
    ('行政执法流程图', '', '')
    """
    words = " ".join(text.split())
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in words)
    return "" if chinese < _FEWEST_CHINESE or _NO_ALTERNATIVE.match(words) else words[:80]
