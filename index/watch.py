"""Watching the report folders: when files have come, changed or gone and all are completely written, a build follows.

Folders are looked at again and again: that works on network drives too, where nobody tells of changes. Nothing hangs
on the clock of a file's writer: a file counts as written when its size and time have stayed the same for a while.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import ReportQAError
from corpus.read import find_report_files

# What a file looks like from outside: size in bytes and time of change in nanoseconds, by path.
Seen = dict[str, tuple[int, int]]


@dataclass(slots=True)
class Watch:
    """Decides when it is time to build.

    Attributes:
        folders: asked for at every look, since the folders to index may change.
        settle_s: for so long nothing may have changed.
        poll_s: seconds between two looks.
        clock: seconds that never go back.
    """

    folders: Callable[[], Sequence[Path]]
    settle_s: float = 10.0
    poll_s: float = 5.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep
    _built: Seen | None = field(default=None, init=False)
    _last: Seen | None = field(default=None, init=False)
    _since: float = field(default=0.0, init=False)

    def is_due(self) -> bool:
        """Look at the folders; tell whether they have settled into something that was not built yet."""
        seen, now = self._look(), self.clock()
        if seen != self._last:
            self._last, self._since = seen, now
        return seen is not None and seen != self._built and now - self._since >= self.settle_s

    def done(self) -> None:
        """Take note that what was seen last is built, or cannot be: only a change makes it due again."""
        self._built = self._last

    def turns(self) -> Iterator[bool]:
        """Yield, look after look, whether a build is due."""
        while True:
            yield self.is_due()
            self.sleep(self.poll_s)

    def _look(self) -> Seen | None:
        """Return what is there; None where it cannot be told, as with a network drive that is away."""
        seen: Seen = {}
        try:
            for path, _ in find_report_files(self.folders()):
                facts = path.stat()
                seen[str(path)] = (facts.st_size, facts.st_mtime_ns)
        except (ReportQAError, OSError):
            return None
        return seen
