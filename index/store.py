"""Reports, sections, figures and chunks in SQLite: written once per version by `index.store_writer`, then only read."""

from __future__ import annotations

import json
import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.duplicates import Outline
from corpus.fold import fold
from corpus.ingest import Ingest, import_ingest
from corpus.types import Exhibit, Fact, Figure, Origin, Paragraph, Report, Section, Table
from index.errors import IndexDamaged, UnknownReport
from index.geometry import unpack_lines, unpack_pages
from index.ledger import COLUMNS, COMMON, FigureFilter, LedgerFigure, row_figure
from index.store_writer import NAME
from index.types import Chunk, ReportCard

# Those of a `ReportCard`, in its order; the last two are packed as JSON.
_COLUMNS = ", ".join(field.name for field in fields(ReportCard))
_CARD = "report_id, file, title, issuer, kind, year, date, document_number, source, warnings, facts"


def _facts(row: sqlite3.Row) -> dict[str, Any]:
    """Return a report's columns by name."""
    return {**dict(row), "warnings": _warnings(row["warnings"]), "facts": _origins(row["facts"])}


def _card(row: Sequence[Any]) -> ReportCard:
    """Return the card of a report from its columns in order."""
    values = [*row[:-2], _warnings(row[-2]), _origins(row[-1])]
    return ReportCard(*values)


# Thousands of reports share a few dozen of these, and all are read when an index is opened.
@lru_cache(maxsize=1024)
def _origins(packed: str) -> tuple[Fact, ...]:
    return tuple(Fact(name, Origin(origin), confidence) for name, origin, confidence in json.loads(packed))


@lru_cache(maxsize=1024)
def _warnings(packed: str) -> tuple[str, ...]:
    return tuple(json.loads(packed))


