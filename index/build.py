"""From report files to a new version of the index: read, cut, embed, write beside the live one, swap in one step."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

import corpus
from corpus.errors import NoReports, ReportQAError, UnreadableFile
from corpus.read import find_report_files
from corpus.sentences import sentence_spans
from corpus.types import Report
from corpus.worker import Worker
from index.chunks import Chunking, Piece, cut_report
from index.encode import Encoder
from index.errors import BuildRunning, IndexNotWritten
from index.lexical import LexicalIndex
from index.manifest import FORMAT_VERSION, Manifest, file_facts, live_folder, make_live, versions_folder
from index.progress import Progress, silent
from index.sentences import write_sentences
from index.store import write_store
from index.vectors import VectorIndex

SAMPLES = Path(corpus.__file__).parent / "samples"
# The live version and the one before it, to go back to.
_KEPT_VERSIONS = 2
_ENCODE_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did.

    Attributes:
        duplicates: (file left out, file of the same content that is indexed).
        failed: files that could not be read, each with its error.
        warnings: (file, warning) of files that were read all the same.
    """

    build_id: str
    reports: int
    chunks: int
    duplicates: tuple[tuple[str, str], ...]
    failed: tuple[UnreadableFile, ...]
    warnings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    reports: tuple[Report, ...]
    duplicates: tuple[tuple[str, str], ...]
    failed: tuple[UnreadableFile, ...]


def build_index(
    home: Path,
    folders: Sequence[Path] = (),
    encoder: Encoder | None = None,
    chunking: Chunking | None = None,
    progress: Progress = silent,
) -> BuildSummary:
    """Build a new version of the index and make it live.

    Args:
        home: the home folder.
        folders: where the reports are; empty: where they were last time, else `home/reports`, else the samples.
        encoder: makes the vectors; None: the one that ships.
        chunking: how reports are cut.
        progress: hears of every stage.

    Raises:
        NoReports: if a folder is missing or not one file could be read.
        BuildRunning: if another build of this home folder is running.
        IndexNotWritten: if the disk is full or the home folder cannot be written.
    """
    folders = tuple(folders) or report_folders(home)
    chunking = chunking or Chunking()
    reading = _read_all(folders or (SAMPLES,), progress)
    encoder = encoder or Encoder.load()
    cut = [(report, cut_report(report, chunking)) for report in reading.reports]
    with _sole_writer(home):
        with _version_folder(home, reading.reports) as folder:
            _write(folder, cut, encoder, progress)
            manifest = _manifest(folder, cut, encoder, chunking, folders)
            manifest.write(folder)
        make_live(home, manifest.build_id)
        _prune(home, manifest.build_id)
    warnings = tuple((report.file, warning) for report in reading.reports for warning in report.warnings)
    return BuildSummary(
        manifest.build_id, manifest.reports, manifest.chunks, reading.duplicates, reading.failed, warnings
    )


def report_folders(home: Path) -> tuple[Path, ...]:
    """Return where a build without further word finds its reports; empty means: only the samples are there."""
    own = home / "reports"
    folders = [own] if own.is_dir() and find_report_files([own]) else []
    try:
        last = Manifest.read(live_folder(home), home).folders
    except ReportQAError:
        last = ()
    return tuple(dict.fromkeys([*map(Path, last), *folders]))


def _read_all(folders: Sequence[Path], progress: Progress) -> _Reading:
    files = find_report_files(folders)
    reports: dict[str, Report] = {}
    duplicates, failed = [], []
    with Worker() as worker:
        for done, (path, name) in enumerate(files):
            progress("read", done, len(files))
            try:
                report = worker.read_report(path, name)
            except UnreadableFile as error:
                failed.append(error)
                continue
            first = reports.setdefault(report.report_id, report)
            if first is not report:
                duplicates.append((name, first.file))
    progress("read", len(files), len(files))
    if not reports:
        reasons = "; ".join(map(str, failed[:3])) or "no file has a suffix that is read"
        raise NoReports(f"no report in {', '.join(repr(str(f)) for f in folders)} can be read: {reasons}")
    return _Reading(tuple(reports.values()), tuple(duplicates), tuple(failed))


@contextmanager
def _sole_writer(home: Path) -> Iterator[None]:
    """Hold the build lock of the home folder; the operating system lets go of it however the process ends."""
    try:
        (home / "index").mkdir(parents=True, exist_ok=True)
        with FileLock(home / "index" / "build.lock", timeout=0):
            yield
    except Timeout as error:
        raise BuildRunning(home) from error
    except OSError as error:
        raise IndexNotWritten(home, error) from error


