"""Tables as delimited text (CSV): the delimiter is the one that cuts most lines alike."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from corpus.decode import decode
from corpus.errors import UnreadableFile
from corpus.readers.base import Extract
from corpus.readers.regions import lay_regions
from corpus.readers.text import encoding_warnings
from corpus.tables import Cell, join_lines

_DELIMITERS = ",\t;|，"
_LOOKED_AT_LINES = 50
_MOST_ROWS = 20_000
_LARGEST_CELL = 1_000_000


class DelimitedReader:
    """Reads CSV and TSV in any encoding that texts come in."""

    name = "csv"
    suffixes: tuple[str, ...] = (".csv",)

    def recognises(self, data: bytes) -> bool:
        """Delimited text is text like any other: only its suffix tells."""
        return False

    def read(self, data: bytes, file: str) -> Extract:
        """Read one block a row."""
        decoded = decode(data, file)
        csv.field_size_limit(_LARGEST_CELL)
        reader = csv.reader(io.StringIO(decoded.text), delimiter=guess_delimiter(decoded.text))
        try:
            rows = [[Cell(join_lines(text.splitlines())) for text in row] for row in islice(reader, _MOST_ROWS + 1)]
        except csv.Error as error:
            raise UnreadableFile(file, f"line {reader.line_num} is no row of cells: {error}") from error
        warnings = encoding_warnings(decoded)
        if len(rows) > _MOST_ROWS:
            warnings += (f"rows beyond the {_MOST_ROWS}th were left out",)
        blocks, tables = lay_regions(rows[:_MOST_ROWS], "", 0)
        return Extract(tuple(blocks), tables=tuple(tables), warnings=warnings)


def guess_delimiter(text: str) -> str:
    r"""Guess what parts the cells: the sign that cuts most lines into as many cells as most others.

    >>> guess_delimiter("项目;数量\n甲,乙;3\n丙;4")
    ';'
    """
    lines = [line for line in islice(io.StringIO(text), _LOOKED_AT_LINES) if line.strip()]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = Counter(line.count(delimiter) for line in lines)
        counts.pop(0, None)
        common, number = counts.most_common(1)[0] if counts else (0, 0)
        return number, common

    return max(_DELIMITERS, key=agreement)
