"""A user's own fixed questions: what a new version must still answer before it goes live.

HOME/checks.jsonl    one JSON object a line: {"question": "…", "expect": "words"} or {"…": "…", "expect": ["words", …]}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.fold import fold
from index.errors import BadChecks
from index.query import Ask
from index.search import Index

NAME = "checks.jsonl"
# The search answers with as many sentences as an answer quotes at most.
_SENTENCES = 5

# Gives the text of the answer to a question. What is above this package answers better than the search alone.
Answering = Callable[[Index, str], str]


@dataclass(frozen=True, slots=True)
class Check:
    """A question, and the words that all have to stand in its answer."""

    question: str
    expected: tuple[str, ...]

    def is_met(self, answer: str) -> bool:
        """Tell whether an answer has the words, whatever their width and case.

        >>> Check("办了多少件", ("97件", "ＡＢ")).is_met("共办结９７件（ab）。")
        True
        """
        return all(fold(word) in fold(answer) for word in self.expected)


def read_checks(home: Path) -> tuple[Check, ...]:
    """Read the fixed questions of a home folder; none if it has no such file.

    Raises:
        BadChecks: naming the first line that is none.
    """
    path = home / NAME
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise BadChecks(path, f"it cannot be read ({error})") from error
    return tuple(_parse(path, number, line) for number, line in enumerate(lines, start=1) if line.strip())


def _parse(path: Path, number: int, line: str) -> Check:
    try:
        facts = json.loads(line)
        question, expected = facts["question"], facts["expect"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadChecks(path, f'line {number} is no object with "question" and "expect"') from error
    words = [expected] if isinstance(expected, str) else expected
    if not isinstance(question, str) or not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise BadChecks(path, f'line {number}: "question" is text, "expect" is text or a list of texts')
    return Check(question, tuple(words))


def found_sentences(index: Index, question: str) -> str:
    """Answer with the best sentences of the search."""
    return "\n".join(hit.text for hit in index.find(Ask(question)).sentences[:_SENTENCES])


def unanswered(checks: Iterable[Check], index: Index, answering: Answering) -> list[Check]:
    """Return the questions whose answer lacks expected words."""
    return [check for check in checks if not check.is_met(answering(index, check.question))]