@contextmanager
def _version_folder(home: Path, reports: Sequence[Report]) -> Iterator[Path]:
    """Give a folder to write a version into; it gets its name when all went well and is gone otherwise."""
    # What builds that were killed have left; none is running, since this one holds the lock.
    for left in versions_folder(home).glob(".*.building"):
        shutil.rmtree(left, ignore_errors=True)
    target = _new_version(home, _corpus_digest(reports))
    beside = target.with_name(f".{target.name}.building")
    try:
        beside.mkdir(parents=True)
        yield beside
        beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _new_version(home: Path, digest: str) -> Path:
    """Return the folder of the next version. Versions are counted, so their order does not hang on the clock."""
    last = max((_number(folder) for folder in _versions(home)), default=0)
    return versions_folder(home) / f"{last + 1:06d}-{digest[:8]}"


def _versions(home: Path) -> list[Path]:
    """Return the finished versions, oldest first."""
    folder = versions_folder(home)
    return sorted(path for path in folder.glob("*-*") if path.is_dir() and not path.name.startswith("."))


def _number(version: Path) -> int:
    number = version.name.split("-")[0]
    return int(number) if number.isdecimal() else 0


def _write(folder: Path, cut: Sequence[tuple[Report, Sequence[Piece]]], encoder: Encoder, progress: Progress) -> None:
    write_store(folder, cut)
    chunks = [(report, piece) for report, pieces in cut for piece in pieces]
    progress("words", 0, 1)
    LexicalIndex.of(lexical_text(report, piece) for report, piece in chunks).save(folder / "words")
    words = LexicalIndex.load(folder / "words")
    progress("words", 1, 1)
    VectorIndex.of(_embed(chunks, encoder, progress)).save(folder / "vectors.faiss")
    spans = [sentence_spans(report.text, piece.start, piece.end) for report, piece in chunks]
    texts = (report.text[s:e] for (report, _), found in zip(chunks, spans, strict=True) for s, e in found)
    write_sentences(folder / "sentences", spans, texts, encoder.passages, words, progress)


def lexical_text(report: Report, piece: Piece) -> str:
    """Return what the word search sees of a chunk: title and headings in front, since questions name them."""
    return "\n".join([report.title, *piece.section_path, report.text[piece.start : piece.end]])


def dense_text(report: Report, piece: Piece) -> str:
    """Return what the encoder sees of a chunk: its innermost headings in front."""
    return "\n".join([*piece.section_path[-2:], report.text[piece.start : piece.end]])


def _embed(chunks: Sequence[tuple[Report, Piece]], encoder: Encoder, progress: Progress) -> NDArray[np.float16]:
    vectors = np.empty((len(chunks), encoder.dimensions), dtype=np.float16)
    for start in range(0, len(chunks), _ENCODE_AT_ONCE):
        progress("embed chunks", start, len(chunks))
        batch = [dense_text(report, piece) for report, piece in chunks[start : start + _ENCODE_AT_ONCE]]
        vectors[start : start + len(batch)] = encoder.passages(batch)
    progress("embed chunks", len(chunks), len(chunks))
    return vectors


def _manifest(
    folder: Path,
    cut: Sequence[tuple[Report, Sequence[Piece]]],
    encoder: Encoder,
    chunking: Chunking,
    folders: Sequence[Path],
) -> Manifest:
    return Manifest(
        format_version=FORMAT_VERSION,
        build_id=folder.name.removeprefix(".").removesuffix(".building"),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        encoder=encoder.name,
        encoder_fingerprint=encoder.fingerprint,
        dimensions=encoder.dimensions,
        chunk_max_chars=chunking.max_chars,
        chunk_tiny_chars=chunking.tiny_chars,
        corpus_digest=_corpus_digest([report for report, _ in cut]),
        reports=len(cut),
        chunks=sum(len(pieces) for _, pieces in cut),
        folders=tuple(str(path.absolute()) for path in folders),
        files=file_facts(folder),
    )


def _corpus_digest(reports: Sequence[Report]) -> str:
    return hashlib.sha256("".join(report.sha256 for report in reports).encode()).hexdigest()


def _prune(home: Path, live: str) -> None:
    """Remove all but the newest versions."""
    for folder in _versions(home)[:-_KEPT_VERSIONS]:
        if folder.name != live:
            shutil.rmtree(folder, ignore_errors=True)
