"""Files of questions, one JSON object a line: read strictly, with the line named in every error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import ReportQAError


class BadQuestions(ReportQAError):
    """A file of questions cannot be read, or a line of it is no question."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a file; what is known of its right answer is empty where the file does not say.

    Attributes:
        kind: figure, fact, measures, list, compare or unanswerable.
        files: names of the report files that hold the answer.
        quotes: verbatim passages that answer.
        values: what the answer must contain; alternatives are separated by |.
    """

    key: str
    text: str
    history: tuple[str, ...] = ()
    kind: str = ""
    files: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


def read_questions(path: Path) -> list[Question]:
    """Read a file of questions.

    Raises:
        BadQuestions: naming the file, the line and what is wrong.
    """
    return [_question(facts, f"{path}, line {number}") for number, facts in read_json_lines(path)]


def read_json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield (line number from 1, value) of a JSON Lines file; blank lines are skipped.

    Raises:
        BadQuestions: naming the file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestions(f"{str(path)!r} cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise BadQuestions(f"{path}, line {number}: no JSON ({error})") from error


def _question(facts: object, place: str) -> Question:
    if not isinstance(facts, dict) or not isinstance(facts.get("question"), str) or "id" not in facts:
        raise BadQuestions(f'{place}: needs an object with "id" and "question"')

    def texts(name: str) -> tuple[str, ...]:
        value = facts.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadQuestions(f'{place}: "{name}" must be a list of texts')
        return tuple(value)

    return Question(
        key=str(facts["id"]),
        text=facts["question"],
        history=texts("history"),
        kind=str(facts.get("type", "")),
        files=texts("file"),
        quotes=texts("gold_quotes"),
        values=texts("gold_values"),
    )
