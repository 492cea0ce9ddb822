"""Reports, sections, figures and chunks in SQLite: written once per version, then only read.

Only the table `places` says where in a version a report and its chunks stand. So a version that has most reports of
the one before begins as a copy of its file, and what stays is not touched.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.duplicates import Outline
from corpus.fold import fold
from corpus.ingest import Ingest, Outcome, export_ingest, import_ingest, ingest_report
from corpus.types import Exhibit, Fact, Figure, Origin, Paragraph, Report, Section, Table
from index.chunks import Piece
from index.errors import IndexDamaged, UnknownReport
from index.geometry import pack_lines, unpack_lines, unpack_pages
from index.ledger import COLUMNS, COMMON, FigureFilter, LedgerFigure, figure_row, row_figure
from index.types import Chunk, ReportCard

NAME = "reports.sqlite"

_SCHEMA = """
CREATE TABLE reports (
    report_id TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL,
    title TEXT NOT NULL, issuer TEXT NOT NULL, kind TEXT NOT NULL, year INTEGER, date TEXT NOT NULL,
    document_number TEXT NOT NULL, source TEXT NOT NULL, warnings TEXT NOT NULL, facts TEXT NOT NULL,
    pages TEXT NOT NULL, characters INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE places (
    report_id TEXT PRIMARY KEY, position INTEGER NOT NULL, first_row INTEGER NOT NULL, chunk_count INTEGER NOT NULL);
CREATE TABLE sections (
    report_id TEXT NOT NULL, position INTEGER NOT NULL, heading TEXT NOT NULL, level INTEGER NOT NULL,
    path TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (report_id, position));
CREATE TABLE paragraphs (
    report_id TEXT NOT NULL, number INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER,
    page_label TEXT NOT NULL, lines TEXT NOT NULL, PRIMARY KEY (report_id, number));
CREATE TABLE tables (
    report_id TEXT NOT NULL, position INTEGER NOT NULL, caption TEXT NOT NULL, unit TEXT NOT NULL,
    rows TEXT NOT NULL, page INTEGER, start INTEGER NOT NULL, "end" INTEGER NOT NULL, notes TEXT NOT NULL,
    PRIMARY KEY (report_id, position));
CREATE TABLE exhibits (
    report_id TEXT NOT NULL, position INTEGER NOT NULL, label TEXT NOT NULL, caption TEXT NOT NULL,
    page INTEGER, image TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (report_id, position));
CREATE TABLE figures (
    report_id TEXT NOT NULL, position INTEGER NOT NULL, value TEXT NOT NULL, low TEXT, high TEXT, unit TEXT NOT NULL,
    scale TEXT NOT NULL, text TEXT NOT NULL, indicator TEXT NOT NULL, period TEXT NOT NULL, kind TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, parent INTEGER, adds_up INTEGER,
    PRIMARY KEY (report_id, position));
CREATE TABLE chunks (
    report_id TEXT NOT NULL, number INTEGER NOT NULL, section_path TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (report_id, number));
CREATE TABLE ingest (report_id TEXT NOT NULL, found TEXT NOT NULL);
CREATE INDEX ingest_of_report ON ingest (report_id);
CREATE TABLE sketches (report_id TEXT PRIMARY KEY, hashes TEXT NOT NULL);
"""

_TABLES = ("reports", "sections", "paragraphs", "tables", "exhibits", "figures", "chunks", "ingest", "sketches")

# Nobody reads a store before it is whole, and one that is not is thrown away: no journal is needed. The keys of new
# rows are scattered over the whole file, which is to be at hand: 256 MB of it.
_UNSAFE = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;"

_CARD = "report_id, file, title, issuer, kind, year, date, document_number, source, warnings, facts"


class StoreWriter:
    """Writes the store of a new version report by report; chunk rows count through all of them.

    Every method raises an `OSError` if the disk is full or the folder cannot be written.

    Attributes:
        reports: how many were added.
        rows: how many chunks they have.
    """

    def __init__(self, folder: Path, earlier: Path | None = None) -> None:
        """Begin a store.

        Args:
            folder: the version's.
            earlier: folder of a version that reports may be kept from.
        """
        self.reports = self.rows = 0
        if earlier is not None:
            shutil.copyfile(earlier / NAME, folder / NAME)
        with _disk_errors():
            self._connection = sqlite3.connect((folder / NAME).absolute().as_uri(), uri=True)
            self._connection.executescript(_UNSAFE)
            if earlier is None:
                self._connection.executescript(_SCHEMA)
            else:
                self._connection.execute("DELETE FROM places")
                self._connection.execute("DELETE FROM ingest WHERE report_id = ''")

    def add(self, report: Report, pieces: Sequence[Piece]) -> None:
        """Write a report and its chunks, in place of what an earlier version said of it."""
        with _disk_errors():
            self._remove(report.report_id)
            _insert_report(self._connection, report)
            _insert_chunks(self._connection, report.report_id, pieces)
        self.note(ingest_report(report))
        self.keep(report.report_id, len(pieces))

    def keep(self, report_id: str, chunks: int) -> None:
        """Give a report the next place; it was added, or is in the earlier version."""
        with _disk_errors():
            place = (report_id, self.reports, self.rows, chunks)
            self._connection.execute("INSERT INTO places VALUES (?, ?, ?, ?)", place)
        self.reports += 1
        self.rows += chunks

    def note(self, ingest: Ingest) -> None:
        """Write what became of a file, whether it was read or left out."""
        key = ingest.report_id if ingest.outcome is Outcome.READ else ""
        with _disk_errors():
            self._connection.execute("INSERT INTO ingest VALUES (?, ?)", (key, _json(export_ingest(ingest))))

    def sketch(self, outline: Outline) -> None:
        """Write what finds the near-duplicates of a report."""
        with _disk_errors():
            row = (outline.report_id, _json(sorted(outline.sketch)))
            self._connection.execute("INSERT INTO sketches VALUES (?, ?)", row)

    def text_of(self, report_id: str) -> str:
        """Return the text of a report that was added or kept."""
        with _disk_errors():
            query = "SELECT text FROM reports WHERE report_id = ?"
            return str(self._connection.execute(query, (report_id,)).fetchone()[0])

    def finish(self) -> None:
        """End a store that is whole; reports of the earlier version that were given no place leave it."""
        with _disk_errors():
            gone = "SELECT report_id FROM reports WHERE report_id NOT IN (SELECT report_id FROM places)"
            for (report_id,) in self._connection.execute(gone).fetchall():
                self._remove(report_id)
            self._connection.commit()
        self.close()

    def _remove(self, report_id: str) -> None:
        for table in _TABLES:
            self._connection.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def _insert_report(connection: sqlite3.Connection, report: Report) -> None:
    facts = (
        *(report.report_id, report.file, report.sha256, report.title, report.issuer, report.kind),
        *(report.year, report.date, report.document_number, report.source, _json(report.warnings)),
        *(_json([astuple(fact) for fact in report.facts]), _json(astuple(report.pages))),
        *(len(report.text), report.text),
    )
    connection.execute(f"INSERT INTO reports VALUES ({', '.join('?' * len(facts))})", facts)
    key = report.report_id
    connection.executemany(
        "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((key, i, s.heading, s.level, _json(s.path), s.start, s.end) for i, s in enumerate(report.sections)),
    )
    connection.executemany(
        "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((key, p.number, p.start, p.end, p.page, p.page_label, pack_lines(p.lines)) for p in report.paragraphs),
    )
    connection.executemany(
        "INSERT INTO tables VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (key, i, t.caption, t.unit, _json(t.rows), t.page, t.start, t.end, _json(t.notes))
            for i, t in enumerate(report.tables)
        ),
    )
    connection.executemany(
        "INSERT INTO exhibits VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((key, i, e.label, e.caption, e.page, e.image, e.start, e.end) for i, e in enumerate(report.exhibits)),
    )
    connection.executemany(
        f"INSERT INTO figures (report_id, position, {COLUMNS}) VALUES ({', '.join('?' * 15)})",
        ((key, i, *figure_row(figure)) for i, figure in enumerate(report.figures)),
    )


def _insert_chunks(connection: sqlite3.Connection, report_id: str, pieces: Iterable[Piece]) -> None:
    connection.executemany(
        "INSERT INTO chunks VALUES (?, ?, ?, ?, ?)",
        ((report_id, i, _json(p.section_path), p.start, p.end) for i, p in enumerate(pieces)),
    )


def _facts(row: sqlite3.Row) -> dict[str, Any]:
    """Return a report's columns by name."""
    facts = tuple(Fact(name, Origin(origin), confidence) for name, origin, confidence in json.loads(row["facts"]))
    return {**dict(row), "warnings": tuple(json.loads(row["warnings"])), "facts": facts}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


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
        self.cards: tuple[ReportCard, ...] = self._read_cards()
        self._card_of = {card.report_id: card for card in self.cards}
        spans = self._connection.execute("SELECT report_id, first_row, chunk_count FROM places ORDER BY position")
        self._rows: dict[str, range] = {key: range(first, first + count) for key, first, count in spans}
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

    def _read_cards(self) -> tuple[ReportCard, ...]:
        query = f"SELECT {_CARD}, characters FROM reports JOIN places USING (report_id) ORDER BY position"
        rows = self._connection.execute(query)
        return tuple(ReportCard(**_facts(row)) for row in rows)

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

    def outermost(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield (table, report id, first start, last end) of all that has a place in a report's text."""
        for table in ("sections", "paragraphs", "figures", "chunks"):
            query = f'SELECT report_id, min(start), max("end") FROM {table} GROUP BY report_id'
            for report_id, first, last in self._connection.execute(query):
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
