"""Kept conversations as HTML: the list of them, and the bar above the one that is open."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qa.ui.html import button, tag, text_tag
from qa.ui.session import KeptCard
from qa.ui.texts import Texts


def render_kept(cards: Sequence[KeptCard], texts: Texts) -> str:
    """Render the list of kept conversations; "" where there is none."""
    if not cards:
        return ""
    rows = "".join(tag("li", _recall(card, texts) + _forget(card.key, texts)) for card in cards)
    return text_tag("h2", texts.ask.kept, "rq-label rq-kept-title") + tag("ul", rows, "rq-kept-list")


def render_bar(key: str, name: str, texts: Texts) -> str:
    """Render what can be done with the open conversation."""
    ask = texts.ask
    ways = button(escape(ask.rename), "rename", "rq-quiet", name=name, ask=ask.rename_ask)
    ways += button(escape(ask.export_markdown), "save", "rq-quiet", format="md")
    ways += button(escape(ask.export_docx), "save", "rq-quiet", format="docx")
    ways += _forget(key, texts)
    return tag("header", text_tag("h2", name, "rq-bar-name") + tag("div", ways, "rq-bar-ways"), "rq-bar")


def _recall(card: KeptCard, texts: Texts) -> str:
    name = card.name or texts.ask.untitled
    words = texts.ask.kept_line.format(name=name, count=card.count)
    return button(escape(words), "recall", "rq-recall", key=card.key)


def _forget(key: str, texts: Texts) -> str:
    return button(escape(texts.ask.forget), "forget", "rq-quiet", key=key, sure=texts.ask.forget_sure)
