"""What stands beside an answer: where was searched, what to ask next, and whether it helped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qa.types import EVERYTHING, Answer, Scope
from qa.ui.html import button, tag, text_tag
from qa.ui.texts import Texts


def render_searched(answer: Answer, turn: int, within: Scope, texts: Texts) -> str:
    """Say where was searched; what the question's own words narrowed can be taken back with one click."""
    if answer.scope == EVERYTHING:
        said = text_tag("span", texts.scope_line.format(scope=texts.scope_all))
    else:
        said = text_tag("span", texts.ask.scope_said) + "".join(_drops(answer.scope, turn, texts))
    if within != EVERYTHING:
        said += text_tag("span", texts.ask.filtered_line.format(scope=describe_scope(within, texts)), "rq-filtered")
        said += button(escape(texts.ask.unfilter), "ask", "rq-chip", question=answer.question, unfilter="true")
    build = texts.build_line.format(build=answer.index_build, milliseconds=round(answer.elapsed_ms))
    return tag("div", tag("div", said, "rq-drops") + text_tag("span", build, "rq-build"), "rq-scope")


def describe_scope(scope: Scope, texts: Texts) -> str:
    """Say which reports were searched.

    >>> from qa.ui.texts import CHINESE, ENGLISH
    >>> describe_scope(Scope(("云溪县", "青岚区"), (2023, 2024)), CHINESE)
    '云溪县、青岚区 · 2023年、2024年'
    >>> describe_scope(Scope(), ENGLISH)
    'all reports'
    """
    years = [texts.year_line.format(year=year) for year in scope.years]
    groups = [texts.joint.join(group) for group in (scope.issuers, years, scope.kinds) if group]
    return " · ".join(groups) or texts.scope_all


def render_suggestions(questions: Sequence[str], title: str) -> str:
    """Render questions that can be asked with one click; "" for none."""
    if not questions:
        return ""
    asks = "".join(tag("li", button(escape(one), "ask", "rq-chip rq-ask-chip", question=one)) for one in questions)
    return tag("section", text_tag("h4", title, "rq-label") + tag("ul", asks, "rq-chips"), "rq-suggestions")


def render_judgement(turn: int, verdict: str, texts: Texts) -> str:
    """Render the question whether the answer helped, or that the judgement was noted."""
    if verdict:
        return text_tag("p", verdict, "rq-judged", role="status")
    ask, number = texts.ask, str(turn)
    good = button(escape(ask.good), "judge", "rq-quiet", turn=number, good="yes")
    reasons = "".join(
        tag("li", button(escape(reason), "judge", "rq-chip", turn=number, good="no", reason=reason))
        for reason in ask.reasons
    )
    given = {"turn": number, "good": "no", "ask": ask.expected_ask}
    reasons += tag("li", button(escape(ask.expected), "judge", "rq-chip", **given))
    bad = tag("details", text_tag("summary", ask.bad, "rq-quiet") + tag("ul", reasons, "rq-chips"), "rq-bad")
    return tag("div", text_tag("span", ask.judge, "rq-judge-ask") + good + bad, "rq-judge")


def _drops(scope: Scope, turn: int, texts: Texts) -> list[str]:
    """Build a button for each part of a scope."""
    parts = [("issuers", issuer, issuer) for issuer in scope.issuers]
    parts += [("years", str(year), texts.year_line.format(year=year)) for year in scope.years]
    parts += [("kinds", kind, kind) for kind in scope.kinds]
    return [
        button(
            escape(words) + text_tag("span", "×", "rq-drop-sign", aria_hidden="true"),
            "drop",
            "rq-chip",
            turn=str(turn),
            facet=facet,
            value=value,
            aria_label=texts.ask.drop_line.format(value=words),
        )
        for facet, value, words in parts
    ]
