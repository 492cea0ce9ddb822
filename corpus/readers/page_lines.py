"""From the printed lines of pages to paragraphs: running heads and page numbers go, broken lines are joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.geometry import box_on, shift
from corpus.readers.base import Block
from corpus.types import Line

_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[/／共]\s*[0-9０-９]{1,4}\s*页?)?[-—–－·\s]*$"
)
# Running heads stand in this share of the page's height at its edges, on so many pages.
_EDGE = 0.1
_RUNNING_PAGES = 3
# In character sizes: an indent, a line that ends before the margin, a gap between lines.
_INDENT, _SHORT, _GAP = 1.2, 1.8, 1.6
_OTHER_SIZE = 0.12


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line with its edges, base line and character size, in the page's own measure from its top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number in the file from 1, its size, and its lines from top to bottom."""

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]


def page_blocks(pages: Sequence[Page]) -> list[Block]:
    """Make the paragraphs of pages; one that goes on over a page stays one."""
    running = _running_lines(pages)
    placed = [
        (page, line)
        for page in pages
        for line in page.lines
        if not (_at_edge(page, line) and (_key(line) in running or _PAGE_NUMBER.match(line.text.strip())))
    ]
    if not placed:
        return []
    left = min(line.x0 for _, line in placed)
    right = max(line.x1 for _, line in placed)
    blocks: list[Block] = []
    group: list[tuple[Page, PrintedLine]] = []
    step = _usual_step(placed)
    for page, line in placed:
        if group and _begins(group[-1], (page, line), left, right, step):
            blocks.append(_to_block(group))
            group = []
        group.append((page, line))
    return [*blocks, _to_block(group)]


def _running_lines(pages: Sequence[Page]) -> set[str]:
    """Find the lines that come again at the edge of several pages, whatever number stands in them."""
    counts = Counter(key for page in pages for key in {_key(line) for line in page.lines if _at_edge(page, line)})
    return {key for key, count in counts.items() if count >= _RUNNING_PAGES}


def _key(line: PrintedLine) -> str:
    return re.sub(r"\d+", "0", "".join(line.text.split()))


def _at_edge(page: Page, line: PrintedLine) -> bool:
    return line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height


def _usual_step(placed: Sequence[tuple[Page, PrintedLine]]) -> float:
    """Find how far apart the lines stand mostly."""
    steps = [b.base - a.base for (page, a), (other, b) in pairwise(placed) if page is other]
    return median(steps) if steps else 0.0


def _begins(
    before: tuple[Page, PrintedLine], here: tuple[Page, PrintedLine], left: float, right: float, step: float
) -> bool:
    """Say whether a line begins a paragraph: by its indent, or by how the line before it ends."""
    (page, above), (other, line) = before, here
    if abs(above.size - line.size) > _OTHER_SIZE * max(above.size, line.size):
        return True
    indented = line.x0 > left + _INDENT * line.size
    ended = above.x1 < right - _SHORT * above.size
    gap = page is other and step > 0 and line.base - above.base > _GAP * step
    return indented or ended or gap


def _to_block(group: Sequence[tuple[Page, PrintedLine]]) -> Block:
    """Make one paragraph of its lines."""
    text = ""
    lines: list[Line] = []
    for page, line in group:
        words = line.text.strip()
        text += " " * (text[-1:].isascii() and text[-1:].isalnum() and words[:1].isascii() and words[:1].isalpha())
        box = box_on(
            page.number, line.x0 / page.width, line.top / page.height, line.x1 / page.width, line.bottom / page.height
        )
        lines += shift([Line(0, len(words), box)], len(text))
        text += words
    return Block(text, page=group[0][0].number, after_gap=True, lines=tuple(lines))
