"""The engine: opens an index and answers questions over it. Page, command line and tests all ask here."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from corpus.types import Report
from index.build import BuildSummary, build_index
from index.encode import Encoder
from index.errors import IndexMissing
from index.progress import Progress
from index.search import Index
from index.types import ReportCard
from qa.reply import reply_to
from qa.settings import Settings
from qa.types import Answer
from qa.understand import understand


class Engine:
    """Answers questions from one version of an index.

    Attributes:
        home: the home folder.
    """

    def __init__(self, index: Index, home: Path) -> None:
        self._index = index
        self.home = home

    @classmethod
    def open(cls, settings: Settings) -> Engine:
        """Open the live index of the home folder.

        Raises:
            ReportQAError: if there is none, or it does not fit this program.
        """
        return cls(Index.open(settings.home, settings.encoder, search=settings.search), settings.home)

    @classmethod
    def open_or_build(cls, settings: Settings, progress: Progress) -> tuple[Engine, BuildSummary | None]:
        """Open the index, built first where there is none or where folders with reports are given.

        Returns:
            The engine, and what a build did; None where nothing was built.

        Raises:
            ReportQAError: if no report can be read, or the index does not fit this program.
        """
        if not settings.reports:
            with suppress(IndexMissing):
                return cls.open(settings), None
        encoder = Encoder.load(settings.encoder)
        summary = build_index(settings.home, settings.reports, encoder, progress=progress)
        return cls.open(settings), summary

    @property
    def index_build(self) -> str:
        """Id of the index version."""
        return self._index.manifest.build_id

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was left out of the user's own thesaurus, a sentence a line."""
        return self._index.thesaurus.warnings

    @property
    def samples(self) -> bool:
        """Whether only the fictional sample reports are indexed."""
        return self._index.manifest.samples

    def reports(self) -> tuple[ReportCard, ...]:
        """Return what is indexed."""
        return self._index.store.cards

    def report(self, report_id: str) -> Report:
        """Return a whole report.

        Raises:
            UnknownReport: if there is none with this id.
        """
        return self._index.store.report(report_id)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question.

        Args:
            question: as typed.
            history: earlier questions of the conversation, oldest first.
        """
        begun = time.perf_counter()
        understood = understand(question, history, self.reports())
        reply = reply_to(understood, self._index)
        return Answer(
            question=question,
            resolved_question=understood.resolved,
            text=reply.text,
            headline=reply.headline,
            refusal=reply.refusal,
            citations=reply.citations,
            figures=reply.figures,
            scope=understood.scope,
            index_build=self.index_build,
            elapsed_ms=round((time.perf_counter() - begun) * 1000, 1),
            expansions=reply.expansions,
        )
