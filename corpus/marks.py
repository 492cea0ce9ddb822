"""The numbering of Chinese reports: 第一章, 一、, （一）, 一是, 第一，, 1., （1）, ①, and the dash.

`mark_at` reads the mark that opens a paragraph; `inline_marks` finds the marks inside one (…：一是…。二是…。).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from corpus.numerals import parse_chinese_integer


class Kind(IntEnum):
    """The kinds of heading, the outermost first."""

    MARKUP = 0
    PART = 1
    CHAPTER = 2
    SECTION = 3
    ARTICLE = 4
    COMMA = 5
    BRACKET = 6
    PLAIN = 7
    SAID = 8
    DEMAND = 9
    ORDINAL = 10
    ARABIC = 11
    ARABIC_BRACKET = 12
    CIRCLED = 13
    DASH = 14
    LEAD = 15


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark: its kind, its ordinal (0 for a dash), and where it stands in the text."""

    kind: Kind
    ordinal: int
    start: int
    end: int


_CHINESE = "〇零一二三四五六七八九十百两"
_ARABIC = "0-9０-９"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

# One alternative a kind; the group's name is the kind's. White space inside a mark occurs ("一 、", "( 二 )").
_OPENING = re.compile(
    rf"""
      第\s*(?P<PART>[{_CHINESE}{_ARABIC}]{{1,4}})\s*(?:部\s*分|编|篇)(?![{_CHINESE}的])
    | 第\s*(?P<CHAPTER>[{_CHINESE}{_ARABIC}]{{1,4}})\s*章(?!的)
    | 第\s*(?P<SECTION>[{_CHINESE}{_ARABIC}]{{1,4}})\s*节(?!的)
    | 第\s*(?P<ARTICLE>[{_CHINESE}{_ARABIC}]{{1,5}})\s*条(?=\s|$|[：:])
    # 一、二季度 and 一、二、三产业 count quarters and sectors; they open no section.
    | (?P<COMMA>[{_CHINESE}]{{1,4}})\s*(?:、|[．.](?![0-9０-９]))(?!\s*[{_CHINESE}]\s*(?:季|线|类|产|等奖|级|、))
    | [（(﹙]\s*(?P<BRACKET>[{_CHINESE}]{{1,4}})\s*[）)﹚]\s*[、，,．.]?
    | (?P<SAID>[{_CHINESE}]{{1,3}})(?:是|则)
    | (?P<DEMAND>[{_CHINESE}]{{1,3}})要
    | 第\s*(?P<ORDINAL>[{_CHINESE}]{{1,3}})\s*[，,、：:]
    # 2.5 is a number and 2.5亿元 too.
    | (?P<ARABIC>[{_ARABIC}]{{1,3}})\s*(?:[．.、](?![{_ARABIC}](?!\d{{3}}年))|[）)])
    | [（(]\s*(?P<ARABIC_BRACKET>[{_ARABIC}]{{1,2}})\s*[）)]
    | (?P<CIRCLED>[{_CIRCLED}])
    # Two short dashes or one long one; a dash before a date is the line under a title, 至 after it a span.
    | (?P<DASH>(?>—{{1,4}}|―{{1,2}}|─{{2}}|–{{2}}|-{{2,4}}))(?!\s*(?:[{_CHINESE}{_ARABIC}○]{{4}}\s*年|[）)]))
    """,
    re.VERBOSE,
)
# Inside a paragraph only these kinds enumerate, and only behind a sentence's or a clause's end.
_INLINE = re.compile(
    rf"""(?P<before>[。！？；：!?;:，,、”」』）)]|^|\s)\s*
    (?: (?P<SAID>[{_CHINESE}]{{1,3}})(?:是|则)
      | (?P<DEMAND>[{_CHINESE}]{{1,3}})要
      | 第(?P<ORDINAL>[{_CHINESE}]{{1,3}})[，,、：:]
      | [（(](?P<ARABIC_BRACKET>[{_ARABIC}]{{1,2}})[）)]
      | (?P<CIRCLED>[{_CIRCLED}]) )""",
    re.VERBOSE,
)
_CLAUSE_ENDS = frozenset("，,、")
# An author skips a number now and then; two in a row is another list.
_LARGEST_STEP = 2


def mark_at(text: str, start: int, end: int) -> Mark | None:
    """Read the mark with which a paragraph opens, or None.

    >>> mark_at("（三）加强监督", 0, 7)
    Mark(kind=<Kind.BRACKET: 6>, ordinal=3, start=0, end=3)
    """
    found = _OPENING.match(text, start, end)
    return _to_mark(found, start) if found else None


def inline_marks(text: str, start: int, end: int, *, clauses: bool = False) -> tuple[Mark, ...]:
    """Find the marks of the enumerations inside `text[start:end]`, which number their items from one in order.

    Args:
        text: the whole text.
        start: where to begin.
        end: where to stop.
        clauses: whether items that only a comma sets off count too.

    >>> [mark.ordinal for mark in inline_marks("不足：一是慢。二是统一是难点。", 0, 15)]
    [1, 2]
    """
    chains = chains_of(candidates(text, start, end, clauses=clauses))
    return tuple(sorted((mark for chain in chains for mark in chain), key=lambda mark: mark.start))


def candidates(text: str, start: int, end: int, *, clauses: bool = False) -> Iterator[Mark]:
    """Find what may be marks inside `text[start:end]`, whether or not they follow in order."""
    for match in _INLINE.finditer(text, start, end):
        mark = _to_mark(match) if clauses or match["before"] not in _CLAUSE_ENDS else None
        if mark:
            yield mark


def _to_mark(match: re.Match[str], start: int | None = None) -> Mark | None:
    """Make a mark of a match; None where the numeral is none (两百零, 〇)."""
    kind = Kind[match.lastgroup or ""] if match.lastgroup != "before" else Kind.DASH
    numeral = match[kind.name]
    begin = match.start(kind.name) if start is None else start
    if start is None and match.string[begin - 1 : begin] in set("第（("):
        begin -= 1
    if kind is Kind.DASH:
        return Mark(kind, 0, begin, match.end())
    ordinal = _CIRCLED.index(numeral) + 1 if kind is Kind.CIRCLED else parse_chinese_integer(numeral)
    return Mark(kind, ordinal, begin, match.end()) if ordinal else None


def chains_of(marks: Iterable[Mark]) -> list[list[Mark]]:
    """Group marks into chains of one kind: beginning with one, then in order, two members at least.

    >>> said = [Mark(Kind.SAID, ordinal, ordinal * 10, ordinal * 10 + 2) for ordinal in (1, 2, 5, 3)]
    >>> [[mark.ordinal for mark in chain] for chain in chains_of(said)]
    [[1, 2, 3]]
    """
    chains: list[list[Mark]] = []
    open_chains: dict[Kind, list[Mark]] = {}
    for mark in marks:
        chain = open_chains.get(mark.kind)
        if mark.ordinal == 1:
            open_chains[mark.kind] = [mark]
            chains.append(open_chains[mark.kind])
        elif chain and 0 < mark.ordinal - chain[-1].ordinal <= _LARGEST_STEP:
            chain.append(mark)
    return [chain for chain in chains if len(chain) > 1]
