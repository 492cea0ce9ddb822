"""Other places of a report that speak of the same: the words shared with what was asked, wherever they stand."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")
_LONGEST_TERM = 10
_MOST_MENTIONS = 300
# Words that say how much or what of, but not of what.
_EMPTY = re.compile(
    r"多少|什么|哪些|怎么|怎样|情况|方面|主要|全年|去年|今年|我[县区市省]|一共|总共|分别|^[的了是在和与有年]+$"
)


def shared_term(asked: str, quote: str, text: str) -> str:
    """Return the longest words of a question that a quote has too, the rarest of the report among equals; or "".

    >>> text = "行政复议申请156件。受理行政复议141件。法律援助571件。"
    >>> shared_term("行政复议受理了多少", "受理行政复议141件。", text)
    '行政复议'
    """
    runs: list[str] = _WORDS.findall(asked)
    for length in range(min(_LONGEST_TERM, max(map(len, runs), default=0)), 1, -1):
        terms = {run[i : i + length] for run in runs for i in range(len(run) - length + 1)}
        shared = [term for term in terms if term in quote and not _EMPTY.search(term)]
        if shared:
            return min(shared, key=lambda term: (text.count(term), term))
    return ""


def mention_spans(text: str, term: str) -> tuple[tuple[int, int], ...]:
    """Return where a term stands in a text; the first few hundred places."""
    if not term:
        return ()
    spans = [match.span() for match in re.finditer(re.escape(term), text)]
    return tuple(spans[:_MOST_MENTIONS])
