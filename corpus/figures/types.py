"""A number as it is printed; with its meaning it becomes a `corpus.types.Figure`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


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
