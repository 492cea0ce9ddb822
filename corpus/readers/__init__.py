"""One reader a file format. To read a new format, write a `Reader` and add it to `READERS`."""

from __future__ import annotations

from pathlib import PurePosixPath

from corpus.readers.base import Reader
from corpus.readers.delimited import DelimitedReader
from corpus.readers.docx import DocxReader
from corpus.readers.html import HtmlReader
from corpus.readers.image import ImageReader
from corpus.readers.legacy import LegacyReader
from corpus.readers.markdown import MarkdownReader
from corpus.readers.ofd import OfdReader
from corpus.readers.pdf.reader import PdfReader
from corpus.readers.sheets import SheetReader
from corpus.readers.text import TextReader

# The first reader that recognises the content wins, then the first that knows the suffix, then the last one.
READERS: tuple[Reader, ...] = (
    *(PdfReader(), ImageReader(), DocxReader(), SheetReader(), OfdReader(), LegacyReader()),
    *(HtmlReader(), MarkdownReader(), DelimitedReader(), TextReader()),
)
SUFFIXES = frozenset(suffix for reader in READERS for suffix in reader.suffixes)


def choose_reader(data: bytes, file: str) -> Reader:
    """Choose the reader for a file, by its content first and by its name second.

    >>> choose_reader(b"<!DOCTYPE html><p>...", "saved.txt").name
    'html'
    """
    suffix = PurePosixPath(file.replace("\\", "/")).suffix.lower()
    by_content = (reader for reader in READERS if reader.recognises(data))
    by_suffix = (reader for reader in READERS if suffix in reader.suffixes)
    return next(by_content, None) or next(by_suffix, READERS[-1])
