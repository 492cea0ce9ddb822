"""How a spreadsheet shows a number: dates, percentages, thousands, decimals."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# The number formats that every spreadsheet knows without declaring them; those of Chinese systems among the dates.
BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-m-d", 22: "yyyy-m-d h:mm"}
BUILT_IN |= {37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 49: "@"}
BUILT_IN |= dict.fromkeys((27, 36, 50, 57), "yyyy年m月") | dict.fromkeys((28, 29, 51, 54, 58), "m月d日")
BUILT_IN |= {15: "yyyy-m-d", 16: "m月d日", 17: "yyyy年m月", 31: "yyyy年m月d日", 20: "h:mm", 21: "h:mm"}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETED = re.compile(r"\[[^\]]*\]")
_DATE_LETTERS = re.compile(r"[yd]|(?<![a-z])m+(?![a-z])|h", re.IGNORECASE)
_DECIMALS = re.compile(r"[0#?]+(?:\.(?P<places>[0#?]+))?")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465
# What a sheet in the general format shows at most.
_GENERAL_DIGITS = 11


def show(value: str, pattern: str, *, from_1904: bool = False) -> str:
    """Write a number as the sheet shows it; text that is no number stays as it is.

    >>> show("45658", "yyyy-m-d"), show("0.0734", "0.0%"), show("16428.35", "#,##0.00"), show("0.30000000000000004", "")
    ('2025年1月1日', '7.3%', '16,428.35', '0.3')
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or number.adjusted() > 300:
        return value
    bare = _BRACKETED.sub("", _QUOTED.sub("", pattern.split(";")[0]))
    if pattern and _DATE_LETTERS.search(bare) and "0" not in bare and 0 <= number <= _LAST_DAY:
        return _date(number, bare.lower(), from_1904=from_1904)
    shape = _DECIMALS.search(bare.replace(",", ""))
    if not shape or "E" in bare.upper() or "/" in bare:
        return _general(number)
    percent = "%" in bare
    places = len((shape["places"] or "").rstrip("#?"))
    scaled = (number * 100 if percent else number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return format(scaled, ",f" if "," in bare else "f") + ("%" if percent else "")


def _general(number: Decimal) -> str:
    """Write a number without a format: eleven digits at most, no needless zeros, no exponent."""
    places = max(0, min(_GENERAL_DIGITS - 1 - max(number.adjusted(), 0), 10))
    shown = format(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f") if places else format(number, "f")
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown in {"", "-0", "-"} else shown


def _date(number: Decimal, pattern: str, *, from_1904: bool) -> str:
    """Write a day, a month or a time as reports do."""
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=float(number))
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    has_year, has_day = "y" in pattern, "d" in pattern
    parts = [f"{moment.year}年" if has_year else ""]
    if has_day or "m" in pattern.replace("mm:", "").replace(":mm", ""):
        parts.append(f"{moment.month}月")
    parts.append(f"{moment.day}日" if has_day else "")
    clock = f"{moment.hour}:{moment.minute:02d}" if "h" in pattern else ""
    return " ".join(filter(None, ["".join(parts) if has_year or has_day else "", clock])) or "".join(parts)
