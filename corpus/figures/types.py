"""A number as it is printed, and a figure: a number with its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a figure says about its indicator.

    `RESULT` is a level that was reached and `TARGET` one that is aimed at. `CHANGE` is against a year or a state before
    (增长5.5%). `SHARE` is a level stated as a part of a whole (%, ‰, 成, 分之), `RANK` a place in an order (第11位).
    A figure of a plan is a target, whatever its unit: 增长6%左右 is what is aimed at.
    """

    RESULT = "result"
    TARGET = "target"
    CHANGE = "change"
    SHARE = "share"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit, as printed at `[start:end]`.

    `value` is the number as printed (16.4 in 16.4亿元), exact; `value * scale` counts in the base unit. A range or
    bound has `low` and `high` in the same scale as `value`; of a range `value` is the lower end. An open end is None.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    scale: Decimal
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its meaning: what it measures, for which period, as what kind of statement, and part of what.

    `parent` is the index, in the report's ledger, of the figure that this one is a part of. `adds_up` is set on a
    figure whose parts are listed: whether they add up to it; None where the list does not claim to be complete.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    scale: Decimal
    text: str
    indicator: str
    period: str
    kind: Kind
    start: int
    end: int
    parent: int | None = None
    adds_up: bool | None = None
