"""From bytes to text: byte-order marks, UTF-8, UTF-16 and GB18030; a file that is no text is named for what it is."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from corpus.errors import UnreadableFile

# No report is nearly as long (the longest known ones have 100 kB); more than this is another kind of file, and one
# that would hold up the index for minutes.
LARGEST_TEXT_BYTES = 20_000_000
# Scans of long reports have a megabyte a page.
LARGEST_FILE_BYTES = 300_000_000

# How files that are often misnamed .txt begin, and what a person calls them.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document (DOCX, XLSX, OFD)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (DOC, XLS, WPS)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "a GZIP archive"),
    (b"BZh", "a BZIP2 archive"),
    (b"\xfd7zXZ\x00", "an XZ archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
)
_BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_LARGEST_DAMAGED_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was in, and how many characters could not be decoded."""

    text: str
    encoding: str
    damaged: int = 0


def guard_size(size_bytes: int, file: str, largest: int = LARGEST_FILE_BYTES) -> None:
    """Refuse an empty file and one that is too large."""
    if size_bytes == 0:
        raise UnreadableFile(file, "the file is empty")
    if size_bytes > largest:
        raise UnreadableFile(
            file,
            f"it has {size_bytes / 1e6:.1f} MB and the limit is {largest / 1e6:.0f} MB for a file of its kind; "
            "split it or take out what is no report",
        )


def name_binary(data: bytes) -> str:
    """Say what a file seems to be if it begins like a well-known binary format; else an empty string.

    >>> name_binary(b"%PDF-1.7 ...")
    'a PDF document'
    """
    return next((name for signature, name in _SIGNATURES if data.startswith(signature)), "")


def decode(data: bytes, file: str, declared: str = "") -> Decoded:
    """Decode a file's bytes, trying the byte-order mark, the declared encoding, UTF-8 and GB18030 in this order.

    Args:
        data: the bytes of the file.
        file: the file's label for the error message.
        declared: the encoding that the file itself names, as an HTML page does.

    >>> decode("政府工作报告".encode("gb18030"), "a.txt")
    Decoded(text='政府工作报告', encoding='gb18030', damaged=0)
    """
    guard_size(len(data), file, LARGEST_TEXT_BYTES)
    binary = name_binary(data)
    if binary:
        raise UnreadableFile(file, f"it seems to be {binary}; save its text as UTF-8 first")
    decoded = _decode_marked(data) or _decode_guessed(data, declared)
    damaged = len(_CONTROL.findall(decoded.text))
    # One character more, so that a short file that was cut inside its last one is still read.
    if damaged > 1 + _LARGEST_DAMAGED_SHARE * len(decoded.text):
        raise UnreadableFile(file, "it seems to be a binary file, no text; save its text as UTF-8 first")
    return Decoded(_CONTROL.sub("", decoded.text), decoded.encoding, damaged)


def _decode_marked(data: bytes) -> Decoded | None:
    """Decode by the byte-order mark, if there is one."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, errors="replace"), encoding)
    return None


def _decode_guessed(data: bytes, declared: str) -> Decoded:
    """Decode strictly by each likely encoding; where none fits, as UTF-8 with its bad places replaced."""
    for encoding in (declared, "utf-8", "gb18030"):
        if not encoding:
            continue
        try:
            return Decoded(data.decode(encoding), encoding)
        except (UnicodeError, LookupError):
            continue
    # A cut or slightly damaged file: the encoding that loses less is the right one.
    guesses = [Decoded(data.decode(encoding, errors="replace"), encoding) for encoding in ("utf-8", "gb18030")]
    return min(guesses, key=lambda guess: guess.text.count("\ufffd"))
