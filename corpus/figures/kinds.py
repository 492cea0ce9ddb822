"""Tell results, targets, changes, shares and ranks apart by the words around a number."""

from __future__ import annotations

import re

from corpus.figures.context import Spot
from corpus.figures.units import is_percent
from corpus.types import Kind

_VERBS = (
    "增长|下降|上升|提高|提升|减少|增加|降低|压减|压缩|缩短|缩减|回落|回升|上涨|下滑|下跌|净增|净减|核减|精简|提速|超出|"
    "扩大|缩小|收窄|攀升|增幅|降幅|跌幅|涨幅|增速|多增|少增|前移|后移|跃升|偏多|偏少|偏高|偏低|递增|递减|节约|翻|增|减|降|升|涨"
)
# A change stands right behind its verb: 增长5.5%, 下降了约3件, 减少20%.
_CHANGED = re.compile(
    rf"(?:{_VERBS})(?:了|(?<!自然增长)率|幅度|额|达|约|近|超过?|各|均|再|又|分别|均为|不低于|不少于|不超过|为)?[ ]?$"
)
# 增长到, 提高至, 降为 reach a level; 增加值 and 新增 are no changes.
_LEVEL = re.compile(
    r"(?:到|至|成|增加值|新增|[^率幅额]为|达|达到|率|比重|占比|占|系数|指数|强度|浓度)(?:了|约|近|超过?)?[ ]?$"
)
_COMPARED = re.compile(
    r"比上?年|比去年|较上?年|较去年|同比|环比|相比|净增|较20|比20|比前|较前|比预期|比计划|比常年|比同期|高于|低于"
)
_LOOSE_CHANGE = re.compile(
    r"(?:增长|下降|上升|提高|减少|增加|降低|压减|压缩|缩短|精简|新增|多|少|高|低|快|慢)[^,;。]{0,4}$"
)
_OVER = re.compile(r"(?:高于|低于|快于|慢于|超出|高出|低出|多|少)[^,;。:]{0,12}$")
_CHANGE_IN_CLAUSE = re.compile(r"增长|下降|上升|减少|增加|降低|压减|压缩|缩短|精简|下滑|上涨")
_AIMED = re.compile(r"力争|争取(?=[^,。;]{0,12}(?:达|降|突破|实现|完成|增长))|预期目标|目标(?:是|为|:)")
_AIMED_IN_CLAUSE = re.compile(
    r"拟(?:于|在|新|建|投|引|用)|计划(?:到|于|在|新|总|投|用|完成|实施|建|引|培)|将(?:在|于|达|新|建|投|实施|完成|按)|确保[^,。;]{0,12}达"
)
_OF_BEFORE = re.compile(r"(?:由|从)[^,;。]{0,18}$")
_BECOMES = re.compile(r"[^,;。、]{0,16}(?:到|至|为|成)[^,;。、\d]{0,6}")
# A distance from an average or from others is none from a year before.
_AGAINST_OTHERS = re.compile(r"[高低快慢多少优][于出][^,;。]{0,10}(?:平均|全[国省市区县]|同期[^上去])[^,;。]{0,8}$")
_STRUCTURE = re.compile(r"结构[^,;。]{0,6}[\d.:]*$")
_GROWTH_UNITS = frozenset({"个百分点", "百分点", "个基点", "番"})


def is_state_before(spot: Spot) -> bool:
    """Say whether the number is what a change began with: 96个 in 由96个精简为30个."""
    following = spot.following
    if following is None or not _OF_BEFORE.search(spot.clause):
        return False
    between = spot.after[: following.start - spot.number.end]
    return len(between) < len(spot.after) and bool(_BECOMES.fullmatch(between))


def kind_of(spot: Spot, *, is_plan: bool, listed_with: Kind | None) -> Kind:
    """Decide the kind of a number.

    Args:
        spot: the number in its sentence.
        is_plan: whether it stands in a report's plan.
        listed_with: the kind of the previous number where the two are members of one list.
    """
    number = spot.number
    if number.text[:1] in {"第", "前"} and number.unit in {"位", "名"}:
        return Kind.RANK
    if is_state_before(spot):
        return _level(spot)
    if is_plan or _AIMED.search(spot.before) or _AIMED_IN_CLAUSE.search(spot.clause):
        return Kind.TARGET
    if listed_with is not None and spot.is_listed:
        return listed_with
    if _AGAINST_OTHERS.search(spot.lead):
        return Kind.RESULT
    return Kind.CHANGE if _is_change(spot) else _level(spot)


def _level(spot: Spot) -> Kind:
    """Give the kind of a level that was reached: a share if it is a part of a whole."""
    number = spot.number
    if is_percent(number.unit) or (number.unit in {"成", ""} and "分" in number.text) or "半" in number.text[:4]:
        return Kind.SHARE
    # 三次产业结构为22.2:32.0:45.8 are percentages too.
    is_structure = not number.unit and ":" in (spot.after[:1] + spot.gap) and _STRUCTURE.search(spot.clause)
    return Kind.SHARE if number.unit == "成" or is_structure else Kind.RESULT


def _is_change(spot: Spot) -> bool:
    """Say whether the number is a difference against a year or a state before."""
    number, lead = spot.number, spot.lead
    if number.unit in _GROWTH_UNITS:
        return True
    if _COMPARED.search(spot.clause) and lead.rstrip().endswith("新增"):
        return True
    if _LEVEL.search(lead) and not re.search(r"(?:(?<!自然)增长率|增速|增幅|降幅|涨幅|跌幅)(?:为|达)?$", lead):
        return False
    if _CHANGED.search(lead):
        return not lead.endswith(("新增", "增加值"))
    if _COMPARED.search(spot.clause) and (_LOOSE_CHANGE.search(lead) or _OVER.search(lead)):
        return True
    return is_percent(number.unit) and bool(_CHANGE_IN_CLAUSE.search(lead))
