"""What a question asks for and of which reports: the scope narrows the search before anything is ranked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.fold import fold
from index.periods import REVIEWS_YEAR_BEFORE
from index.types import ReportCard
from qa.issuers import find_issuers
from qa.periods import YearMentions, find_years
from qa.types import EVERYTHING, Scope

# A question that cannot stand alone goes on with what was asked before: by its first words, its last, or its shortness.
_FOLLOWS = re.compile(r"^(?:那么?|其中|它|这|该|还有|同期|跟|与|和|是哪|是谁|有多少|多少|为什么)|呢[？?]?$")
# Words that say how much or what of, but not of what.
_EMPTY = re.compile(
    r"(?:19|20)\d\d年?|多少|什么|哪些|哪个|怎么|怎样|几|是|的|了|呢|吗|有|要|打算|计划|目标|准备|安排|干到|达到|完成|"
    r"又|再|还|都|就|各|分别|一共|总共|去年|今年|年|[，。？！、；：?,.!\s“”\"]"
)
_FEW_CONTENT_CHARS = 7
# Words that say which report and which year are meant, and not what is looked for there.
_YEAR = r"(?:19|20)\d\d年?"
_SAYS = r"(?:说(?!了)|提到|提出|讲到?|写道?|指出)"
_SCOPE_WORDS = re.compile(
    rf"(?:^|(?<=[\0，。？！；：,\s（(])|{_YEAR}度?的?)[《“\"]?(?:(?:政府)?工作|(?:法治政府建设)?年度)?报告[》”\"]?"
    rf"(?:[里中上]面?{_SAYS}?[，,：:的]?|{_SAYS}[，,：:的]?|[，,：:])|{_YEAR}"
)
# Where such words and names stood, with what joined them: 甘肃和浙江两省的.
_TAKEN_OUT = re.compile(r"\0(?:[和与跟及同、，,\s]*\0)*(?:这?[两三四五六几]个?[地省市县区年])?的?")
# Words that ask for each side of a comparison.
_EACH = re.compile(r"分别|各自|各(?=[是为有要定提计补增占达多])")
# Words that ask for what was planned: a work report plans its own year, the next one tells what came of it.
_PLANNED = re.compile(r"目标|预期|计划|打算|准备|拟|力争|[提定]的|提出的|安排的")
# A range of years asked about as a whole, not year by year.
_AS_A_WHOLE = re.compile(r"一共|总共|累计|合计|[这几两三四五六七八九十\d]年(?:间|来|里|国家|全国|共|一)|期间|这.年")


@dataclass(frozen=True, slots=True)
class Part:
    """One scope to search on its own: an issuer and a year of a comparison, or the whole question.

    Attributes:
        label: names the part in the answer; empty where the question has one part only.
        report_ids: where to look first.
        distant: reports of other years to look into if the passage itself names the year.
        year: the year asked for, or None.
        figure_years: the years whose figures are asked for; a year that only names a report is none of them.
    """

    label: str
    report_ids: tuple[str, ...]
    distant: tuple[str, ...]
    year: int | None
    figure_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A question with its scope.

    Attributes:
        resolved: the question as it is searched for, with what earlier questions left unsaid.
        topic: what is asked, without the words that say of which issuer, year or report: the words to search with.
        context: the earlier question that this one goes on with, without names and years; "" where it stands alone.
        parts: what to search, in the order of the question.
        unknown_issuers: named, but without a report in the index.
        unknown_years: named, but without a report in the index that could tell about them.
    """

    resolved: str
    topic: str
    context: str
    scope: Scope
    parts: tuple[Part, ...]
    unknown_issuers: tuple[str, ...]
    unknown_years: tuple[int, ...]


def understand(
    question: str,
    history: Sequence[str],
    cards: Sequence[ReportCard],
    within: Scope = EVERYTHING,
    without: Scope = EVERYTHING,
) -> Understood:
    """Find out what a question is about.

    Args:
        question: as typed.
        history: earlier questions of the conversation, oldest first.
        cards: the reports of the index.
        within: what the user narrowed the search to besides: only such reports are looked at.
        without: what the question's words say and the user took back: it narrows nothing.
    """
    cards = [card for card in cards if _is_within(card, within)]
    issuers = tuple(dict.fromkeys(card.issuer for card in cards if card.issuer))
    newest = max((card.year for card in cards if card.year), default=None)
    said, context = _with_history(question, history, issuers)
    resolved = f"{said}（接：{context}）" if context else said
    mentions = find_issuers(said, issuers)
    years = _take_back(find_years(_folded_punctuation(said), newest), without.years)
    kinds = tuple(kind for kind in dict.fromkeys(c.kind for c in cards) if kind and fold(kind) in fold(resolved))
    named = tuple(issuer for issuer in mentions.known if issuer not in without.issuers)
    scope = Scope(named, years.all, tuple(kind for kind in kinds if kind not in without.kinds))
    whole = bool(_AS_A_WHOLE.search(said))
    parts = _parts(scope, _years_to_compare(years, whole), years, cards, planned=bool(_PLANNED.search(said)))
    topic = _without(said, mentions.spans) if without.years else _topic(said, mentions.spans)
    return Understood(
        resolved=resolved,
        # Each part is searched for with its own year; a year that was taken back narrows nothing, but is looked for.
        topic=_EACH.sub("", topic) if len(parts) > 1 else topic,
        context=context,
        scope=scope,
        parts=tuple(part for part in parts if part.report_ids or part.distant),
        unknown_issuers=mentions.unknown,
        unknown_years=tuple(p.year for p in parts if p.year is not None and not (p.report_ids or p.distant)),
    )