class Store:
    """A version's reports and chunks, read-only and safe to use from several threads."""

    @classmethod
    def open(cls, folder: Path, home: Path) -> Store:
        """Open the store of a version.

        Raises:
            IndexDamaged: if it is no store or not whole.
        """
        try:
            return cls(folder / NAME)
        except (OSError, ValueError, sqlite3.Error) as error:
            raise IndexDamaged(home, f"{NAME} cannot be read ({error})") from error

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = threading.local()
        self._cached_report = lru_cache(maxsize=64)(self._read_report)
        self._cached_chunk = lru_cache(maxsize=4096)(self._read_chunk)
        self._rows: dict[str, range] = self._read_rows()
        self._card_of = self._read_cards()
        self.cards: tuple[ReportCard, ...] = tuple(self._card_of[key] for key in self._rows if key in self._card_of)
        self._first_rows = [rows.start for rows in self._rows.values()]

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            # immutable: nobody writes a finished version, so SQLite needs no lock and no journal beside it.
            uri = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
            connection = self._threads.connection = sqlite3.connect(uri, uri=True)
            connection.row_factory = sqlite3.Row
            connection.create_function("fold", 1, fold, deterministic=True)
        return connection

    def _read_rows(self) -> dict[str, range]:
        """Return the rows of each report's chunks, in the order of the reports."""
        cursor = self._connection.cursor()
        # Plain tuples: named rows take several times as long, and here are all reports.
        cursor.row_factory = None
        spans = cursor.execute("SELECT report_id, first_row, chunk_count FROM places ORDER BY position")
        return {key: range(first, first + count) for key, first, count in spans}

    def _read_cards(self) -> dict[str, ReportCard]:
        cursor = self._connection.cursor()
        cursor.row_factory = None
        cards = map(_card, cursor.execute(f"SELECT {_COLUMNS} FROM reports"))
        return {card.report_id: card for card in cards}

    def card(self, report_id: str) -> ReportCard:
        """Return what is known of a report without its text."""
        return self._card_of[report_id]

    def ingests(self) -> tuple[Ingest, ...]:
        """Return what became of each file of the build, left-out ones included."""
        query = """SELECT found FROM ingest LEFT JOIN places USING (report_id)
                   ORDER BY position IS NULL, position, ingest.rowid"""
        rows = self._connection.execute(query)
        return tuple(import_ingest(json.loads(found)) for (found,) in rows)

    def outline(self, report_id: str) -> Outline:
        """Return what finds the near-duplicates of a report."""
        card = self.card(report_id)
        query = "SELECT hashes, pages FROM sketches JOIN reports USING (report_id) WHERE report_id = ?"
        hashes, pages = self._connection.execute(query, (report_id,)).fetchone()
        sketch = frozenset(json.loads(hashes))
        return Outline(report_id, card.issuer, card.year, sketch, bool(unpack_pages(pages).ocr))

    def pictures_of(self, report_id: str) -> tuple[str, ...]:
        """Return the names of the pictures of a report's exhibits."""
        rows = self._connection.execute("SELECT image FROM exhibits WHERE report_id = ? AND image <> ''", (report_id,))
        return tuple(name for (name,) in rows)

    def paged(self) -> dict[str, str]:
        """Return the SHA-256 of each report that has pages, by the name of its file."""
        rows = self._connection.execute("SELECT file, sha256, pages FROM reports")
        return {file: sha256 for file, sha256, pages in rows if unpack_pages(pages).count}

    def rows_of(self, report_id: str) -> range:
        """Return the rows of a report's chunks."""
        return self._rows[report_id]

    def chunk(self, row: int) -> Chunk:
        """Return the chunk in a row of the index."""
        return self._cached_chunk(row)

    def report(self, report_id: str) -> Report:
        """Return a whole report.

        Raises:
            UnknownReport: if the index has none with this id.
        """
        return self._cached_report(report_id)

    def figures(self, wanted: FigureFilter, limit: int | None = None) -> tuple[LedgerFigure, ...]:
        """Return the figures that fit, in the order of the reports and of their texts.

        Args:
            wanted: which ones.
            limit: how many at most; None: all.
        """
        reports = [card.report_id for card in self.cards if wanted.fits_report(card)]
        return tuple(islice((found for key in reports for found in self._find_figures(key, wanted)), limit))

    def figure_count(self) -> int:
        """Return how many figures the ledger holds."""
        return int(self._connection.execute("SELECT count(*) FROM figures").fetchone()[0])

    def common_indicators(self, most: int) -> tuple[str, ...]:
        """Return indicators of wholes that more than one report gives for a year, those of most reports first."""
        return tuple(name for (name,) in self._connection.execute(COMMON, (most,)))

    def spans(self) -> NDArray[np.int64]:
        """Return where the chunks begin and end in their reports' texts, (n, 2)."""
        cursor = self._connection.cursor()
        # Plain tuples: a named row takes several times as long, and here are all chunks.
        cursor.row_factory = None
        query = 'SELECT first_row + number, start, "end" FROM chunks JOIN places USING (report_id)'
        rows = np.array(cursor.execute(query).fetchall(), dtype=np.int64).reshape(-1, 3)
        return rows[np.argsort(rows[:, 0]), 1:]

    def outermost(self, report_ids: Iterable[str]) -> Iterator[tuple[str, str, int, int]]:
        """Yield (table, report id, first start, last end) of all that has a place in the text of some reports."""
        for report_id, table in product(report_ids, ("sections", "paragraphs", "figures", "chunks")):
            query = f'SELECT min(start), max("end") FROM {table} WHERE report_id = ? HAVING count(*)'
            for first, last in self._connection.execute(query, (report_id,)):
                yield table, report_id, first, last

    def _read_chunk(self, row: int) -> Chunk:
        # SQLite's substr counts characters from 1, as Python's offsets count them from 0.
        query = """SELECT c.section_path, c.start, c."end", substr(r.text, c.start + 1, c."end" - c.start)
                   FROM chunks c JOIN reports r USING (report_id) WHERE report_id = ? AND c.number = ?"""
        report_id = self.cards[bisect_right(self._first_rows, row) - 1].report_id
        values = (report_id, row - self._rows[report_id].start)
        path, start, end, text = self._connection.execute(query, values).fetchone()
        return Chunk(row, report_id, tuple(json.loads(path)), start, end, text)

    def _read_report(self, report_id: str) -> Report:
        query = f"SELECT {_CARD}, sha256, pages, text FROM reports WHERE report_id = ?"
        row = self._connection.execute(query, (report_id,)).fetchone()
        if row is None:
            raise UnknownReport(report_id)
        return Report(
            **{**_facts(row), "pages": unpack_pages(row["pages"])},
            sections=self._sections(report_id),
            paragraphs=self._paragraphs(report_id),
            tables=self._tables(report_id),
            exhibits=self._exhibits(report_id),
            figures=self._figures(report_id),
        )

    def _sections(self, report_id: str) -> tuple[Section, ...]:
        rows = self._connection.execute(
            'SELECT heading, level, path, start, "end" FROM sections WHERE report_id = ? ORDER BY position',
            (report_id,),
        )
        return tuple(Section(h, level, tuple(json.loads(path)), s, e) for h, level, path, s, e in rows)

    def _paragraphs(self, report_id: str) -> tuple[Paragraph, ...]:
        query = """SELECT number, start, "end", page, page_label, lines
                   FROM paragraphs WHERE report_id = ? ORDER BY number"""
        rows = self._connection.execute(query, (report_id,))
        return tuple(Paragraph(n, s, e, page, label, unpack_lines(lines)) for n, s, e, page, label, lines in rows)

    def _tables(self, report_id: str) -> tuple[Table, ...]:
        rows = self._connection.execute(
            'SELECT caption, unit, rows, page, start, "end", notes FROM tables WHERE report_id = ? ORDER BY position',
            (report_id,),
        )
        return tuple(
            Table(caption, unit, tuple(map(tuple, json.loads(cells))), page, start, end, tuple(json.loads(notes)))
            for caption, unit, cells, page, start, end, notes in rows
        )

    def _exhibits(self, report_id: str) -> tuple[Exhibit, ...]:
        rows = self._connection.execute(
            'SELECT label, caption, page, image, start, "end" FROM exhibits WHERE report_id = ? ORDER BY position',
            (report_id,),
        )
        return tuple(Exhibit(*facts) for facts in rows)

    def _figures(self, report_id: str) -> tuple[Figure, ...]:
        query = f"SELECT {COLUMNS} FROM figures WHERE report_id = ? ORDER BY position"
        return tuple(map(row_figure, self._connection.execute(query, (report_id,))))

    def _find_figures(self, report_id: str, wanted: FigureFilter) -> Iterator[LedgerFigure]:
        conditions, parameters = wanted.conditions()
        query = f"SELECT position, {COLUMNS} FROM figures WHERE report_id = ? AND {conditions} ORDER BY start, position"
        for position, *row in self._connection.execute(query, (report_id, *parameters)):
            yield LedgerFigure(report_id, position, row_figure(row))
