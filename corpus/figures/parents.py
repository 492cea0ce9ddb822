"""Parts and wholes: which figures a figure is a part of, and whether listed parts add up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.figures.context import FAR, Spot
from corpus.figures.indicators import LONGEST_INDICATOR, counted_noun, own_words
from corpus.figures.units import base_unit, is_percent
from corpus.types import Figure, Kind

# Up to here below the whole, a list that says 其中 claims to be complete and misses it.
_NEARLY_ALL = Decimal("0.98")
_PARTS = re.compile(r"其中|(?<!不)包括|(?<!不)含(?=[^,。;]{0,8}$)")
# A count that was corrected and a state that changed have no parts: 调整为91件(原公布88件，少计3件).
_CORRECTED = re.compile(r"[(](?:上年|去年|前一年|(?:19|20)\d\d年|原为?|其?同比)|原公布|原报告|少计|漏计|多计|误计")
_BECOMES = re.compile(r"[^,。;]{0,16}(?:到|至|为|成)")
# How many figures back the whole of a 其中 may stand.
_BACK = 8
_LONGEST_LIST = 24
_NO_CHANCE = 30
_AMOUNTS = frozenset({Kind.RESULT, Kind.TARGET})


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a list of parts opens: behind which figure, up to where it runs, and whether it claims to be complete."""

    behind: int
    since: int
    end: int
    in_bracket: bool
    exhaustive: bool


def link_parts(figures: Sequence[Figure], places: Sequence[Spot], form: str) -> list[Figure]:
    """Give the figures of one paragraph their parents, and wholes their verdict; indices count in `figures`.

    Args:
        figures: the figures of the paragraph, in order.
        places: where each stands.
        form: the plain text that all offsets count in.

    >>> link_parts([], [], "")
    []
    """
    linked = list(figures)
    parts: dict[int, list[int]] = {}
    exhaustive: dict[int, bool] = {}
    opening: _Opening | None = None
    for at, figure in enumerate(linked):
        opening = _opening_at(linked, places[at], form, at, opening)
        whole = _whole_of(linked, form, at, opening, parts, is_listed=places[at].gap.startswith("、"))
        if opening is None or whole is None:
            continue
        linked[at] = _as_part(figure, places[at], linked[whole], whole)
        parts.setdefault(whole, []).append(at)
        exhaustive[whole] = opening.exhaustive
    _link_sums(linked, places, parts, exhaustive)
    for index, members in parts.items():
        if _are_of_several(linked, places, index, members):
            for member in members:
                linked[member] = replace(linked[member], parent=None)
            continue
        verdict = adds_up(linked[index], [linked[member] for member in members], exhaustive=exhaustive[index])
        linked[index] = replace(linked[index], adds_up=verdict)
    return linked


def _are_of_several(figures: Sequence[Figure], places: Sequence[Spot], index: int, members: Sequence[int]) -> bool:
    """Say whether parts belong to two listed wholes together: 建议37件、提案52件，其中主办46件、会办43件."""
    if not index or places[index].gap[:1] not in {"、", "和", "及", "与"}:
        return False
    wholes = figures[index].value * figures[index].scale + figures[index - 1].value * figures[index - 1].scale
    total = sum((figures[member].value * figures[member].scale for member in members), Decimal(0))
    return total == wholes and figures[index - 1].unit == figures[index].unit


def _opening_at(figures: Sequence[Figure], spot: Spot, form: str, at: int, opening: _Opening | None) -> _Opening | None:
    """Find the list of parts that a figure stands in: a new one that opens in front of it, or the one still open."""
    if opening and spot.number.start >= opening.end:
        opening = None
    if not at:
        return opening
    between = form[figures[at - 1].end : spot.number.start]
    if figures[at - 1].start < spot.sentence_start:
        # 。其中，第一产业…；第二产业…。: the parts of what the sentence before it says, up to the full stop.
        if form.startswith("其中", spot.sentence_start):
            stop = form.find("。", spot.number.end, spot.number.end + FAR * 5)
            return _Opening(at - 1, 0, stop if stop >= 0 else spot.sentence_end, in_bracket=False, exhaustive=False)
        return opening
    bracket, _, inside = between.rpartition("(")
    close = form.find(")", spot.number.end, min(spot.sentence_end, spot.number.end + FAR * 3))
    if _CORRECTED.search(between):
        return None
    if "(" in between and ")" not in inside and close >= 0 and not re.search(r"[,。;)、]", bracket):
        return _Opening(at - 1, spot.sentence_start, close, in_bracket=True, exhaustive=not _PARTS.search(inside))
    if _PARTS.search(between):
        return _Opening(at - 1, spot.sentence_start, spot.sentence_end, in_bracket=False, exhaustive=False)
    return opening


