"""Which year a passage tells about: the year of a report is not the year of its figures.

A work report of 2024 reviews 2023 and plans 2024. An annual report of 2024 reviews 2024 and plans 2025.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.fold import fold
from index.types import ReportCard

# Reports that open with a review of the year before their own.
REVIEWS_YEAR_BEFORE = "政府工作报告"

_PLAN = re.compile(r"计划|打算|安排|目标|预期|力争|下一步|任务|部署|展望|重点工作|建议|下步|要求")
_REVIEW = re.compile(r"回顾|成效|成就|情况|进展|做法|亮点|举措|总结|问题|不足|短板|原因")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[-至到、和])")


def tells_plans(text: str) -> bool:
    """Tell whether a heading or sentence is about what is to be done.

    >>> tells_plans("三、2026年重点工作"), tells_plans("一、2025年工作回顾")
    (True, False)
    """
    return bool(_PLAN.search(text))


def agrees(year: int | None, card: ReportCard, section_path: tuple[str, ...]) -> float:
    """Tell whether a section tells about a year: 1 it does, -1 it tells about another one, 0 unknown."""
    if year is None or card.year is None:
        return 0.0
    told = _years_told(card.year, card.kind, section_path)
    return 0.0 if not told else 1.0 if year in told else -1.0


@lru_cache(maxsize=16384)
def _years_told(report_year: int, kind: str, section_path: tuple[str, ...]) -> frozenset[int]:
    """Return the years that a section tells about; empty where its headings do not say."""
    path = fold("\n".join(section_path))
    named = frozenset(map(int, _YEAR.findall(path)))
    if named:
        return named
    reviewed = report_year - 1 if kind == REVIEWS_YEAR_BEFORE else report_year
    if _REVIEW.search(path) and not _PLAN.search(path):
        return frozenset({reviewed})
    return frozenset({reviewed + 1}) if _PLAN.search(path) else frozenset()


def names_year(year: int | None, text: str) -> float:
    """Tell whether a text names a year: 1 it does, -1 it names others only, 0 it names none.

    >>> [names_year(2024, text) for text in ("2024年办结13件", "比2023年增加", "办结13件")]
    [1.0, -1.0, 0.0]
    """
    if year is None:
        return 0.0
    named = _named(text)
    return 0.0 if not named else 1.0 if year in named else -1.0


@lru_cache(maxsize=65536)
def _named(text: str) -> frozenset[int]:
    return frozenset(map(int, _YEAR.findall(fold(text))))
