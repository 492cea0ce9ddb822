"""Types of the search side: what is indexed, and what a search returns."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Fact


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences of one report; what is quoted is always `report.text[start:end]`.

    Attributes:
        row: position in the index, 0 to n-1: the row of its vector and of its BM25 column.
        section_path: headings from the outermost one down to the section the chunk stands in.
    """

    row: int
    report_id: str
    section_path: tuple[str, ...]
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found by a search; `rank` counts from 1 and a higher `score` is better."""

    chunk: Chunk
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """A sentence of a found chunk: `text == report.text[start:end]`; `rank` counts from 1."""

    chunk: Chunk
    start: int
    end: int
    text: str
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class ClauseHit:
    """A clause of a found sentence: `text == report.text[start:end]`; higher scores are better."""

    sentence: SentenceHit
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class ReportCard:
    """What the index knows of a report without its text."""

    report_id: str
    file: str
    title: str
    issuer: str
    kind: str
    year: int | None
    date: str
    document_number: str
    source: str
    characters: int
    warnings: tuple[str, ...]
    facts: tuple[Fact, ...] = ()
