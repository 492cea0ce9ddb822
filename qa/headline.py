"""The short answer: the few words of a sentence that say what was asked, as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import ClauseHit, SentenceHit

# A bare "1424件" leaves open what was counted: short clauses take a neighbour in, up to what reads at a glance.
_ENOUGH_CHARS = 28
_MOST_CHARS = 40


@dataclass(frozen=True, slots=True)
class Headline:
    """A run of clauses of one sentence: `text == report.text[start:end]`; `best` is the one that answers."""

    sentence: SentenceHit
    start: int
    end: int
    text: str
    best: ClauseHit


def pick_headline(clauses: Sequence[ClauseHit], fitting: Sequence[ClauseHit] = ()) -> Headline | None:
    """Return the best clause with as much of its neighbours as tells what it is about; None without clauses.

    Args:
        clauses: scored, in the order of the text.
        fitting: the only ones among them that can answer; empty: all can.
    """
    if not clauses:
        return None
    chosen = max(fitting or clauses, key=lambda clause: clause.score)
    best = clauses.index(chosen)
    own = [i for i, clause in enumerate(clauses) if clause.sentence == chosen.sentence]
    first, last = best, best
    while clauses[last].end - clauses[first].start < _ENOUGH_CHARS:
        beside = [i for i in (first - 1, last + 1) if i in own and _length(clauses, first, last, i) <= _MOST_CHARS]
        if not beside:
            break
        taken = max(beside, key=lambda i: (clauses[i].score, -i))
        first, last = min(first, taken), max(last, taken)
    sentence, start, end = clauses[best].sentence, clauses[first].start, clauses[last].end
    text = sentence.text[start - sentence.start : end - sentence.start]
    return Headline(sentence, start, end, text, chosen)


def _length(clauses: Sequence[ClauseHit], first: int, last: int, added: int) -> int:
    return clauses[max(last, added)].end - clauses[min(first, added)].start
