"""From characters to spans: runs on one baseline without a wide gap, their text repaired.

Lengths are in points; an em is the width of a Chinese character of the span's size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Protocol

from corpus.pdfium import Glyph

# A wider gap parts columns and cells.
_WIDE_GAP = 1.6
_BACK = 0.6
# A gap this wide is white space even where the file has no space character.
_WORD_GAP = 0.25
_IDEOGRAPHIC_GAP = 0.8
# Cells stand at least this far apart.
_CELL_GAP = 0.4
# Where so many characters of a span have white space in front, the span is letterspaced.
_LETTERSPACED = 0.6
_FEWEST_LETTERSPACED = 4
_EM_OF_HEIGHT = 0.85


class Placed(Protocol):
    """Anything with a place on a page."""

    @property
    def x0(self) -> float:
        """The left edge."""

    @property
    def top(self) -> float:
        """The upper edge."""

    @property
    def x1(self) -> float:
        """The right edge."""

    @property
    def bottom(self) -> float:
        """The lower edge."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters on one baseline.

    `mark` is the box that marks it on the page, (x0, top, x1, bottom), where that is another one: on a page that lies
    askew on the scanner. `cuts` are the gaps that may part the cells of a table: the offset of the character behind
    one, and where the gap begins and ends.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    em: float
    mark: tuple[float, float, float, float] | None = None
    cuts: tuple[tuple[int, float, float], ...] = ()

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.top + self.bottom) / 2

    def pieces(self) -> list[Span]:
        """Give what stands between the gaps that may part cells."""
        starts = [(0, self.x0), *((offset, end) for offset, _, end in self.cuts)]
        ends = [*((offset, begin) for offset, begin, _ in self.cuts), (len(self.text), self.x1)]
        return [
            Span(self.text[start:end].strip(), x0, self.top, x1, self.bottom, self.em)
            for (start, x0), (end, x1) in zip(starts, ends, strict=True)
        ]

    def scaled(self, wide: float, high: float) -> Span:
        """Give the span on a page that is so many times as wide and as high."""
        mark = self.mark and (self.mark[0] * wide, self.mark[1] * high, self.mark[2] * wide, self.mark[3] * high)
        place = (self.x0 * wide, self.top * high, self.x1 * wide, self.bottom * high)
        return Span(self.text, *place, self.em * wide, mark)


def make_spans(glyphs: Iterable[Glyph]) -> list[Span]:
    """Group characters into spans, in the order of their first characters."""
    runs: list[list[Glyph]] = []
    for glyph in _split_ligatures(glyphs):
        run = runs[-1] if runs else []
        if run and _is_drawn_twice(run[-1], glyph):
            continue
        if run and _follows(run[-1], glyph):
            run.append(glyph)
        else:
            runs.append([glyph])
    return [_to_span(run) for run in _mend(runs)]


def _split_ligatures(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Give each character its own place where several are drawn as one, as —— is in many fonts."""
    held: list[Glyph] = []
    for glyph in glyphs:
        if held and glyph[1:5] != held[-1][1:5]:
            yield from _share_out(held)
            held = []
        held.append(glyph)
    yield from _share_out(held)


def _share_out(drawn: Sequence[Glyph]) -> Iterator[Glyph]:
    """Share the place of one shape out among its characters."""
    if len(drawn) == 1:
        yield drawn[0]
        return
    for number, glyph in enumerate(drawn):
        width = (glyph.x1 - glyph.x0) / len(drawn)
        yield glyph._replace(x0=glyph.x0 + number * width, x1=glyph.x0 + (number + 1) * width)


def em_of(glyph: Glyph) -> float:
    """Estimate the size of a character's font: a Chinese character is one em wide."""
    width, height = glyph.x1 - glyph.x0, glyph.bottom - glyph.top
    return width if is_wide(glyph.text) and width > height / 2 else height * _EM_OF_HEIGHT


def is_wide(character: str) -> bool:
    """Say whether a character is Chinese, or punctuation as wide as one."""
    return character >= "\u2e80" or character in "“”‘’…—·"


def _is_drawn_twice(last: Glyph, glyph: Glyph) -> bool:
    """Say whether a character repeats the one before to look bold."""
    near = abs(glyph.x0 - last.x0) < (last.x1 - last.x0) / 4 and abs(glyph.top - last.top) < 2
    return near and glyph.text == last.text


def _follows(last: Glyph, glyph: Glyph) -> bool:
    """Say whether a character goes on with the run of the one before."""
    em = min(em_of(last), em_of(glyph))
    return on_one_baseline(last, glyph) and -_BACK * em <= glyph.x0 - last.x1 <= _WIDE_GAP * em


def on_one_baseline(one: Placed, other: Placed) -> bool:
    """Say whether two things stand on one line: half of the lower one's height overlaps."""
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap >= min(one.bottom - one.top, other.bottom - other.top) / 2


def _mend(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Put runs together that follow each other on the page, though not in the file."""
    whole: list[list[Glyph]] = []
    for run in sorted(runs, key=lambda run: (run[0].top + run[0].bottom, run[0].x0)):
        # Only the runs on the same line can be at the end of the list.
        before = next((other for other in reversed(whole[-12:]) if _follows(other[-1], run[0])), None)
        after = next((other for other in reversed(whole[-12:]) if _follows(run[-1], other[0])), None)
        if before is not None:
            before.extend(run)
        elif after is not None:
            after[:0] = run
        else:
            whole.append(run)
    return whole


def _to_span(run: Sequence[Glyph]) -> Span:
    text, cuts = text_of(run)
    return Span(
        text,
        min(glyph.x0 for glyph in run),
        min(glyph.top for glyph in run),
        max(glyph.x1 for glyph in run),
        max(glyph.bottom for glyph in run),
        median([em_of(glyph) for glyph in run if is_wide(glyph.text)] or map(em_of, run)),
        cuts=cuts,
    )


def text_of(run: Sequence[Glyph]) -> tuple[str, tuple[tuple[int, float, float], ...]]:
    """Give the text of a run with the white space that belongs to it, and its cuts.

    Chinese set with spaces between the characters loses them; Latin words keep theirs.
    """
    spaced = sum(glyph.spaced for glyph in run[1:])
    letterspaced = len(run) >= _FEWEST_LETTERSPACED and spaced >= _LETTERSPACED * (len(run) - 1)
    text = run[0].text
    cuts: list[tuple[int, float, float]] = []
    for last, glyph in pairwise(run):
        text += "" if letterspaced else _space_between(last, glyph)
        if glyph.x0 - last.x1 >= _CELL_GAP * em_of(last) and not glyph.spaced:
            cuts.append((len(text), last.x1, glyph.x0))
        text += glyph.text
    return text, tuple(cuts)


def _space_between(last: Glyph, glyph: Glyph) -> str:
    """Give the white space that stands between two characters of a run."""
    gap = (glyph.x0 - last.x1) / max(em_of(last), 1.0)
    if is_wide(last.text) and is_wide(glyph.text):
        return "\u3000" if glyph.spaced and gap >= _IDEOGRAPHIC_GAP else ""
    if is_wide(last.text) or is_wide(glyph.text):
        return " " if glyph.spaced and gap > 0 else ""
    return " " if glyph.spaced or gap >= _WORD_GAP else ""
