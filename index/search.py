"""An opened index: both searches narrowed to a scope, fused, and the sentences of what they find ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from index.answerable import NAMES as ANSWER_NAMES
from index.answerable import answerable_features
from index.backend import ChunkSearch, LocalSearch
from index.clauses import NAMES as CLAUSE_NAMES
from index.clauses import clause_features, clauses_of
from index.encode import Encoder
from index.errors import IndexDamaged, IndexMismatch
from index.features import NAMES as SENTENCE_NAMES
from index.features import ChunkScores, Floats, Pool, feature_rows
from index.found import Clauses, Found
from index.lease import Lease
from index.lexical import LexicalIndex
from index.live import OpenVersion, open_live
from index.manifest import Manifest
from index.milvus import MilvusSearch
from index.query import Ask, Query, make_query
from index.rank import SHIPPED, Ranker, Rankers
from index.rows import Rows
from index.sentences import Candidates, SentenceTable
from index.store import Store
from index.thesaurus import Thesaurus
from index.types import Chunk, Hit, SentenceHit

# What a search goes through, each stage to be measured on its own.
STAGES = ("words", "expanded", "meaning", "fused", "ranked")
# Chunks whose sentences are ranked: 99 % of the answers are among them.
_RANKED_CHUNKS = 12
# Sentences returned at most.
_RETURNED = 20
# Each search hands this many candidates to the fusion for every hit asked for.
_DEPTH = 5
# Share of the word search in the fused score, chosen on the held-out training reports.
_LEXICAL_SHARE = 0.5
# How far an earlier question draws the direction of the present one.
_CONTEXT_SHARE = 1.0
# Stands for the features of the best sentence where there is none.
_NOTHING = np.full(len(SENTENCE_NAMES), np.nan, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _Fusion:
    """Chunks found by either search, best first, with their scores: each (c,)."""

    rows: list[int]
    scores: ChunkScores


@dataclass(frozen=True, slots=True)
class Index:
    """One version of the index, opened; it stays usable while newer ones go live.

    Attributes:
        lease: keeps its files from being removed.
    """

    folder: Path
    manifest: Manifest
    store: Store
    encoder: Encoder
    thesaurus: Thesaurus
    _search: ChunkSearch
    _words: LexicalIndex
    _sentences: SentenceTable
    _rankers: Rankers | None
    lease: Lease | None

    @classmethod
    def open(
        cls,
        home: Path,
        encoder_name: str = "",
        rankers: Rankers | None = None,
        encoder: Encoder | None = None,
        search: str = "",
    ) -> Index:
        """Open the live version.

        Args:
            home: the home folder.
            encoder_name: folder of an encoder; empty: the one the index was made with.
            rankers: rank sentences and clauses; None: those that ship.
            encoder: one that is loaded already; used if it is the one the index was made with.
            search: URI of the Milvus server that searches; empty: the files of the index are searched here.

        Raises:
            IndexMissing: if there is no index.
            IndexMismatch: if another encoder or format made it.
            IndexDamaged: if a file is missing, cut short or unreadable.
            SearchUnavailable: if the server does not answer or has not this version.
        """
        version = open_live(home)
        manifest = version.manifest
        if encoder is None or encoder.fingerprint != manifest.encoder_fingerprint:
            made_by = "" if manifest.encoder == "shipped" else manifest.encoder
            encoder = Encoder.load(encoder_name or made_by)
        return cls.of_version(version, home, encoder, rankers or shipped_rankers(), search)

    @classmethod
    def of_version(
        cls, version: OpenVersion, home: Path, encoder: Encoder, rankers: Rankers | None = None, search: str = ""
    ) -> Index:
        """Open the search of a version; raises as `open` does.

        The shipped rankers are read when they are needed: a version can be built to train others on it.
        """
        if encoder.fingerprint != version.manifest.encoder_fingerprint:
            raise IndexMismatch(home, "the encoder", version.manifest.encoder_fingerprint, encoder.fingerprint)
        folder, thesaurus = version.folder, Thesaurus.load(home)
        try:
            local = LocalSearch.load(folder)
            sentences = SentenceTable.load(folder / "sentences")
        except (OSError, ValueError, KeyError) as error:
            raise IndexDamaged(home, str(error)) from error
        manifest, words = version.manifest, local.words
        searching = MilvusSearch.open(search, manifest.build_id, words) if search else local
        parts = (encoder, thesaurus, searching, words, sentences, rankers)
        return cls(version.folder, manifest, version.store, *parts, version.lease)

    @property
    def rankers(self) -> Rankers:
        """The rankers given, or those that ship."""
        return self._rankers or shipped_rankers()

    def sizes(self) -> dict[str, int]:
        """Return how many chunks each part of the search knows, by its name."""
        vectors, words, sentences = len(self._search), self._words.chunks, len(self._sentences.first) - 1
        return {"chunk vectors": vectors, "chunks of words": words, "chunks of sentences": sentences}

    def search(self, question: str, k: int, report_ids: Iterable[str] | None = None) -> list[Hit]:
        """Return the best `k` chunks by words and meaning together.

        Args:
            question: as typed.
            k: how many.
            report_ids: the only reports that may be found; None allows all.
        """
        query = make_query(Ask(question), self.thesaurus, self._words)
        fusion = self._fuse(query, self._vector(query.ask), k, self._rows(report_ids))
        scored = zip(fusion.rows, fusion.scores.fused.tolist(), strict=True)
        return [Hit(self.store.chunk(row), score, rank) for rank, (row, score) in enumerate(scored, start=1)]

    def find(self, ask: Ask, report_ids: Iterable[str] | None = None) -> Found:
        """Return the sentences of the best chunks, ranked by the learned ranker.

        Args:
            ask: the question.
            report_ids: the only reports that may be found; None allows all.
        """
        query, vector, fusion, candidates = self._candidates(ask, report_ids)
        rows = self._features(query, vector, fusion, candidates)
        scores = self.rankers.sentences.scores(rows)
        order = np.argsort(-scores, kind="stable")[:_RETURNED]
        hits = [self._sentence_hit(fusion, candidates, int(i), float(scores[i]), n) for n, i in enumerate(order, 1)]
        return Found(query, vector, tuple(hits), rows[order[0]] if len(order) else _NOTHING)

    def clauses(self, found: Found) -> Clauses:
        """Return the clauses of the best sentences with their scores.

        Args:
            found: what `find` returned; sentences may be left out of it.
        """
        clauses = clauses_of(found.sentences)
        rows = clause_features(found.query, found.vector, clauses, self.encoder, self._words)
        scores = self.rankers.clauses.scores(rows)
        return Clauses(tuple(replace(c, score=float(score)) for c, score in zip(clauses, scores, strict=True)), rows)

    def certainty(self, found: Found, clauses: Clauses, report_ids: Iterable[str] | None = None) -> float:
        """Return how likely it is that what was found answers the question, 0 to 1.

        Args:
            found: what `find` returned for these reports.
            clauses: what `clauses` returned for it.
            report_ids: the reports that were searched; None: all.
        """
        return float(self.rankers.answers.scores(self.answerable_features(found, clauses, report_ids))[0])

    def answerable_features(self, found: Found, clauses: Clauses, report_ids: Iterable[str] | None = None) -> Floats:
        """Return what tells whether a question is answered, (1, features) float32."""
        return answerable_features(found, clauses, self._words, self._rows(report_ids))

    def stage(self, stage: str, ask: Ask, k: int, report_ids: Iterable[str] | None = None) -> list[Chunk]:
        """Return the best `k` chunks as one stage of the search sees them.

        Args:
            stage: one of STAGES; "ranked" gives the chunks in the order of their best sentence.
            ask: the question.
            k: how many.
            report_ids: the only reports that may be found; None allows all.
        """
        query, vector, rows = make_query(ask, self.thesaurus, self._words), self._vector(ask), self._rows(report_ids)
        if stage in ("words", "expanded"):
            weights = query.typed if stage == "words" else query.weights
            found = [row for row, _ in self._search.by_words(weights, k, rows)]
        elif stage == "meaning":
            found = [row for row, _ in self._search.by_meaning(vector, k, rows)]
        elif stage == "fused":
            found = self._fuse(query, vector, k, rows).rows
        else:
            found = list(dict.fromkeys(hit.chunk.row for hit in self.find(ask, report_ids).sentences))
        return [self.store.chunk(row) for row in found[:k]]

    def features(self, ask: Ask, report_ids: Iterable[str] | None = None) -> tuple[Floats, Found]:
        """Return the features of the sentences of the best chunks, and those sentences in the order of the rows."""
        query, vector, fusion, candidates = self._candidates(ask, report_ids)
        hits = [self._sentence_hit(fusion, candidates, i, 0.0, i + 1) for i in range(len(candidates.rows))]
        return self._features(query, vector, fusion, candidates), Found(query, vector, tuple(hits), _NOTHING)

    def _candidates(self, ask: Ask, report_ids: Iterable[str] | None) -> tuple[Query, Floats, _Fusion, Candidates]:
        """Return the question made ready, its direction, the best chunks and their sentences."""
        query, vector = make_query(ask, self.thesaurus, self._words), self._vector(ask)
        fusion = self._fuse(query, vector, _RANKED_CHUNKS, self._rows(report_ids))
        return query, vector, fusion, self._sentences.of_chunks(fusion.rows)

    def _vector(self, ask: Ask) -> Floats:
        """Return the direction to search in, (dim,) float32, unit length or zero."""
        vectors = self.encoder.queries([ask.text, ask.context] if ask.context else [ask.text])
        mixed: Floats = vectors[0] + np.float32(_CONTEXT_SHARE) * vectors[1] if ask.context else vectors[0]
        length = np.linalg.norm(mixed)
        return mixed / length if length else mixed

    def _rows(self, report_ids: Iterable[str] | None) -> Rows | None:
        if report_ids is None:
            return None
        wanted = set(report_ids)
        # All reports are no narrower a scope than none named.
        return Rows.of(map(self.store.rows_of, wanted)) if len(wanted) < len(self.store.cards) else None

    def _fuse(self, query: Query, vector: Floats, k: int, rows: Rows | None) -> _Fusion:
        """Find the best `k` chunks.

        Both scores are brought to 0 to 1 by the best one found, then averaged: with exact scores at hand this keeps
        more than ranks do (Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval").
        """
        lexical = _scaled(self._search.by_words(query.weights, k * _DEPTH, rows))
        dense = _scaled(self._search.by_meaning(vector, k * _DEPTH, rows))
        fused = {
            row: _LEXICAL_SHARE * lexical.get(row, 0.0) + (1 - _LEXICAL_SHARE) * dense.get(row, 0.0)
            for row in lexical.keys() | dense.keys()
        }
        best = sorted(fused, key=lambda row: (-fused[row], row))[:k]
        columns = ([source.get(row, 0.0) for row in best] for source in (lexical, dense, fused))
        return _Fusion(best, ChunkScores(*(np.array(column, dtype=np.float32) for column in columns)))

    def _features(self, query: Query, vector: Floats, fusion: _Fusion, candidates: Candidates) -> Floats:
        chunks = [self.store.chunk(row) for row in fusion.rows]
        cards = [self.store.card(chunk.report_id) for chunk in chunks]
        pool = Pool(chunks, cards, fusion.scores, candidates)
        return feature_rows(query, vector, pool, self._sentences, self._words)

    def _sentence_hit(self, fusion: _Fusion, candidates: Candidates, i: int, score: float, rank: int) -> SentenceHit:
        row = int(candidates.rows[i])
        chunk = self.store.chunk(fusion.rows[int(candidates.owner[i])])
        start, end = int(self._sentences.starts[row]), int(self._sentences.ends[row])
        return SentenceHit(chunk, start, end, chunk.text[start - chunk.start : end - chunk.start], score, rank)


@cache
def shipped_rankers() -> Rankers:
    """Return the rankers that come with the project, read once: every version that is opened uses the same."""
    return Rankers(
        sentences=Ranker.load(SHIPPED / "sentences.txt", SENTENCE_NAMES),
        clauses=Ranker.load(SHIPPED / "clauses.txt", CLAUSE_NAMES),
        answers=Ranker.load(SHIPPED / "answers.txt", ANSWER_NAMES),
    )


def _scaled(pairs: Sequence[tuple[int, float]]) -> dict[int, float]:
    """Divide scores by the best one; scores of zero or less are no evidence and fall away."""
    best = max((score for _, score in pairs), default=0.0)
    return {row: score / best for row, score in pairs if score > 0} if best > 0 else {}
