"""The engine: opens an index and answers questions over it. Page, command line and tests all ask here."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from corpus.ingest import Ingest
from corpus.types import Report
from corpus.worker import Limits
from index.build import BuildOptions, build_index
from index.encode import Encoder
from index.errors import IndexMissing
from index.ledger import FigureFilter
from index.pictures import read_picture
from index.progress import Progress
from index.rebuild import Rebuild
from index.reload import LiveIndex
from index.search import Index
from index.summary import BuildSummary
from index.types import ReportCard
from index.versions import KEPT, Version, list_versions, roll_back
from qa.figures import PlacedFigure, list_figures
from qa.page_images import PageImages
from qa.reply import reply_to
from qa.settings import Settings
from qa.types import EVERYTHING, Answer, Scope
from qa.understand import understand


class Engine:
    """Answers questions from the live version of an index, each answer from one version as a whole.

    Attributes:
        home: the home folder.
    """

    def __init__(
        self,
        index: Index,
        home: Path,
        encoder_name: str = "",
        keep: int = KEPT,
        search: str = "",
        limits: Limits | None = None,
    ) -> None:
        self._live = LiveIndex(index, home, encoder_name, search)
        self._keep = keep
        self._limits = limits or Limits()
        self._starting = threading.Lock()
        self._rebuild: Rebuild | None = None
        self._page_images = PageImages(home)
        self.home = home

    @classmethod
    def open(cls, settings: Settings) -> Engine:
        """Open the live index of the home folder.

        Raises:
            ReportQAError: if there is none, or it does not fit this program.
        """
        index = Index.open(settings.home, settings.encoder, search=settings.search)
        return cls(index, settings.home, settings.encoder, settings.keep, settings.search, settings.limits)

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
        options = BuildOptions(started_by="server start", keep=settings.keep, limits=settings.limits)
        summary = build_index(settings.home, settings.reports, encoder, None, progress, options, full_answer)
        return cls.open(settings), summary

    @property
    def index_build(self) -> str:
        """Id of the index version that answers."""
        return self._live.current().manifest.build_id

    @property
    def encoder(self) -> str:
        """Name of the encoder that the index was made by: its folder, or "shipped"."""
        return self._live.current().manifest.encoder

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was left out of the user's own thesaurus, and why a newer index is not used, a sentence a line."""
        return (*self._live.current().thesaurus.warnings, *filter(None, [self._live.warning]))

    @property
    def samples(self) -> bool:
        """Whether only the fictional sample reports are indexed."""
        return self._live.current().manifest.samples

    def reports(self) -> tuple[ReportCard, ...]:
        """Return what is indexed."""
        return self._live.current().store.cards

    def report(self, report_id: str) -> Report:
        """Return a whole report, also one that an earlier answer quotes and that has been replaced since.

        Raises:
            UnknownReport: if there is none with this id.
        """
        return self._live.report(report_id)

    def rebuild(self, folders: Sequence[Path] = (), accept: bool = False) -> Rebuild:
        """Build a new version in the background and answer from it as soon as it is live.

        Args:
            folders: where the reports are; empty: where they were last time, and `home/reports`.
            accept: go live even if a fixed question has lost its answer.

        Returns:
            The build; the one that is running, if one is.
        """
        options = BuildOptions(accept, started_by="page", keep=self._keep, limits=self._limits)

        def build(progress: Progress) -> BuildSummary:
            encoder = self._live.current().encoder
            summary = build_index(self.home, folders, encoder, None, progress, options, full_answer)
            self._live.refresh()
            return summary

        with self._starting:
            if self._rebuild is None or not self._rebuild.state().running:
                self._rebuild = Rebuild(self.home, build)
            return self._rebuild

    @property
    def rebuilding(self) -> Rebuild | None:
        """The build that was started last, running or ended; None if none was."""
        return self._rebuild

    def versions(self) -> tuple[Version, ...]:
        """Return the versions on the disk, newest first."""
        return tuple(list_versions(self.home))

    def rollback(self, build_id: str) -> None:
        """Answer from another version.

        Raises:
            UnknownVersion: if there is none with this id.
            BuildRunning: if a build is running.
        """
        roll_back(self.home, build_id)
        self._live.refresh()

    def picture(self, name: str) -> bytes:
        """Return the image of an exhibit, as PNG, JPEG, GIF or BMP.

        Raises:
            UnknownPicture: if the index has none of this name.
        """
        return read_picture(self._live.current().folder, name)

    def ingests(self) -> tuple[Ingest, ...]:
        """Return what became of each file of the build, left-out ones included."""
        return self._live.current().store.ingests()

    @property
    def figure_count(self) -> int:
        """Return how many figures the index holds."""
        return self._live.current().store.figure_count()

    def common_indicators(self, most: int) -> tuple[str, ...]:
        """Return indicators that several reports give for a whole year, those of most reports first."""
        return self._live.current().store.common_indicators(most)

    def page_image(self, report_id: str, page: int, width: int = 1200) -> bytes | None:
        """Return a page of a report's original file as PNG; None where there is no original that can be drawn.

        The boxes of `corpus.geometry.quote_boxes` are fractions of this image. Another process draws it: a crash of the
        library there costs one image.

        Args:
            report_id: the report, also one that has been replaced since.
            page: of the file, counted from 1.
            width: of the image in pixels.

        Raises:
            UnknownReport: if there is no report with this id.
        """
        return self._page_images.get(self.report(report_id), page, width)

    def figures(self, wanted: FigureFilter) -> tuple[PlacedFigure, ...]:
        """Return the figures that fit, each with its place."""
        return tuple(list_figures(self._live.current().store, wanted))

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        within: Scope = EVERYTHING,
        without: Scope = EVERYTHING,
    ) -> Answer:
        """Answer a question.

        Args:
            question: as typed.
            history: earlier questions of the conversation, oldest first.
            within: narrows the search besides the question's words.
            without: takes back what the question's words would narrow it to.
        """
        return answer_from(self._live.current(), question, history, within, without)


def answer_from(
    index: Index,
    question: str,
    history: Sequence[str] = (),
    within: Scope = EVERYTHING,
    without: Scope = EVERYTHING,
) -> Answer:
    """Answer a question from one version of the index."""
    begun = time.perf_counter()
    understood = understand(question, history, index.store.cards, within, without)
    reply = reply_to(understood, index)
    return Answer(
        question=question,
        resolved_question=understood.resolved,
        text=reply.text,
        headline=reply.headline,
        refusal=reply.refusal,
        citations=reply.citations,
        figures=reply.figures,
        scope=understood.scope,
        index_build=index.manifest.build_id,
        elapsed_ms=round((time.perf_counter() - begun) * 1000, 1),
        expansions=reply.expansions,
        exhibits=reply.exhibits,
    )


def full_answer(index: Index, question: str) -> str:
    """Return all words of an answer, for checking a new version against fixed questions."""
    answer = answer_from(index, question)
    return "\n".join([answer.headline or "", answer.text, *(citation.quote for citation in answer.citations)])
