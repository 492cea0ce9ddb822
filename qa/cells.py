"""The cell of a table that answers a question: its row is what was found, its column is the one the question names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.figures.cells import Row, head_of, read_rows, table_grid
from corpus.fold import fold
from corpus.types import Report, Table
from index.types import SentenceHit
from qa.types import TableCell

# Where a question names no column, the one with the whole or with the present year is meant.
_USUAL = (re.compile(r"总计|合计|总数"), re.compile(r"本年|当年|决算|完成"))
_LONGEST_UNIT_LINE = 30
_YEAR = re.compile(r"(?:19|20)\d\d")


def cell_at(report: Report, hit: SentenceHit, question: str) -> TableCell | None:
    """Return the cell of a found row that a question asks for; None where the sentence is no row with values.

    Args:
        report: the report of the sentence.
        hit: what was found.
        question: what was asked.
    """
    table = _table_at(report, hit)
    if table is None:
        return None
    row = next((row for row in _rows(report, table) if _touches(row, hit)), None)
    if row is None:
        return None
    values = [column for column in range(row.first, len(row.cells)) if _is_value(report, row.cells[column])]
    if not values:
        return None
    best = max(values, key=lambda column: (*_fit(head_of(row.heads, column), question), -column))
    text, start = row.cells[best]
    unit = next((figure.unit for figure in report.figures if start <= figure.start < start + len(text)), "")
    return TableCell(
        table.caption,
        row.label.row,
        head_of(row.heads, best),
        text,
        "" if unit in text else unit,
        start,
        start + len(text),
    )


def _table_at(report: Report, hit: SentenceHit) -> Table | None:
    """Return the table in which a sentence stands."""
    return next((table for table in report.tables if table.start <= hit.start < table.end), None)


def answering_row(report: Report, hit: SentenceHit, question: str) -> SentenceHit | None:
    """Return the row of the table below a found caption whose words fit a question best; None where none fits.

    A caption is found first where the question names what the table is about and the rows only its parts.
    """
    table = next((t for t in report.tables if t.caption and t.start > hit.start and _captions(report, t, hit)), None)
    if table is None:
        return None
    asked = fold(question)
    fitting = [(_share(row.label.row, asked), row) for row in _rows(report, table)]
    best, row = max(fitting, key=lambda scored: scored[0], default=(0.0, None))
    if row is None or not best:
        return None
    start = min(place for text, place in row.cells if place >= 0 and text)
    end = report.text.find("\n", start, table.end)
    end = table.end if end < 0 else end
    return replace(hit, start=start, end=end, text=report.text[start:end])


def _captions(report: Report, table: Table, hit: SentenceHit) -> bool:
    """Say whether a sentence is the caption of a table."""
    return hit.text.strip() == table.caption and len(report.text[hit.end : table.start].strip()) <= _LONGEST_UNIT_LINE


def _share(words: str, asked: str) -> float:
    """Return how much of some words stands in a question, by pairs of characters."""
    folded = fold(words)
    pairs = {folded[i : i + 2] for i in range(len(folded) - 1)}
    return sum(pair in asked for pair in pairs) / len(pairs) if pairs else 0.0


def is_head(report: Report, hit: SentenceHit) -> bool:
    """Say whether a sentence is a row of heads: words that say what the values below it are, and no answer."""
    table = _table_at(report, hit)
    first = next(iter(_rows(report, table)), None) if table is not None else None
    return first is not None and hit.end <= min(start for _, start in first.cells if start >= 0)


def _rows(report: Report, table: Table) -> Sequence[Row]:
    """Return the rows of a table that hold values."""
    own = [paragraph for paragraph in report.paragraphs if table.start <= paragraph.start < table.end]
    return list(read_rows(table_grid(report.text, table, own)))


def _touches(row: Row, hit: SentenceHit) -> bool:
    """Say whether a sentence is a row, or a part of it."""
    return any(text and hit.start < start + len(text) and start < hit.end for text, start in row.cells if start >= 0)


def _is_value(report: Report, cell: tuple[str, int]) -> bool:
    """Say whether a cell is printed here and holds a figure."""
    text, start = cell
    return start >= 0 and any(start <= figure.start < start + len(text) for figure in report.figures)


def _fit(head: str, question: str) -> tuple[float, float, int]:
    """Say how well a column's head fits a question: common words, the year, and which column is meant mostly."""
    folded, asked = fold(head), fold(question)
    common = _share(head, asked)
    years = set(_YEAR.findall(folded))
    usual = next((len(_USUAL) - i for i, pattern in enumerate(_USUAL) if pattern.search(folded)), 0)
    return common, float(bool(years & set(_YEAR.findall(asked)))) - 0.5 * bool(years), usual
