"""Files that end the program that reads them: after two ends they are passed over, so that the others get indexed.

HOME/index/reading          the file in hand; left only where the program ended while it read
HOME/index/suspects.json    how often that has happened with a file
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from index.disk import replace_text

# Once may be a power cut or somebody's kill.
_MOST_ENDS = 2


class Suspects:
    """Remembers which files the program has ended at."""

    def __init__(self, home: Path, forget: bool = False) -> None:
        """Take note of what the build before has left.

        Args:
            home: the home folder.
            forget: give every file another chance.
        """
        self._reading = home / "index" / "reading"
        self._list = home / "index" / "suspects.json"
        self._ends: dict[str, int] = {}
        if forget:
            self._list.unlink(missing_ok=True)
            self._reading.unlink(missing_ok=True)
        with suppress(OSError, ValueError):
            self._ends = json.loads(self._list.read_text(encoding="utf-8"))
        with suppress(OSError, ValueError):
            key = self._reading.read_text(encoding="utf-8")
            self._ends[key] = self._ends.get(key, 0) + 1
            replace_text(self._list, json.dumps(self._ends))
        self._reading.unlink(missing_ok=True)

    def is_barred(self, path: Path) -> bool:
        """Tell whether a file, as it is now, is to be passed over."""
        return self._ends.get(_key(path), 0) >= _MOST_ENDS

    @contextmanager
    def reading(self, path: Path) -> Iterator[None]:
        """Take note of the file in hand while it is read."""
        self._reading.write_text(_key(path), encoding="utf-8")
        try:
            yield
        finally:
            self._reading.unlink(missing_ok=True)

    def clear(self) -> None:
        """Forget those that did no harm this time."""
        kept = {key: ends for key, ends in self._ends.items() if ends >= _MOST_ENDS}
        if not kept:
            self._list.unlink(missing_ok=True)
        elif kept != self._ends:
            replace_text(self._list, json.dumps(kept))


def _key(path: Path) -> str:
    """Name a file with what changes when its content does."""
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return ascii(str(path))
    return f"{str(path)!a} {facts.st_size} {facts.st_mtime_ns}"
