"""Progress of long work: how far it has come, how fast it goes, and what is left; a bar on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tqdm import tqdm

# The stages of a build, in order.
STAGES = ("scan", "read", "words", "vectors", "write", "check", "live")


class Progress(Protocol):
    """Hears how far a stage of the work has come; an error that it raises ends the work and leaves no trace."""

    def __call__(self, stage: str, done: int, total: int, file: str = "") -> None:
        """Take note that `done` of `total` units of `stage` are finished, and `file` is in hand."""


def silent(stage: str, done: int, total: int, file: str = "") -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where the work is.

    Attributes:
        stage: one of STAGES; "" before the first.
        file: name of the report file in hand, or "".
        done: finished units of the stage, of `total`.
        per_second: how many units a second since the stage began; None before one is done.
        seconds_left: until the stage ends at that rate.
    """

    stage: str = ""
    file: str = ""
    done: int = 0
    total: int = 0
    per_second: float | None = None
    seconds_left: float | None = None


class Meter:
    """Measures the work while it goes on to another listener.

    Attributes:
        step: where the work is.
        stages: seconds that each stage has taken.
    """

    def __init__(self, listener: Progress = silent, clock: Callable[[], float] = time.monotonic) -> None:
        self._listener = listener
        self._clock = clock
        self._began = self._last = clock()
        self.step = Step()
        self.stages: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int, file: str = "") -> None:
        """Take the time."""
        now = self._clock()
        if self.step.stage:
            self.stages[self.step.stage] = self.stages.get(self.step.stage, 0.0) + now - self._last
        if stage != self.step.stage:
            self._began = now
        self._last = now
        rate = done / (now - self._began) if done and now > self._began else None
        self.step = Step(stage, file, done, total, rate, (total - done) / rate if rate else None)
        self._listener(stage, done, total, file)


class TerminalProgress:
    """Shows each stage on standard error."""

    def __init__(self) -> None:
        self._bar: tqdm[None] | None = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int, file: str = "") -> None:
        """Draw the bar of a terminal, or write a line when a stage begins and ends."""
        if sys.stderr.isatty():
            self._draw(stage, done, total, file)
        elif stage != self._stage or done == total:
            sys.stderr.write(f"{stage}: {done}/{total}\n")
        self._stage = stage

    def _draw(self, stage: str, done: int, total: int, file: str) -> None:
        if self._bar is None or stage != self._stage:
            self.close()
            self._bar = tqdm(total=total, desc=stage, file=sys.stderr)
        # A file name is not to be trusted with the terminal.
        self._bar.set_postfix_str("".join(filter(str.isprintable, file))[-40:], refresh=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the bar that is open."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
