"""The files of a version while they are written, report by report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.arrays import ArrayWriter
from index.counts import TermCounts, TermTable
from index.fresh import Cut, Embedder, portion_of
from index.lexical import LexicalIndex
from index.manifest import CHUNK_VECTORS
from index.portion import Portion, Terms, joined
from index.previous import Previous
from index.progress import Progress
from index.sentences import SentenceWriter
from index.store import StoreWriter
from index.vectors import VectorIndex


class Draft:
    """A version being written; of the reports only their terms are held in memory.

    Attributes:
        files: the id of each report so far by the name of its file, in order.
        warnings: (file, warning) of the reports so far.
    """

    def __init__(self, folder: Path, embedder: Embedder, previous: Previous | None) -> None:
        self._folder = folder
        self._embedder = embedder
        self._previous = previous
        self._store = StoreWriter(folder, previous.folder if previous else None)
        self._vectors = ArrayWriter(folder / CHUNK_VECTORS, np.float16, embedder.dimensions)
        self._sentences = SentenceWriter(folder / "sentences", embedder.dimensions)
        self._table = TermTable(previous.vocabulary if previous else ())
        self._terms: list[Terms] = []
        self.files: dict[str, str] = {}
        self.warnings: list[tuple[str, str]] = []

    @property
    def chunks(self) -> int:
        """How many chunks the reports so far have."""
        return self._store.rows

    def add(self, cut: Cut, tick: Callable[[], None]) -> None:
        """Add a report that was read anew; `tick` is called while it is embedded."""
        report = cut.report
        vectors = self._previous.vectors(cut) if self._previous else None
        self._append(portion_of(cut, vectors or self._embedder.vectors(cut, tick), self._table))
        self._store.add(report, cut.pieces)
        self._note(report.file, report.report_id, report.warnings)

    def take(self, previous: Previous, report_id: str) -> None:
        """Take a report over from the version before."""
        self._append(previous.portion(report_id))
        self._store.copy(report_id, previous.rows_of(report_id))
        card = previous.store.card(report_id)
        self._note(card.file, report_id, card.warnings)

    def _append(self, portion: Portion) -> None:
        self._vectors.add(portion.vectors.chunks)
        self._sentences.add(portion)
        self._terms.append(portion.chunk_terms)

    def _note(self, file: str, report_id: str, warnings: tuple[str, ...]) -> None:
        self.files[file] = report_id
        self.warnings += [(file, warning) for warning in warnings]

    def finish(self, progress: Progress) -> None:
        """Write what is known only when all reports are there."""
        progress("words", 0, 1)
        self._store.finish()
        ids = joined([terms.ids for terms in self._terms], np.int32)
        counts = joined([terms.counts for terms in self._terms], np.uint16)
        in_text = joined([terms.in_text for terms in self._terms], np.int64)
        vocabulary, places = self._table.in_order(ids, *self._sentences.term_ids)
        self._sentences.finish(places)
        matrix = TermCounts.of_rows(vocabulary, Terms(places[ids], counts, in_text))
        LexicalIndex.of_counts(matrix).save(self._folder / "words")
        LexicalIndex.save_counts(matrix, self._folder / "words")
        progress("words", 1, 1)
        progress("vectors", 0, 1)
        self._vectors.finish()
        vectors = np.load(self._folder / CHUNK_VECTORS, mmap_mode="r")
        VectorIndex.of(vectors).save(self._folder / "vectors.faiss")
        progress("vectors", 1, 1)

    def close(self) -> None:
        """Let go of the files; what is not finished is to be thrown away."""
        self._store.close()
        self._vectors.close()
        self._sentences.close()
