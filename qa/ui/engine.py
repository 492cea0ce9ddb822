"""What the page needs of the engine behind it. `qa.engine.Engine` fits; so does the fake in the tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from corpus.ingest import Ingest
from corpus.types import Report
from index.ledger import FigureFilter
from index.rebuild import Rebuild
from index.types import ReportCard
from index.versions import Version
from qa.figures import PlacedFigure
from qa.types import EVERYTHING, Answer, Scope


class Engine(Protocol):
    """Answers questions and hands out reports.

    Gradio calls it from worker threads. Every method may raise `corpus.errors.ReportQAError`, which the page shows as
    a sentence.
    """

    def __hash__(self) -> int:
        """Tell engines apart: what the page works out once for an engine is kept by it."""

    @property
    def samples(self) -> bool:
        """Whether only the fictional sample reports are indexed."""

    @property
    def home(self) -> Path:
        """The folder that holds the reports and the index."""

    @property
    def index_build(self) -> str:
        """Name of the index version that answers."""

    def ask(
        self, question: str, history: Sequence[str] = (), within: Scope = EVERYTHING, without: Scope = EVERYTHING
    ) -> Answer:
        """Answer a question.

        Args:
            question: as typed.
            history: the earlier questions of the conversation, oldest first.
            within: narrows the search besides the question's words.
            without: takes back what the question's words would narrow it to.
        """

    def picture(self, name: str) -> bytes:
        """Return the image of an exhibit; an unknown name raises a `ReportQAError`."""

    def page_image(self, report_id: str, page: int, width: int = 1200) -> bytes | None:
        """Return a page of a report's original as PNG, at most `width` pixels wide; None where it is not kept."""

    def ingests(self) -> tuple[Ingest, ...]:
        """Return what became of each file of the build, left-out ones included."""

    @property
    def figure_count(self) -> int:
        """Return how many figures the index holds."""

    def common_indicators(self, most: int) -> tuple[str, ...]:
        """Return indicators that several reports give for a whole year, those of most reports first."""

    @property
    def encoder(self) -> str:
        """Name of the encoder that the index was made by."""

    @property
    def rebuilding(self) -> Rebuild | None:
        """The build that was started last, running or ended; None if none was."""

    def rebuild(self, folders: Sequence[Path] = (), accept: bool = False) -> Rebuild:
        """Build a new version in the background; `accept` takes it live in spite of what its gate found."""

    def versions(self) -> tuple[Version, ...]:
        """Return the versions on the disk, newest first."""

    def rollback(self, build_id: str) -> None:
        """Answer from another version; one that is not there raises a `ReportQAError`."""

    def figures(self, wanted: FigureFilter) -> tuple[PlacedFigure, ...]:
        """Return the figures of the ledger that fit, each with its place."""

    def reports(self) -> tuple[ReportCard, ...]:
        """List the indexed reports."""

    def report(self, report_id: str) -> Report:
        """Return one report; an unknown id raises a `ReportQAError`."""
