"""Read the training folder: written questions, thesaurus, laws and news."""

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.train.split import fold_of, is_held_out

NEAR_MISSES = Path(__file__).parent / "near_misses.jsonl"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a report, with the heading above it."""

    passage_id: str
    file: str
    issuer: str
    year: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer, which stands in the passage at `start` (characters)."""

    text: str
    answer: str
    start: int
    passage: Passage
    question_id: str = ""


@dataclass(frozen=True, slots=True)
class TrainingText:
    """All that the encoder may learn from; held-out report files are left out."""

    passages: list[Passage]
    questions: list[Question]
    thesaurus: list[tuple[str, ...]]
    documents: list[str]

    def without(self, fold: int) -> "TrainingText":
        """Leave out the reports of a fold as well."""
        passages = [passage for passage in self.passages if fold_of(passage.file) != fold]
        questions = [question for question in self.questions if fold_of(question.passage.file) != fold]
        return replace(self, passages=passages, questions=questions)


def read_training_text(folder: Path) -> TrainingText:
    """Read the training folder without the held-out files."""
    passages = read_passages(folder)
    questions = read_questions(folder, passages)
    return TrainingText(
        passages=[passage for passage in passages if not is_held_out(passage.file)],
        questions=[question for question in questions if not is_held_out(question.passage.file)],
        thesaurus=read_thesaurus(folder),
        documents=list(read_documents(folder)),
    )


def read_passages(folder: Path) -> list[Passage]:
    """Read `passages.jsonl`, held-out files included."""
    return [
        Passage(row["id"], row["file"], row["issuer"], int(row["year"]), row["heading"], row["text"])
        for row in _rows(folder / "passages.jsonl")
    ]


def read_questions(folder: Path, passages: list[Passage]) -> list[Question]:
    """Read `questions.jsonl`, held-out files included."""
    by_id = {passage.passage_id: passage for passage in passages}
    return [
        Question(row["question"], row["answer"], int(row["start"]), by_id[row["passage"]], row["id"])
        for row in _rows(folder / "questions.jsonl")
    ]


def read_near_misses() -> dict[str, str]:
    """Return for some questions, by their id, one in the same style about the same passage that it does not answer.

    They were written for this project, each beside its question, so that the style of a question says nothing on
    whether it is answered.
    """
    return {row["id"]: row["question"] for row in _rows(NEAR_MISSES)}


def read_thesaurus(folder: Path) -> list[tuple[str, ...]]:
    """Read `thesaurus.tsv`: groups of expressions that mean much the same, the official wording first."""
    lines = (folder / "thesaurus.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(word for word in line.split("\t") if word) for line in lines if "\t" in line]


def read_documents(folder: Path) -> Iterator[str]:
    """Yield the unlabelled texts, one document at a time: laws in Markdown, then news articles."""
    with lzma.open(folder / "text" / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]
    with lzma.open(folder / "text" / "news.txt.xz", "rt", encoding="utf-8") as lines:
        yield from lines


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
