"""The live version as the next build sees it: what it can take over instead of making it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ReportQAError
from index.chunks import Piece
from index.fresh import Cut
from index.lexical import LexicalIndex
from index.manifest import CHUNK_VECTORS, Manifest, Recipe, check_files, live_folder
from index.plan import Plan
from index.portion import Portion, Terms, Vectors, bounds_of
from index.sentences import SentenceTable
from index.store import Store


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier version that was made by the same recipe, its files checked against their checksums.

    Attributes:
        vocabulary: its terms; the ids in its portions are positions in it.
    """

    folder: Path
    manifest: Manifest
    store: Store
    vocabulary: Sequence[str]
    _vectors: NDArray[np.float16]
    _terms: Terms
    _bounds: NDArray[np.int64]
    _sentences: SentenceTable

    @classmethod
    def open(cls, home: Path, recipe: Recipe) -> Previous | None:
        """Open the live version; None if there is none, it is damaged, or it was made by another recipe."""
        try:
            folder = live_folder(home)
            manifest = Manifest.read(folder, home)
            if manifest.recipe != recipe:
                return None
            check_files(folder, manifest, home, contents=True)
            counts = LexicalIndex.load_counts(folder / "words")
            vectors = np.asarray(np.load(folder / CHUNK_VECTORS, mmap_mode="r"))
            sentences = SentenceTable.load(folder / "sentences")
            store = Store.open(folder, home)
        except (ReportQAError, OSError, ValueError, KeyError):
            return None
        terms = counts.by_chunk()
        return cls(folder, manifest, store, counts.vocabulary, vectors, terms, bounds_of([terms.in_text]), sentences)

    @property
    def known(self) -> dict[str, str]:
        """The id of each report by the name of its file, in order."""
        return {card.file: card.report_id for card in self.store.cards}

    def is_made_of(self, plan: Plan) -> bool:
        """Tell whether it holds the reports of a plan, all of them and nothing else."""
        return [file.known_id for file in plan.files] == [card.report_id for card in self.store.cards]

    def rows_of(self, report_id: str) -> range:
        """Return the rows of a report's chunks."""
        return self.store.rows_of(report_id)

    def portion(self, report_id: str) -> Portion:
        """Return what a report adds to the arrays."""
        rows, table = self.rows_of(report_id), self._sentences
        within = table.first[rows.start : rows.stop + 1]
        sentences = slice(int(within[0]), int(within[-1]))
        of_sentences = table.first_term[sentences.start : sentences.stop + 1]
        ids = table.term_ids[of_sentences[0] : of_sentences[-1]]
        entries = slice(self._bounds[rows.start], self._bounds[rows.stop])
        return Portion(
            vectors=self._vectors_at(rows),
            chunk_terms=Terms(
                self._terms.ids[entries], self._terms.counts[entries], self._terms.in_text[rows.start : rows.stop]
            ),
            starts=table.starts[sentences],
            ends=table.ends[sentences],
            in_chunk=np.diff(within),
            sentence_terms=Terms(ids, np.ones(len(ids), dtype=np.uint16), np.diff(of_sentences)),
        )

    def vectors(self, cut: Cut) -> Vectors | None:
        """Return the vectors of a report of the same content under another name; None if it is cut otherwise now."""
        try:
            rows = self.rows_of(cut.report.report_id)
        except KeyError:
            return None
        chunks = [self.store.chunk(row) for row in rows]
        before = tuple(starmap(Piece, ((chunk.section_path, chunk.start, chunk.end) for chunk in chunks)))
        return self._vectors_at(rows) if before == cut.pieces else None

    def _vectors_at(self, rows: range) -> Vectors:
        first = self._sentences.first
        sentences = slice(int(first[rows.start]), int(first[rows.stop]))
        return Vectors(self._vectors[rows.start : rows.stop], self._sentences.vectors[sentences])