def _is_within(card: ReportCard, within: Scope) -> bool:
    return (
        (not within.issuers or card.issuer in within.issuers)
        and (not within.years or card.year in within.years)
        and (not within.kinds or card.kind in within.kinds)
    )


def _take_back(years: YearMentions, dropped: Sequence[int]) -> YearMentions:
    """Leave out years that were named and taken back; a range of which one was is none."""
    return YearMentions(
        tuple(year for year in years.report if year not in dropped),
        tuple(year for year in years.figure if year not in dropped),
        tuple(ends for ends in years.ranges if not any(ends[0] <= year <= ends[1] for year in dropped)),
    )


def _folded_punctuation(text: str) -> str:
    """Half-width digits without losing the spaces that part keywords."""
    return " ".join(fold(word) for word in text.split())


def _with_history(question: str, history: Sequence[str], issuers: Sequence[str]) -> tuple[str, str]:
    """Say a question with the issuer and year that it takes over from the one before.

    Returns:
        (the question with its scope, the topic of the one before if this one goes on with it or else "").
    """
    if not history:
        return question, ""
    before, before_context = _with_history(history[-1], history[:-1], issuers)
    mentions, years = find_issuers(question, issuers), find_years(_folded_punctuation(question), None)
    earlier, earlier_years = find_issuers(before, issuers), find_years(_folded_punctuation(before), None)
    own_issuer = (mentions.known and not mentions.weak) or _names_only(question, mentions.unknown)
    taken = [] if own_issuer else list(earlier.known)
    # A report that was named stays named while the years asked about are those it tells about.
    taken += [f"{year}年报告" for year in earlier_years.report if {year, year - 1}.issuperset(years.all)]
    taken += [] if years.all else [f"{year}年" for year in earlier_years.figure]
    topic = _topic(before, earlier.spans)
    own_place = bool(mentions.known or mentions.unknown) and not mentions.weak
    short = _content_chars(question, mentions.spans) <= _FEW_CONTENT_CHARS
    follows = _FOLLOWS.search(question) or (short and not own_place)
    return " ".join([*taken, question]), " ".join(filter(None, [before_context, topic])) if follows else ""


def _names_only(question: str, places: Sequence[str]) -> bool:
    """Tell whether a question is about another place (那青海呢) and not about something there (香港认证的几个)."""
    rest = question
    for place in places:
        rest = rest.replace(place, "")
    return bool(places) and _content_chars(rest, ()) <= 1


def _content_chars(question: str, names: Sequence[tuple[int, int]]) -> int:
    """Count the characters that say what a question is about.

    >>> _content_chars("2026年打算干到多少？", []), _content_chars("公证处办理了多少件公证", [])
    (0, 8)
    """
    return len(_EMPTY.sub("", _without(question, names)))


def _topic(text: str, names: Sequence[tuple[int, int]]) -> str:
    """Leave out of which issuer, year and report a question is.

    Args:
        text: the question.
        names: where issuers are named, (start, end).

    >>> _topic("2026年政府工作报告里说要新增就业多少", []), _topic("甘肃和浙江2026年的目标", [(0, 2), (3, 5)])
    ('要新增就业多少', '目标')
    """
    return _TAKEN_OUT.sub("", _SCOPE_WORDS.sub("\0", _without(text, names, "\0"))).strip()


def _without(text: str, spans: Sequence[tuple[int, int]], instead: str = "") -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + instead + text[end:]
    return text.strip()


def _parts(
    scope: Scope, compared: Sequence[int], years: YearMentions, cards: Sequence[ReportCard], *, planned: bool
) -> list[Part]:
    """Return one part for each pair of an issuer and a year that are named."""
    asked_years: list[int | None] = [*compared] or [None]
    parts = []
    for issuer in scope.issuers or (None,):
        for year in asked_years:
            own = [card for card in cards if issuer in (None, card.issuer) and _fits_kind(card, scope.kinds)]
            near, distant = _by_year(own, year, own_year_only=year in years.report)
            if planned and any(card.year == year and card.kind == REVIEWS_YEAR_BEFORE for card in own):
                near, distant = _by_year(own, year, own_year_only=True)
            label = " ".join(filter(None, [issuer, f"{year}年" if year else None]))
            told = years.figure if len(asked_years) == 1 else tuple(y for y in years.figure if y == year)
            parts.append(Part(label, near, distant, year, told))
    return parts if len(parts) > 1 else [replace(part, label="") for part in parts]


def _years_to_compare(years: YearMentions, whole: bool) -> tuple[int, ...]:
    """Return the years that each need an answer of their own; of a range asked about as a whole its last year."""
    if years.report:
        return years.report
    if years.ranges and whole:
        return (years.ranges[-1][1],)
    return years.figure


def _fits_kind(card: ReportCard, kinds: Sequence[str]) -> bool:
    return not kinds or card.kind in kinds


def _by_year(
    cards: Sequence[ReportCard], year: int | None, own_year_only: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Tell the reports that tell about a year as a matter of course from those that may do so by the way."""
    if year is None:
        return tuple(card.report_id for card in cards), ()
    near = [card for card in cards if card.year == year or (not own_year_only and _reviews(card, year))]
    found = {card.report_id: None for card in near}
    distant = () if own_year_only else tuple(card.report_id for card in cards if card.report_id not in found)
    return tuple(found), distant


def _reviews(card: ReportCard, year: int) -> bool:
    return card.year == year + 1 and card.kind == REVIEWS_YEAR_BEFORE
