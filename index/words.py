"""The terms that BM25 counts: single Han characters, their pairs, whole words, numbers, and the units of numbers.

Chinese has no spaces between words. A segmenter alone misses when it cuts question and report differently
(民告官 / 民 告官), characters alone blur what belongs together; counting all three lets the rarer, longer agreement
weigh more through its inverse document frequency. A unit term (#件) stands for "a number of 件": reports have it where
a number is counted in 件, questions where they ask 多少件.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import rjieba
from numpy.typing import NDArray

from corpus.fold import fold


class Kind(IntEnum):
    """What a term is."""

    CHARACTER = 0
    PAIR = 1
    WORD = 2
    LATIN = 3
    UNIT = 4


# No Han character comes before it, and what is no Han character comes before it.
_FIRST_HAN = "\u2fff"
_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+(?:\.[0-9]+)*%?")
_COUNTED = re.compile(r"\d[万亿千百余多]*(?P<unit>[\u4e00-\u9fff%‰])")
_ASKED = re.compile(r"(?:多少|几|好几)[万亿]?(?:个)?(?P<unit>百分点|[\u4e00-\u9fff%])")
# Bits of a code point; three of them and a free top bit make a key of 64 bits. The next bit of a hash says that no Han
# character stands first.
_BITS, _PACKED = 21, 3
_HASHED, _LATIN_HASH = 1 << 63, 1 << 62
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
    if term[0] < _FIRST_HAN:
        return Kind.LATIN
    return Kind(min(len(term), 3) - 1)


@lru_cache(maxsize=1 << 16)
def key_of(term: str) -> int:
    """Return the 64-bit number that stands for a term: its characters, or from four on a hash with the top bit set.

    Among a million hashed terms two share a key with a chance of one to some million; BM25 counts those as one.

    >>> key_of("件") == ord("件"), key_of("行政复议") >> 63
    (True, 1)
    """
    if len(term) > _PACKED:
        digest = int.from_bytes(blake2b(term.encode(), digest_size=8).digest())
        return _HASHED | (_LATIN_HASH if term[0] < _FIRST_HAN else 0) | digest % _LATIN_HASH
    key = 0
    for character in term:
        key = key << _BITS | ord(character)
    return key


def key_kinds(keys: NDArray[np.uint64]) -> NDArray[np.int8]:
    """Return the `Kind` of the terms of reports that have some keys, (t,) to (t,) int8.

    >>> words = ("件", "调解", "复议案", "行政复议", "gdp", "12.5%", "#件")
    >>> key_kinds(np.array([key_of(word) for word in words], dtype=np.uint64)).tolist() == [kind_of(w) for w in words]
    True
    """
    bits = np.uint64(_BITS)
    length = 1 + (keys >> bits > 0).astype(np.int8) + (keys >> bits + bits > 0)
    first = keys >> bits * (length - 1).astype(np.uint64)
    kinds = np.where(first < ord(_FIRST_HAN), Kind.LATIN, length - 1)
    kinds[first == ord("#")] = Kind.UNIT
    hashed = keys >= _HASHED
    kinds[hashed] = np.where(keys[hashed] & np.uint64(_LATIN_HASH), Kind.LATIN, Kind.WORD)
    return kinds.astype(np.int8)


def term_keys(texts: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the keys of the terms of texts, those of `terms` in another order, and the text that each is of.

    Characters and pairs of all texts are made at once, which is several times as fast as one term after the other.

    >>> keys, owner = term_keys(["诉前调解", "2件"])
    >>> sorted(keys.tolist()) == sorted(map(key_of, terms("诉前调解") + terms("2件"))), owner.max()
    (True, np.int64(1))
    """
    joined = "\n".join(map(fold, texts))
    points = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    text_at = np.cumsum(points == ord("\n"))
    han = np.flatnonzero((points >= 0x3400) & (points <= 0x9FFF) | (points >= 0x20000) & (points <= 0x3FFFF))
    first = han[:-1][np.diff(han) == 1]
    keys: list[int] = []
    places: list[int] = []
    for match in _RUN.finditer(joined):
        found = _run_keys(match.group())
        keys.extend(found)
        places.extend([match.start()] * len(found))
    for match in _COUNTED.finditer(joined):
        keys.append(key_of(f"#{match['unit']}"))
        places.append(match.start())
    pairs = points[first] << np.uint64(_BITS) | points[first + 1]
    at = np.concatenate([han, first, np.array(places, dtype=np.int64)])
    return np.concatenate([points[han], pairs, np.array(keys, dtype=np.uint64)]), text_at[at]


@lru_cache(maxsize=1 << 16)
def _run_keys(run: str) -> tuple[int, ...]:
    """Return the keys of the words of a run of Han characters, or that of the run itself."""
    return tuple(map(key_of, _words(run))) if run[0] > _FIRST_HAN else (key_of(run),)


def _plain(folded: str) -> list[str]:
    found: list[str] = []
    for run in _RUN.findall(folded):
        found.extend(_han_terms(run) if run[0] > _FIRST_HAN else [run])
    return found


def _han_terms(run: str) -> list[str]:
    """Return characters, pairs and words of two or more characters of a run of Han characters."""
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    return [*run, *pairs, *_words(run)]


def _words(run: str) -> list[str]:
    return [word for word in rjieba.cut(run) if len(word) > 1]