def _whole_of(
    figures: Sequence[Figure],
    form: str,
    at: int,
    opening: _Opening | None,
    parts: Mapping[int, Sequence[int]],
    *,
    is_listed: bool,
) -> int | None:
    """Find the whole of a figure in a list of parts: the nearest in front of the list that it can be a part of."""
    if opening is None:
        return None
    part = figures[at]
    lowest = opening.behind if opening.in_bracket else max(0, opening.behind - _BACK)
    for index in range(opening.behind, lowest - 1, -1):
        whole = figures[index]
        if whole.start < max(opening.since, part.start - FAR * 3) or not _can_be_part(part, whole):
            continue
        between = form[whole.end : part.start]
        if between.count(")") > between.count("("):
            continue
        if not opening.in_bracket and part.value * part.scale > whole.value * whole.scale:
            continue
        taken = sum((figures[member].value * figures[member].scale for member in parts.get(index, ())), Decimal(0))
        # Behind 其中 a clause may go on to something else; in brackets and lists all are parts, right or wrong.
        if opening.in_bracket or is_listed or not taken or taken + part.value * part.scale <= whole.value * whole.scale:
            return index
        return None
    return None


def _can_be_part(part: Figure, whole: Figure) -> bool:
    """Say whether two figures count the same thing in amounts, not rates, as parts and wholes do."""
    if is_percent(part.unit) or part.kind in {Kind.CHANGE, Kind.RANK, Kind.SHARE} or whole.kind is Kind.CHANGE:
        return False
    return base_unit(part.unit) == base_unit(whole.unit)


def _as_part(figure: Figure, spot: Spot, whole: Figure, index: int) -> Figure:
    """Make a figure a part: its indicator tells first what the whole measures."""
    own = " ".join(filter(None, (own_words(spot), counted_noun(spot)))) or figure.indicator
    words = f"{whole.indicator} / {own}" if whole.indicator else own
    return replace(figure, parent=index, indicator=words[-LONGEST_INDICATOR:])


def _link_sums(
    figures: list[Figure], places: Sequence[Spot], parts: dict[int, list[int]], exhaustive: dict[int, bool]
) -> None:
    """Link the amounts behind a figure that add up exactly to it without a 其中: 97篇，图文58篇、视频39篇."""
    for at, whole in enumerate(figures):
        if at in parts or whole.parent is not None or whole.kind not in _AMOUNTS:
            continue
        members = _members_that_sum(figures, places, at)
        for member in members:
            figures[member] = _as_part(figures[member], places[member], whole, at)
        if members:
            parts[at], exhaustive[at] = members, True


def _members_that_sum(figures: Sequence[Figure], places: Sequence[Spot], at: int) -> list[int]:
    """Take the amounts of one unit that follow a whole and add up exactly to it; growth between them is passed over."""
    whole = figures[at]
    wanted, total = whole.value * whole.scale, Decimal(0)
    members: list[int] = []
    for index in range(at + 1, min(len(figures), at + 1 + _LONGEST_LIST)):
        figure = figures[index]
        if figure.kind not in _AMOUNTS:
            continue
        if figure.parent is not None or base_unit(figure.unit) != base_unit(whole.unit):
            break
        members.append(index)
        total += figure.value * figure.scale
        if total >= wanted:
            break
    if any(_CORRECTED.search(places[index].lead) or _BECOMES.fullmatch(places[index].gap) for index in members):
        return []
    is_list = all(places[index].gap.startswith("、") for index in members[1:])
    is_sum = total == wanted and len(members) > 1 and not is_percent(whole.unit)
    # Small counts add up to each other by chance, unless they stand in one list.
    return members if is_sum and (is_list or wanted >= _NO_CHANCE or wanted % 1) else []


def adds_up(whole: Figure, parts: Sequence[Figure], *, exhaustive: bool) -> bool | None:
    """Say whether parts add up to their whole, within the rounding of what is printed.

    Args:
        whole: the total.
        parts: the figures listed as its parts.
        exhaustive: whether the list claims to be complete, as one in brackets without 其中 does.

    Returns:
        None where the list is one of examples: a part of the whole, or a few.
    """
    total = sum((part.value * part.scale for part in parts), Decimal(0))
    wanted = whole.value * whole.scale
    slack = sum((_rounding(figure) for figure in (whole, *parts)), Decimal(0))
    if abs(total - wanted) <= slack:
        return True if len(parts) > 1 or total == wanted else None
    if total > wanted:
        return False
    if len(parts) > 1 and (exhaustive or total >= wanted * _NEARLY_ALL):
        return False
    return None


def _rounding(figure: Figure) -> Decimal:
    """Give the largest error that rounding may have left: half of the last printed digit, none of a plain count."""
    exponent = figure.value.as_tuple().exponent
    if figure.scale == 1 and (not isinstance(exponent, int) or exponent >= 0):
        return Decimal(0)
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * figure.scale / 2
