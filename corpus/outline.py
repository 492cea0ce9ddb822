"""Nest the headings of a report into sections."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.headings import CLOSING, LASTING_KINDS, STRICT_KINDS, Heading, find_headings
from corpus.marks import Kind
from corpus.readers.base import Block
from corpus.sequences import Run, trace_runs
from corpus.types import Paragraph, Section

_Style = tuple[Kind, bool]


def build_outline(
    text: str, paragraphs: Sequence[Paragraph], blocks: Sequence[Block], title: str, body: int
) -> tuple[Section, ...]:
    """Find the sections of a text; a section ends where the next one of its own or a higher level begins.

    The items of a run that are one paragraph each end with their paragraph, so that what stands behind the last item
    belongs to the section around the run. Levels count from 1 without gaps.

    Args:
        text: the stored text.
        paragraphs: its paragraphs.
        blocks: the block that each paragraph was made of.
        title: the report's title, which heads no section.
        body: index of the first paragraph behind title, date and author.
    """
    headings = find_headings(text, paragraphs, blocks, title, body)
    runs = trace_runs(headings)
    stacks = _Nesting(text, headings, runs).stacks()
    ends = _find_ends(headings, runs, [len(stack) for stack in stacks], paragraphs, len(text))
    return tuple(
        Section(
            heading=text[heading.start : heading.end],
            level=len(stack),
            path=tuple(text[above.start : above.end] for above in stack),
            start=heading.start,
            end=end,
        )
        for heading, stack, end in zip(headings, stacks, ends, strict=True)
    )


def _style(heading: Heading) -> _Style:
    """Tell headings on a line of their own from those of the same kind that run into their paragraph."""
    return heading.kind, heading.whole_line


class _Nesting:
    """Decides which open headings stand above each next one.

    Styles of numbering rank by where they first appear: mostly 一、 before （一）, but some authors turn it round.
    """

    def __init__(self, text: str, headings: Sequence[Heading], runs: Sequence[Run]) -> None:
        self._headings, self._runs = headings, runs
        self._ranks: dict[_Style, int] = {}
        for heading in headings:
            self._ranks.setdefault(_style(heading), len(self._ranks))
        self._closing = {
            position
            for position, heading in enumerate(headings)
            if heading.kind is Kind.PLAIN and CLOSING.match(text, heading.start, heading.end)
        }
        plain = [position for position, heading in enumerate(headings) if heading.kind is Kind.PLAIN]
        self._lone_plain = len(set(plain) - self._closing) == 1

    def stacks(self) -> list[tuple[Heading, ...]]:
        """Give each heading the headings above it, the outermost first and itself last."""
        stack: list[int] = []
        stacks: list[tuple[Heading, ...]] = []
        for position in range(len(self._headings)):
            ended = (depth for depth, above in enumerate(stack) if self._has_ended(above, position))
            stack = stack[: next(ended, len(stack))]
            depth = 0 if position in self._closing else self._find_depth(stack, position)
            stack = [*stack[:depth], position]
            stacks.append(tuple(self._headings[above] for above in stack))
        return stacks

    def _has_ended(self, above: int, position: int) -> bool:
        """Say whether an open heading is an item of one paragraph that lies behind us."""
        run = self._runs[above]
        behind = self._headings[above].paragraph < self._headings[position].paragraph
        return run.single and run is not self._runs[position] and behind

    def _find_depth(self, stack: Sequence[int], position: int) -> int:
        """Find how many of the open headings stand above a new one.

        It closes the earlier member of its own run. Where it begins a run, it closes open headings whose own runs are
        over and that rank no higher; a run that goes on later encloses it, whatever it is numbered with.
        """
        for depth, above in enumerate(stack):
            if self._runs[above] is self._runs[position]:
                return depth
        lowest = len(stack)
        while lowest and not self._runs[stack[lowest - 1]].continues_after(position):
            lowest -= 1
        closed = (depth for depth in range(lowest, len(stack)) if self._closes(position, stack, depth))
        return next(closed, len(stack))

    def _closes(self, position: int, stack: Sequence[int], depth: int) -> bool:
        """Say whether a heading that begins a run ends an open one whose run is over."""
        heading, above = self._headings[position], self._headings[stack[depth]]
        if heading.kind is Kind.MARKUP:
            return above.kind is not Kind.MARKUP or above.ordinal >= heading.ordinal
        if heading.kind is Kind.PLAIN:
            return above.ordinal >= heading.ordinal if above.kind is Kind.PLAIN else above.kind not in STRICT_KINDS
        if heading.kind not in STRICT_KINDS:
            return above.kind is heading.kind
        if above.kind is Kind.PLAIN:
            return self._is_passed(position, stack, depth)
        ranked = above.kind in STRICT_KINDS or (above.kind in LASTING_KINDS and above.whole_line)
        return not ranked or self._ranks[_style(above)] >= self._ranks[_style(heading)]

    def _is_passed(self, position: int, stack: Sequence[int], depth: int) -> bool:
        """Say whether a numbered heading leaves an unnumbered one behind instead of standing under it.

        Inside a numbered section it does unless it follows at once; outermost, if it is the only unnumbered one.
        """
        plain = stack[depth]
        if self._headings[position].paragraph - self._headings[plain].paragraph == 1 or plain in self._closing:
            return False
        numbered = any(self._headings[above].kind is not Kind.PLAIN for above in stack[:depth])
        return numbered or (depth == 0 and self._lone_plain)


def _find_ends(
    headings: Sequence[Heading],
    runs: Sequence[Run],
    depths: Sequence[int],
    paragraphs: Sequence[Paragraph],
    length: int,
) -> list[int]:
    """Find where each section ends."""
    ends = [length] * len(headings)
    open_sections: list[int] = []
    for position, depth in enumerate(depths):
        while open_sections and depths[open_sections[-1]] >= depth:
            ends[open_sections.pop()] = headings[position].start
        open_sections.append(position)
    enclosing: list[int] = []
    for position, heading in enumerate(headings):
        del enclosing[depths[position] - 1 :]
        own = paragraphs[heading.paragraph].end
        # One more than its end is the next paragraph's start: then nothing stands between.
        if runs[position].single and ends[position] > own + 1:
            ends[position] = own
        if enclosing:
            ends[position] = min(ends[position], ends[enclosing[-1]])
        enclosing.append(position)
    return ends
