"""The short answer: the few words of a sentence that say what was asked, as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import ClauseHit, SentenceHit

# A bare "1424件" leaves open what was counted: short clauses take a neighbour in, up to what reads at a glance.
_ENOUGH_CHARS = 20
_MOST_CHARS = 40


@dataclass(frozen=True, slots=True)
class Headline:
    """A run of clauses of one sentence: `text == report.text[start:end]`; `score` is that of its best clause."""

    sentence: SentenceHit
    start: int
    end: int
    text: str
    score: float


def pick_headline(clauses: Sequence[ClauseHit]) -> Headline | None:
    """Return the best clause with as much of its neighbours as tells what it is about; None without clauses.

    Args:
        clauses: scored, in the order of the text.
    """
    if not clauses:
        return None
    best = max(range(len(clauses)), key=lambda i: (clauses[i].score, -i))
    own = [i for i, clause in enumerate(clauses) if clause.sentence == clauses[best].sentence]
    first, last = best, best
    while clauses[last].end - clauses[first].start < _ENOUGH_CHARS:
        beside = [i for i in (first - 1, last + 1) if i in own and _length(clauses, first, last, i) <= _MOST_CHARS]
        if not beside:
            break
        taken = max(beside, key=lambda i: (clauses[i].score, -i))
        first, last = min(first, taken), max(last, taken)
    sentence, start, end = clauses[best].sentence, clauses[first].start, clauses[last].end
    text = sentence.text[start - sentence.start : end - sentence.start]
    return Headline(sentence, start, end, text, clauses[best].score)


def _length(clauses: Sequence[ClauseHit], first: int, last: int, added: int) -> int:
    return clauses[max(last, added)].end - clauses[min(first, added)].start
