"""Near-duplicates: the same report in two formats, or saved twice from a website.

Two texts are compared by their shingles (runs of eight folded characters). A sketch of the smallest hashes of each
finds the pairs worth comparing (Broder 1997); whether they are near-duplicates is counted exactly over all shingles.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from corpus.fold import fold
from corpus.types import Report

_SHINGLE = 8
_SKETCH = 96
# Pairs with fewer common hashes of their sketches are not compared further.
_WORTH_COMPARING = 0.6
# The statutory reports of one office share their forms from year to year, far below this; two formats of one report
# differ in running heads, captions and line breaks only.
NEAR = 0.9
# With two wrong characters in a hundred, as OCR leaves them, a sixth of the shingles of a text are others. It counts
# only where issuer and year are known to be the same.
NEAR_SCAN, _WORTH_COMPARING_SCAN = 0.6, 0.4


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of a text's shingles."""
    folded = fold(text).encode("utf-32-le")
    width = 4 * _SHINGLE
    last = max(len(folded) - width, 0)
    return frozenset(zlib.crc32(folded[start : start + width]) for start in range(0, last + 1, 4))


def similarity(first: frozenset[int], second: frozenset[int]) -> float:
    """Return how alike two texts are: shingles in both over shingles in either, 0 to 1.

    >>> similarity(shingles("全年办结三百件，增长一成。"), shingles("全年办结三百件,增长一成。"))
    1.0
    """
    union = len(first | second)
    return len(first & second) / union if union else 1.0


# Issuer and year of a report, as far as they are known.
Facts = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Outline:
    """What is kept of a report to find its near-duplicates.

    Attributes:
        report_id: the report.
        issuer: who issued it.
        year: for which year.
        sketch: the smallest hashes of its shingles.
        scanned: whether pages of it were read by OCR.
    """

    report_id: str
    issuer: str
    year: int | None
    sketch: frozenset[int]
    scanned: bool = False

    @property
    def facts(self) -> Facts:
        """Issuer and year."""
        return self.issuer, self.year


def outline_of(report: Report) -> Outline:
    """Return what is kept of a report."""
    sketch = frozenset(sorted(shingles(report.text))[:_SKETCH])
    return Outline(report.report_id, report.issuer, report.year, sketch, bool(report.pages.ocr))


class NearDuplicates:
    """Finds for each report, one after the other, the one before it that says the same.

    Args:
        text_of: gives the text of a report that was added.
    """

    def __init__(self, text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._outlines: dict[str, Outline] = {}
        self._expected: dict[Facts, list[Callable[[], Outline]]] = {}
        self._holders: dict[int, list[str]] = {}

    def add(self, outline: Outline) -> None:
        """Add a report that later ones may repeat."""
        self._outlines[outline.report_id] = outline
        for key in outline.sketch:
            self._holders.setdefault(key, []).append(outline.report_id)

    def expect(self, facts: Facts, outline: Callable[[], Outline]) -> None:
        """Add a report whose outline takes time to get: it is asked for when a report comes that may be the same."""
        self._expected.setdefault(facts, []).append(outline)

    def may_hold(self, facts: Facts) -> bool:
        """Tell whether a report was added from which issuer and year do not tell another one apart."""
        return any(_may_be_same(facts, held.facts) for held in self._outlines.values())

    def _ask_for(self, facts: Facts) -> None:
        for like in [held for held in self._expected if _may_be_same(facts, held)]:
            for outline in self._expected.pop(like):
                self.add(outline())

    def find(self, outline: Outline, text_of: Callable[[], str]) -> tuple[str, float] | None:
        """Return the id of the report that another one repeats and how alike they are, or None.

        Args:
            outline: of the other one.
            text_of: gives its text, if that is needed.
        """
        self._ask_for(outline.facts)
        common = Counter(key for part in outline.sketch for key in self._holders.get(part, ()))
        near = {
            key: least
            for key, count in common.items()
            for least, worth in [_thresholds(outline, self._outlines[key])]
            if count >= worth * len(outline.sketch) and _may_be_same(outline.facts, self._outlines[key].facts)
        }
        own = shingles(text_of()) if near else frozenset()
        alike = [(similarity(own, shingles(self._text_of(key))), key) for key in near]
        best = max((pair for pair in alike if pair[0] >= near[pair[1]]), default=None)
        return (best[1], round(best[0], 4)) if best else None


def _thresholds(first: Outline, second: Outline) -> tuple[float, float]:
    """Return how alike two texts must be, and which share of their sketches makes them worth comparing."""
    known = first.issuer == second.issuer != "" and first.year == second.year is not None
    scanned = known and (first.scanned or second.scanned)
    return (NEAR_SCAN, _WORTH_COMPARING_SCAN) if scanned else (NEAR, _WORTH_COMPARING)


def _may_be_same(first: Facts, second: Facts) -> bool:
    """Say whether nothing that is known of two reports tells them apart."""
    (issuer, year), (other_issuer, other_year) = first, second
    years = year is None or other_year is None or year == other_year
    return years and (not issuer or not other_issuer or issuer == other_issuer)
