"""All mentions: in which reports a word stands, how often, and where first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.types import Report

_ASKS = re.compile(
    r"(?:哪些|哪几份|哪几个|哪份|几份|多少份)[^，。？?]{0,4}报告[^，。？?]{0,4}?(?:提到|提及|说到|讲到|写到|出现)(?:过|了)?"
    r"|(?:所有|全部)(?:的)?(?:提到|提及|说到|讲到|写到)(?:过|了)?"
    r"|(?:提到|提及|说到|讲到|写到|出现)(?:过|了)?(?:几次|多少次|几处|多少处|多少遍|几遍)"
)
_QUOTED = re.compile(r"[“《「\"]([^”》」\"]+)[”》」\"]")
_EMPTY = re.compile(
    r"的地方|的报告|的段落|的表述|报告里|报告中|在|里面|一共|总共|都|被|这个词|这个|一词|[，。？！?!：:\s]"
)
# Full-width signs and their half-width forms are as long, so offsets stay.
_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where a word stands in a report: ascending offsets of its text, at least one."""

    report_id: str
    places: tuple[int, ...]


def mentioned_word(question: str) -> str:
    """Return the word whose mentions a question is for; empty where it asks something else.

    >>> [mentioned_word(said) for said in ("哪些报告提到“接诉即办”？", "低空经济出现了几次", "提到的目标")]
    ['接诉即办', '低空经济', '']
    """
    asks = _ASKS.search(question)
    if asks is None:
        return ""
    quoted = _QUOTED.search(question)
    return quoted[1] if quoted else _EMPTY.sub("", question[: asks.start()] + question[asks.end() :])


def find_mentions(word: str, reports: Iterable[Report]) -> list[Mentions]:
    """Find a word in reports, widths and cases alike, in the order of the reports."""
    pattern = re.compile(re.escape(word.translate(_HALF_WIDTH)), re.IGNORECASE)
    found = []
    for report in reports:
        places = tuple(match.start() for match in pattern.finditer(report.text.translate(_HALF_WIDTH)))
        if places:
            found.append(Mentions(report.report_id, places))
    return found
