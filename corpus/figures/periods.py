"""The period of a figure: from its sentence, else from its section, else from the year and kind of the report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.figures.context import Spot
from corpus.figures.kinds import is_state_before
from corpus.figures.plain import plain
from corpus.types import Kind, Report, Section

_YEAR = r"(?P<year>(?:1[ ]?9|2[ ]?0)[ ]?\d[ ]?\d)[ ]?年"
_MONTH = (
    r"\d{1,2}月(?:\d{1,2}日)?(?:(?:至|到|-|~)(?:次年)?(?:\d{1,2}月)?(?:\d{1,2}日)?)?(?:份|底|初|末|上旬|中旬|下旬)?前?"
)
_PART = r"末|底|上半年|下半年|前三季度|[一二三四]季度|前[一二三四五六七八九十\d]+个月"
_TIMES = re.compile(
    rf"""(?P<upto>截[至止]?到?(?:目前)?)?(?:
      (?P<from>(?:19|20)\d\d)年?(?:-|~|至|到){{1,2}}(?P<to>(?:19|20)\d\d)年
    | {_YEAR}度?(?P<rest>{_MONTH}|{_PART})?(?P<since>以来|以前|之前)?
    | (?P<plan>“[一二三四五六七八九十]{{1,2}}五”)(?P<plan_part>时期|期间|以来|末)
    | (?P<last>上一?年度?|去年|前一年)(?P<last_part>{_PART}|同期)?
    | (?P<next>明年|下一?年度?|次年)(?P<next_part>{_PART})?
    | (?P<this>今年|本年度?|当年|年)(?P<this_part>{_PART}|{_MONTH})
    | (?<!\d)(?P<month>{_MONTH}|上半年|下半年|前三季度|[一二三四]季度)
    | (?P<whole>今年|本年度?|全年|年内)
    | (?P<years>过去|近)(?P<count>[一二三四五六七八九十\d]{{1,2}})年
    )""",
    re.VERBOSE,
)
# In front of a time it is compared with; what was compared says nothing on the figure's own period.
_AGAINST = re.compile(r"(?:比|较|与|同|和|于|对|高出|低出|超过|超)$")
_CORRECTED = re.compile(r"(?:核|修|订)[^,]{0,8}调整为|更正为|修正为|修订为|原公布|原报告")
_CARRIED = re.compile(
    r"[\s]*(?:到|至)?(?:(?P<year>20\d\d)年[,末]|(?P<plan>“[一二三四五六七八九十]{1,2}五”)(?:时期|期间|以来))"
)
_LAST_YEAR = re.compile(r"[比较]上年|[比较]去年|同比")
# Times in titles, names and closed brackets are not the sentence's.
_NO_TIMES = re.compile(r"《[^《》]*》|“[^“”]{6,40}”|\([^()]{0,60}\)")
_CHINESE_COUNT = {character: value for value, character in enumerate("零一二三四五六七八九十")}

_PLAN = re.compile(
    r"打算|工作计划|年计划|计划$|安排|展望|下一?步|下一?阶段|工作思路|工作部署|怎么干|努力方向|今后|今年|明年|总体要求|主要考虑|总体思路|新的?一年"
    r"|目标任务|预期目标|(?:工作|主要|重点)任务|(?:主要|发展|奋斗|预期)目标"
)
# A heading that names problems and plans together: the plan begins where a sentence says so.
_PROBLEMS = re.compile(r"问题|不足|差距|短板|困难|弱项|难题")
_TURNS = re.compile(r"下一?步|下一?阶段|明年|今后|新的?一年")
_REVIEW = re.compile(r"回顾|总结|完成|过去|取得|成效|成就|进展|情况|办成|上年|去年|历程|整改|履职")
# Plans and laws that a heading names say nothing on its own period.
_NAMES_IN_HEADING = re.compile(r"《[^《》]*》|\d{4}年?(?:-{1,2}|~|至)\d{4}年?")
_PAST_YEARS = re.compile(r"过去(?P<count>[二三四五])年|(?P<years>五)年来")
_HEADED_YEAR = re.compile(_YEAR)
_HEADED_PLAN = re.compile(r"“[一二三四五六七八九十]{1,2}五”(?:时期|期间)?")
_LONGEST_HEADING = 30
_DEEPEST = 12
_OPENS_PLAN = re.compile(r"[^。]{0,40}(?:主要预期目标|工作的?总体要求|主要目标是)")
_WORK_REPORT = "政府工作报告"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the report from `start` on, with the period that holds in it unless a sentence says otherwise.

    `this_year` is the year that the report calls 今年: of a work report its own year, of others the year they tell of.
    """

    start: int
    year: int | None
    period: str
    is_plan: bool
    this_year: int | None = None


