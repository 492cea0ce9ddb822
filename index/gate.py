"""The gate before going live: a new version is whole, and it still answers what the one before answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ReportQAError
from corpus.types import Figure
from index.checks import Answering, Check, unanswered
from index.errors import GateClosed
from index.live import OpenVersion, open_live
from index.manifest import VECTORS
from index.progress import Progress
from index.search import Index
from index.sentences import SentenceTable
from index.store import Store
from index.summary import Changes, Findings
from index.vectors import VectorIndex

Rows = NDArray[np.int64]

# So many chunks of those taken over are looked at, and of these, and of the new ones, so many are looked for by their
# own text; in a small index that is all of them. What is taken over was looked at when it was new, and has a checksum.
_SAMPLE, _LOOKED_FOR, _LOOKED_FOR_AGAIN = 2048, 24, 8
_FIRST_HITS = 10
# A text that occurs in many places may find others of them first, each as good.
_MISSED_SHARE = 0.05
# 16-bit numbers make a unit vector longer or shorter by less than this.
_NORM_TOLERANCE = 0.01
_ROWS_AT_ONCE = 65536
_MOST_NOTES = 100


@dataclass(frozen=True, slots=True)
class Made:
    """What a build made.

    Attributes:
        fresh: ids of the reports that were read anew.
    """

    changes: Changes
    fresh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """What a new version is checked with.

    Attributes:
        checks: fixed questions.
        answering: gives the text of an answer.
    """

    home: Path
    checks: tuple[Check, ...]
    answering: Answering

    def inspect(self, index: Index, version: OpenVersion, made: Made, progress: Progress) -> Findings:
        """Check a version that is not live yet.

        Args:
            index: the version, opened.
            version: the same, its files.
            made: how it differs from the live one, and what in it is new.
            progress: hears of every check.

        Raises:
            GateClosed: if it is not whole.
        """
        fresh = np.array([row for key in made.fresh for row in version.store.rows_of(key)], dtype=np.int64)
        steps: list[Callable[[], str]] = [
            lambda: _wrong_counts(index, version),
            lambda: _wrong_vectors(version, fresh),
            lambda: _wrong_offsets(version, made.fresh),
            lambda: _not_found(index, fresh),
        ]
        for done, step in enumerate(steps):
            progress("check", done, len(steps) + 1)
            if reason := step():
                raise GateClosed(self.home, reason)
        progress("check", len(steps), len(steps) + 1)
        lost, missing = self._ask(index)
        notes = tuple(self._compare(version.store, made.changes))
        more = (f"and {len(notes) - _MOST_NOTES} more",) if len(notes) > _MOST_NOTES else ()
        progress("check", len(steps) + 1, len(steps) + 1)
        return Findings(lost, missing, notes[:_MOST_NOTES] + more)

    def _ask(self, index: Index) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the questions that lost their answer, and those that had none before."""
        failing = unanswered(self.checks, index, self.answering)
        if not failing:
            return (), ()
        try:
            before = set(unanswered(failing, Index.open(self.home, encoder=index.encoder), self.answering))
        except ReportQAError:
            before = set(failing)
        lost = tuple(check.question for check in failing if check not in before)
        return lost, tuple(check.question for check in failing if check in before)

    def _compare(self, store: Store, changes: Changes) -> Iterator[str]:
        """Say where a report has fewer chunks or other figures than under the same name before."""
        try:
            before = open_live(self.home).store
        except ReportQAError:
            return
        old_ids = {card.file: card.report_id for card in before.cards}
        for card in store.cards:
            old_id = old_ids.get(card.file)
            if old_id is None:
                continue
            had, has = len(before.rows_of(old_id)), len(store.rows_of(card.report_id))
            if has < had:
                yield f"{card.file!r} has {has} chunks, {had} before"
            if card.file in changes.changed:
                figures = before.report(old_id).figures, store.report(card.report_id).figures
                yield from (f"{card.file!r}: {line}" for line in changed_figures(*figures))


