"""What a build has to do: which files are as they were, and which are to be read, in which order."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.page_images import has_pages
from corpus.read import find_report_files, read_bytes
from index.progress import Progress


@dataclass(frozen=True, slots=True)
class Planned:
    """A report file.

    Attributes:
        name: relative to its folder.
        known_id: id of the report in the version before if neither content nor name have changed, else "".
    """

    path: Path
    name: str
    known_id: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The report files, each content once: those that are read best first, and in order of their names.

    Of two files that say the same the first is indexed, so a document comes before its PDF, and that before its scan.

    Attributes:
        duplicates: (file left out, file of the same content).
    """

    files: tuple[Planned, ...]
    duplicates: tuple[tuple[str, str], ...]


def plan_build(folders: Sequence[Path], known: Mapping[str, str], progress: Progress) -> Plan:
    """Look at every report file.

    Args:
        folders: where the reports are.
        known: the id of each report of the version before by the name of its file.
        progress: hears of every file.

    Raises:
        NoReports: a folder does not exist.
    """
    files = find_report_files(folders)
    seen: list[tuple[int, str, Path, str]] = []
    for done, (path, name) in enumerate(files):
        progress("scan", done, len(files), name)
        seen.append((*_look(path), path, name))
    planned: dict[str, Planned] = {}
    duplicates = []
    for _, digest, path, name in sorted(seen, key=lambda file: file[0]):
        # A report's id is the beginning of its content's digest.
        report_id = known.get(name, "")
        file = Planned(path, name, report_id if digest.startswith(report_id) else "")
        # What cannot be read has no content to be the same as another's.
        first = planned.setdefault(digest or f"{path}", file)
        if first is not file:
            duplicates.append((name, first.name))
    progress("scan", len(files), len(files))
    return Plan(tuple(planned.values()), tuple(duplicates))


def _look(path: Path) -> tuple[int, str]:
    """Return how badly a file is read, and its SHA-256; "" if it cannot be read, which reading it will explain."""
    try:
        data = read_bytes(path, path.name)
    except UnreadableFile:
        return 0, ""
    return _rank(data, path.name), hashlib.sha256(data).hexdigest()


def _rank(data: bytes, file: str) -> int:
    """Return 0 for a file of text with its structure, 1 for a PDF with text, 2 for page images.

    A PDF without any font has no text, unless its fonts are named inside a packed part.
    """
    if not has_pages(data, file):
        return 0
    return 1 if b"/Font" in data or b"/ObjStm" in data else 2