class Calendar:
    """The periods of one report, by place."""

    def __init__(self, report: Report, form: str) -> None:
        is_work = report.kind.endswith(_WORK_REPORT)
        year = report.year
        self._review = None if year is None else year - 1 if is_work else year
        self._next = None if year is None else year if is_work else year + 1
        self._this_year = year
        self._stretches = sorted(self._iterate(report, form, is_work), key=lambda stretch: stretch.start)
        self._starts = [stretch.start for stretch in self._stretches]

    def at(self, start: int) -> Stretch:
        """Find the stretch that a place lies in."""
        return self._stretches[max(0, bisect_right(self._starts, start) - 1)]

    def _iterate(self, report: Report, form: str, is_work: bool) -> Iterator[Stretch]:
        """Yield the stretches: the review first, then whatever the headings open and close."""
        yield self._stretch(0, self._review, is_plan=False)
        plans = list(self._headed(report, form, is_work))
        yield from plans
        if is_work and not any(stretch.is_plan for stretch in plans):
            yield from self._unheaded(report, form)
        if not is_work and self._next is not None:
            yield from self._announced(report, form)

    def _unheaded(self, report: Report, form: str) -> Iterator[Stretch]:
        """Yield a work report's plan that no heading names: behind the review, else where a paragraph opens it."""
        outer = [section for section in report.sections if section.level == 1]
        for section, following in pairwise(outer):
            if _REVIEW.search(section.heading):
                yield self._stretch(following.start, self._next, is_plan=True)
                return
        for paragraph in report.paragraphs:
            if _OPENS_PLAN.match(form, paragraph.start, paragraph.end):
                yield self._stretch(paragraph.start, self._next, is_plan=True)
                return

    def _announced(self, report: Report, form: str) -> Iterator[Stretch]:
        """Yield the plans that a sentence opens (2025年将…, 下一步，…); each runs to the end of its section."""
        starts = [section.start for section in report.sections]
        for match in re.finditer(rf"(?:{self._next}年|下一步)[ ]?(?:将|要|,|拟|计划|重点|继续|力争|主要)", form):
            if match.start() and form[match.start() - 1] not in "\n。;":
                continue
            # The innermost section around a place is among the last few that begin in front of it.
            at = bisect_right(starts, match.start())
            ends = [
                section.end for section in report.sections[max(0, at - _DEEPEST) : at] if section.end > match.start()
            ]
            yield self._stretch(match.start(), self._next, is_plan=True)
            yield self._stretch(min(ends, default=len(form)), self._review, is_plan=False)

    def _headed(self, report: Report, form: str, is_work: bool) -> Iterator[Stretch]:
        """Yield what each telling heading opens, and in reports other than work reports the end of each plan."""
        for section in report.sections:
            stretch = self._of_heading(section)
            if stretch:
                yield replace(stretch, start=self._turn(section, form)) if stretch.is_plan else stretch
                # A work report's plan runs to its end, whatever its headings' levels.
                if not is_work:
                    yield self._stretch(section.end, self._review, is_plan=False)

    def _turn(self, section: Section, form: str) -> int:
        """Find where a section's plan begins: behind its problems, if its heading names both."""
        body = section.start + len(section.heading)
        if not _PROBLEMS.search(section.heading):
            return section.start
        turns = [match.start() for match in _TURNS.finditer(form, body, section.end)]
        turns += [at for at in (form.find(f"{self._next}年", body, section.end),) if at >= 0]
        return min(turns, default=section.start)

    def _of_heading(self, section: Section) -> Stretch | None:
        """Read a heading; None where it tells no period."""
        # A heading that is a sentence tells of its paragraph, and no period.
        if len(section.heading) > _LONGEST_HEADING:
            return None
        heading = _NAMES_IN_HEADING.sub("", plain(section.heading))
        five_years, named = _HEADED_PLAN.search(heading), _HEADED_YEAR.search(heading)
        year = int(named["year"].replace(" ", "")) if named else None
        is_plan = bool(_PLAN.search(heading)) and not _REVIEW.search(heading)
        if year is not None and self._review is not None:
            is_plan = year > self._review
        elif five_years and (section.level == 1 or is_plan):
            is_plan = not _REVIEW.search(heading)
            period = f"{five_years[0].split('”')[0]}”时期"
            return Stretch(section.start, self._next if is_plan else self._review, period, is_plan, self._this_year)
        elif not is_plan and not (_REVIEW.search(heading) and section.level == 1):
            return None
        years = _PAST_YEARS.search(heading)
        if years and self._review is not None and not is_plan:
            span = f"{self._review - _CHINESE_COUNT[years['count'] or years['years']] + 1}—{self._review}年"
            return Stretch(section.start, self._review, span, is_plan, self._this_year)
        return self._stretch(section.start, year or (self._next if is_plan else self._review), is_plan=is_plan)

    def _stretch(self, start: int, year: int | None, *, is_plan: bool) -> Stretch:
        """Make a stretch that one year holds in."""
        return Stretch(start, year, f"{year}年" if year else "", is_plan, self._this_year)


def carried_period(form: str, start: int, stretch: Stretch) -> str:
    """Read the time that opens a sentence and holds for those after it: “十四五”时期, 到2030年; "" if there is none."""
    match = _CARRIED.match(form, start, start + 24)
    if not match:
        return ""
    if match["plan"]:
        return f"{match['plan']}时期"
    return f"{match['year']}年" if stretch.year and int(match["year"]) > stretch.year else ""


