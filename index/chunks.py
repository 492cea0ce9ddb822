"""Cutting a report into chunks of whole sentences that never cross a section or an enumerated item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.sentences import sentence_spans
from corpus.types import Report, Section
from index.split import split_long

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Chunking:
    """How chunks are cut; lengths in characters.

    Attributes:
        max_chars: a chunk grows by whole sentences up to this length; a longer sentence is cut.
        tiny_chars: a region (what stands between two headings) shorter than this joins its neighbour.
    """

    max_chars: int = 240
    tiny_chars: int = 32


@dataclass(frozen=True, slots=True)
class Piece:
    """A chunk before it has a row in the index."""

    section_path: tuple[str, ...]
    start: int
    end: int


def cut_report(report: Report, chunking: Chunking) -> list[Piece]:
    """Cut a report into pieces, in reading order, that together cover all its printed characters.

    A region runs from one section's start to the next one's. Neighbouring regions join while the first is tiny (a
    heading that stands alone goes with what follows it), and the joined piece takes the later region's path.
    """
    pieces: list[Piece] = []
    for path, start, end in _join_tiny(_regions(report), chunking.tiny_chars):
        sentences = _bounded(report.text, sentence_spans(report.text, start, end), chunking.max_chars)
        pieces.extend(Piece(path, s, e) for s, e in _pack(sentences, chunking.max_chars))
    return pieces


def _regions(report: Report) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Yield (section path, start, end) for each stretch of text that belongs to one section and to no deeper one."""
    cuts = sorted({0, len(report.text)} | {s.start for s in report.sections} | {s.end for s in report.sections})
    inner = _InnermostSection(report.sections)
    for start, end in pairwise(cuts):
        yield inner.path_at(start), start, end


class _InnermostSection:
    """Tells the section path at growing offsets."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self._waiting = sorted(sections, key=lambda s: (s.start, s.level), reverse=True)
        self._open: list[Section] = []

    def path_at(self, offset: int) -> tuple[str, ...]:
        while self._waiting and self._waiting[-1].start <= offset:
            self._open.append(self._waiting.pop())
        self._open = [section for section in self._open if section.end > offset]
        return self._open[-1].path if self._open else ()


def _join_tiny(
    regions: Iterable[tuple[tuple[str, ...], int, int]], tiny_chars: int
) -> list[tuple[tuple[str, ...], int, int]]:
    joined: list[tuple[tuple[str, ...], int, int]] = []
    for path, start, end in regions:
        if joined and joined[-1][2] - joined[-1][1] < tiny_chars:
            _, start, _ = joined.pop()
        joined.append((path, start, end))
    return joined


def _bounded(text: str, sentences: Iterable[Span], max_chars: int) -> Iterator[Span]:
    for start, end in sentences:
        if end - start <= max_chars:
            yield start, end
        else:
            yield from ((start + s, start + e) for s, e in split_long(text[start:end], max_chars))


def _pack(sentences: Iterable[Span], max_chars: int) -> list[Span]:
    """Join neighbouring sentences into spans of at most `max_chars` characters."""
    packed: list[Span] = []
    for start, end in sentences:
        if packed and end - packed[-1][0] <= max_chars:
            packed[-1] = (packed[-1][0], end)
        else:
            packed.append((start, end))
    return packed
