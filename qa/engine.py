"""The engine: opens an index and answers questions over it. Page, command line and tests all ask here."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path

from corpus.types import Report
from index.build import BuildSummary, build_index
from index.encode import Encoder
from index.errors import IndexMissing
from index.ledger import FigureFilter
from index.periods import names_year
from index.progress import Progress
from index.query import Ask
from index.search import Index
from index.types import ReportCard, SentenceHit
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
        return cls(Index.open(settings.home, settings.encoder), settings.home)

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

    def figures(self, wanted: FigureFilter) -> tuple[PlacedFigure, ...]:
        """Return the figures that fit, each with its place."""
        return tuple(list_figures(self._index.store, wanted))

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
        begun = time.perf_counter()
        understood = understand(question, history, self.reports(), within, without)
        reply = self._answer(understood)
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

    def _answer(self, understood: Understood) -> _Reply:
        reason = unknown_scope(understood, self.reports())
        if reason is not None:
            return _Reply(refusal_text(reason, ()), None, reason, ())
        found = [self._search(part, understood) for part in understood.parts]
        most = max(_MOST_CITATIONS, sum(part.needed for part in found))
        picked = _take_turns([part.sentences for part in found], most)
        citations = cite(picked, self._index.store)
        if not citations:
            reason = not_mentioned(understood, self.reports())
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
        whole = complete(headline.sentence, self.report(headline.sentence.chunk.report_id))
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
