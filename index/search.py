"""An opened index: both searches, narrowed to a scope, fused into one ranking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.sentences import sentence_spans
from index.encode import Encoder
from index.errors import IndexDamaged, IndexMismatch
from index.lexical import LexicalIndex
from index.manifest import Manifest, check_files, live_folder
from index.store import Store
from index.types import Hit, SentenceHit
from index.vectors import VectorIndex

# Each search hands this many candidates to the fusion for every hit asked for.
_DEPTH = 5
# Share of the word search in the fused score, chosen on the held-out training reports.
_LEXICAL_SHARE = 0.5
# What a sentence's score is made of, besides its similarity to the question.
_CHUNK_SHARE, _WORD_SHARE = 0.4, 0.3


@dataclass(frozen=True, slots=True)
class Index:
    """One version of the index, opened; it stays usable while newer ones go live."""

    manifest: Manifest
    store: Store
    encoder: Encoder
    _vectors: VectorIndex
    _words: LexicalIndex

    @classmethod
    def open(cls, home: Path, encoder_name: str = "") -> Index:
        """Open the live version.

        Args:
            home: the home folder.
            encoder_name: folder of an encoder; empty: the one the index was made with.

        Raises:
            IndexMissing: if there is no index.
            IndexMismatch: if another encoder or format made it.
            IndexDamaged: if a file is missing, cut short or unreadable.
        """
        folder = live_folder(home)
        manifest = Manifest.read(folder, home)
        check_files(folder, manifest, home)
        made_by = "" if manifest.encoder == "shipped" else manifest.encoder
        encoder = Encoder.load(encoder_name or made_by)
        if encoder.fingerprint != manifest.encoder_fingerprint:
            raise IndexMismatch(home, "the encoder", manifest.encoder_fingerprint, encoder.fingerprint)
        try:
            vectors = VectorIndex.load(folder / "vectors.faiss")
            words = LexicalIndex.load(folder / "words")
        except (OSError, ValueError, KeyError) as error:
            raise IndexDamaged(home, str(error)) from error
        return cls(manifest, Store.open(folder, home), encoder, vectors, words)

    def search(self, question: str, k: int, report_ids: Iterable[str] | None = None) -> list[Hit]:
        """Return the best `k` chunks by words and meaning together.

        Both scores are brought to 0 to 1 by the best one found, then averaged: with exact scores at hand this keeps
        more than ranks do (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval").

        Args:
            question: as typed.
            k: how many.
            report_ids: the only reports that may be found; None allows all.
        """
        rows = self._rows(report_ids)
        depth = k * _DEPTH
        lexical = _scaled(self._words.search(question, depth, rows))
        dense = _scaled(self._vectors.search(self.encoder.queries([question])[0], depth, rows))
        fused = {
            row: _LEXICAL_SHARE * lexical.get(row, 0.0) + (1 - _LEXICAL_SHARE) * dense.get(row, 0.0)
            for row in lexical.keys() | dense.keys()
        }
        return self._hits(fused, k)

    def sentences(self, question: str, hits: Sequence[Hit]) -> list[SentenceHit]:
        """Rank the sentences of found chunks: an answer quotes a sentence, not a chunk.

        A sentence scores by its chunk, by the share of the question's words in it, and by its meaning.
        """
        found = [
            (hit, start, end) for hit in hits for start, end in sentence_spans(hit.chunk.text, 0, len(hit.chunk.text))
        ]
        if not found:
            return []
        texts = [hit.chunk.text[start:end] for hit, start, end in found]
        alike = self.encoder.passages(texts) @ self.encoder.queries([question])[0]
        words = [self._words.overlap(question, text) for text in texts]
        scores = _CHUNK_SHARE * np.array([hit.score for hit, _, _ in found]) + _WORD_SHARE * np.array(words)
        scores += (1 - _CHUNK_SHARE - _WORD_SHARE) * alike
        order = np.argsort(-scores, kind="stable")
        return [_sentence_hit(found[i], float(scores[i]), rank) for rank, i in enumerate(order, start=1)]

    def _rows(self, report_ids: Iterable[str] | None) -> NDArray[np.int64] | None:
        if report_ids is None:
            return None
        spans = [self.store.rows_of(key) for key in report_ids]
        return np.concatenate([np.arange(s.start, s.stop, dtype=np.int64) for s in spans] or [np.empty(0, np.int64)])

    def _hits(self, scores: dict[int, float], k: int) -> list[Hit]:
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
        return [Hit(self.store.chunk(row), score, rank) for rank, (row, score) in enumerate(best, start=1)]


def _sentence_hit(found: tuple[Hit, int, int], score: float, rank: int) -> SentenceHit:
    chunk, start, end = found[0].chunk, found[1], found[2]
    return SentenceHit(chunk, chunk.start + start, chunk.start + end, chunk.text[start:end], score, rank)


def _scaled(pairs: list[tuple[int, float]]) -> dict[int, float]:
    """Divide scores by the best one; scores of zero or less are no evidence and fall away."""
    best = max((score for _, score in pairs), default=0.0)
    return {row: score / best for row, score in pairs if score > 0} if best > 0 else {}
