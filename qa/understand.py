"""What a question asks for and of which reports: the scope narrows the search before anything is ranked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.fold import fold
from index.types import ReportCard
from qa.issuers import find_issuers
from qa.periods import YearMentions, find_years
from qa.types import Scope

# Reports that open with what was reached in the year before: asked for results of a year, the next one's is right.
_REVIEWS_YEAR_BEFORE = "政府工作报告"
# Words of intent: what they ask for stands in the report of the same year, as a plan.
_PLANNED = re.compile(r"目标|预期|计划|打算|安排|拟|准备|将要?|力争|定的|要(?!求|是)|提出|部署|任务")
# A question that cannot stand alone: it goes on with what was asked before.
_FOLLOWS = re.compile(r"^(?:那么?|其中|它|这|该|呢|还有|同期|跟|与|和|是哪|有多少|多少|为什么|怎么)|呢[？?]?$|^.{0,7}$")


@dataclass(frozen=True, slots=True)
class Part:
    """One scope to search on its own: an issuer and a year of a comparison, or the whole question.

    Attributes:
        label: names the part in the answer; empty where the question has one part only.
        report_ids: where to look first.
        distant: reports of other years to look into if the passage itself names the year.
        year: the year asked for, or None.
    """

    label: str
    report_ids: tuple[str, ...]
    distant: tuple[str, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class Understood:
    """A question with its scope.

    Attributes:
        resolved: the question as it is searched for, with what earlier questions left unsaid.
        topic: what is asked, without the issuers' names: the words to search with.
        parts: what to search, in the order of the question.
        unknown_issuers: named, but without a report in the index.
        unknown_years: named, but without a report in the index that could tell about them.
        planned: whether the question asks for plans and targets rather than results.
    """

    resolved: str
    topic: str
    scope: Scope
    parts: tuple[Part, ...]
    unknown_issuers: tuple[str, ...]
    unknown_years: tuple[int, ...]
    planned: bool


def understand(question: str, history: Sequence[str], cards: Sequence[ReportCard]) -> Understood:
    """Find out what a question is about.

    Args:
        question: as typed.
        history: earlier questions of the conversation, oldest first.
        cards: the reports of the index.
    """
    issuers = tuple(dict.fromkeys(card.issuer for card in cards if card.issuer))
    newest = max((card.year for card in cards if card.year), default=None)
    resolved = _resolve(question, history, issuers)
    mentions = find_issuers(resolved, issuers)
    years = find_years(_folded_punctuation(resolved), newest)
    kinds = tuple(kind for kind in dict.fromkeys(c.kind for c in cards) if kind and fold(kind) in fold(resolved))
    scope = Scope(mentions.known, years.all, kinds)
    parts = _parts(scope, years, cards)
    return Understood(
        resolved=resolved,
        topic=_without(resolved, mentions.spans),
        scope=scope,
        parts=tuple(part for part in parts if part.report_ids or part.distant),
        unknown_issuers=mentions.unknown,
        unknown_years=tuple(p.year for p in parts if p.year is not None and not (p.report_ids or p.distant)),
        planned=bool(_PLANNED.search(resolved)),
    )


def _folded_punctuation(text: str) -> str:
    """Half-width digits without losing the spaces that part keywords."""
    return " ".join(fold(word) for word in text.split())


def _resolve(question: str, history: Sequence[str], issuers: Sequence[str]) -> str:
    """Put what the question leaves unsaid in front of it: the topic, or just issuer and year, of the one before."""
    if not history:
        return question
    before = _resolve(history[-1], history[:-1], issuers)
    mentions, said = find_issuers(question, issuers), find_years(question, None)
    earlier, earlier_years = find_issuers(before, issuers), find_years(before, None)
    if _FOLLOWS.search(question):
        before = _without(before, earlier.spans) if mentions.known else before
        return f"{_without_years(before, earlier_years) if said.all else before} {question}"
    scope = [] if mentions.known or mentions.unknown else list(earlier.known)
    scope += [] if said.all else [f"{year}年" for year in earlier_years.all]
    return " ".join([*scope, question])


def _without_years(text: str, years: YearMentions) -> str:
    return re.sub("|".join(f"{year}年?" for year in years.all) or r"(?!)", "", text)


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text.strip()


def _parts(scope: Scope, years: YearMentions, cards: Sequence[ReportCard]) -> list[Part]:
    """Return one part for each pair of an issuer and a year that are named."""
    asked_years: list[int | None] = list(_years_to_compare(years)) or [None]
    parts = []
    for issuer in scope.issuers or (None,):
        for year in asked_years:
            own = [card for card in cards if issuer in (None, card.issuer) and _fits_kind(card, scope.kinds)]
            near, distant = _by_year(own, year, as_report=year in years.report)
            label = " ".join(filter(None, [issuer, f"{year}年" if year else None]))
            parts.append(Part(label, near, distant, year))
    return parts if len(parts) > 1 else [Part("", p.report_ids, p.distant, p.year) for p in parts]


def _years_to_compare(years: YearMentions) -> tuple[int, ...]:
    """Return the years that each need an answer of their own; a range is asked about as a whole, by its last year."""
    if years.report:
        return years.report
    if years.ranges:
        return (years.ranges[-1][1],)
    return years.figure


def _fits_kind(card: ReportCard, kinds: Sequence[str]) -> bool:
    return not kinds or card.kind in kinds


def _by_year(cards: Sequence[ReportCard], year: int | None, as_report: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell the reports that tell about a year as a matter of course from those that may do so by the way."""
    if year is None:
        return tuple(card.report_id for card in cards), ()
    near = [card for card in cards if card.year == year or (not as_report and _reviews(card, year))]
    distant = [] if as_report else [card for card in cards if card not in near]
    return tuple(card.report_id for card in near), tuple(card.report_id for card in distant)


def _reviews(card: ReportCard, year: int) -> bool:
    return card.year == year + 1 and card.kind == _REVIEWS_YEAR_BEFORE
