"""The live version, opened: its folder, manifest and reports, held so that nobody removes them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReportQAError
from index.errors import IndexDamaged
from index.lease import Lease
from index.manifest import Manifest, check_files, live_folder
from index.store import Store

_TRIES = 5


@dataclass(frozen=True, slots=True)
class OpenVersion:
    """A version whose files are there in full.

    Attributes:
        lease: keeps them there; None for one that nobody else knows of yet.
    """

    folder: Path
    manifest: Manifest
    store: Store
    lease: Lease | None

    @classmethod
    def of(cls, folder: Path, home: Path, contents: bool = False, lease: Lease | None = None) -> OpenVersion:
        """Open the version in a folder.

        Raises:
            IndexMismatch: if it has another format.
            IndexDamaged: if a file is missing or cut short, or with `contents` has another checksum.
        """
        manifest = Manifest.read(folder, home)
        check_files(folder, manifest, home, contents)
        return cls(folder, manifest, Store.open(folder, home), lease)


def open_live(home: Path, contents: bool = False) -> OpenVersion:
    """Open the live version.

    Args:
        home: the home folder.
        contents: compare checksums too, which reads every file.

    Raises:
        IndexMissing: if there is no index.
        IndexMismatch: if it has another format.
        IndexDamaged: if a file is missing, cut short or unreadable.
    """
    for _ in range(_TRIES):
        folder = live_folder(home)
        try:
            return OpenVersion.of(folder, home, contents, Lease(home, folder.name))
        except IndexDamaged:
            # Between reading the pointer and taking hold, newer versions may have gone live and this one away.
            if live_id(home) == folder.name:
                raise
    raise IndexDamaged(home, "its versions change faster than they can be opened")


def live_files(home: Path) -> dict[str, str]:
    """Return the id of each report of the live version by the name of its file, however that version was made."""
    try:
        return {card.file: card.report_id for card in Store.open(live_folder(home), home).cards}
    except ReportQAError:
        return {}


def live_id(home: Path) -> str:
    """Return the id of the live version; "" if there is none."""
    with suppress(ReportQAError):
        return live_folder(home).name
    return ""
