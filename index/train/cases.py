"""Written questions as cases of a search: what is asked, over which reports, and where the answer stands."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.types import Report
from index.periods import REVIEWS_YEAR_BEFORE, agrees
from index.query import Ask
from index.search import Index
from index.train.sources import Question
from index.types import ReportCard, SentenceHit


@dataclass(frozen=True, slots=True)
class Case:
    """A question as it is searched for, and where its answer stands: report and offsets in its text."""

    question: Question
    ask: Ask
    report_ids: list[str]
    report_id: str
    start: int
    end: int

    def begins_in(self, hit: SentenceHit, start: int, end: int) -> bool:
        """Tell whether the answer begins in a stretch of a hit's report."""
        return hit.chunk.report_id == self.report_id and start <= self.start < end

    def overlaps(self, hit: SentenceHit, start: int, end: int) -> bool:
        """Tell whether a part of the answer stands in a stretch of a hit's report."""
        return hit.chunk.report_id == self.report_id and start < self.end and self.start < end


def cases_of(questions: Sequence[Question], index: Index) -> Iterator[Case]:
    """Yield the questions whose answer stands in the index word for word."""
    cards = {Path(card.file).name: card for card in index.store.cards}
    for question in questions:
        report_id = cards[question.passage.file].report_id
        start = _place(question, index.store.report(report_id))
        if start >= 0:
            ask, report_ids = _asked(question, cards)
            yield Case(question, ask, report_ids, report_id, start, start + len(question.answer))


def _asked(question: Question, cards: dict[str, ReportCard]) -> tuple[Ask, list[str]]:
    """Ask half of the questions about their report, and half about the year their section tells about.

    A question about a year is searched for in the report of that year and in the one that reviews it, as in use.
    """
    card = cards[question.passage.file]
    year = _told_year(card, question.passage.heading)
    if year is None or zlib.crc32(question.text.encode()) % 2:
        return Ask(question.text), [card.report_id]
    near = [c.report_id for c in cards.values() if c.issuer == card.issuer and _may_tell(c, year)]
    return Ask(question.text, year=year), near


def _told_year(card: ReportCard, heading: str) -> int | None:
    if card.year is None or not heading:
        return None
    told = [year for year in (card.year - 1, card.year) if agrees(year, card, (heading,)) > 0]
    return told[0] if len(told) == 1 and _may_tell(card, told[0]) else None


def _may_tell(card: ReportCard, year: int) -> bool:
    return card.year == year or (card.kind == REVIEWS_YEAR_BEFORE and card.year == year + 1)


def _place(question: Question, report: Report) -> int:
    """Return where the answer begins in the report; -1 where its passage does not stand there as it is."""
    passage = report.text.find(question.passage.text)
    return passage + question.start if passage >= 0 else -1
