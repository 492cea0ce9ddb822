"""What a build has to do: which files are as they were, and which are to be read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.read import find_report_files
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
    """The report files, each content once, in order.

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
    planned: dict[str, Planned] = {}
    duplicates = []
    for done, (path, name) in enumerate(files):
        progress("scan", done, len(files), name)
        digest = _digest(path)
        # A report's id is the beginning of its content's digest.
        report_id = known.get(name, "")
        file = Planned(path, name, report_id if digest.startswith(report_id) else "")
        # What cannot be read has no content to be the same as another's.
        first = planned.setdefault(digest or f"{path}", file)
        if first is not file:
            duplicates.append((name, first.name))
    progress("scan", len(files), len(files))
    return Plan(tuple(planned.values()), tuple(duplicates))


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; "" if it cannot be read, which reading it will explain."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""
