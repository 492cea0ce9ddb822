"""Conversations that the browser keeps: how one is handed over, and what comes back, which may be anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from secrets import token_hex

from qa.keep import NoConversation, dump_answers, load_answers
from qa.ui.html import tag
from qa.ui.session import KeptCard, Session, Turn

NAME_CHARS = 60
_MOST_CARDS = 50


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a browser brought along: the cards of what it keeps, and the conversation that was open in its tab."""

    cards: tuple[KeptCard, ...]
    opened: Mapping[str, object]


def read_arrival(text: str | None) -> Arrival:
    """Read what page.js sent when the page was loaded.

    >>> read_arrival('{"list": [{"key": "a1", "name": "复议", "count": 2}, {"key": "<"}], "open": null}').cards
    (KeptCard(key='a1', name='复议', count=2),)
    >>> read_arrival("no JSON").cards
    ()
    """
    value: object = None
    with suppress(ValueError, RecursionError):
        value = json.loads(text or "")
    facts = value if isinstance(value, Mapping) else {}
    listed, opened = facts.get("list"), facts.get("open")
    cards = [_card(one) for one in listed[:_MOST_CARDS]] if isinstance(listed, list) else []
    return Arrival(tuple(card for card in cards if card), opened if isinstance(opened, Mapping) else {})


def recall(session: Session, key: object, name: object, content: object) -> Session:
    """Open a kept conversation; one that cannot be read changes nothing."""
    if not _is_key(key) or not isinstance(content, str):
        return session
    with suppress(NoConversation):
        turns = tuple(Turn(answer.question, answer) for answer in load_answers(content))
        return replace(session, turns=turns, shown=None, key=str(key), name=_name(name))
    return session


def rename(session: Session, name: str | None) -> Session:
    """Give the conversation another name; a blank one changes nothing."""
    return replace(session, name=_name(name)) if _name(name) and session.key else session


def with_card(session: Session) -> Session:
    """Give the conversation a key, if it has none, and bring its card up to date, as the newest one."""
    answers = [turn.answer for turn in session.turns if turn.answer is not None]
    if not answers:
        return session
    key = session.key or token_hex(8)
    name = session.name or _name(answers[0].question)
    others = [card for card in session.kept if card.key != key]
    kept = (KeptCard(key, name, len(answers)), *others)[:_MOST_CARDS]
    return replace(session, key=key, name=name, kept=kept)


def forget(session: Session, key: str | None) -> Session:
    """Take a conversation off the list; the one that is open is closed."""
    kept = tuple(card for card in session.kept if card.key != key)
    closed = replace(session, turns=(), shown=None, key="", name="") if key == session.key else session
    return replace(closed, kept=kept)


def render_keep(session: Session) -> str:
    """Hand the conversation to page.js, which keeps it; without one, nothing is open in this tab."""
    answers = [turn.answer for turn in session.turns if turn.answer is not None]
    facts = {"data_key": session.key, "data_name": session.name, "data_count": str(len(answers))}
    return tag("div", "", "rq-kept", data_content=dump_answers(answers) if answers else "", **facts)


def _card(value: object) -> KeptCard | None:
    if not isinstance(value, Mapping) or not _is_key(value.get("key")):
        return None
    count = value.get("count")
    return KeptCard(str(value["key"]), _name(value.get("name")), count if type(count) is int else 0)


def _is_key(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isalnum() and len(value) <= 32


def _name(value: object) -> str:
    return " ".join(value.split())[:NAME_CHARS] if isinstance(value, str) else ""
