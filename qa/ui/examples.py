"""Example questions made from the reports themselves, so that they suit whatever is indexed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.types import Report, Section
from index.types import ReportCard
from qa.types import Answer

_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+[、章节部分．.]+|[（(][一二三四五六七八九十]+[）)]|\d+[、.．])"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_GAPS = re.compile(r"问题|不足|差距|短板|困难")
_PLANS = re.compile(r"安排|计划|打算|下一步|下步|展望")
_ACTIONS = re.compile(
    "^(?:持续|全面|深入|着力|扎实|坚持|加快|加强|推进|推动|提高|提升|优化|健全|完善|强化|深化|规范|压实|化解|促进|落实|把)"
)
_TOPIC_CHARS = range(4, 19)


def newest_by_issuer(cards: Sequence[ReportCard], count: int) -> tuple[ReportCard, ...]:
    """Choose up to `count` reports, the newest of each issuer first, so that the examples span the collection."""
    ordered = sorted(cards, key=lambda card: (-(card.year or 0), card.issuer, card.report_id))
    first = {card.issuer: card for card in reversed(ordered)}
    chosen = [card for card in ordered if first[card.issuer] is card]
    return tuple((chosen + [card for card in ordered if card not in chosen])[:count])


def example_questions(reports: Sequence[Report]) -> tuple[str, ...]:
    """Make one question a report, each from a section of its own kind.

    >>> sections = (Section("二、服务发展：优化营商环境", 1, (), 0, 9), Section("三、存在问题", 1, (), 9, 20))
    >>> report = Report("r", "f", "", "t", "云溪县", "", 2024, "", "", "", "", sections, ())
    >>> example_questions([report, report])
    ('云溪县2024年在优化营商环境方面有哪些主要举措？', '云溪县2024年还存在哪些不足？')
    """
    questions: list[str] = []
    for position, report in enumerate(reports):
        sections = [section for section in report.sections if section.level == 1 and _topic(section.heading)]
        # The n-th report starts at its n-th section: four reports of one kind would else give four times one question.
        turned = sections[position % len(sections) :] + sections[: position % len(sections)] if sections else []
        made = [_question(report, section) for section in turned]
        questions += [question for question in made if question not in questions][:1]
    return tuple(questions)


def next_questions(
    answer: Answer, cards: Sequence[ReportCard], read: Callable[[str], Report], count: int = 3
) -> tuple[str, ...]:
    """Suggest what to ask next: the same of another year and of another issuer; after a refusal, what has an answer.

    Args:
        answer: what was just answered.
        cards: the reports of the index.
        read: gives the report with an id.
        count: how many at most.
    """
    if answer.refused:
        named = [card for card in cards if card.issuer in answer.scope.issuers]
        chosen = newest_by_issuer(named or cards, count)
        return example_questions([read(card.report_id) for card in chosen])
    if not answer.citations or len(answer.scope.issuers) > 1 or len(answer.scope.years) > 1:
        return ()
    first = answer.citations[0]
    own = next((card for card in cards if card.report_id == first.report_id), None)
    if own is None:
        return ()
    years = [c.year for c in cards if c.issuer == own.issuer and c.kind == own.kind and c.year not in (None, own.year)]
    places = [c.issuer for c in cards if c.kind == own.kind and c.year == own.year and c.issuer != own.issuer]
    nearest = sorted({year for year in years if year}, key=lambda year: (abs(year - (own.year or year)), -year))
    said = [_said_of(answer, own, year=year) for year in nearest[:2]]
    said += [_said_of(answer, own, issuer=issuer) for issuer in dict.fromkeys(places)]
    return tuple(dict.fromkeys(said))[:count]


def _said_of(answer: Answer, card: ReportCard, year: int | None = None, issuer: str = "") -> str:
    """Say the question of another year or issuer: in its own words where they name one, else as a follow-up.

    Years are replaced as numbers, so that 2024 within 12024 stays.
    """
    question = answer.question
    if year is not None:
        changed = re.sub(rf"(?<!\d){card.year}(?!\d)", str(year), question)
        return changed if changed != question else f"{year}年呢？"
    return question.replace(card.issuer, issuer) if card.issuer in question else f"{issuer}呢？"


def _question(report: Report, section: Section) -> str:
    topic = _topic(section.heading)
    if not _CHINESE.search(report.title + topic):
        return f"What does {report.issuer} report about {topic.lower()}{f' in {report.year}' if report.year else ''}?"
    place = f"{report.issuer}{report.year}年" if report.year else report.issuer
    if _GAPS.search(topic):
        return f"{place}还存在哪些不足？"
    if _PLANS.search(topic):
        return f"{place}的报告提出了哪些下一步安排？"
    if _ACTIONS.search(topic):
        return f"{place}在{topic}方面有哪些主要举措？"
    return f"{place}{topic.removesuffix('情况')}情况怎么样？"


def _topic(heading: str) -> str:
    """What a heading is about, without its number and slogan; "" where it would make no question."""
    bare = _NUMBERING.sub("", heading.strip()).strip()
    topic = re.split(r"[：:]", bare)[-1].strip(" 。.")
    if "总体" in topic or "概况" in topic or re.search(r"[，；。！？“”]", topic):
        return ""
    if not _CHINESE.search(topic):
        return topic if 4 <= len(topic) <= 40 else ""
    return topic if len(topic) in _TOPIC_CHARS else ""
