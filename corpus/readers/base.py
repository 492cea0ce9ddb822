"""What every reader gives: blocks of text in reading order, with what the markup says about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from corpus.types import NO_PAGES, Exhibit, Line, PageFacts, Picture, Table

# What begins the line that tells the words inside an exhibit, which are none of the report's sentences.
INSIDE = "图中文字"


@dataclass(frozen=True, slots=True)
class Block:
    """One line or block of text as a reader sees it.

    Attributes:
        text: the visible characters, without line breaks.
        level: the heading level that the markup gives (1 to 6), or 0.
        page: the page it stands on, where the format has pages.
        after_gap: whether the file sets it apart from the block before, by a blank line or as a block of its own.
        page_label: the number printed on that page, where it is another one.
        lines: its printed lines, with offsets into `text`, where the format places text on pages.
        table: which of the reader's tables it is a row of, counted from 0; its cells are parted by tabs.
        exhibits: which of the reader's exhibits stand in it or right behind it, counted from 0.
    """

    text: str
    level: int = 0
    page: int | None = None
    after_gap: bool = False
    page_label: str = ""
    lines: tuple[Line, ...] = ()
    table: int | None = None
    exhibits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document's own properties say of it: often a template's, so they are believed last."""

    title: str = ""
    author: str = ""
    date: str = ""


NO_PROPERTIES = Properties()


@dataclass(frozen=True, slots=True)
class Extract:
    """All that a reader takes out of one file.

    A table needs no place, notes, caption or unit: what a reader leaves open is found in the blocks around it. So is
    the caption of an exhibit. `inside` holds the line that tells what is printed inside each exhibit, or "".
    """

    blocks: tuple[Block, ...]
    title: str = ""
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = ()
    pages: PageFacts = NO_PAGES
    exhibits: tuple[Exhibit, ...] = ()
    pictures: tuple[Picture, ...] = ()
    properties: Properties = NO_PROPERTIES
    inside: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads one file format. A new format is one more reader in `corpus.readers.READERS`."""

    name: str
    suffixes: tuple[str, ...]

    def recognises(self, data: bytes) -> bool:
        """Say whether the content itself, under any name, is of this format."""

    def read(self, data: bytes, file: str) -> Extract:
        """Take the text out; `file` is only named in errors, which are `UnreadableFile`."""
