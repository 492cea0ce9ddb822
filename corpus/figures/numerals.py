"""The numerals of a report: 12.5, 8,316, 7 4 7 7 2, 13万2, 500多亿, 二百三十余万, 百分之五, 三分之一, 一半.

Arabic and Chinese numerals alike are read into an exact value and a scale (万, 亿). Every repetition in the patterns
is of a class that cannot match what follows it, so that reading is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.numerals import parse_chinese_integer

# Longer runs of digits are account numbers and the like, and no figures.
_LONGEST = 24
_DIGIT = "一二三四五六七八九两"
_CHINESE = rf"[{_DIGIT}十][零{_DIGIT}十百千万亿]{{0,23}}"
# Old reports print digits apart: 7 4 7 7 2, 1 5 .3.
_APART = r"\d(?:[ ]\d)+(?!\d)(?:[ ]?\.[ ]?\d(?:[ ]\d)*)?|\d[ ]\.\d(?:[ ]\d)*"
_ARABIC = rf"(?:{_APART}|\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_MYRIAD = r"[十百千]?(?:万亿|万|亿)"

_NUMERAL = re.compile(
    rf"""
      (?P<percent>[百千])分之(?P<percent_of>{_CHINESE}(?:点[零{_DIGIT}]{{1,6}})?|\d+(?:\.\d+)?)
    | (?P<whole>{_CHINESE}|\d{{1,4}})分之(?P<part>{_CHINESE}|\d{{1,4}})
    | (?P<half>一半|半数)
    | (?P<arabic>{_ARABIC})(?P<more>[余多](?=[百千]?[万亿]))?
      (?: (?P<mixed>亿\d{{1,4}}万) | [ ]?(?P<scale>{_MYRIAD}|[百千](?=[元余多名人个家项件]))
          (?:(?P<tail>\d{{1,4}})(?![\d.年月日号:%-]))? )?
    | (?P<chinese>{_CHINESE})(?:点(?P<point>[零{_DIGIT}]{{1,6}}))?
      (?P<few>[余多几](?=[万亿]))?(?P<chinese_scale>(?(few)(?:万亿|万|亿)|(?(point)(?:万亿|万|亿)|(?!))))?
    """,
    re.VERBOSE,
)
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_LOWER = {"百": "十", "千": "百", "万": "千", "亿": "千万"}
_ENDS_IN_SCALE = re.compile(r"([^万亿]+)(万亿|万|亿)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number without its unit: `value * scale`, a bare `scale_text` (万亿), and the forms that carry a unit."""

    value: Decimal
    scale: Decimal
    scale_text: str
    unit: str
    start: int
    end: int
    is_chinese: bool
    is_open: bool = False
    high: Decimal | None = None


def scale_of(word: str) -> Decimal:
    """Read a scale word.

    >>> scale_of("千万"), scale_of("万亿")
    (Decimal('10000000'), Decimal('1000000000000'))
    """
    scale = Decimal(1)
    for character in word:
        scale *= _SCALES[character]
    return scale


def iterate_numerals(text: str) -> Iterator[Numeral]:
    """Yield the numerals of a plain text in order.

    >>> [str(numeral.value * numeral.scale) for numeral in iterate_numerals("13万2和一百九十万零三千")]
    ['132000', '1903000']
    """
    for match in _NUMERAL.finditer(text):
        if match.end() - match.start() <= 2 * _LONGEST:
            numeral = _read(match)
            if numeral:
                yield numeral


def _read(match: re.Match[str]) -> Numeral | None:
    """Read one match by the alternative that matched."""
    if match["percent"]:
        value = _whole(match["percent_of"].partition("点"))
        return _plain_numeral(match, value, "%" if match["percent"] == "百" else "‰")
    if match["whole"]:
        return _fraction(match)
    if match["half"]:
        return _plain_numeral(match, Decimal("0.5"), "")
    return _arabic(match) if match["arabic"] else _chinese(match)


def _plain_numeral(match: re.Match[str], value: Decimal | None, unit: str) -> Numeral | None:
    """Make a numeral that needs no classifier; None where its value cannot be read."""
    if value is None:
        return None
    return Numeral(value, Decimal(1), "分", unit, match.start(), match.end(), is_chinese=True)


def _fraction(match: re.Match[str]) -> Numeral | None:
    """Read 三分之一; a value that has no finite decimals is rounded to 28 digits."""
    whole, part = parse_chinese_integer(match["whole"]), parse_chinese_integer(match["part"])
    if not whole or part is None:
        return None
    return _plain_numeral(match, Decimal(part) / Decimal(whole), "")


def _arabic(match: re.Match[str]) -> Numeral | None:
    """Read 12.5, 8,316, 16.4亿, 13万2, 2亿3000万, 500多亿."""
    digits = match["arabic"].replace(",", "").replace(" ", "")
    if len(digits) > _LONGEST:
        return None
    value, scale_text = Decimal(digits), match["scale"] or ""
    scale = scale_of(scale_text)
    if match["mixed"]:
        value, scale = value * scale_of("亿") + Decimal(match["mixed"][1:-1]) * scale_of("万"), Decimal(1)
    if match["tail"]:
        # 13万2 is 13万2千, and 13万2500 is what it says.
        tail = Decimal(match["tail"].ljust(4, "0")) if not match["tail"].startswith("0") else Decimal(match["tail"])
        value, scale, scale_text = value * scale + tail * scale / 10_000, Decimal(1), ""
    start = match.start()
    return Numeral(value, scale, scale_text, "", start, match.end(), is_chinese=False, is_open=bool(match["more"]))


def _chinese(match: re.Match[str]) -> Numeral | None:
    """Read 十三, 五十万, 二百三十余万, 一万二, 三五 (three to five)."""
    run, scale_text = match["chinese"], match["chinese_scale"] or ""
    found = _ENDS_IN_SCALE.fullmatch(run)
    if found and not scale_text:
        run, scale_text = found.groups()
    high = None
    if len(run) > 1 and all(character in _DIGIT for character in run) and not match["point"]:
        if len(run) > 2 or _DIGIT.index(run[0]) >= _DIGIT.index(run[1]):
            return None
        run, high = run[0], _whole((run[1], "", ""))
    value = _whole((_spell_out(run), "点" if match["point"] else "", match["point"] or ""))
    if value is None:
        return None
    scale, is_open = scale_of(scale_text), bool(match["few"])
    return Numeral(value, scale, scale_text, "", match.start(), match.end(), True, is_open, high)


def _spell_out(run: str) -> str:
    """Spell a shortened numeral out: 一万二 is 一万二千."""
    if len(run) > 2 and run[-1] in _DIGIT and run[-2] in _LOWER:
        return run + _LOWER[run[-2]]
    return run


def _whole(parts: tuple[str, str, str]) -> Decimal | None:
    """Read a numeral and its decimals from the three parts of a partition at the point."""
    head, point, decimals = parts
    if head[:1].isascii():
        return Decimal(head)
    whole = parse_chinese_integer(head)
    if whole is None or not point:
        return None if whole is None else Decimal(whole)
    below = parse_chinese_integer(decimals)
    return None if below is None else Decimal(whole) + Decimal(below).scaleb(-len(decimals))
