"""The live version as the next build sees it: what it can take over instead of making it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

import numpy as np

from corpus.descriptions import Description, facts_said
from corpus.errors import ReportQAError
from index.chunks import Piece
from index.errors import IndexDamaged
from index.fresh import Cut
from index.manifest import VECTORS, Manifest, Recipe, check_contents, check_files, live_folder
from index.plan import Plan
from index.portion import Portion, Terms, Vectors
from index.postings import DERIVED, Postings
from index.sentences import SentenceTable
from index.store import Store
from index.types import ReportCard
from index.vectors import VectorIndex

# What is worked out anew from the other files, so that its checksum matters only where nothing is new.
_MADE_ANEW = {f"words/{name}.npy" for name in DERIVED}


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier version that was made by the same recipe; what is taken over is checked against its checksums.

    Attributes:
        postings: of its chunks; the terms in its portions are numbered as they are there.
        sentences: of its chunks.
    """

    folder: Path
    manifest: Manifest
    store: Store
    postings: Postings
    sentences: SentenceTable
    _vectors: VectorIndex

    @classmethod
    def open(cls, home: Path, recipe: Recipe) -> Previous | None:
        """Open the live version; None if there is none, it is damaged, or it was made by another recipe."""
        try:
            folder = live_folder(home)
            manifest = Manifest.read(folder, home)
            if manifest.recipe != recipe:
                return None
            check_files(folder, manifest, home)
            check_contents(folder, manifest, home, manifest.files.keys() - _MADE_ANEW)
            postings = Postings.load(folder / "words")
            vectors = VectorIndex.load(folder / VECTORS)
            sentences = SentenceTable.load(folder / "sentences")
            store = Store.open(folder, home)
        except (ReportQAError, OSError, ValueError, KeyError):
            return None
        return cls(folder, manifest, store, postings, sentences, vectors)

    def known(self, descriptions: Mapping[str, Description]) -> dict[str, str]:
        """Return the id of each report of which the user says what he said then, by the name of its file, in order."""
        same = (card for card in self.store.cards if _said(card) == facts_said(descriptions.get(card.report_id)))
        return {card.file: card.report_id for card in same}

    def is_made_of(self, plan: Plan) -> bool:
        """Tell whether it holds the reports of a plan, all of them and nothing else."""
        return [file.known_id for file in plan.files] == [card.report_id for card in self.store.cards]

    def is_whole(self, home: Path) -> bool:
        """Tell whether also those files are as written that are not taken over."""
        try:
            check_contents(self.folder, self.manifest, home, _MADE_ANEW)
        except IndexDamaged:
            return False
        return True

    def rows_of(self, report_id: str) -> range:
        """Return the rows of a report's chunks."""
        return self.store.rows_of(report_id)

    def portion(self, report_id: str) -> Portion:
        """Return what a report adds to the arrays but for the words of its chunks."""
        rows, table = self.rows_of(report_id), self.sentences
        within = table.first[rows.start : rows.stop + 1]
        sentences = slice(int(within[0]), int(within[-1]))
        of_sentences = table.first_term[sentences.start : sentences.stop + 1]
        ids = table.term_ids[of_sentences[0] : of_sentences[-1]]
        return Portion(
            vectors=self._vectors_at(rows),
            starts=table.starts[sentences],
            ends=table.ends[sentences],
            in_chunk=np.diff(within),
            sentence_terms=Terms(ids, np.diff(of_sentences)),
            taken=range(sentences.start, sentences.stop),
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
        first = self.sentences.first
        sentences = range(int(first[rows.start]), int(first[rows.stop]))
        return Vectors(self._vectors.halves(slice(rows.start, rows.stop)), self.sentences.vectors.span(sentences))


def _said(card: ReportCard) -> dict[str, str | int]:
    """Return the facts of a report that the user gave."""
    return {fact.name: getattr(card, fact.name) for fact in card.facts if not fact.guessed}
