"""Progress of long work: a bar on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
from typing import Protocol

from tqdm import tqdm


class Progress(Protocol):
    """Hears how far a stage of the work has come."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Take note that `done` of `total` units of `stage` are finished."""


def silent(stage: str, done: int, total: int) -> None:
    """Show nothing."""


class TerminalProgress:
    """Shows each stage on standard error."""

    def __init__(self) -> None:
        self._bar: tqdm[None] | None = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Draw the bar of a terminal, or write a line when a stage begins and ends."""
        if sys.stderr.isatty():
            self._draw(stage, done, total)
        elif stage != self._stage or done == total:
            sys.stderr.write(f"{stage}: {done}/{total}\n")
        self._stage = stage

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._bar is None or stage != self._stage:
            self.close()
            self._bar = tqdm(total=total, desc=stage, file=sys.stderr)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the bar that is open."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
