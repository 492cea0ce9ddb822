"""Read Chinese whole numbers: years digit by digit (二〇二四) and counted numbers (一百二十)."""

from __future__ import annotations

_DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **dict.fromkeys("〇○Ｏ", 0),
    **{character: value for value, character in enumerate("０１２３４５６７８９")},
    **{character: value for value, character in enumerate("0123456789")},
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

# Longer runs are no numbers that a report counts or dates with.
_LONGEST_NUMERAL = 24


def parse_chinese_integer(numeral: str) -> int | None:
    """Read a Chinese (or Arabic, of either width) whole number; None where it is none.

    >>> [parse_chinese_integer(numeral) for numeral in ("二〇二四", "十三", "一百二十", "两万零五", "第三")]
    [2024, 13, 120, 20005, None]
    """
    if not numeral or len(numeral) > _LONGEST_NUMERAL:
        return None
    if all(character in _DIGITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    return _parse_myriads(numeral)


def _parse_myriads(numeral: str) -> int | None:
    """Read a number with units by its largest myriad: what stands before it is counted in it, the rest is added."""
    for character in ("亿", "万"):
        head, found, tail = numeral.partition(character)
        if found:
            above = _parse_below_myriad(head)
            below = _parse_myriads(tail) if tail else 0
            if not above or below is None or below >= _MYRIADS[character]:
                return None
            return above * _MYRIADS[character] + below
    return _parse_below_myriad(numeral)


def _parse_below_myriad(numeral: str) -> int | None:
    """Read a number below ten thousand, as 三千零二十一; units must fall from left to right."""
    total, digit, smallest_unit = 0, None, 10_000
    for character in numeral:
        unit = _UNITS.get(character)
        if unit is None:
            if character not in _DIGITS or digit:
                return None
            digit = _DIGITS[character]
        elif unit >= smallest_unit or (digit is None and total):
            return None
        else:
            total += (1 if digit is None else digit) * unit
            digit, smallest_unit = None, unit
    return total + (digit or 0) if numeral else None
