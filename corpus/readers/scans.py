"""Page images as sheets of text: what scanned pages, garbled ones and picture files have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.readers import ocr
from corpus.readers.pdf.layout import Sheet
from corpus.types import PageFacts


@dataclass(slots=True)
class PageLog:
    """Keeps account of how each page of a file was read, and says it in warnings."""

    count: int
    empty: list[int] = field(default_factory=list)
    garbled: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    ocr: list[int] = field(default_factory=list)
    _confidences: list[tuple[float, int]] = field(default_factory=list)

    def read(self, number: int, pixels: NDArray[np.uint8], size: tuple[float, float]) -> Sheet | None:
        """Read a page image by OCR as a sheet of the page's size in points; None if there are no words on it."""
        reading = ocr.read_picture(pixels)
        if not reading.spans:
            return None
        self.ocr.append(number)
        self._confidences.append((reading.confidence, sum(len(span.text) for span in reading.spans)))
        wide, high = size[0] / reading.width, size[1] / reading.height
        spans = tuple(span.scaled(wide, high) for span in reading.spans)
        return Sheet(number, *size, spans, ())

    def facts(self) -> PageFacts:
        """Give the account."""
        return PageFacts(self.count, tuple(self.empty), tuple(self.garbled), tuple(self.ocr), self._confidence())

    def _confidence(self) -> float | None:
        letters = sum(count for _, count in self._confidences)
        return round(sum(share * count for share, count in self._confidences) / letters, 4) if letters else None

    def warnings(self) -> tuple[str, ...]:
        """Say which pages were left out, and which were read by OCR."""
        found = []
        if self.damaged:
            found.append(f"pages left out because they are damaged: {name_pages(self.damaged)}")
        hint = "" if ocr.is_available() else f"; {ocr.HOW_TO_INSTALL}"
        if self.garbled:
            found.append(f"pages left out because their characters are garbled: {name_pages(self.garbled)}{hint}")
        if self.empty:
            found.append(f"pages without text: {name_pages(self.empty)}{hint}")
        if self.ocr:
            sure = f"mean confidence {self._confidence():.2f}"
            found.append(f"pages read by OCR, so look at the page before quoting: {name_pages(self.ocr)} ({sure})")
        return tuple(found)


def name_pages(pages: Sequence[int]) -> str:
    """Name pages, runs of them by their ends.

    >>> name_pages([1, 2, 3, 7, 9, 10])
    '1-3, 7, 9-10'
    """
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
