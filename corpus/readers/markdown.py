"""Markdown: what a reader sees, without the markup; headings keep their levels and tables their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.decode import decode
from corpus.readers.base import Block, Extract
from corpus.readers.html import fragment_lines
from corpus.readers.text import TextReader, encoding_warnings
from corpus.tables import Cell, lay_out
from corpus.types import Table

# A front matter between two lines of dashes is for programs, no part of the page.
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n){0,60}?---[ \t]*\n")
# The parser takes seconds for more; a longer file is read as plain text.
_LARGEST_MARKDOWN_CHARACTERS = 2_000_000
# The parser leaves out what is nested deeper.
_DEEPEST_NESTING = 200
_BREAKS = frozenset({"softbreak", "hardbreak"})


class MarkdownReader:
    """Reads Markdown with tables."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def recognises(self, data: bytes) -> bool:
        """Markdown is text like any other: only its suffix tells."""
        return False

    def read(self, data: bytes, file: str) -> Extract:
        """Read one block for each paragraph, heading, list item and table row."""
        decoded = decode(data, file)
        if len(decoded.text) > _LARGEST_MARKDOWN_CHARACTERS:
            plain = TextReader().read(data, file)
            warning = "too long for Markdown: read as plain text"
            return Extract(plain.blocks, tables=plain.tables, warnings=(*plain.warnings, warning))
        source = _FRONT_MATTER.sub("", decoded.text.replace("\r\n", "\n"))
        tokens = MarkdownIt("commonmark", {"maxNesting": _DEEPEST_NESTING}).enable("table").parse(source)
        page = _Page([], [])
        page.add(tokens)
        title = next((block.text for block in page.blocks if block.level == 1), "")
        return Extract(tuple(page.blocks), title, tuple(page.tables), encoding_warnings(decoded))


@dataclass(frozen=True, slots=True)
class _Page:
    """Collects what the tokens of a page print."""

    blocks: list[Block]
    tables: list[Table]

    def add(self, tokens: Sequence[Token]) -> None:
        """Add the blocks and tables of a page's tokens."""
        level, number = 0, ""
        rows: list[list[str]] = []
        for token in tokens:
            if token.type == "heading_open":
                level = int(token.tag[1:])
            elif token.type == "list_item_open":
                number = token.info + token.markup if token.info else ""
            elif token.type == "tr_open":
                rows.append([])
            elif token.type == "table_close":
                self._add_table(rows)
                rows = []
            elif token.type == "inline" and rows:
                rows[-1].append(" ".join(_printed_lines(token)))
            elif token.type in {"inline", "fence", "code_block", "html_block"}:
                self._add_lines(_block_lines(token), level, number)
                level, number = 0, ""

    def _add_lines(self, lines: Sequence[str], level: int, number: str) -> None:
        """Add the lines of one block; the first carries the number of its list item."""
        for position, line in enumerate(lines):
            text = f"{number} {line}" if number and not position else line
            if text.strip():
                self.blocks.append(Block(text.strip(), level, after_gap=True))

    def _add_table(self, rows: list[list[str]]) -> None:
        """Add a table, and its rows as lines of text."""
        laid = lay_out([[Cell(text) for text in row] for row in rows])
        self.blocks.extend(Block(line, after_gap=True, table=len(self.tables)) for line in laid.lines)
        self.tables.append(Table("", "", laid.rows))


def _block_lines(token: Token) -> list[str]:
    """Take the printed lines of a block token."""
    if token.type == "inline":
        return list(_printed_lines(token))
    return fragment_lines(token.content) if token.type == "html_block" else token.content.splitlines()


def _printed_lines(token: Token) -> Iterator[str]:
    """Yield the lines that an inline token prints; its markup, links' addresses and comments are not printed."""
    line: list[str] = []
    for child in token.children or ():
        if child.type in _BREAKS:
            yield "".join(line)
            line = []
        elif child.type in {"text", "code_inline", "image"}:
            line.append(child.content)
    yield "".join(line)
