"""The terms that BM25 counts: single Han characters, their pairs, and whole words.

Chinese has no spaces between words. A segmenter alone misses when it cuts question and report differently
(民告官 / 民 告官), characters alone blur what belongs together; counting all three lets the rarer, longer agreement
weigh more through its inverse document frequency.
"""

from __future__ import annotations

import re

import rjieba

from corpus.fold import fold

_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+(?:\.[0-9]+)*%?")


def terms(text: str) -> list[str]:
    """Return the terms of `text` in reading order, folded (half-width, lower case).

    >>> terms("诉前调解２件")
    ['诉', '前', '调', '解', '诉前', '前调', '调解', '诉前', '调解', '2', '件']
    """
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        found.extend(_han_terms(run) if run[0] > "\u2fff" else [run])
    return found


def _han_terms(run: str) -> list[str]:
    """Return characters, pairs and words of two or more characters of a run of Han characters."""
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    words = [word for word in rjieba.cut(run) if len(word) > 1]
    return [*run, *pairs, *words]
