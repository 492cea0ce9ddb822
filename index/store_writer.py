"""Writing the store of a version: reports, sections, figures and chunks in SQLite.

Only the table `places` says where in a version a report and its chunks stand. So a version that has most reports of
the one before begins as a copy of its file, and what stays is not touched.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path

from corpus.duplicates import Outline
from corpus.ingest import Ingest, Outcome, export_ingest, ingest_report
from corpus.types import Report
from index.chunks import Piece
from index.geometry import pack_lines
from index.ledger import COLUMNS, figure_row

NAME = "reports.sqlite"

SCHEMA = """
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
                self._connection.executescript(SCHEMA)
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


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
