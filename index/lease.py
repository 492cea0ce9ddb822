"""A reader's hold on a version: while it lasts, the version's files are not removed.

HOME/index/readers/ID.TOKEN.lock    locked by a process that has the version ID open

The operating system lets go of the lock however the process ends, so what a killed reader left holds nothing.
"""

from __future__ import annotations

import os
import uuid
import weakref
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

_TRIES = 5


class Lease:
    """Holds a version until it is released, or nobody refers to it any more."""

    def __init__(self, home: Path, build_id: str) -> None:
        """Take hold of a version.

        Where nothing can be written or locked, the version is read all the same: it is among the newest, which stay.
        """
        # A remover may take a file away between its making and its locking.
        for _ in range(_TRIES):
            with suppress(OSError, NotImplementedError):
                path = _folder(home) / f"{build_id}.{uuid.uuid4().hex[:12]}.lock"
                path.parent.mkdir(parents=True, exist_ok=True)
                lock = FileLock(path, timeout=0, thread_local=False)
                lock.acquire()
                if path.exists():
                    self.release = weakref.finalize(self, _let_go, lock, path, os.getpid())
                    return
                lock.release()


def is_in_use(home: Path, build_id: str) -> bool:
    """Tell whether a reader holds a version; what killed readers left goes."""
    return any(_is_held(path) for path in _folder(home).glob(f"{build_id}.*.lock"))


def _is_held(path: Path) -> bool:
    lock = FileLock(path, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return True
    except OSError:
        return False
    _let_go(lock, path, os.getpid())
    return False


def _let_go(lock: FileLock, path: Path, pid: int) -> None:
    # A forked child has the file open too, but the hold is not its own.
    if pid == os.getpid():
        with suppress(OSError):
            path.unlink(missing_ok=True)
        lock.release()
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _folder(home: Path) -> Path:
    return home / "index" / "readers"
