"""The engine: opens an index and answers questions over it. Page, command line and tests all ask here."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path

from corpus.types import Report
from index.build import build_index
from index.encode import Encoder
from index.errors import IndexMissing
from index.periods import names_year
from index.pictures import read_picture
from index.progress import Progress
from index.query import Ask
from index.search import Index
from index.summary import BuildSummary
from index.types import ReportCard, SentenceHit
from qa.answer import (
    Group,
    answer_text,
    cite,
    cited_exhibits,
    cited_figures,
    not_mentioned,
    notes,
    refusal_text,
    unknown_scope,
)
from qa.cells import answering_row, cell_at, is_head
from qa.expand import complete
from qa.headline import Headline, asks_number, pick_headline
from qa.settings import Settings
from qa.types import Answer, Citation, CitedExhibit, CitedFigure, Expansion
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
    exhibits: tuple[CitedExhibit, ...] = ()


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

    def picture(self, name: str) -> bytes:
        """Return the image of an exhibit, as PNG, JPEG, GIF or BMP.

        Raises:
            UnknownPicture: if the index has none of this name.
        """
        return read_picture(self._index.folder, name)

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
            figures=reply.figures,
            scope=understood.scope,
            index_build=self.index_build,
            elapsed_ms=round((time.perf_counter() - begun) * 1000, 1),
            expansions=reply.expansions,
            exhibits=reply.exhibits,
        )

    def _answer(self, understood: Understood) -> _Reply:
        reason = unknown_scope(understood, self.reports())
        if reason is not None:
            return _Reply(refusal_text(reason, ()), None, reason, ())
        found = [self._search(part, understood) for part in understood.parts]
        most = max(_MOST_CITATIONS, sum(part.needed for part in found))
        picked = _take_turns([part.sentences for part in found], most)
        asked = {
            hit: _asked(part, understood)
            for part, result in zip(understood.parts, found, strict=True)
            for hit in result.sentences
        }
        citations = cite(picked, self._index.store, asked)
        if not citations:
            reason = not_mentioned(understood, self.reports())
            return _Reply(refusal_text(reason, ()), None, reason, ())
        by_hit = dict(zip(picked, citations, strict=True))
        groups = [
            Group(part.label, result.headline, [by_hit[h] for h in result.sentences if h in by_hit], result.needed)
            for part, result in zip(understood.parts, found, strict=True)
        ]
        headline = _short(groups[0]) if len(groups) == 1 else None
        figures = cited_figures(groups, self._index.store)
        expansions = tuple(dict.fromkeys(expansion for part in found for expansion in part.expansions))
        return _Reply(
            answer_text(understood.topic, groups, figures, notes(understood)),
            headline,
            None,
            citations,
            figures,
            expansions,
            cited_exhibits(citations, self._index.store),
        )

    def _search(self, part: Part, understood: Understood) -> _PartFound:
        """Search for one part of the question; the sentence of the headline comes first, completed."""
        ask = Ask(understood.topic, understood.context, part.year)
        found = self._index.find(ask, part.report_ids or part.distant)
        if not part.report_ids:
            named = [hit for hit in found.sentences if _names(part.year, hit) or self._heads_name(part.year, hit)]
            found = replace(found, sentences=tuple(named))
        telling = (hit for hit in found.sentences if not self._is_head(hit))
        found = replace(found, sentences=tuple(telling))
        expansions = tuple(Expansion(e.said, e.meant) for e in found.query.expansions)
        headline = pick_headline(self._index.clauses(found), understood.topic)
        if headline is None:
            return _PartFound(None, (), 0, expansions)
        report = self.report(headline.sentence.chunk.report_id)
        if asks_number(understood.topic):
            row = answering_row(report, headline.sentence, understood.topic)
            headline = replace(headline, sentence=row) if row is not None else headline
        cell = cell_at(report, headline.sentence, _asked(part, understood))
        if cell is not None:
            headline = replace(headline, start=cell.start, end=cell.end, text=cell.text)
        whole = complete(headline.sentence, report)
        if len(whole) > 1:
            # A list is the answer, and the words that announce it are no short form of it.
            return _PartFound(None, tuple(whole), len(whole), expansions)
        rest = [hit for hit in found.sentences if not _within(hit, [headline.sentence, *whole])]
        return _PartFound(headline, (*whole, *rest), len(whole), expansions)

    def _is_head(self, hit: SentenceHit) -> bool:
        """Tell whether a sentence is a row of heads; only what has several cells can be one."""
        return "\t" in hit.text and is_head(self.report(hit.chunk.report_id), hit)

    def _heads_name(self, year: int | None, hit: SentenceHit) -> bool:
        """Tell whether a row of a table has a column of a year."""
        cell = cell_at(self.report(hit.chunk.report_id), hit, f"{year}年")
        return cell is not None and names_year(year, cell.column) > 0


def _asked(part: Part, understood: Understood) -> str:
    """Return what one part asks, its year in front."""
    return f"{part.year}年{understood.topic}" if part.year else understood.topic


def _short(group: Group) -> str | None:
    """Return the short answer as printed; the unit that a table gives to a cell is set behind it in brackets."""
    cell = group.citations[0].cell if group.citations else None
    if group.headline is None:
        return None
    return f"{group.headline.text}（{cell.unit}）" if cell is not None and cell.unit else group.headline.text


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
