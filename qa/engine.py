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
from index.periods import names_year
from index.progress import Progress
from index.query import Ask
from index.search import Index
from index.types import ReportCard, SentenceHit
from qa.answer import Group, answer_text, cite, not_mentioned, refusal_text, unknown_scope
from qa.headline import pick_headline
from qa.settings import Settings
from qa.types import Answer, Citation
from qa.understand import Part, Understood, understand

# Sentences quoted at most in all.
_MOST_CITATIONS = 5


@dataclass(frozen=True, slots=True)
class _PartFound:
    headline: str | None
    sentences: tuple[SentenceHit, ...]


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str
    headline: str | None
    refusal: str | None
    citations: tuple[Citation, ...]


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
        reply = self._answer(understood)
        return Answer(
            question=question,
            resolved_question=understood.resolved,
            text=reply.text,
            headline=reply.headline,
            refusal=reply.refusal,
            citations=reply.citations,
            figures=(),
            scope=understood.scope,
            index_build=self.index_build,
            elapsed_ms=round((time.perf_counter() - begun) * 1000, 1),
        )

    def _answer(self, understood: Understood) -> _Reply:
        reason = unknown_scope(understood, self.reports())
        if reason is not None:
            return _Reply(refusal_text(reason, ()), None, reason, ())
        found = [self._search(part, understood) for part in understood.parts]
        picked = _take_turns([part.sentences for part in found], _MOST_CITATIONS)
        citations = cite(picked, self._index.store)
        if not citations:
            reason = not_mentioned(understood, self.reports())
            return _Reply(refusal_text(reason, ()), None, reason, ())
        by_hit = dict(zip(picked, citations, strict=True))
        groups = [
            Group(part.label, result.headline, [by_hit[hit] for hit in result.sentences if hit in by_hit])
            for part, result in zip(understood.parts, found, strict=True)
            if result.sentences
        ]
        headline = groups[0].headline if len(groups) == 1 else None
        return _Reply(answer_text(groups), headline, None, citations)

    def _search(self, part: Part, understood: Understood) -> _PartFound:
        """Search for one part of the question; the sentence of the headline comes first."""
        ask = Ask(understood.topic, understood.context, part.year)
        found = self._index.find(ask, part.report_ids or part.distant)
        if not part.report_ids:
            named = [hit for hit in found.sentences if _names(part.year, hit)]
            found = replace(found, sentences=tuple(named))
        headline = pick_headline(self._index.clauses(found))
        if headline is None:
            return _PartFound(None, ())
        rest = [hit for hit in found.sentences if hit != headline.sentence]
        return _PartFound(headline.text, (headline.sentence, *rest))


def _names(year: int | None, hit: SentenceHit) -> bool:
    """Tell whether a sentence or its headings name a year: what a report of another year tells about it by the way."""
    return names_year(year, "\n".join([*hit.chunk.section_path, hit.text])) > 0


def _take_turns(found: Sequence[Sequence[SentenceHit]], most: int) -> list[SentenceHit]:
    """Take the best of every part, then the second best, and so on; no sentence twice."""
    turns = chain.from_iterable(zip_longest(*found))
    return list(dict.fromkeys(hit for hit in turns if hit is not None))[:most]
