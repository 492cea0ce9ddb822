"""The conversation as HTML: questions, answers with markers, refusals, errors, and the welcome before the first one."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qa.types import EVERYTHING, Answer, Citation, CitedFigure, Scope
from qa.ui.beside import render_judgement, render_searched, render_suggestions
from qa.ui.exhibits import render_exhibits
from qa.ui.html import button, notice, tag, text_tag
from qa.ui.markup import answer_html, marker_button
from qa.ui.session import Turn
from qa.ui.takeaway import bare_heading, places
from qa.ui.texts import Texts

SNIPPET_CHARS = 110
_LARGE_CHARS = 14


def render_conversation(turns: Sequence[Turn], texts: Texts, bar: str = "") -> str:
    """Render all turns, the newest last; page.js scrolls to the start of that one. `bar` is HTML that goes above."""
    last = len(turns) - 1
    articles = [render_turn(turn, number, texts, is_last=number == last) for number, turn in enumerate(turns)]
    label = texts.conversation_label
    log = tag("div", "".join(articles), "rq-scroll rq-turns", role="log", tabindex="0", aria_label=label)
    return bar + log


def render_welcome(count: int, examples: Sequence[str], texts: Texts, kept: str = "") -> str:
    """Render what stands before the first question: what this is, questions to start with, and `kept`, HTML already."""
    asks = "".join(tag("li", button(escape(example), "ask", "rq-example", question=example)) for example in examples)
    parts = [
        text_tag("h1", texts.welcome, "rq-welcome-title"),
        text_tag("p", texts.welcome_line.format(count=count), "rq-welcome-line"),
        text_tag("h2", texts.examples, "rq-label") + tag("ul", asks, "rq-examples") if examples else "",
        kept,
    ]
    return tag("div", tag("div", "".join(parts), "rq-welcome"), "rq-scroll")


def render_turn(turn: Turn, number: int, texts: Texts, *, is_last: bool = True) -> str:
    """Render one question with what came of it; only behind the last one stands what to ask next."""
    if turn.answer is not None:
        reply = render_answer(turn.answer, number, texts, turn.within, turn.verdict)
        title = texts.ask.working if turn.answer.refused else texts.ask.follow_ups
        reply += render_suggestions(turn.suggestions, title) if is_last else ""
    elif turn.error is not None:
        reply = notice(texts.error_title, text_tag("p", turn.error), "rq-error")
    else:
        reply = text_tag("p", texts.pending, "rq-pending", aria_live="polite")
    return tag("article", text_tag("h3", turn.question, "rq-question") + reply, "rq-turn")


def render_answer(answer: Answer, turn: int, texts: Texts, within: Scope = EVERYTHING, verdict: str = "") -> str:
    """Render an answer or a refusal with its sources, what was searched, and the question whether it helped."""
    body = _refusal(answer, turn, texts) if answer.refused else _reply(answer, turn, texts)
    foot = _expanded(answer, texts) + render_searched(answer, turn, within, texts)
    return tag("div", _understood(answer, texts) + body + foot + render_judgement(turn, verdict, texts), "rq-answer")


def describe_place(citation: Citation, texts: Texts) -> str:
    """Say where in its report a quote stands: innermost heading, paragraph, page and cell if any."""
    return " · ".join([*map(bare_heading, citation.section[-1:]), *places(citation, texts)])


def _reply(answer: Answer, turn: int, texts: Texts) -> str:
    labels = _labels(answer.citations, texts)
    parts = [
        _headline(answer.headline, texts) if answer.headline else "",
        tag("div", answer_html(answer.text, labels, turn), "rq-text"),
        _figures(answer.figures, labels, turn, texts),
        render_exhibits(answer, turn, texts),
        _sources(answer.citations, turn, texts.sources, texts, snippets=False),
    ]
    return "".join(parts)


def _headline(headline: str, texts: Texts) -> str:
    """Render the short answer: a figure large, a clause in a size in which it can be read."""
    classes = "rq-headline" if len(headline) <= _LARGE_CHARS else "rq-headline rq-headline-long"
    return text_tag("p", headline, classes, title=texts.headline_label)


def _refusal(answer: Answer, turn: int, texts: Texts) -> str:
    """Render why there is no answer; `Answer.text` says it again with the nearest quotes, here they are a list."""
    reason = text_tag("p", answer.refusal or "", "rq-text")
    nearest = _sources(answer.citations, turn, texts.nearest, texts, snippets=True)
    return notice(texts.refusal_title, reason, "rq-refusal") + nearest


def _understood(answer: Answer, texts: Texts) -> str:
    if answer.resolved_question.strip() in ("", answer.question.strip()):
        return ""
    return text_tag("p", texts.understood_line.format(question=answer.resolved_question), "rq-understood")


def _expanded(answer: Answer, texts: Texts) -> str:
    """Say which words were looked for besides those of the question, and why."""
    lines = [texts.expansion_line.format(meant="、".join(e.meant), said=e.said) for e in answer.expansions]
    return text_tag("p", " ".join(lines), "rq-understood") if lines else ""


def _labels(citations: Sequence[Citation], texts: Texts) -> dict[int, str]:
    return {
        citation.marker: texts.marker_line.format(marker=citation.marker, title=citation.title)
        for citation in citations
    }


def _sources(citations: Sequence[Citation], turn: int, title: str, texts: Texts, *, snippets: bool) -> str:
    """Render the list of sources, one row a paragraph; with snippets, one row a quote."""
    rows: dict[object, list[Citation]] = {}
    for citation in citations:
        rows.setdefault(citation if snippets else (citation.report_id, citation.paragraph), []).append(citation)
    if not rows:
        return ""
    items = "".join(tag("li", _source(group, turn, texts, snippets=snippets)) for group in rows.values())
    return tag("section", text_tag("h4", title, "rq-label") + tag("ol", items, "rq-sources"), "rq-sources-box")


def _source(group: Sequence[Citation], turn: int, texts: Texts, *, snippets: bool) -> str:
    """Render citations of one paragraph as the button that opens the first of them."""
    first = group[0]
    lines = text_tag("span", first.title, "rq-source-title")
    lines += text_tag("span", describe_place(first, texts), "rq-source-place")
    if snippets:
        lines += text_tag("span", shorten(first.quote), "rq-source-quote")
    numbers = text_tag("span", "".join(f"[{citation.marker}]" for citation in group), "rq-source-number")
    markers = " ".join(str(citation.marker) for citation in group)
    content = numbers + tag("span", lines, "rq-source-lines")
    return button(content, "cite", "rq-source", turn=str(turn), marker=str(first.marker), markers=markers)


def _figures(figures: Sequence[CitedFigure], labels: dict[int, str], turn: int, texts: Texts) -> str:
    """Render the figures as a table; one figure alone is the headline already."""
    if len(figures) < 2:
        return ""
    heads = tag("tr", "".join(text_tag("th", head, scope="col") for head in texts.figure_heads))
    rows = "".join(_figure_row(figure, labels, turn, texts) for figure in figures)
    table = tag("table", tag("thead", heads) + tag("tbody", rows), "rq-figures", aria_label=texts.figures)
    return tag("div", table, "rq-table-box")


def _figure_row(figure: CitedFigure, labels: dict[int, str], turn: int, texts: Texts) -> str:
    kind = texts.figure_kinds.get(figure.kind, figure.kind)
    marker = marker_button(figure.citation, turn, labels[figure.citation]) if figure.citation in labels else ""
    cells = [
        text_tag("td", figure.indicator),
        text_tag("td", figure.text, "rq-value"),
        text_tag("td", figure.period),
        text_tag("td", kind),
        tag("td", marker),
    ]
    return tag("tr", "".join(cells))


def shorten(text: str, limit: int = SNIPPET_CHARS) -> str:
    r"""Cut a text for a list, on one line.

    >>> shorten("全年办理\n571件", 6)
    '全年办理 5…'
    """
    line = " ".join(text.split())
    return line if len(line) <= limit else line[:limit] + "…"
