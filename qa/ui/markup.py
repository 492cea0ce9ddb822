"""The Markdown of an answer becomes HTML: a small, closed subset, with markers as buttons.

`Answer.text` holds paragraphs, bold, lists, quotes, tables and markers; report text within it has its Markdown signs
escaped by backslashes. No link, image, code or HTML rule is switched on, so nothing else can come out. Formulas and
entities stay the characters they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from qa.ui.html import button

_MARKER = re.compile(r"\[(\d{1,4})\]")
_RULES = ["blockquote", "emphasis", "escape", "list", "newline", "table"]


def answer_html(text: str, labels: Mapping[int, str], turn: int) -> str:
    r"""Render the text of an answer.

    Args:
        text: Markdown of the answer.
        labels: what a screen reader says for each marker; a marker that is not in here stays plain text.
        turn: number of the answer in the conversation, from 0.

    >>> answer_html("调解 **98件**[1]，见\\[1\\]、[7]。", {1: "出处一"}, 0)  # doctest: +ELLIPSIS
    '<p>调解 <strong>98件</strong><button ...aria-label="出处一">[1]</button>，见[1]、[7]。</p>\n'
    >>> answer_html("<img src=x onerror=alert(1)>", {}, 0)
    '<p>&lt;img src=x onerror=alert(1)&gt;</p>\n'
    """
    html = _parser().render(text, {"labels": labels, "turn": turn})
    return str(html)


def marker_button(marker: int, turn: int, label: str) -> str:
    """Build the button that opens a citation; both numbers come back with the click."""
    return button(f"[{marker}]", "cite", "rq-marker", turn=str(turn), marker=str(marker), aria_label=label)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False, "breaks": True})
    parser.enable(_RULES)
    # Before text_join: there, an escaped bracket of the report's own text is still told from a bracket of ours.
    parser.core.ruler.before("text_join", "markers", _split_markers)
    parser.add_render_rule("marker", _render_marker)
    return parser


def _split_markers(state: StateCore) -> None:
    for token in state.tokens:
        if token.children:
            token.children = [piece for child in token.children for piece in _pieces(child, state.env["labels"])]


def _pieces(token: Token, labels: Mapping[int, str]) -> Iterator[Token]:
    if token.type != "text":
        yield token
        return
    start = 0
    for match in _MARKER.finditer(token.content):
        if int(match[1]) in labels:
            yield Token("text", "", 0, content=token.content[start : match.start()])
            yield Token("marker", "button", 0, content=match[1])
            start = match.end()
    yield Token("text", "", 0, content=token.content[start:])


def _render_marker(
    _renderer: RendererHTML, tokens: Sequence[Token], position: int, _options: object, env: dict[str, Any]
) -> str:
    marker = int(tokens[position].content)
    return marker_button(marker, env["turn"], env["labels"][marker])


def plain_html(text: str) -> str:
    r"""Render words of our own with `code` in backquotes.

    >>> plain_html("运行 `make <x>`")
    '运行 <code>make &lt;x&gt;</code>'
    """
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(text))
