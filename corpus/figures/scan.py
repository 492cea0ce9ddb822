"""Find the numbers of a text: numerals with their units, ranges and bounds, without what is no figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.figures.bounds import ends_of, read_more, read_prefix, read_suffix
from corpus.figures.exclusions import Exclusions
from corpus.figures.numerals import Numeral, iterate_numerals
from corpus.figures.plain import plain
from corpus.figures.types import Number
from corpus.figures.units import read_unit

_RANK = re.compile(r"(?:第|前)[ ]?(?P<place>[0-9]{1,4}|[一二三四五六七八九十百]{1,4})[ ]?(?P<unit>位|名)(?![单录称])")
_RANGE = re.compile(r"[ ]?(?:-{1,2}|~|至|到)[ ]?")
# Between members of a list that share the unit of the last: 3、4件, 22.2:32.0:45.8.
_LIST = re.compile(r"[ ]?(?:[、:]|和|与|及|以及|或|至|到)[ ]?")
# A number without unit is a figure behind these words, or as a member of a ratio.
_LEVEL = re.compile(r"(?:[率比数值度量均重龄为至达系分是到由年月](?:的)?|降到|升到|均为)[ ]?$")
_CHANGE_OF_STATE = re.compile(r"[由从自](?:[^,。;、\n]{0,14})$")
# 2.52:1 is one figure, a ratio to one.
_TO_ONE = re.compile(r"[ ]?:[ ]?1(?![\d.:]|,\d)")
_MINUS = re.compile(r"(?:^|[^0-9A-Za-z%)\]~-])-$")
_CLAUSE_END = re.compile(
    r"$|[ ]?[\n,。;!?、)\]:]|[ ]?(?:左右|以上|以下|以内|和|与|下降|上升|缩小|提高|扩大|降|升|减|增|调整)"
)
# 13万2, 一百九十万零三千: nobody writes a name so.
_MYRIADS = re.compile("[万亿]")
_NO_FIGURE = re.compile(r"[ ]?(?:热线|版本?|号|平台|便民|政务)")
# 5年多, 3公里多; behind a classifier 多 begins the next word (8家多是…).
_MORE_AFTER = frozenset({"年", "个月", "小时", "个小时", "天", "倍", "岁", "公里", "米", "元", "亩", "吨", "斤", ""})
_LOOK_BACK = 20


@dataclass(frozen=True, slots=True)
class _Piece:
    """A numeral with its unit, before ranges and bounds are read."""

    numeral: Numeral
    unit: str
    end: int
    is_open: bool


def parse_numbers(text: str) -> list[Number]:
    """Find the numbers of a text in reading order.

    >>> [(str(number.value), number.unit, number.text) for number in parse_numbers("产值近500亿元，增长5%—6%，第三多")]
    [('500', '亿元', '近500亿元'), ('5', '%', '5%—6%')]
    """
    return list(_iterate_numbers(text, plain(text)))


def _iterate_numbers(text: str, form: str) -> Iterator[Number]:
    """Read the pieces of a plain form and put them together, lists and ranges first."""
    pieces = _lend_units(form, list(_iterate_pieces(form)))
    at = 0
    ranks = _ranks(text, form)
    while at < len(pieces):
        joined = at + 1 < len(pieces) and _is_range(form, pieces[at], pieces[at + 1])
        number = _to_number(text, form, pieces[at], pieces[at + 1] if joined else None)
        at += 2 if joined else 1
        while ranks and ranks[0].start < number.start:
            yield ranks.pop(0)
        yield number
    yield from ranks


def _iterate_pieces(form: str) -> Iterator[_Piece]:
    """Yield each numeral that may be a figure with its own unit, or without one where it may borrow it."""
    taken = Exclusions(form)
    reached = 0
    for numeral in iterate_numerals(form):
        if numeral.start < reached or taken.covers(numeral.start):
            continue
        more = read_more(form, numeral.end)
        if numeral.is_chinese and more == numeral.end and form[more : more + 1] == "几":
            more += 1
        unit, end = _unit_of(form, numeral, more)
        ratio = _TO_ONE.match(form, numeral.end)
        if ratio and not unit and not numeral.is_chinese:
            unit, end = ":1", ratio.end()
        elif not unit and numeral.scale == 1:
            more, end = numeral.end, numeral.end
        reached = end
        yield _Piece(numeral, unit, end, numeral.is_open or more > numeral.end)


def _unit_of(form: str, numeral: Numeral, at: int) -> tuple[str, int]:
    """Read the unit behind a numeral, its scale in front: 亿元."""
    if numeral.scale_text == "分":
        return numeral.unit, numeral.end
    unit, end = read_unit(form, at, is_chinese=numeral.is_chinese and numeral.scale == 1)
    return (numeral.scale_text + unit, end) if unit or numeral.scale_text else ("", numeral.end)


def _lend_units(form: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """Give members of a list the unit of the next one, and drop what stays without any."""
    kept: list[_Piece] = []
    following: _Piece | None = None
    for piece in reversed(pieces):
        lent = _borrow(form, piece, following)
        following = lent
        if lent.unit or lent.numeral.scale_text or _stands_alone(form, lent):
            kept.append(lent)
    return kept[::-1]


def _borrow(form: str, piece: _Piece, following: _Piece | None) -> _Piece:
    """Take the unit of the following number where a list or range joins the two."""
    if following is None or piece.unit.lstrip("十百千万亿") or piece.numeral.scale_text == "分" or not following.unit:
        return piece
    between = _LIST.fullmatch(form, piece.end, following.numeral.start) or _RANGE.fullmatch(
        form, piece.end, following.numeral.start
    )
    if not between:
        return piece
    bare = following.unit[len(following.numeral.scale_text) :]
    if piece.numeral.scale_text or not _RANGE.fullmatch(between[0]):
        return replace(piece, unit=piece.numeral.scale_text + bare) if bare else piece
    # 3—5万人 counts both ends in 万.
    scaled = replace(piece.numeral, scale=following.numeral.scale, scale_text=following.numeral.scale_text)
    return replace(piece, numeral=scaled, unit=following.unit)


def _stands_alone(form: str, piece: _Piece) -> bool:
    """Say whether a number without unit is a figure: behind a word for a level (死亡率1.52), in a ratio (22:32:45)."""
    numeral = piece.numeral
    if numeral.scale_text == "分" or _MYRIADS.search(form[numeral.start : numeral.end]):
        return True
    if numeral.is_chinese or _NO_FIGURE.match(form, piece.end):
        return False
    before, after = form[max(0, numeral.start - 8) : numeral.start], form[piece.end : piece.end + 2]
    if re.fullmatch(r":\d?", after) or re.search(r"\d:$", before):
        return "." in form[numeral.start : piece.end] or bool(re.search(r"(?:比|结构)[为是由的:]?$|\d:$", before))
    return bool(_LEVEL.search(before) and _CLAUSE_END.match(form, piece.end))


def _is_range(form: str, first: _Piece, second: _Piece) -> bool:
    """Say whether two neighbours are the ends of one range; 由3件到5件 is a change of state and no range."""
    between = _RANGE.fullmatch(form, first.end, second.numeral.start)
    if not between or first.unit.lstrip("十百千万亿") != second.unit.lstrip("十百千万亿"):
        return False
    if first.numeral.value * first.numeral.scale >= second.numeral.value * second.numeral.scale:
        return False
    if between[0].strip() in {"至", "到"}:
        before = form[max(0, first.numeral.start - _LOOK_BACK) : first.numeral.start]
        return not _CHANGE_OF_STATE.search(before)
    return True


def _to_number(text: str, form: str, piece: _Piece, upper: _Piece | None) -> Number:
    """Make a number of a piece, or of the two ends of a range, with the bounding words around it."""
    numeral, last = piece.numeral, upper or piece
    start, makes = read_prefix(form, numeral.start)
    if last.unit == "番" and form[start - 1 : start] == "翻":
        start -= 1
    sign = Decimal(1)
    if not makes and _MINUS.search(form[max(0, start - 2) : start]):
        start, sign = start - 1, Decimal(-1)
    takes_more = last.unit.lstrip("十百千万亿") in _MORE_AFTER and not last.is_open
    end = read_more(form, last.end) if takes_more else last.end
    is_open = last.is_open or end > last.end
    end, suffix = read_suffix(form, end)
    value = numeral.value * sign
    low, high = ends_of(value, {makes, suffix, "low" if is_open else ""})
    if upper:
        low, high = value, upper.numeral.value * upper.numeral.scale / numeral.scale
    elif numeral.high is not None:
        low, high = value, numeral.high
    return Number(value, low, high, last.unit, numeral.scale, text[start:end], start, end)


def _ranks(text: str, form: str) -> list[Number]:
    """Find the places in an order: 第11位."""
    return [number for match in _RANK.finditer(form) if (number := _to_rank(text, match))]


def _to_rank(text: str, match: re.Match[str]) -> Number | None:
    """Make a number of 第11位; None where the place is no numeral or names a list (前三位乡镇)."""
    following = match.string[match.end() : match.end() + 1]
    if match[0].startswith("前") and following not in {"", ",", "。", ";", "、", "\n", ")"}:
        return None
    numeral = next(iterate_numerals(match["place"]), None)
    if numeral is None or numeral.end != len(match["place"]):
        return None
    start, end = match.span()
    return Number(numeral.value, None, None, match["unit"], Decimal(1), text[start:end], start, end)
