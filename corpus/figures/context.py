"""Where a number stands: its sentence, its clause, its neighbours, and the words that lead to it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.figures.types import Number

_CLAUSE = re.compile(r"[,;:。!?(\n)]|……")
# Sentences of a plain form: a Latin full stop ends one only between Chinese words.
_SENTENCE = re.compile(r"[。!?;\n]+[”’」)\"]*|(?<=[\u4e00-\u9fff)”%])\.(?=[\s\u4e00-\u9fff(“]|$)")
_BRACKETED = re.compile(r"\([^()\n\d]{0,60}\)")
# Longer stretches are looked at from their ends only, so that work stays linear in any text.
FAR = 160


@dataclass(frozen=True, slots=True)
class Spot:
    """A number in its sentence; all offsets count in the plain form.

    `lead` holds the words from the previous number or punctuation up to the number, `clause` those from the previous
    punctuation, `before` those from the sentence's start, `after` those behind the number, up to the sentence's end.
    """

    number: Number
    previous: Number | None
    following: Number | None
    sentence_start: int
    sentence_end: int
    lead: str
    clause: str
    before: str
    after: str
    gap: str

    @property
    def is_listed(self) -> bool:
        """Say whether only a list's comma stands between the previous number and this one."""
        return self.previous is not None and self.gap.strip() in {"、", "和", "与", "及", "至", ":", "到"}


def sentences(form: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a stretch of plain text, which semicolons end too.

    >>> list(sentences("增长5%;下降3件。", 0, 10))
    [(0, 5), (5, 10)]
    """
    at = start
    for match in _SENTENCE.finditer(form, start, end):
        yield at, match.end()
        at = match.end()
    if at < end:
        yield at, end


def spots(form: str, start: int, end: int, numbers: Sequence[Number]) -> Iterator[Spot]:
    """Place the numbers of the stretch `form[start:end]`; `numbers` are those of the whole text, in order."""
    starts = [number.start for number in numbers]
    for sentence_start, sentence_end in sentences(form, start, end):
        first, last = bisect_left(starts, sentence_start), bisect_left(starts, sentence_end)
        for at in range(first, last):
            previous = numbers[at - 1] if at > first else None
            following = numbers[at + 1] if at + 1 < last else None
            yield _spot(form, (sentence_start, sentence_end), previous, numbers[at], following)


def _spot(form: str, span: tuple[int, int], previous: Number | None, number: Number, following: Number | None) -> Spot:
    """Cut the words around one number."""
    left = max(span[0], number.start - FAR)
    before = form[left : number.start]
    clause_start = left
    # A qualifier in brackets, closed before the number, cuts no clause: 固定资产投资(不含农户)比上年增长.
    for match in _CLAUSE.finditer(_BRACKETED.sub(lambda bracket: "_" * len(bracket[0]), before)):
        clause_start = left + match.end()
    lead_start = max(clause_start, previous.end if previous else clause_start)
    return Spot(
        number,
        previous,
        following,
        *span,
        lead=form[lead_start : number.start],
        clause=form[clause_start : number.start],
        before=before,
        after=form[number.end : min(span[1], number.end + FAR)],
        gap=form[max(previous.end, left) : number.start] if previous else "",
    )
