"""Running headers, footers and page numbers: what comes again at the same place of other pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.readers.pdf.spans import Span, on_one_baseline

# How many lines at the top and at the bottom of a page may be headers and footers.
_DEEPEST = 3
# A line at another height, in ems, is another line.
_SAME_HEIGHT = 0.6
_FEWEST_AGAIN = 3
_SHORT_FILE = 4
# A page number stands apart from the text by so many ems.
_APART = 0.9
_LONGEST_NUMBER = 24
_NUMBER = re.compile(
    r"""[\s—―–_·.~-]* (?:第\s*)? (?P<number>\d{1,4}) (?:\s*页)?
    (?: \s*[,，/／|]?\s* (?:共\s*)? \d{1,4} (?:\s*页)? )? [\s—―–_·.~-]*$""",
    re.VERBOSE,
)
_DIGITS = re.compile(r"\d{1,4}")
_EDGE_SHARE = 0.2

_Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Margins:
    """What one page has beside its text: which spans are no text, and the number printed on it."""

    dropped: frozenset[int]
    label: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A line at the edge of a page: the places of its spans in the page's list, its text and its height."""

    spans: tuple[int, ...]
    text: str
    middle: float
    em: float
    apart: bool

    @property
    def number(self) -> str:
        """The page number that the line is, or the empty string."""
        match = _NUMBER.match(self.text) if len(self.text) <= _LONGEST_NUMBER else None
        return str(int(match["number"])) if match else ""


def find_margins(pages: Sequence[Sequence[Span]], heights: Sequence[float]) -> list[Margins]:
    """Find the headers, footers and page numbers of all pages.

    Args:
        pages: the spans of each page outside its tables.
        heights: of the pages.
    """
    edges = [
        [list(_rows(spans, height, upper=upper)) for upper in (True, False)]
        for spans, height in zip(pages, heights, strict=True)
    ]
    # A page with few lines has the same ones at both of its ends: each counts once a page.
    counts = Counter(
        key
        for place, page in enumerate(edges)
        for key in {key for rows in page for row in rows for key in _keys(row, place)}
    )
    numbered = _runs_of_numbers(edges)
    fewest = _FEWEST_AGAIN if len(pages) > _SHORT_FILE else 2
    return [_margins(page, number, counts, fewest, numbered) for number, page in enumerate(edges)]


def _rows(spans: Sequence[Span], height: float, *, upper: bool) -> Iterator[_Row]:
    """Yield the outermost lines at one end of a page, the outermost first."""
    order = sorted(range(len(spans)), key=lambda at: spans[at].middle, reverse=not upper)
    row: list[int] = []
    found = 0
    for at in order:
        if row and not on_one_baseline(spans[row[0]], spans[at]):
            yield _to_row(spans, row, spans[at], height)
            row, found = [], found + 1
            if found == _DEEPEST:
                return
        row.append(at)
    if row:
        yield _to_row(spans, row, None, height)


def _to_row(spans: Sequence[Span], row: Sequence[int], inner: Span | None, height: float) -> _Row:
    """Make a row; it stands apart if the next line towards the middle of the page is far, and it is near the edge."""
    row = sorted(row, key=lambda at: spans[at].x0)
    one = spans[row[0]]
    gap = max(one.top - inner.bottom, inner.top - one.bottom) if inner else height
    near = one.middle < _EDGE_SHARE * height or one.middle > (1 - _EDGE_SHARE) * height
    text = " ".join(spans[at].text for at in row)
    return _Row(tuple(row), text, one.middle, one.em, near and gap > _APART * one.em)


def _keys(row: _Row, place: int) -> set[_Key]:
    """Give what a row is counted under: its words at its height, with a number in them that grows from page to page.

    Heights that rounding may part are counted under both.
    """
    step = max(_SAME_HEIGHT * row.em, 1.0)
    words = "".join(row.text.split())
    numbers = {int(digits) - place for digits in _DIGITS.findall(words)}
    texts = {(words, 0), *((_DIGITS.sub("#", words), number) for number in numbers)}
    return {(text, number, int(row.middle / step + shift)) for text, number in texts for shift in (0.0, 0.5)}


def _runs_of_numbers(edges: Sequence[Sequence[Sequence[_Row]]]) -> Counter[int]:
    """Count how many pages carry a number that is so much larger than their place in the file."""
    return Counter(
        int(row.number) - place
        for place, page in enumerate(edges)
        for rows in page
        for row in rows[:2]
        if row.apart and row.number
    )


def _margins(
    page: Sequence[Sequence[_Row]],
    place: int,
    counts: Counter[_Key],
    fewest: int,
    numbered: Counter[int],
) -> Margins:
    """Drop the rows of a page, from the edges inward, that come again or are the page's number."""
    dropped: list[int] = []
    label = ""
    usual = numbered.most_common(1)[0] if numbered else (0, 0)
    for rows in page:
        for row in rows:
            number = row.number if row.apart and row.number and int(row.number) - place == usual[0] else ""
            again = max(counts[key] for key in _keys(row, place)) >= fewest and not (row.number and not row.apart)
            if not (again or number):
                break
            label = label or number
            dropped += row.spans
    return Margins(frozenset(dropped), label)