def period_of(spot: Spot, stretch: Stretch, kind: Kind, before: str = "", carried: str = "") -> str:
    """Resolve the period of one number.

    Args:
        spot: the number in its sentence.
        stretch: the stretch of the report it stands in.
        kind: the number's kind; what a target reaches lies in the plan's year.
        before: the period of the number in front in the sentence, which a corrected number shares.
        carried: the period that a sentence in front in the paragraph opened.
    """
    if before and _CORRECTED.search(spot.clause):
        return before
    is_before = is_state_before(spot)
    # 由上年的…: what a change began with has no other time than its own.
    said = said_period(spot, stretch, start=spot.clause.rfind("由") if is_before else None)
    if said:
        # What changed against the year before changed in the year, and not at its end.
        return said.removeprefix("截至").removesuffix("末") if kind is Kind.CHANGE else said
    if is_before:
        compared = stretch.is_plan or _LAST_YEAR.search(spot.before) or _LAST_YEAR.search(spot.after)
        return _year(stretch, -1) if compared else _year(stretch, 0, "以前")
    if carried:
        return carried
    if kind is Kind.TARGET and not stretch.is_plan:
        return _year(stretch, 1)
    return stretch.period


def said_period(spot: Spot, stretch: Stretch, start: int | None = None) -> str:
    """Read the nearest time in front of the number that is its own; "" where there is none.

    Args:
        spot: the number in its sentence.
        stretch: the stretch of the report it stands in.
        start: where in the number's clause to begin; by default at the start of its sentence.
    """
    words = spot.before if start is None else spot.clause[max(0, start) :]
    before = _NO_TIMES.sub(lambda title: "\u3000" * len(title[0]), words)
    for match in reversed(list(_TIMES.finditer(before))):
        if not _AGAINST.search(before[: match.start()]) and not _is_spent(spot, before, match):
            resolved = _resolve(match, stretch)
            if resolved:
                return resolved
    return ""


def _is_spent(spot: Spot, before: str, match: re.Match[str]) -> bool:
    """Say whether a time in front belongs to another number: 上年 to the first behind it, a start to its change."""
    if match["since"] in {"以前", "之前"} or (match["month"] and before.startswith("起", match.end())):
        return True
    if match["next"] and before[: match.start()].endswith("结转"):
        return True
    is_far = len(before) - match.start() > len(spot.clause) and before[: match.start()].strip(" (其中")
    # A month (11月投用) and 上年 say when one thing was, unless they open the sentence.
    if (match["month"] or match["last"]) and is_far:
        return True
    if spot.previous is None:
        return False
    offset = spot.number.start - len(before)
    crossed = offset + match.end() <= spot.previous.start
    started = re.search(r"(?:由|从)[^,;。]{0,3}$", before[: match.start()])
    return crossed and bool(match["last"] or started)


def _year(stretch: Stretch, step: int, part: str = "") -> str:
    """Name the year of a stretch, or one near it."""
    return f"{stretch.year + step}年{part}" if stretch.year else ""


def _resolve(match: re.Match[str], stretch: Stretch) -> str:
    """Write a time out with its year."""
    upto = "截至" if match["upto"] else ""
    if match["from"]:
        return f"{match['from']}—{match['to']}年"
    if match["year"]:
        year = match["year"].replace(" ", "")
        # 2024年以来 in what a report tells of 2024 is that year.
        since = "" if year == str(stretch.year) else match["since"] or ""
        return f"{upto}{year}年{match['rest'] or ''}{since}"
    if match["plan"]:
        return f"{match['plan']}{'以来' if match['plan_part'] == '以来' else '时期'}"
    if match["years"]:
        return _span(match, stretch)
    return upto + _relative(match, stretch)


def _relative(match: re.Match[str], stretch: Stretch) -> str:
    """Write 上年末, 去年, 今年, 年末 and 9月底前 out; 去年 and 今年 count from the year of the report."""
    if match["last"]:
        part = (match["last_part"] or "").replace("同期", "")
        if match["last"] == "去年" and stretch.this_year:
            return f"{stretch.this_year - 1}年{part}"
        return _year(stretch, -1, part)
    if match["next"]:
        return _year(stretch, 1, match["next_part"] or "")
    part = match["this_part"] or match["month"] or ""
    if "今年" in {match["this"], match["whole"]} and stretch.this_year:
        return f"{stretch.this_year}年{part}"
    return _year(stretch, 0, part)


def _span(match: re.Match[str], stretch: Stretch) -> str:
    """Write 过去五年 out as its first and last year; 近三年 mostly qualifies something else."""
    count = int(match["count"]) if match["count"].isdigit() else _CHINESE_COUNT.get(match["count"][-1], 0)
    if match["years"] != "过去" or not stretch.year or count < 2 or stretch.is_plan:
        return ""
    return f"{stretch.year - count + 1}—{stretch.year}年"
