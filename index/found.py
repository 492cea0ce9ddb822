"""What a search hands on to those who read it: sentences, their clauses, and the features both were ranked by."""

from __future__ import annotations

from dataclasses import dataclass

from index.features import Floats
from index.query import Query
from index.types import ClauseHit, SentenceHit


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        query: the question with what the thesaurus added to it.
        vector: its direction, (dim,) float32.
        sentences: best first.
        best: the features that the first of them was ranked by, (sentence features,) float32; NaN where none was found.
    """

    query: Query
    vector: Floats
    sentences: tuple[SentenceHit, ...]
    best: Floats


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of the best sentences.

    Attributes:
        hits: with their scores, in the order of the sentences and of the text.
        rows: the features they were scored by, (clauses, clause features) float32.
    """

    hits: tuple[ClauseHit, ...]
    rows: Floats
