"""Conversations as JSON, for the browser that keeps them: what comes back is checked value by value.

The shape is that of the types themselves; decimals are text. What does not fit a type is no conversation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from corpus.errors import ReportQAError
from qa.types import Answer

_MOST_ANSWERS = 200
T = TypeVar("T")


class NoConversation(ReportQAError):
    """What a browser kept is no conversation of this program."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the kept conversation cannot be read: {reason}; delete it, or ask its questions again")


def dump_answers(answers: Sequence[Answer]) -> str:
    """Write answers as JSON; the newest are kept where there are too many."""
    return json.dumps([_plain(answer) for answer in answers[-_MOST_ANSWERS:]], ensure_ascii=False)


def load_answers(text: str) -> tuple[Answer, ...]:
    """Read what `dump_answers` wrote.

    Raises:
        NoConversation: if it is anything else.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoConversation(f"it is no JSON ({error})") from error
    if not isinstance(value, list) or len(value) > _MOST_ANSWERS:
        raise NoConversation("it is no list of answers")
    return tuple(_build(Answer, one) for one in value)


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Decimal) else value


def _build(kind: type[T], value: object) -> T:
    """Make an object of a dataclass from a mapping that has exactly its fields."""
    hints = get_type_hints(kind)
    if not isinstance(value, Mapping) or set(value) != set(hints):
        raise NoConversation(f"a part is no {kind.__name__}")
    return kind(**{name: _value(hint, value[name], name) for name, hint in hints.items()})


def _value(hint: Any, value: object, name: str) -> Any:  # noqa: ANN401 - the types are known when it runs only
    """Check a value against the type of its field."""
    if isinstance(hint, UnionType):
        return None if value is None else _value(get_args(hint)[0], value, name)
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_value(get_args(hint)[0], one, name) for one in value)
    if isinstance(hint, type) and is_dataclass(hint):
        return _build(hint, value)
    if hint is Decimal and isinstance(value, str):
        try:
            return Decimal(value)
        except InvalidOperation as error:
            raise NoConversation(f"{name} is no number") from error
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if hint in (str, int) and type(value) is hint:
        return value
    raise NoConversation(f"{name} has a wrong value")
