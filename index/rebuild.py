"""A build in the background of a running program: started, watched, cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReportQAError
from index.errors import BuildCancelled
from index.progress import Meter, Progress, Step
from index.summary import BuildSummary


@dataclass(frozen=True, slots=True)
class RebuildState:
    """How far a build has come.

    Attributes:
        summary: what it did, once it has ended well; one that the gate holds back has ended well too.
        error: why it did not.
    """

    running: bool
    step: Step
    summary: BuildSummary | None
    error: ReportQAError | None


class Rebuild:
    """One build in a thread of its own."""

    def __init__(self, home: Path, build: Callable[[Progress], BuildSummary]) -> None:
        """Start it.

        Args:
            home: the home folder.
            build: does the work and reports its progress.
        """
        self._home = home
        self._build = build
        self._cancelled = threading.Event()
        self._meter = Meter(self._stop_if_cancelled)
        self._summary: BuildSummary | None = None
        self._error: ReportQAError | None = None
        self._thread = threading.Thread(target=self._run, name="rebuild", daemon=True)
        self._thread.start()

    def state(self) -> RebuildState:
        """Return how far it has come."""
        # Asked for first: a build that ends meanwhile has set its result by then.
        running = self._thread.is_alive()
        return RebuildState(running, self._meter.step, self._summary, self._error)

    def cancel(self) -> None:
        """End it at its next step, without a trace."""
        self._cancelled.set()

    def wait(self, timeout_s: float | None = None) -> RebuildState:
        """Wait until it has ended, or the time is over."""
        self._thread.join(timeout_s)
        return self.state()

    def _run(self) -> None:
        try:
            self._summary = self._build(self._meter)
        except ReportQAError as error:
            self._error = error

    def _stop_if_cancelled(self, stage: str, done: int, total: int, file: str = "") -> None:
        if self._cancelled.is_set():
            raise BuildCancelled(self._home)
