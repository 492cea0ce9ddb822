"""Links to words: an address that still finds them after a rebuild, or says that they are gone.

A link names the report, the place and a fingerprint of the words. Where the place no longer holds them, the words are
looked for by their fingerprint, first in that report and then in the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

from corpus.types import Report
from qa.types import Citation

_SHA_CHARS = 16
_LONGEST_QUOTE = 20_000
# Quotes begin where a sentence or clause does: at the start, or behind what is neither letter nor digit.
_STARTS = re.compile(r"(?:^|(?<=\W))(?=\S)")


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says of words: where they stood, and the start of the SHA-256 of their UTF-8."""

    report_id: str
    start: int
    end: int
    sha: str


def fingerprint(words: str) -> str:
    """Return what a link remembers of words."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_SHA_CHARS]


def link_query(citation: Citation) -> str:
    """Return the query of the address that leads to a citation.

    >>> link_query(Citation(1, "ab12", "f", "t", "i", None, (), 1, None, 3, 5, "甲乙", 1.0))
    '?report=ab12&start=3&end=5&sha=f73ab1f5c2b9542c'
    """
    parts = {"report": citation.report_id, "start": citation.start, "end": citation.end}
    return "?" + urlencode({**parts, "sha": fingerprint(citation.quote)})


def read_link(query: Mapping[str, str | None]) -> Link | None:
    """Read a link from an address; None where it holds none."""
    report_id, start, end, sha = (query.get(name) or "" for name in ("report", "start", "end", "sha"))
    numbers = all(number.isascii() and number.isdigit() and len(number) < 10 for number in (start, end))
    if not numbers or not 0 < int(end) - int(start) <= _LONGEST_QUOTE or len(sha) != _SHA_CHARS:
        return None
    return Link(report_id, int(start), int(end), sha.lower())


def follow(link: Link, reports: Iterable[Report]) -> tuple[Report, int] | None:
    """Find the words of a link.

    Args:
        link: the link.
        reports: where to look, the report that the link names first.

    Returns:
        The report and the offset where the words begin; None if no report holds them any more.
    """
    found = ((report, _find(link, report)) for report in reports)
    return next(((report, start) for report, start in found if start is not None), None)


def _find(link: Link, report: Report) -> int | None:
    if report.report_id == link.report_id and fingerprint(report.text[link.start : link.end]) == link.sha:
        return link.start
    length = link.end - link.start
    starts = (match.start() for match in _STARTS.finditer(report.text))
    return next((s for s in starts if fingerprint(report.text[s : s + length]) == link.sha), None)
