"""Split a stretch of text into sentences, as spans of the stored text."""

from __future__ import annotations

import re

from corpus.marks import inline_marks

# A sentence ends at a full stop, an exclamation or question mark, a semicolon or a line's end; a Latin full stop ends
# one only behind a word and before white space and a capital, so that 1.0版本, PM2.5, No. 3 and U.S. stay whole.
_END = re.compile(
    r"""[。｡！？；!?;]+ | ……+ | \n+
    | (?:(?<=[A-Za-z][a-z])|(?<=[0-9%)\]"”]))(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.．]+(?=\s+["“(]?[A-Z]|\s*\n|\s*$)
    | (?<=[\u4e00-\u9fff）)”])[.．]+(?=\s|[\u4e00-\u9fff]|$)""",
    re.VERBOSE,
)
_CLOSERS = re.compile(r"[”’」』）)》\"'】〕\]]+")
# Titles and remarks are part of their sentence, whatever stands in them.
_BRACKETED = re.compile(r"《[^《》\n]{0,100}》|（[^（）\n]{0,200}）|\([^()\n]{0,200}\)")
_REMARK_ENDS = "。！？!?"
_REMARK_OPENERS = "（("


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split `text[start:end]` into sentences; the spans follow each other and leave out only white space.

    Items of an enumeration (一是…，二是…) are sentences of their own.

    >>> text = "增长5.6%。问题是：一是慢，二是贵。"
    >>> [text[begin:finish] for begin, finish in sentence_spans(text, 0, len(text))]
    ['增长5.6%。', '问题是：', '一是慢，', '二是贵。']
    """
    cuts = {mark.start for mark in inline_marks(text, start, end, clauses=True)}
    cuts.update(_sentence_ends(text, start, end))
    spans: list[tuple[int, int]] = []
    begin = start
    for cut in [*sorted(cuts), end]:
        span = _trim(text, begin, cut)
        if span:
            spans.append(span)
        begin = cut
    return spans


def _sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Find the offsets at which sentences end, their closing quotation marks included."""
    brackets = [match.span() for match in _BRACKETED.finditer(text, start, end)]
    ends = [right for left, right in brackets if _is_remark(text, left, right, start)]
    at = 0
    for match in _END.finditer(text, start, end):
        while at < len(brackets) and brackets[at][1] <= match.start():
            at += 1
        if at < len(brackets) and brackets[at][0] < match.start():
            continue
        closers = _CLOSERS.match(text, match.end(), end)
        ends.append(closers.end() if closers and not match[0].startswith("\n") else match.end())
    return ends


def _is_remark(text: str, left: int, right: int, start: int) -> bool:
    """Say whether a bracket holds a sentence between sentences, as （详见附表。） may."""
    before = text[start:left].rstrip()[-1:] if left - start < 3 else text[left - 2 : left].rstrip()[-1:]
    return text[left] in _REMARK_OPENERS and text[right - 2] in _REMARK_ENDS and (not before or before in _REMARK_ENDS)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Take the white space off both ends; None where nothing else is there."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
