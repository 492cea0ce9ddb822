"""Writing that a power cut cannot halve: contents reach the disk before the names that lead to them."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path


def sync_tree(folder: Path) -> None:
    """Bring every file below a folder, and the folders themselves, onto the disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            sync_folder(path)
        else:
            # Windows syncs only what is open for writing.
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder onto the disk, on systems that need it and can."""
    # Windows opens no folders; some network drives open them and cannot sync them.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def share(source: Path, target: Path) -> None:
    """Give a file that nobody will ever change a second name; where the system cannot, copy it.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def replace_text(path: Path, text: str) -> None:
    """Write a text file as `replace_bytes` does."""
    replace_bytes(path, text.encode())


def replace_bytes(path: Path, data: bytes) -> None:
    """Write a file anew in one step: after a power cut it holds the old bytes or the new ones."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        # On a full disk the half that was written would keep it full.
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)
