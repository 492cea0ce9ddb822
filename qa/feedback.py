"""What users think of answers: a line a judgement in `HOME/feedback.jsonl`; none of it leaves the machine.

From them `checks.jsonl` is made: questions with words that their answer must hold, which a build can be held against.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

from index.questions import read_json_lines
from qa.files import NotWritten, replace_file

_LONGEST = 500
_ONE_WRITER = Lock()


@dataclass(frozen=True, slots=True)
class Feedback:
    """One judgement.

    Attributes:
        good: whether the answer helped.
        reason: why not, one of the page's words for it, or "".
        expected: words that the right answer holds, as far as the user gave or confirmed them.
        answer: what was said: the short answer or the first quotation.
        when: ISO date and time in UTC.
    """

    when: str
    question: str
    history: tuple[str, ...]
    good: bool
    reason: str
    expected: str
    answer: str
    index_build: str


def feedback_file(home: Path) -> Path:
    """Return where judgements are kept."""
    return home / "feedback.jsonl"


def add_feedback(home: Path, feedback: Feedback) -> None:
    """Add a judgement as one line.

    Raises:
        NotWritten: if the disk is full or the folder cannot be written.
    """
    facts = {key: value[:_LONGEST] if isinstance(value, str) else value for key, value in asdict(feedback).items()}
    path = feedback_file(home)
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _ONE_WRITER, path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(facts, ensure_ascii=False) + "\n")
    except OSError as error:
        raise NotWritten(path, error.strerror or str(error)) from error


def write_checks(home: Path) -> int:
    """Make `HOME/checks.jsonl` from all judgements that say what an answer must hold; returns how many.

    Raises:
        NotWritten: if it cannot be written.
        BadQuestions: if a line of the judgements is no JSON.
    """
    path = feedback_file(home)
    values = (value for _, value in read_json_lines(path)) if path.exists() else ()
    lines = checks(value for value in values if isinstance(value, dict))
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    replace_file(home / "checks.jsonl", lambda beside: beside.write_text(text, encoding="utf-8"))
    return len(lines)


def checks(judgements: Iterable[dict[str, object]]) -> Sequence[dict[str, object]]:
    """Return a check for each question whose right words are known; the latest judgement of a question counts.

    A question that goes on with another one cannot be asked alone, so it makes no check.

    >>> one = {"question": "多少件？", "history": [], "good": True, "expected": "9件"}
    >>> checks([one, {**one, "expected": ""}])
    []
    >>> checks([one])
    [{'question': '多少件？', 'expect': '9件'}]
    """
    latest = {(str(one.get("question")), str(one.get("history"))): one for one in judgements}
    return [
        {"question": one["question"], "expect": one["expected"]}
        for one in latest.values()
        if one.get("question") and one.get("expected") and not one.get("history")
    ]
