"""The versions of an index: listed, gone back to, and removed when nobody needs them.

Versions are counted, so that their order does not hang on the clock.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReportQAError
from index.disk import sync_folder
from index.errors import UnknownVersion
from index.history import BuildLog
from index.lease import is_in_use
from index.live import live_id
from index.lock import sole_writer
from index.manifest import Manifest, check_files, make_live, versions_folder
from index.originals import remove_originals

# The live version and the one before it, to go back to.
KEPT = 2


@dataclass(frozen=True, slots=True)
class Version:
    """One finished version.

    Attributes:
        live: whether questions are answered from it.
        created: ISO 8601, UTC; "" if its manifest cannot be read.
        log: how it came about; None if that is not known.
    """

    build_id: str
    live: bool
    created: str = ""
    reports: int = 0
    chunks: int = 0
    log: BuildLog | None = None


def list_versions(home: Path) -> list[Version]:
    """Return the versions of a home folder, newest first."""
    live = live_id(home)
    return [_version(folder, home, live) for folder in reversed(_folders(home))]


def _version(folder: Path, home: Path, live: str) -> Version:
    log = BuildLog.read(folder)
    try:
        manifest = Manifest.read(folder, home)
    except ReportQAError:
        return Version(folder.name, folder.name == live, log=log)
    return Version(folder.name, folder.name == live, manifest.created, manifest.reports, manifest.chunks, log)


def roll_back(home: Path, build_id: str = "") -> str:
    """Make another version live.

    Args:
        home: the home folder.
        build_id: which one; empty: the one before the live one.

    Returns:
        Its id.

    Raises:
        UnknownVersion: if there is no such version.
        IndexDamaged: if it is not whole.
        BuildRunning: if a build is running.
    """
    with sole_writer(home, "rollback"):
        names = [folder.name for folder in _folders(home)]
        live = live_id(home)
        before = [name for name in names if not live or name < live]
        chosen = build_id or (before[-1] if before else "")
        if chosen not in names:
            raise UnknownVersion(home, chosen, names)
        folder = versions_folder(home) / chosen
        check_files(folder, Manifest.read(folder, home), home, contents=True)
        make_live(home, chosen)
        return chosen


def prune(home: Path, keep: int = KEPT) -> list[str]:
    """Remove all but the newest versions, the live one and those in use; return the ids of the removed.

    Args:
        home: the home folder.
        keep: how many stay.

    Raises:
        BuildRunning: if a build is running.
    """
    with sole_writer(home, "prune"):
        return remove_old(home, keep)


def remove_old(home: Path, keep: int) -> list[str]:
    """Do what `prune` does, for one who holds the build lock already."""
    live = live_id(home)
    folders = _folders(home)
    old = [folder for folder in folders[: max(0, len(folders) - max(1, keep))] if folder.name != live]
    removed = [folder.name for folder in old if _remove(folder, home)]
    remove_originals(home, _folders(home))
    return removed


def _remove(folder: Path, home: Path) -> bool:
    """Remove a version unless a reader has it open."""
    if is_in_use(home, folder.name):
        return False
    gone = folder.with_name(f".{folder.name}.removed")
    try:
        folder.rename(gone)
        # A reader who took hold just now finds the folder missing and tries again; one who was quicker keeps it.
        if is_in_use(home, folder.name):
            gone.rename(folder)
            return False
    except OSError:
        # Windows moves no folder with open files: it is in use and goes another time.
        return False
    shutil.rmtree(gone, ignore_errors=True)
    return True


@contextmanager
def new_version(home: Path) -> Iterator[Path]:
    """Give a folder to write a version into; it is gone afterwards unless `finish_version` gave it its name."""
    last = max((_number(folder) for folder in _folders(home)), default=0)
    beside = versions_folder(home) / f".{last + 1:06d}.building"
    try:
        beside.mkdir(parents=True)
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def version_id(beside: Path, digest: str) -> str:
    """Return the id that a version being written will have."""
    return f"{beside.name.split('.')[1]}-{digest[:8]}"


def finish_version(beside: Path, build_id: str) -> Path:
    """Give a version that is whole its name; returns its folder."""
    target = beside.rename(beside.with_name(build_id))
    sync_folder(target.parent)
    return target


def remove_leftovers(home: Path) -> None:
    """Remove what writers that were killed have left; none is running, since the caller holds the build lock."""
    for left in versions_folder(home).glob(".*"):
        if left.name.endswith((".building", ".removed")):
            shutil.rmtree(left, ignore_errors=True)
    with suppress(OSError):
        (home / "index" / ".LIVE.new").unlink(missing_ok=True)


def _folders(home: Path) -> list[Path]:
    """Return the folders of the finished versions, oldest first."""
    folder = versions_folder(home)
    return sorted(path for path in folder.glob("*-*") if path.is_dir() and not path.name.startswith("."))


def _number(version: Path) -> int:
    number = version.name.split("-")[0]
    return int(number) if number.isdecimal() else 0
