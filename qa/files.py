"""Writing results: beside and renamed, so that a full disk leaves what an earlier run wrote as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from corpus.errors import ReportQAError


class NotWritten(ReportQAError):
    """A result could not be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{str(path)!r} cannot be written: {reason}")


def replace_file(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file anew; the one that was there stays until the new one is whole.

    Args:
        path: the file.
        write: writes to the path that it is given.

    Raises:
        NotWritten: if the disk is full or the place is none to write to.
    """
    if not path.name:
        raise NotWritten(path, "it names no file")
    beside = path.with_name(f".{path.name}.part")
    try:
        try:
            write(beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritten(path, error.strerror or str(error)) from error
