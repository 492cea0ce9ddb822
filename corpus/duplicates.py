"""Near-duplicates: the same report in two formats, or saved twice from a website.

Two texts are compared by their shingles (runs of eight folded characters). A sketch of the smallest hashes of each
finds the pairs worth comparing (Broder 1997); whether they are near-duplicates is counted exactly over all shingles.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A report that says what another one says: which of the reports it is, of which one, and how alike they are."""

    position: int
    original: int
    similarity: float


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


def find_near_duplicates(reports: Sequence[Report], near: float = NEAR) -> tuple[NearDuplicate, ...]:
    """Find the reports that say what a better one among them says; reports of different years never do.

    Better is what was not read by OCR, then what has pages to cite, then what comes first.
    """
    sets = [shingles(report.text) for report in reports]
    sketches = [frozenset(sorted(hashes)[:_SKETCH]) for hashes in sets]
    order = sorted(range(len(reports)), key=lambda at: (_rank(reports[at]), at))
    holders: dict[int, list[int]] = {}
    found: list[NearDuplicate] = []
    for position in order:
        common = Counter(other for key in sketches[position] for other in holders.get(key, ()))
        least = _WORTH_COMPARING * len(sketches[position])
        best = max(
            (
                (similarity(sets[position], sets[other]), -other)
                for other, count in common.items()
                if count >= least and _may_be_same(reports[position], reports[other])
            ),
            default=(0.0, 0),
        )
        if best[0] >= near:
            found.append(NearDuplicate(position, -best[1], round(best[0], 4)))
            continue
        for key in sketches[position]:
            holders.setdefault(key, []).append(position)
    return tuple(sorted(found, key=lambda duplicate: duplicate.position))


def _rank(report: Report) -> tuple[bool, bool]:
    """Rank a report among its near-duplicates."""
    return bool(report.pages.ocr), not report.pages.count


def _may_be_same(first: Report, second: Report) -> bool:
    """Say whether nothing that is known of two reports tells them apart."""
    years = first.year is None or second.year is None or first.year == second.year
    issuers = not first.issuer or not second.issuer or first.issuer == second.issuer
    return years and issuers
