"""Which years a question names, and whether as the year of a report or of what the report tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import parse_chinese_integer

_YEAR = r"(?:19|20)\d\d"
# 2024年 · a bare 2024 that stands alone or in a list or range of years, but not 2000余人.
_DIGITS = re.compile(rf"(?<![\d.])({_YEAR})(?=年|[到至、和与及—~-]|\s|[，。？！；：,?)）]|$|[^\d\u4e00-\u9fff.%％])")
_CHINESE = re.compile(r"([一二][九〇零○][〇零○一二三四五六七八九]{2})(?=年)")
# 24年 and 98年, where no duration is meant: at the start, or after a space or comma.
_TWO_DIGITS = re.compile(r"(?:^|(?<=[\s，,、]))(\d\d)年(?![前来间内代期以多后])")
_RANGE = re.compile(rf"({_YEAR})年?(?:到|至|—|–|-|~)({_YEAR})年?")
_REPORT_YEAR = re.compile(rf"({_YEAR})年?[^，。？！；,?;\d]{{0,14}}?(?:报告|公报|年报)")
_RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0}
# 近三年, 最近5年: the newest year and those before it.
_LAST_YEARS = re.compile(r"近([两二三四五六七八九十]|\d)年")
_TWO_DIGIT_PIVOT = 50
_LONGEST_RANGE = 12


@dataclass(frozen=True, slots=True)
class YearMentions:
    """Years that a question names.

    Attributes:
        report: years said to be of a report (2012年政府工作报告).
        figure: other years, ascending; those of a range include what lies between.
        ranges: (first, last) of ranges.
    """

    report: tuple[int, ...] = ()
    figure: tuple[int, ...] = ()
    ranges: tuple[tuple[int, int], ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """All years named."""
        return tuple(dict.fromkeys((*self.report, *self.figure)))


def find_years(question: str, newest: int | None) -> YearMentions:
    """Find the years that a question names.

    Args:
        question: folded or as typed.
        newest: the year that 今年 stands for; None leaves relative words alone.

    >>> find_years("2012年政府工作报告说2011年新开工多少套", 2026)
    YearMentions(report=(2012,), figure=(2011,), ranges=())
    >>> find_years("2018到2020这几年", 2026).figure
    (2018, 2019, 2020)
    >>> find_years("近三年", 2026).figure
    (2024, 2025, 2026)
    >>> find_years("二〇二四年和去年比", 2026).figure
    (2024,)
    """
    report = tuple(dict.fromkeys(int(m[1]) for m in _REPORT_YEAR.finditer(question)))
    ranges = tuple((int(m[1]), int(m[2])) for m in _RANGE.finditer(question) if int(m[1]) < int(m[2]))
    years = _explicit_years(question)
    for first, last in ranges:
        if last - first <= _LONGEST_RANGE:
            years.extend(range(first, last + 1))
    years = years or _relative_years(question, newest)
    figure = tuple(sorted(set(years) - set(report)))
    return YearMentions(report, figure, ranges)


def _explicit_years(question: str) -> list[int]:
    years = [int(match[1]) for match in _DIGITS.finditer(question)]
    chinese = (parse_chinese_integer(match[1]) for match in _CHINESE.finditer(question))
    years.extend(year for year in chinese if year is not None)
    for match in _TWO_DIGITS.finditer(question):
        short = int(match[1])
        years.append(short + (1900 if short > _TWO_DIGIT_PIVOT else 2000))
    return years


def _relative_years(question: str, newest: int | None) -> list[int]:
    if newest is None:
        return []
    match = _LAST_YEARS.search(question)
    if match:
        count = 2 if match[1] == "两" else int(match[1]) if match[1].isdigit() else parse_chinese_integer(match[1]) or 1
        return [newest - count + 1 + i for i in range(count)]
    return [newest + shift for word, shift in _RELATIVE.items() if word in question]
