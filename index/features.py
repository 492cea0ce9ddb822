"""What the ranker looks at in a sentence that may answer a question: one row of numbers a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.fold import fold
from index.lexical import LexicalIndex
from index.periods import agrees, names_year, tells_plans
from index.query import Query
from index.sentences import Candidates, SentenceTable
from index.types import Chunk, ReportCard
from index.words import Kind

Floats = NDArray[np.float32]

NAMES = (
    *("chunk_words", "chunk_meaning", "chunk_fused", "chunk_rank"),
    *("meaning", "meaning_beside", "meaning_lead"),
    *("words_all", *(f"words_{kind.name.lower()}" for kind in Kind), "words_density", "added", "words_beside"),
    *("heading_words", "heading_plan", "heading_problem", "period_agrees", "names_year"),
    *("length", "numbers", "says_plan", "says_time", "is_heading", "place", "sentences"),
    *("asks_number", "asks_who", "asks_when", "asks_name", "asks_list", "asks_plan", "asks_problem", "asks_length"),
)

_PROBLEM = re.compile(r"问题|不足|困难|短板|差距|挑战|薄弱|不够|制约|难点")
_TIME = re.compile(r"\d+月|\d+日|年底|上半年|季度")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ASKS = (
    re.compile(r"多少|几[个件家项次人名所条天年成倍场万亿元块]|百分之|多大|多长|多高|比例|率是|增速"),
    re.compile(r"谁|哪个(?:部门|单位|机构)|哪家|什么人|哪些人"),
    re.compile(r"什么时候|何时|哪年|哪一年|几月|哪天|哪一天|多久|啥时"),
    re.compile(r"叫什么|名字|哪[个部座条种]|什么[名样]|哪儿|哪里|在哪"),
    re.compile(r"哪些|哪几|哪[三四五六七八两]|几方面|分别|各"),
    re.compile(r"计划|打算|准备|目标|预期|安排|力争|将|今年要|下一步"),
    re.compile(r"问题|不足|困难|短板|毛病|为什么|原因"),
)


@dataclass(frozen=True, slots=True)
class ChunkScores:
    """Scores of the found chunks, each (c,) float32 and in the order of the chunks: by words, by meaning, fused."""

    words: Floats
    meaning: Floats
    fused: Floats


@dataclass(frozen=True, slots=True)
class Pool:
    """The found chunks, best first, each with its report and scores, and their sentences."""

    chunks: Sequence[Chunk]
    cards: Sequence[ReportCard]
    scores: ChunkScores
    candidates: Candidates


def feature_rows(query: Query, vector: Floats, pool: Pool, table: SentenceTable, words: LexicalIndex) -> Floats:
    """Return (m, len(NAMES)) float32, a row for each candidate sentence.

    Args:
        query: the question.
        vector: (dim,) float32, unit length, its direction.
        pool: the candidates.
        table: the sentence table.
        words: knows how rare a term is.
    """
    owner, scores = pool.candidates.owner, pool.scores
    meaning = table.vectors[pool.candidates.rows].astype(np.float32) @ vector
    overlaps = _overlaps(query, pool.candidates, table, words)
    columns = [
        *(scores.words[owner], scores.meaning[owner], scores.fused[owner], owner),
        *(meaning, _best_beside(meaning, owner), meaning - meaning.max(initial=0.0)),
        *(*overlaps, _best_beside(overlaps[0], owner)),
        *_heading_columns(query, pool, words),
        *_sentence_columns(query, pool, table),
        *(np.full(len(owner), trait) for trait in question_traits(query.ask.text)),
    ]
    return np.column_stack(columns).astype(np.float32)


def _overlaps(query: Query, candidates: Candidates, table: SentenceTable, words: LexicalIndex) -> list[Floats]:
    """Return how much of the question stands in each sentence, terms weighted by rarity, each (m,).

    In order: all terms; those of each kind; the share of the sentence that the question accounts for; added terms.
    """
    found, owner = table.terms_of(candidates.rows)
    size, kinds = len(candidates.rows), len(Kind)
    rarity = words.rarity(found)
    typed = words.ids(list(query.typed))
    hit = _among(found, typed)
    # One count for all kinds: the cell of a sentence and a kind is row-major in (sentences, kinds).
    cells = owner[hit] * kinds + words.kinds[found[hit]]
    by_kind = np.bincount(cells, rarity[hit], size * kinds).reshape(size, kinds)
    wanted = np.bincount(words.kinds[typed], words.rarity(typed), kinds)
    shared = by_kind.sum(axis=1)
    shares = by_kind / np.where(wanted > 0, wanted, 1.0)
    covered = shared / np.maximum(np.bincount(owner, rarity, size), 1.0)
    added = words.ids(list(query.added))
    other = _among(found, added)
    beside = np.bincount(owner[other], rarity[other], size) / (float(words.rarity(added).sum()) or 1.0)
    columns = [shared / (float(wanted.sum()) or 1.0), *shares.T, covered, beside]
    return [column.astype(np.float32) for column in columns]


def _among(found: NDArray[np.int32], wanted: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell which of the found ids are wanted; `wanted` is ascending."""
    if len(wanted) == 0:
        return np.zeros(len(found), dtype=np.bool_)
    at = np.minimum(np.searchsorted(wanted, found), len(wanted) - 1)
    return np.asarray(wanted[at] == found)


