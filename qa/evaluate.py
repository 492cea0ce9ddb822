"""How good the answers are: each measure between 0 and 1, averaged over the questions it is defined for.

cite@1, cite@3   answerable: a gold quote stands in the first, or one of the first three, citations
headline         figure, fact: the headline holds every gold value and little else
covered          measures, list: share of the gold values in the answer
compare          compare: all gold values in the answer and all files cited
refused          unanswerable: refused
false_refusal    answerable: refused (lower is better)
verbatim         citations whose quote is the stored report's text at their place
overall          every question by its own main measure
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from corpus.types import Report
from index.evaluate import holds_quote, plain
from index.questions import Question
from qa.types import Answer

_HEADLINE_ROOM, _LIST_ROOM, _COMPARE_ROOM = 40, 600, 900
_MARKS = re.compile(r"\[\d+\]|[*_`#>|]")


def measure(pairs: Iterable[tuple[Question, Answer]], report: Callable[[str], Report]) -> dict[str, tuple[float, int]]:
    """Return (mean, count) of every measure.

    Args:
        pairs: questions with what was answered.
        report: gives a stored report by its id, to check quotes against.
    """
    values: dict[str, list[float]] = defaultdict(list)
    for question, answer in pairs:
        for name, value in _measures(question, answer):
            values[name].append(value)
        values["verbatim"].extend(float(report(c.report_id).text[c.start : c.end] == c.quote) for c in answer.citations)
    return {name: (sum(found) / len(found), len(found)) for name, found in sorted(values.items()) if found}


def _measures(question: Question, answer: Answer) -> list[tuple[str, float]]:
    if question.kind == "unanswerable":
        return [("refused", float(answer.refused)), ("overall", float(answer.refused))]
    found = [("cite@1", _cited(question, answer, 1)), ("cite@3", _cited(question, answer, 3))]
    found.append(("false_refusal", float(answer.refused)))
    name = {"figure": "headline", "fact": "headline", "list": "covered"}.get(question.kind, question.kind)
    main = {"headline": _headline, "measures": _covered, "covered": _covered, "compare": _compared}.get(name)
    if main is None:
        return found
    value = 0.0 if answer.refused else main(question, answer)
    found += [("covered" if name == "measures" else name, value), ("overall", value)]
    return found + [(f"headline:{question.kind}", value)] * (name == "headline")


def _cited(question: Question, answer: Answer, top: int) -> float:
    return float(
        any(
            PurePosixPath(citation.file).name in question.files
            and any(holds_quote(citation.quote, quote) for quote in question.quotes)
            for citation in answer.citations[:top]
        )
    )


def _headline(question: Question, answer: Answer) -> float:
    headline = plain(answer.headline or "")
    room = _HEADLINE_ROOM + sum(len(plain(value.split("|")[0])) for value in question.values)
    return float(len(headline) <= room and all(_has(headline, value) for value in question.values))


def _covered(question: Question, answer: Answer) -> float:
    text = plain(_MARKS.sub("", answer.text))
    found = sum(_has(text, value) for value in question.values)
    return found / max(1, len(question.values)) if len(text) <= _LIST_ROOM else 0.0


def _compared(question: Question, answer: Answer) -> float:
    text = plain(_MARKS.sub("", answer.text))
    cited = {PurePosixPath(citation.file).name for citation in answer.citations}
    whole = len(text) <= _COMPARE_ROOM and set(question.files) <= cited
    return float(whole and all(_has(text, value) for value in question.values))


def _has(text: str, value: str) -> bool:
    """Whether one alternative of a value stands in the text, and not as the tail of a longer number."""
    wanted = filter(None, map(plain, value.split("|")))
    return any(re.search((r"(?<![\d.])" if w[0].isdigit() else "") + re.escape(w), text) for w in wanted)
