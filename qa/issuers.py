"""Which issuers a question names: full and customary names of those in the index, and of places that are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Provinces and their like by the names people use; the official ones follow from the endings below.
_PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 "
    "湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
).split()

_PEOPLES = (
    "壮族 回族 维吾尔 藏族 彝族 苗族 土家族 蒙古族 蒙古 哈萨克 朝鲜族 布依族 侗族 傣族 白族 羌族 瑶族 畲族 黎族"
).split()

# Longest first, so that 自治区 is not taken for 区.
_ENDINGS = ("特别行政区 人民政府 自治区 自治州 自治县 自治旗 开发区 地区 新区 省 市 县 区 州 盟 旗 镇 乡 街道").split()

# A place that a question is about stands first, or right before the year or the kind of report.
_PLACE = re.compile(
    r"(?:^|(?<=[，。？！、；：\s和与跟]))(?P<place>[\u4e00-\u9fff]{2,8}?(?:自治[区州县旗]|[省市县区州盟旗]))"
    r"(?=的?(?:(?:19|20)\d\d|[一二]〇|今年|去年|政府|人民政府|法治|统计|报告|工作报告))"
)
_NOT_A_PLACE = re.compile(r"^(?:全|本|我|该|各|哪个?|多少个?|几个?|城|乡镇|社|小|园|景|地|山|牧|灾|老|一个)")

# What people call the central government; weak names are everyday words and count where nothing else is named.
_CENTRAL = "国务院"
_CENTRAL_STRONG = ("国务院", "中央政府", "中华人民共和国国务院")
_CENTRAL_WEAK = ("国家", "中央", "全国", "我国")


@dataclass(frozen=True, slots=True)
class IssuerMentions:
    """What a question says about issuers.

    Attributes:
        known: issuers of the index that are named, in the order of the question.
        unknown: places named as if they had reports, which the index has none of.
        spans: where the known ones are named, (start, end) in the question.
        weak: whether they are named by everyday words only (全国, 国家), which may mean no issuer at all.
    """

    known: tuple[str, ...]
    unknown: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    weak: bool = False


@lru_cache(maxsize=1 << 16)
def short_name(issuer: str) -> str:
    """Return an issuer's name without its administrative ending; unchanged where too little would be left.

    >>> [short_name(name) for name in ("甘肃省", "广西壮族自治区", "平川区", "云溪县人民政府", "国务院", "东区")]
    ['甘肃', '广西', '平川', '云溪', '国务院', '东区']
    """
    name = issuer
    for ending in _ENDINGS:
        stem = name.removesuffix(ending)
        if stem != name and len(stem) >= 2:
            name = stem
            if ending != "人民政府":
                break
    for people in _PEOPLES:
        if name != issuer and name.endswith(people) and len(name) - len(people) >= 2:
            return name.removesuffix(people)
    return name


def find_issuers(question: str, issuers: Sequence[str]) -> IssuerMentions:
    """Find the issuers that a question names.

    Args:
        question: as typed, or folded.
        issuers: those of the index.

    >>> find_issuers("甘肃和浙江2026年目标", ["甘肃省", "浙江省", "国务院"]).known
    ('甘肃省', '浙江省')
    >>> find_issuers("青岚区2024年办了几件", ["甘肃省"]).unknown
    ('青岚区',)
    """
    names = _names(tuple(issuers))
    strong = names.strong.find(question)
    found = strong or names.weak.find(question)
    known = tuple(dict.fromkeys(issuer for _, _, issuer in found))
    spans = tuple((start, end) for start, end, _ in found)
    return IssuerMentions(known, _unknown_places(question, issuers, spans), spans, weak=bool(found) and not strong)


class _Names:
    """What some issuers are called, found in questions by longest match."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names
        longest_first = sorted(names, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def find(self, question: str) -> list[tuple[int, int, str]]:
        """Return (start, end, issuer) of each name, from left to right."""
        return [(m.start(), m.end(), self._names[m.group()]) for m in self._pattern.finditer(question)]


@dataclass(frozen=True, slots=True)
class _AllNames:
    strong: _Names
    weak: _Names


@lru_cache(maxsize=8)
def _names(issuers: tuple[str, ...]) -> _AllNames:
    """Make the names of an index's issuers ready once: there may be thousands."""
    return _AllNames(_Names(_strong_names(issuers)), _Names(_weak_names(issuers)))


def _strong_names(issuers: Iterable[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for issuer in issuers:
        for name in (issuer, short_name(issuer)):
            names.setdefault(name, issuer)
        if issuer == _CENTRAL:
            names.update(dict.fromkeys(_CENTRAL_STRONG, issuer))
    names.pop("", None)
    return names


def _weak_names(issuers: Sequence[str]) -> dict[str, str]:
    """我区 and the like where the index has one issuer of that rank; everyday names of the central government."""
    names: dict[str, str] = {}
    for rank in "省市县区州盟旗":
        of_rank = [issuer for issuer in issuers if issuer.endswith(rank)]
        if len(of_rank) == 1:
            names.update({f"我{rank}": of_rank[0], f"{rank}里": of_rank[0], f"本{rank}": of_rank[0]})
    if _CENTRAL in issuers:
        names.update(dict.fromkeys(_CENTRAL_WEAK, _CENTRAL))
    return names


def _unknown_places(question: str, issuers: Sequence[str], known: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Return provinces and the like that are named but have no report here, and local places named as issuers."""
    here = {short_name(issuer) for issuer in issuers}
    free = list(question)
    for start, end in known:
        free[start:end] = "\0" * (end - start)
    rest = "".join(free)
    provinces = [name for name in _PROVINCES if name in rest and name not in here]
    places = [m["place"] for m in _PLACE.finditer(rest) if not _NOT_A_PLACE.match(m["place"])]
    local = [name for name in places if short_name(name) not in here and not any(p in name for p in provinces)]
    return tuple(sorted(dict.fromkeys(provinces + local), key=rest.index))
