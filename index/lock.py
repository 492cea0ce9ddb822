"""One writer at a time in a home folder, however the one before has ended."""

from __future__ import annotations

import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import BuildRunning, IndexNotWritten


@contextmanager
def sole_writer(home: Path, started_by: str) -> Iterator[None]:
    """Hold the build lock of a home folder; the operating system lets go of it however the process ends.

    Args:
        home: the home folder.
        started_by: what the next one who comes is told.

    Raises:
        BuildRunning: if another process or thread holds it; says who.
        IndexNotWritten: if anything cannot be written while it is held.
    """
    holder = home / "index" / "build.holder"
    try:
        holder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(holder.with_name("build.lock"), timeout=0):
            holder.write_text(_who(started_by), encoding="utf-8")
            try:
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout as error:
        raise BuildRunning(home, _read(holder)) from error
    except OSError as error:
        raise IndexNotWritten(home, error) from error


def user_name() -> str:
    """Return the name of the user that runs the program; empty where the system knows none.

    >>> isinstance(user_name(), str)
    True
    """
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def _who(started_by: str) -> str:
    began = datetime.now(UTC).isoformat(timespec="seconds")
    facts = {"by": started_by, "user": user_name(), "host": socket.gethostname(), "pid": os.getpid(), "began": began}
    return json.dumps(facts)


def _read(holder: Path) -> str:
    """Say who holds the lock; nothing where that was not written yet."""
    # The note tells, the lock decides: a note that a killed writer left is replaced by the next one.
    with suppress(OSError, ValueError, KeyError, TypeError):
        facts = json.loads(holder.read_text(encoding="utf-8"))
        return f"{facts['by']}, process {facts['pid']} of {facts['user']} on {facts['host']}, since {facts['began']}"
    return ""