def _wrong_counts(index: Index, version: OpenVersion) -> str:
    facts, store = version.manifest, version.store
    chunks = sum(len(store.rows_of(card.report_id)) for card in store.cards)
    counts = {"reports": len(store.cards), "chunks": chunks, **index.sizes()}
    wanted = dict.fromkeys(counts, facts.chunks) | {"reports": facts.reports}
    wrong = [f"{counts[name]} {name}" for name in counts if counts[name] != wanted[name]]
    return f"{', '.join(wrong)} where {facts.reports} reports and {facts.chunks} chunks belong" if wrong else ""


def _wrong_vectors(version: OpenVersion, fresh: Rows) -> str:
    chunks = np.union1d(fresh, _spread(version.manifest.chunks, _SAMPLE))
    vectors, sentences = VectorIndex.load(version.folder / VECTORS), SentenceTable.load(version.folder / "sentences")
    arrays: dict[str, tuple[Callable[[Rows], NDArray[np.float16]], Rows]] = {
        VECTORS: (vectors.halves, chunks),
        "sentences/vectors": (sentences.vectors.__getitem__, sentences.of_chunks(chunks.tolist()).rows),
    }
    for name, (numbers, rows) in arrays.items():
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            norms = np.linalg.norm(numbers(rows[start : start + _ROWS_AT_ONCE]).astype(np.float32), axis=1)
            # A text without one known token has no direction and stays at zero; a broken number compares as false.
            if not ((np.abs(norms - 1) < _NORM_TOLERANCE) | (norms == 0)).all():
                return f"{name} has vectors that are not of unit length"
    return ""


def _spread(count: int, most: int) -> Rows:
    """Return up to `most` numbers below `count`, evenly spread.

    >>> _spread(3, 9).tolist(), _spread(100, 3).tolist()
    ([0, 1, 2], [0, 49, 99])
    """
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.int64))


def _wrong_offsets(version: OpenVersion, fresh: Sequence[str]) -> str:
    store = version.store
    lengths = {card.report_id: card.characters for card in store.cards}
    for table, report_id, first, last in store.outermost(fresh):
        if first < 0 or last > lengths.get(report_id, -1):
            return f"{table} of report {report_id} lie outside its text"
    spans, sentences = store.spans(), SentenceTable.load(version.folder / "sentences")
    owner = np.repeat(np.arange(len(spans)), np.diff(sentences.first))
    is_inside = (sentences.starts >= spans[owner, 0]) & (sentences.ends <= spans[owner, 1])
    if not (is_inside & (sentences.starts < sentences.ends)).all():
        return "sentences lie outside their chunks"
    return ""


def _not_found(index: Index, fresh: Rows) -> str:
    """Look for chunks by their own text."""
    some = fresh[_spread(len(fresh), _LOOKED_FOR)] if len(fresh) else fresh
    taken = _LOOKED_FOR if len(fresh) == index.manifest.chunks else _LOOKED_FOR_AGAIN
    rows = np.union1d(some, _spread(index.manifest.chunks, taken)).tolist()
    missed = [row for row in rows if not _is_found(index, row)]
    if len(missed) > max(1, _MISSED_SHARE * len(rows)):
        return f"{len(missed)} of {len(rows)} chunks are not found by their own text, the first is {missed[0]}"
    return ""


def _is_found(index: Index, row: int) -> bool:
    text = index.store.chunk(row).text
    return any(hit.chunk.row == row or hit.chunk.text == text for hit in index.search(text, _FIRST_HITS))


def changed_figures(before: Sequence[Figure], now: Sequence[Figure]) -> Iterator[str]:
    """Say which figures differ that mean the same: one of their indicator, period, kind and unit in both."""
    old, new = _unique(before), _unique(now)
    for meaning, figure in new.items():
        if meaning in old and (old[meaning].value, old[meaning].scale) != (figure.value, figure.scale):
            yield f"{figure.indicator} {figure.period}: {figure.text}, {old[meaning].text} before"


def _unique(figures: Sequence[Figure]) -> dict[tuple[str, ...], Figure]:
    meanings = [(figure.indicator, figure.period, figure.kind.value, figure.unit) for figure in figures]
    often = Counter(meanings)
    pairs = zip(meanings, figures, strict=True)
    return {meaning: figure for meaning, figure in pairs if often[meaning] == 1 and figure.indicator}
