"""The files of a version while they are written, report by report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import numpy as np

from corpus.duplicates import NearDuplicates
from corpus.ingest import Ingest
from corpus.types import Picture
from index.arrays import ArrayWriter
from index.counts import count
from index.fresh import Cut, Embedder, portion_of
from index.manifest import VECTORS
from index.pictures import copy_pictures, save_pictures
from index.portion import Portion
from index.previous import Previous
from index.progress import Progress
from index.sentences import SentenceWriter
from index.store_writer import StoreWriter
from index.tally import Tally
from index.vectors import Earlier, VectorIndex

# Vectors of all chunks, (n, dim) float16, until the vector index is made from them.
_CHUNK_VECTORS = "chunks.npy"


class Draft:
    """A version being written; of the reports only their terms are held in memory.

    Attributes:
        files: the id of each report so far by the name of its file, in order.
        fresh: ids of those that were read anew.
        warnings: (file, warning) of the reports so far.
    """

    def __init__(self, folder: Path, embedder: Embedder, previous: Previous | None) -> None:
        self._folder = folder
        self._embedder = embedder
        self._previous = previous
        self._store = StoreWriter(folder, previous.folder if previous else None)
        self._vectors = ArrayWriter(folder / _CHUNK_VECTORS, np.float16, embedder.dimensions)
        earlier = previous.sentences if previous else None
        self._sentences = SentenceWriter(folder / "sentences", embedder.dimensions, earlier)
        self._tally = Tally(previous.postings if previous else None)
        self._near = NearDuplicates(self._store.text_of)
        self._near_new = NearDuplicates(self._store.text_of)
        self.files: dict[str, str] = {}
        self.fresh: list[str] = []
        self.warnings: list[tuple[str, str]] = []

    @property
    def shared(self) -> dict[str, tuple[int, str]]:
        """Size and SHA-256 of the files that are those of the version before too, by relative path."""
        if self._previous is None:
            return {}
        facts, before, shared = self._previous.manifest.files, self._previous.folder, self._sentences.shared
        return {_name(new, self._folder): facts[_name(old, before)] for new, old in shared.items()}

    @property
    def chunks(self) -> int:
        """How many chunks the reports so far have."""
        return self._store.rows

    def add(self, cut: Cut, tick: Callable[[], None]) -> None:
        """Add a report that was read anew; `tick` is called while it is embedded."""
        report = cut.report
        vectors = self._previous.vectors(cut) if self._previous else None
        batch, lengths = count(cut.lexical_texts)
        self._tally.add(batch, lengths)
        vectors = vectors or self._embedder.vectors(cut, tick)
        self._append(report.report_id, portion_of(cut, vectors, batch.keys))
        self._store.add(report, cut.pieces)
        self.fresh.append(report.report_id)
        self._near.add(cut.outline)
        self._near_new.add(cut.outline)
        self._store.sketch(cut.outline)
        self._note(report.file, report.report_id, report.warnings)

    def near_duplicate(self, cut: Cut) -> tuple[str, float] | None:
        """Return the file that a new report repeats and how alike they are, or None."""
        return self._named(self._near.find(cut.outline, lambda: cut.report.text))

    def near_duplicate_of_new(self, previous: Previous, report_id: str) -> tuple[str, float] | None:
        """Return the new file that a report of the version before says again, and how alike they are, or None.

        Those that were there together have been compared when they came.
        """
        store, card = previous.store, previous.store.card(report_id)
        if not self._near_new.may_hold((card.issuer, card.year)):
            return None
        return self._named(self._near_new.find(store.outline(report_id), lambda: store.report(report_id).text))

    def _named(self, found: tuple[str, float] | None) -> tuple[str, float] | None:
        files = {report_id: file for file, report_id in self.files.items()} if found else {}
        return (files[found[0]], found[1]) if found else None

    def leave_out(self, ingest: Ingest) -> None:
        """Write down what became of a file that is not indexed."""
        self._store.note(ingest)

    def keep_pictures(self, pictures: Iterable[Picture]) -> None:
        """Keep the pictures of a report that was added."""
        save_pictures(self._folder, pictures)

    def take(self, previous: Previous, report_id: str) -> None:
        """Take a report over from the version before."""
        rows = previous.rows_of(report_id)
        self._tally.take(rows)
        self._append(report_id, previous.portion(report_id))
        self._store.keep(report_id, len(rows))
        copy_pictures(previous.folder, self._folder, previous.store.pictures_of(report_id))
        card = previous.store.card(report_id)
        self._near.expect((card.issuer, card.year), partial(previous.store.outline, report_id))
        self._note(card.file, report_id, card.warnings)

    def _append(self, report_id: str, portion: Portion) -> None:
        self._vectors.add(portion.vectors.chunks)
        self._sentences.add(report_id, portion)

    def _note(self, file: str, report_id: str, warnings: tuple[str, ...]) -> None:
        self.files[file] = report_id
        self.warnings += [(file, warning) for warning in warnings]

    def finish(self, progress: Progress) -> None:
        """Write what is known only when all reports are there."""
        progress("words", 0, 1)
        self._store.finish()
        postings, places = self._tally.finish()
        self._sentences.finish(places)
        postings.save(self._folder / "words")
        progress("words", 1, 1)
        progress("vectors", 0, 1)
        self._vectors.finish()
        earlier = Earlier(self._previous.folder / VECTORS, self._tally.places) if self._previous else None
        vectors = np.load(self._folder / _CHUNK_VECTORS, mmap_mode="r")
        VectorIndex.of(vectors, earlier=earlier).save(self._folder / VECTORS)
        # Windows removes no file that is mapped.
        del vectors
        (self._folder / _CHUNK_VECTORS).unlink()
        progress("vectors", 1, 1)

    def close(self) -> None:
        """Let go of the files; what is not finished is to be thrown away."""
        self._store.close()
        self._vectors.close()
        self._sentences.close()


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
