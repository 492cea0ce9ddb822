"""Trace which numbered headings follow each other, so that a list inside a section is told from the section's own run.

Reports number both alike: under 四、 a list may again run 一、二、三、 before 五、 comes. The ordinals tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.headings import Heading
from corpus.marks import Kind

_UNNUMBERED = frozenset({Kind.MARKUP, Kind.PLAIN, Kind.DASH, Kind.LEAD})
# An author skips a number now and then.
_STEPS = (1, 2)
# No report nests runs of one kind deeper; what is not closed above is a list whose end never came.
_MOST_OPEN_RUNS = 6


@dataclass(slots=True)
class Run:
    """One run of headings, by their positions.

    Attributes:
        members: positions of its headings, in order.
        single: whether each of its items is one paragraph or less, so that the last one ends with its paragraph.
    """

    members: list[int]
    single: bool = False

    def continues_after(self, position: int) -> bool:
        """Say whether a later heading belongs to this run."""
        return self.members[-1] > position


def trace_runs(headings: Sequence[Heading]) -> list[Run]:
    """Give each heading the run that it belongs to; an unnumbered heading is a run of its own, dashes run together."""
    owners: list[Run] = []
    open_runs: dict[Kind, list[Run]] = {}
    for position, heading in enumerate(headings):
        runs = open_runs.setdefault(heading.kind, [])
        depth = _find_run(headings, runs, heading)
        if depth is None:
            runs.append(Run([position]))
            del runs[:-_MOST_OPEN_RUNS]
        else:
            del runs[depth + 1 :]
            runs[depth].members.append(position)
        owners.append(runs[-1])
    for run in {id(run): run for run in owners}.values():
        run.single = _is_single(headings, run)
    return owners


def _find_run(headings: Sequence[Heading], runs: Sequence[Run], heading: Heading) -> int | None:
    """Find the open run that a heading goes on with: the innermost with the number before it, of its own style if any.

    A heading on a line of its own rather follows another such heading than an item that runs into its paragraph.
    """
    if heading.kind is Kind.DASH and runs:
        near = heading.paragraph - headings[runs[-1].members[-1]].paragraph <= 1
        return len(runs) - 1 if near else None
    if heading.kind in _UNNUMBERED or heading.ordinal == 1:
        return None
    last = [headings[run.members[-1]] for run in runs]
    for step in _STEPS:
        before = [depth for depth, member in enumerate(last) if member.ordinal == heading.ordinal - step]
        alike = [depth for depth in before if last[depth].whole_line == heading.whole_line]
        if before:
            return (alike or before)[-1]
    return None


def _is_single(headings: Sequence[Heading], run: Run) -> bool:
    """Say whether the items of a run stand in adjacent paragraphs and carry their own text."""
    members = [headings[position] for position in run.members]
    adjacent = all(after.paragraph - before.paragraph <= 1 for before, after in pairwise(members))
    return len(members) > 1 and adjacent and not any(member.whole_line for member in members)
