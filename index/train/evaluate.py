"""Measure retrieval within a question's own report, on held-out files, with bootstrap intervals."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
import rjieba
from numpy.typing import NDArray

from index.train.sources import Passage, Question, read_passages, read_questions
from index.train.split import is_held_out
from index.train.units import chunk_spans, span_of, with_heading
from index.train.vocabulary import fold

Scores = NDArray[np.float32]
Encode = Callable[[list[str]], Scores]
CUTOFFS = (1, 3, 10, 20)


@dataclass(frozen=True, slots=True)
class Task:
    """One report and what is asked about it.

    Attributes:
        chunks: the report, cut.
        questions: what is asked.
        gold: (questions,) int64, the row of the chunk that holds each answer.
        groups: the passage of each answer.
    """

    chunks: list[str]
    questions: list[str]
    gold: NDArray[np.int64]
    groups: list[str]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float


def tasks_of(questions: Sequence[Question], passages: Sequence[Passage]) -> list[Task]:
    """Build one task for each report that has questions."""
    told: dict[str, list[Passage]] = defaultdict(list)
    asked: dict[str, list[Question]] = defaultdict(list)
    for passage in passages:
        told[passage.file].append(passage)
    for question in questions:
        asked[question.passage.file].append(question)
    return [_task(told[file], asked[file]) for file in sorted(asked)]


def _task(passages: list[Passage], questions: list[Question]) -> Task:
    chunks: list[str] = []
    first: dict[str, int] = {}
    for passage in passages:
        first[passage.passage_id] = len(chunks)
        chunks += [with_heading(passage.heading, passage.text[a:b]) for a, b in chunk_spans(passage.text)]
    gold = [first[q.passage.passage_id] + span_of(chunk_spans(q.passage.text), q.start) for q in questions]
    return Task(chunks, [q.text for q in questions], np.array(gold), [q.passage.passage_id for q in questions])


def characters_and_pairs(text: str) -> list[str]:
    """Tokens for BM25: single characters and pairs of neighbours."""
    letters = [character for character in fold(text) if character.isalnum()]
    return letters + [a + b for a, b in itertools.pairwise(letters)]


def words(text: str) -> list[str]:
    """Tokens for BM25: segmented words."""
    return [word for word in rjieba.cut(fold(text)) if any(character.isalnum() for character in word)]


def bm25_scores(task: Task, tokens: Callable[[str], list[str]]) -> Scores:
    """Score all chunks for all questions: (questions, chunks) float32."""
    ranker = bm25s.BM25()
    ranker.index([tokens(chunk) for chunk in task.chunks], show_progress=False)
    return np.stack([ranker.get_scores(tokens(question)) for question in task.questions]).astype(np.float32)


def fused(parts: Sequence[Scores]) -> Scores:
    """Add scores after stretching each question's to the range 0 to 1."""
    total = np.zeros_like(parts[0])
    for part in parts:
        low, high = part.min(axis=1, keepdims=True), part.max(axis=1, keepdims=True)
        total += (part - low) / np.maximum(high - low, 1e-9)
    return total


def gold_ranks(scores: Scores, gold: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rank of each question's gold chunk, from 1; of equal scores the earlier chunk is first."""
    own = scores[np.arange(len(gold)), gold][:, None]
    earlier = np.arange(scores.shape[1]) < gold[:, None]
    ranks: NDArray[np.int64] = 1 + ((scores > own) | ((scores == own) & earlier)).sum(axis=1)
    return ranks


def estimate(values: NDArray[np.float64], groups: Sequence[str], seed: int = 0, rounds: int = 1000) -> Estimate:
    """Bootstrap a mean over passages, since questions about one passage resemble each other.

    Args:
        values: (questions,) float64.
        groups: The passage of each question.
        seed: Of the resampling.
        rounds: Number of resamples.
    """
    _, rows = np.unique(np.asarray(groups), return_inverse=True)
    sums, counts = np.bincount(rows, weights=values), np.bincount(rows)
    draws = np.random.default_rng(seed).integers(0, len(sums), size=(rounds, len(sums)))
    means = sums[draws].sum(axis=1) / counts[draws].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return Estimate(float(values.mean()), float(low), float(high))


def measures(ranks: NDArray[np.int64], groups: Sequence[str]) -> dict[str, Estimate]:
    """Recall at each cut-off, and mean reciprocal rank."""
    found = {f"recall@{k}": estimate((ranks <= k).astype(np.float64), groups) for k in CUTOFFS}
    return found | {"MRR": estimate(1.0 / ranks, groups)}


def sentence_scores(task: Task, encode: Encode) -> Scores:
    """Score each chunk by its best sentence: (questions, chunks) float32."""
    cuts = [chunk_spans(chunk, 0) for chunk in task.chunks]
    sentences = [chunk[a:b] for chunk, spans in zip(task.chunks, cuts, strict=True) for a, b in spans]
    scores = encode(task.questions) @ encode(sentences).T
    begins = np.cumsum([0, *(len(spans) for spans in cuts[:-1])])
    return np.maximum.reduceat(scores, begins, axis=1)


def all_scores(task: Task, encode: Encode) -> dict[str, Scores]:
    """Score a task by each method of the table."""
    chunk = encode(task.questions) @ encode(task.chunks).T
    sentence = sentence_scores(task, encode)
    bm25 = bm25_scores(task, characters_and_pairs)
    return {
        "BM25, words": bm25_scores(task, words),
        "BM25, characters and pairs": bm25,
        "encoder, chunk": chunk,
        "encoder, best sentence": sentence,
        "BM25 + chunk": fused([bm25, chunk]),
        "BM25 + chunk + best sentence": fused([bm25, chunk, sentence]),
    }


def evaluation_table(training: Path, encode: Encode) -> str:
    """Measure all methods on the held-out reports; returns a table in Markdown."""
    passages = read_passages(training)
    questions = [q for q in read_questions(training, passages) if is_held_out(q.passage.file)]
    tasks = tasks_of(questions, passages)
    groups = [group for task in tasks for group in task.groups]
    ranks: dict[str, list[NDArray[np.int64]]] = defaultdict(list)
    for task in tasks:
        for method, scores in all_scores(task, encode).items():
            ranks[method].append(gold_ranks(scores, task.gold))
    rows = [table_row(method, measures(np.concatenate(parts), groups)) for method, parts in ranks.items()]
    names = [f"recall@{k}" for k in CUTOFFS] + ["MRR"]
    header = f"| {len(questions)} questions, {len(tasks)} reports | " + " | ".join(names) + " |"
    return "\n".join([header, "|---" * (len(names) + 1) + "|", *rows]) + "\n"


def table_row(method: str, found: dict[str, Estimate]) -> str:
    """Write one row: mean and interval of each measure."""
    cells = [f"{x.mean:.3f} ({x.low:.3f}–{x.high:.3f})" for x in found.values()]
    return f"| {method} | " + " | ".join(cells) + " |"