def _best_beside(values: Floats, owner: NDArray[np.int64]) -> Floats:
    """Return for each sentence the best value among the other sentences of its chunk; 0 where it stands alone."""
    size = int(owner.max(initial=-1)) + 1
    best, second = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32)
    np.maximum.at(best, owner, values)
    is_best = values >= best[owner]
    np.maximum.at(second, owner[~is_best], values[~is_best])
    return np.where(is_best, second[owner], best[owner])


def _heading_columns(query: Query, pool: Pool, words: LexicalIndex) -> Sequence[Floats]:
    """Return (5, m): share of the question in the headings, plans, problems, year told, year named."""
    typed = words.ids(list(query.typed))
    whole = float(words.rarity(typed).sum()) or 1.0
    rows = []
    for chunk, card in zip(pool.chunks, pool.cards, strict=True):
        shared = words.rarity(typed[_among(typed, words.heading_ids(chunk.section_path))])
        year = query.ask.year
        told = (agrees(year, card, chunk.section_path), names_year(year, chunk.text))
        rows.append((float(shared.sum()) / whole, *_heading_traits(chunk.section_path), *told))
    return list(np.array(rows, dtype=np.float32).reshape(-1, 5)[pool.candidates.owner].T)


def _sentence_columns(query: Query, pool: Pool, table: SentenceTable) -> Sequence[Floats]:
    """Return (7, m): length, numbers, plans, times, whether a bare heading, place in the chunk, sentences there."""
    owner, rows = pool.candidates.owner, pool.candidates.rows
    spans = zip(owner.tolist(), table.starts[rows].tolist(), table.ends[rows].tolist(), strict=True)
    traits = []
    for chunk, start, end in ((pool.chunks[o], s, e) for o, s, e in spans):
        text = chunk.text[start - chunk.start : end - chunk.start]
        heading = chunk.section_path[-1] if chunk.section_path else ""
        traits.append((*_traits(text), float(text.rstrip("。：:；;，,") in chunk.section_path or text == heading)))
    place = np.arange(len(owner)) - np.searchsorted(owner, owner)
    count = np.bincount(owner, minlength=len(pool.chunks))[owner]
    return [*np.array(traits, dtype=np.float32).reshape(-1, 5).T, place.astype(np.float32), count.astype(np.float32)]


@lru_cache(maxsize=65536)
def _traits(sentence: str) -> tuple[float, float, float, float]:
    """Return length, count of numbers, whether it tells of plans, whether it tells a time."""
    folded = fold(sentence)
    return (
        float(len(folded)),
        float(len(_NUMBER.findall(folded))),
        float(tells_plans(folded)),
        float(bool(_TIME.search(folded))),
    )


@lru_cache(maxsize=16384)
def _heading_traits(path: tuple[str, ...]) -> tuple[float, float]:
    """Return whether headings are about plans, and whether about problems."""
    text = "\n".join(path)
    return float(tells_plans(text)), float(bool(_PROBLEM.search(text)))


def question_traits(question: str) -> list[float]:
    """Return what a question asks for, by its words, and its length."""
    folded = fold(question)
    return [*(float(bool(pattern.search(folded))) for pattern in _ASKS), float(len(folded))]
