"""Plain text: one block a line, tables from tab-separated rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.decode import Decoded, decode
from corpus.readers.base import Block, Extract
from corpus.tables import is_row, split_row, table_runs
from corpus.types import Table

# A zero-width line is no gap: web pages put one in the middle of a paragraph.
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
# Python would also split at rare separators that appear inside lines of damaged files; a report's lines end so:
_LINE_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


class TextReader:
    """Reads plain text in UTF-8, UTF-16 or GB18030."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt",)

    def recognises(self, data: bytes) -> bool:
        """Plain text has no signature: it is what remains when no other reader knows the content."""
        return False

    def read(self, data: bytes, file: str) -> Extract:
        """Read one block a line."""
        decoded = decode(data, file)
        lines = decoded.text.replace("\r\n", "\n").translate(_LINE_ENDS).split("\n")
        blocks = _blocks(lines)
        runs = table_runs([block.text for block in blocks])
        tables = tuple(
            Table("", "", tuple(split_row(block.text) for block in blocks[run.start : run.stop])) for run in runs
        )
        return Extract(number_rows(blocks, runs), tables=tables, warnings=encoding_warnings(decoded))


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    """Make blocks of the lines that print something, and note which ones follow a blank line."""
    blocks: list[Block] = []
    gap = True
    for line in lines:
        printed = line.strip().strip(_ZERO_WIDTH).strip()
        if printed:
            # The tab before a first cell that is empty keeps the columns in their places.
            text = "\t" * is_row(line) * line.startswith("\t") + printed if is_row(printed) else printed
            blocks.append(Block(text, after_gap=gap))
        gap = not line.strip() if not printed else False
    return tuple(blocks)


def number_rows(blocks: Sequence[Block], runs: Sequence[range]) -> tuple[Block, ...]:
    """Say of each block which table it is a row of."""
    table_of = {row: number for number, run in enumerate(runs) for row in run}
    return tuple(replace(block, table=table_of.get(index)) for index, block in enumerate(blocks))


def encoding_warnings(decoded: Decoded) -> tuple[str, ...]:
    """Say how many characters of a file were lost in decoding, if any."""
    if not decoded.damaged:
        return ()
    return (f"{decoded.damaged} characters could not be decoded as {decoded.encoding} and were left out",)
