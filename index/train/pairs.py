"""Make training batches: queries, candidate texts, and which candidate each query belongs to."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.train.sources import Passage, Question
from index.train.units import chunk_spans, sentence_spans, span_of, with_heading
from index.train.wording import Thesaurus, swap_words

Rng = np.random.Generator
UNIT_CHARS = (0, 120, 250, 350)


@dataclass(frozen=True, slots=True)
class Batch:
    """Queries and candidates; query i belongs to candidate targets[i], every other candidate is a negative."""

    queries: list[str]
    candidates: list[str]
    targets: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class AskSettings:
    """How batches of questions are put together.

    Attributes:
        files_per_batch: number of reports whose units compete.
        questions_per_file: at most so many questions about a report.
        swap_share: share of the expressions known to the thesaurus that are replaced.
    """

    files_per_batch: int = 4
    questions_per_file: int = 300
    swap_share: float = 0.1


def batch_of(pairs: Sequence[tuple[str, str]], others: Sequence[str] = ()) -> Batch:
    """Make a batch of (query, text) pairs and further negatives; equal texts become one candidate."""
    rows: dict[str, int] = {}
    targets = [rows.setdefault(text, len(rows)) for _, text in pairs]
    for text in others:
        rows.setdefault(text, len(rows))
    return Batch([query for query, _ in pairs], list(rows), np.array(targets, dtype=np.int64))


def cloze_batches(documents: Sequence[str], size: int, rng: Rng) -> Iterator[Batch]:
    """Pair a sentence of unlabelled text with its neighbours, for ever (inverse cloze task).

    Lee, Chang and Toutanova 2019, https://arxiv.org/abs/1906.00300. The sentence itself stays in one time in ten, so
    that shared words keep their worth.
    """
    usable = [document for document in documents if len(long_sentences(document)) >= 3]
    if not usable:
        raise ValueError("no unlabelled text has three sentences: nothing to train on")
    pairs: list[tuple[str, str]] = []
    while True:
        for row in rng.permutation(len(usable)):
            pairs += cloze_pairs(usable[row], rng)
            if len(pairs) >= size:
                yield batch_of(pairs[:size])
                pairs = []


def cloze_pairs(document: str, rng: Rng) -> list[tuple[str, str]]:
    """Draw a (sentence, neighbours) pair for every four sentences of a document that has three, at most 32."""
    spans = long_sentences(document)
    pairs = []
    for row in rng.choice(len(spans), size=max(1, min(32, len(spans) // 4)), replace=False):
        begin = max(0, min(row - int(rng.integers(0, 3)), len(spans) - 2))
        end = min(len(spans), row + 1 + int(rng.integers(1, 3)))
        around = [spans[i] for i in range(begin, end) if i != row or rng.random() < 0.1]
        sentence = document[slice(*spans[row])]
        pairs.append((part_of(sentence, rng), "".join(document[a:b] for a, b in around)))
    return pairs


def long_sentences(document: str) -> list[tuple[int, int]]:
    """Return the spans of sentences of at least eight characters."""
    return [(a, b) for a, b in sentence_spans(document) if b - a >= 8]


def part_of(sentence: str, rng: Rng) -> str:
    """Take a random clause of a sentence half of the time: questions are short."""
    clauses = [clause for clause in re.split(r"[，,、：:]", sentence) if len(clause) >= 6]
    return str(rng.choice(clauses)) if len(clauses) > 1 and rng.random() < 0.5 else sentence


def question_batches(
    questions: Sequence[Question], passages: Sequence[Passage], thesaurus: Thesaurus, settings: AskSettings, rng: Rng
) -> Iterator[Batch]:
    """Pair questions with the unit that answers them, for ever.

    A batch is all questions about a few reports, and its negatives are all other units of the same reports: what the
    product has to tell apart. Units are sentences or chunks of some length, with or without their heading.
    """
    asked: dict[str, list[Question]] = defaultdict(list)
    told: dict[str, list[Passage]] = defaultdict(list)
    for question in questions:
        asked[question.passage.file].append(question)
    for passage in passages:
        told[passage.file].append(passage)
    while True:
        files = rng.permutation(sorted(asked))
        for begin in range(0, len(files), settings.files_per_batch):
            chosen = files[begin : begin + settings.files_per_batch]
            limit, heading = int(rng.choice(UNIT_CHARS)), rng.random() < 0.5
            drawn = [question for file in chosen for question in draw(asked[file], settings.questions_per_file, rng)]
            typed = [swap_words(as_typed(question, rng), thesaurus, settings.swap_share, rng) for question in drawn]
            pairs = [(text, answering_unit(q, limit, heading)) for text, q in zip(typed, drawn, strict=True)]
            others = [unit for file in chosen for passage in told[file] for unit in units(passage, limit, heading)]
            yield batch_of(pairs, others)


def draw(questions: Sequence[Question], size: int, rng: Rng) -> list[Question]:
    """Draw at most `size` questions without repetition."""
    return [questions[row] for row in rng.permutation(len(questions))[:size]]


def units(passage: Passage, limit_chars: int, heading: bool) -> list[str]:
    """Cut a passage into chunks of at most `limit_chars`, or into sentences where that is 0."""
    above = passage.heading if heading else ""
    return [with_heading(above, passage.text[a:b]) for a, b in chunk_spans(passage.text, limit_chars)]


def answering_unit(question: Question, limit_chars: int, heading: bool) -> str:
    """Return the unit, cut as by `units`, in which the answer starts."""
    passage = question.passage
    return units(passage, limit_chars, heading)[span_of(chunk_spans(passage.text, limit_chars), question.start)]


def as_typed(question: Question, rng: Rng) -> str:
    """Put issuer and year in front one time in six: the written questions leave them out, users do not."""
    if rng.random() > 1 / 6:
        return question.text
    return f"{question.passage.issuer}{question.passage.year}年{question.text}"


def thesaurus_batches(groups: Sequence[tuple[str, ...]], size: int, rng: Rng) -> Iterator[Batch]:
    """Pair expressions of one thesaurus group with its official wording, for ever."""
    while True:
        order = rng.permutation(len(groups))
        for begin in range(0, len(order), size):
            chosen = [groups[row] for row in order[begin : begin + size]]
            yield batch_of([(str(rng.choice(group[1:])), group[0]) for group in chosen])


def mixed(sources: Sequence[tuple[float, Iterator[Batch]]], rng: Rng) -> Iterator[Batch]:
    """Draw each batch from one of the sources, with the given weights."""
    weights = np.array([weight for weight, _ in sources])
    while True:
        yield next(sources[rng.choice(len(sources), p=weights / weights.sum())][1])
