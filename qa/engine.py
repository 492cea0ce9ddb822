"""The engine: opens an index and answers questions over it. Page, command line and tests all ask here."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path

from corpus.types import Report
from index.build import BuildOptions, build_index
from index.encode import Encoder
from index.errors import IndexMissing
from index.ledger import FigureFilter
from index.periods import names_year
from index.progress import Progress
from index.query import Ask
from index.rebuild import Rebuild
from index.reload import LiveIndex
from index.search import Index
from index.summary import BuildSummary
from index.types import ReportCard, SentenceHit
from index.versions import KEPT, Version, list_versions, roll_back
from qa.answer import Group, answer_text, cite, cited_figures, not_mentioned, notes, refusal_text, unknown_scope
from qa.expand import complete
from qa.figures import PlacedFigure, list_figures
from qa.headline import Headline, pick_headline
from qa.settings import Settings
from qa.types import EVERYTHING, Answer, Citation, CitedFigure, Expansion, Scope
from qa.understand import Part, Understood, understand

# Sentences quoted at most in all.
_MOST_CITATIONS = 5


@dataclass(frozen=True, slots=True)
class _PartFound:
    """What was found for one part; the first `needed` sentences belong together."""

    headline: Headline | None
    sentences: tuple[SentenceHit, ...]
    needed: int
    expansions: tuple[Expansion, ...]


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str
    headline: str | None
    refusal: str | None
    citations: tuple[Citation, ...]
    figures: tuple[CitedFigure, ...] = ()
    expansions: tuple[Expansion, ...] = ()


class Engine:
    """Answers questions from the live version of an index, each answer from one version as a whole.

    Attributes:
        home: the home folder.
    """

    def __init__(self, index: Index, home: Path, encoder_name: str = "", keep: int = KEPT) -> None:
        self._live = LiveIndex(index, home, encoder_name)
        self._keep = keep
        self._starting = threading.Lock()
        self._rebuild: Rebuild | None = None
        self.home = home

    @classmethod
    def open(cls, settings: Settings) -> Engine:
        """Open the live index of the home folder.

        Raises:
            ReportQAError: if there is none, or it does not fit this program.
        """
        return cls(Index.open(settings.home, settings.encoder), settings.home, settings.encoder, settings.keep)

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
        options = BuildOptions(started_by="server start", keep=settings.keep)
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
        """Return a whole report.

        Raises:
            UnknownReport: if there is none with this id.
        """
        return self._live.current().store.report(report_id)

    def rebuild(self, folders: Sequence[Path] = (), accept: bool = False) -> Rebuild:
        """Build a new version in the background and answer from it as soon as it is live.

        Args:
            folders: where the reports are; empty: where they were last time, and `home/reports`.
            accept: go live even if a fixed question has lost its answer.

        Returns:
            The build; the one that is running, if one is.
        """
        options = BuildOptions(accept, started_by="page", keep=self._keep)

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
    reply = _Reader(index).answer(understood)
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
    )


def full_answer(index: Index, question: str) -> str:
    """Return all words of an answer, for checking a new version against fixed questions."""
    answer = answer_from(index, question)
    return "\n".join([answer.headline or "", answer.text, *(citation.quote for citation in answer.citations)])


class _Reader:
    """Answers from one opened version."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def answer(self, understood: Understood) -> _Reply:
        """Answer a question that is understood."""
        reason = unknown_scope(understood, self._index.store.cards)
        if reason is not None:
            return _Reply(refusal_text(reason, ()), None, reason, ())
        found = [self._search(part, understood) for part in understood.parts]
        most = max(_MOST_CITATIONS, sum(part.needed for part in found))
        picked = _take_turns([part.sentences for part in found], most)
        citations = cite(picked, self._index.store)
        if not citations:
            reason = not_mentioned(understood, self._index.store.cards)
            return _Reply(refusal_text(reason, ()), None, reason, ())
        by_hit = dict(zip(picked, citations, strict=True))
        groups = [
            Group(part.label, result.headline, [by_hit[h] for h in result.sentences if h in by_hit], result.needed)
            for part, result in zip(understood.parts, found, strict=True)
        ]
        headline = groups[0].headline.text if len(groups) == 1 and groups[0].headline else None
        figures = cited_figures(groups, self._index.store)
        expansions = tuple(dict.fromkeys(expansion for part in found for expansion in part.expansions))
        return _Reply(
            answer_text(understood.topic, groups, figures, notes(understood)),
            headline,
            None,
            citations,
            figures,
            expansions,
        )

    def _search(self, part: Part, understood: Understood) -> _PartFound:
        """Search for one part of the question; the sentence of the headline comes first, completed."""
        ask = Ask(understood.topic, understood.context, part.year)
        found = self._index.find(ask, part.report_ids or part.distant)
        if not part.report_ids:
            named = [hit for hit in found.sentences if _names(part.year, hit)]
            found = replace(found, sentences=tuple(named))
        expansions = tuple(Expansion(e.said, e.meant) for e in found.query.expansions)
        headline = pick_headline(self._index.clauses(found), understood.topic)
        if headline is None:
            return _PartFound(None, (), 0, expansions)
        whole = complete(headline.sentence, self._index.store.report(headline.sentence.chunk.report_id))
        if len(whole) > 1:
            # A list is the answer, and the words that announce it are no short form of it.
            return _PartFound(None, tuple(whole), len(whole), expansions)
        rest = [hit for hit in found.sentences if not _within(hit, [headline.sentence, *whole])]
        return _PartFound(headline, (*whole, *rest), len(whole), expansions)


def _within(hit: SentenceHit, others: Sequence[SentenceHit]) -> bool:
    """Tell whether a sentence stands in one of some others."""
    report_id = hit.chunk.report_id
    return any(o.chunk.report_id == report_id and o.start <= hit.start and hit.end <= o.end for o in others)


def _names(year: int | None, hit: SentenceHit) -> bool:
    """Tell whether a sentence or its headings name a year: what a report of another year tells about it by the way."""
    return names_year(year, "\n".join([*hit.chunk.section_path, hit.text])) > 0


def _take_turns(found: Sequence[Sequence[SentenceHit]], most: int) -> list[SentenceHit]:
    """Take the best of every part, then the second best, and so on; no sentence twice."""
    turns = chain.from_iterable(zip_longest(*found))
    return list(dict.fromkeys(hit for hit in turns if hit is not None))[:most]
