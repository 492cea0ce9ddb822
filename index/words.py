"""The terms that BM25 counts: single Han characters, their pairs, whole words, numbers, and the units of numbers.

Chinese has no spaces between words. A segmenter alone misses when it cuts question and report differently
(民告官 / 民 告官), characters alone blur what belongs together; counting all three lets the rarer, longer agreement
weigh more through its inverse document frequency. A unit term (#件) stands for "a number of 件": reports have it where
a number is counted in 件, questions where they ask 多少件.
"""

from __future__ import annotations

import re
from enum import IntEnum

import rjieba

from corpus.fold import fold


class Kind(IntEnum):
    """What a term is."""

    CHARACTER = 0
    PAIR = 1
    WORD = 2
    LATIN = 3
    UNIT = 4


_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+(?:\.[0-9]+)*%?")
_COUNTED = re.compile(r"\d[万亿千百余多]*(?P<unit>[\u4e00-\u9fff%‰])")
_ASKED = re.compile(r"(?:多少|几|好几)[万亿]?(?:个)?(?P<unit>百分点|[\u4e00-\u9fff%])")
# What a question asks for without naming the unit that the report prints.
_ASKED_BY = {"多少钱": "元", "百分之": "%", "比例": "%", "几成": "%", "率": "%", "多长": "公", "百分点": "个"}


def terms(text: str) -> list[str]:
    """Return the terms of a report's text, folded (half-width, lower case).

    >>> terms("诉前调解２件")
    ['诉', '前', '调', '解', '诉前', '前调', '调解', '诉前', '调解', '2', '件', '#件']
    """
    folded = fold(text)
    return [*_plain(folded), *(f"#{match['unit']}" for match in _COUNTED.finditer(folded))]


def question_terms(question: str) -> list[str]:
    """Return the terms to look for: those of the question, and the units it asks for.

    >>> question_terms("几件")
    ['几', '件', '几件', '几件', '#件']
    """
    folded = fold(question)
    asked = [match["unit"] for match in _ASKED.finditer(folded)]
    asked += [unit for words, unit in _ASKED_BY.items() if words in folded]
    return [*_plain(folded), *(f"#{unit}" for unit in dict.fromkeys(asked))]


def kind_of(term: str) -> Kind:
    """Return what a term is.

    >>> [kind_of(term).name for term in ("件", "调解", "行政复议", "gdp", "#件")]
    ['CHARACTER', 'PAIR', 'WORD', 'LATIN', 'UNIT']
    """
    if term[0] == "#":
        return Kind.UNIT
    if term[0] < "\u2fff":
        return Kind.LATIN
    return Kind(min(len(term), 3) - 1)


def _plain(folded: str) -> list[str]:
    found: list[str] = []
    for run in _RUN.findall(folded):
        found.extend(_han_terms(run) if run[0] > "\u2fff" else [run])
    return found


def _han_terms(run: str) -> list[str]:
    """Return characters, pairs and words of two or more characters of a run of Han characters."""
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    words = [word for word in rjieba.cut(run) if len(word) > 1]
    return [*run, *pairs, *words]
