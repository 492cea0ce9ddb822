"""The words that bound a number: 不低于5%, 近30%, 20余名, 110万人以上, 5%左右, 控制在5%以内."""

from __future__ import annotations

import re
from decimal import Decimal

# The value of a word is what it makes of the number: its lower end, its upper end, or nothing but an estimate.
_LOW, _HIGH, _ABOUT = "low", "high", "about"
_BEFORE = {
    **dict.fromkeys(
        ["不低于", "不少于", "不小于", "不短于", "不下于", "不弱于", "至少", "最少", "超过", "超出", "突破"], _LOW
    ),
    **dict.fromkeys(["高于", "大于", "多于", "超", "逾", "破", "≥", ">", "＞", "起码"], _LOW),
    **dict.fromkeys(["不高于", "不超过", "不多于", "不大于", "不超", "不长于", "至多", "最多", "小于", "低于"], _HIGH),
    **dict.fromkeys(["少于", "不足", "不到", "不满", "未满", "接近", "将近", "近", "≤", "<"], _HIGH),
    **dict.fromkeys(["大约", "大概", "约", "左右"], _ABOUT),
}
# What ends in a bounding word and is another word: 节约, 签约, 附近, 赶超.
_OTHER_WORDS = "|".join(
    [
        "[节公合条预签集履违邀契特失毁制简续解守爽婚租]约",
        "[附最靠亲临远邻毗]近",
        "[赶反高]超",
        "[突打冲爆侦]破(?<!突破)",
    ]
)
_PREFIX = re.compile("(?:" + "|".join(sorted(map(re.escape, _BEFORE), key=len, reverse=True)) + r")(?:为|了)?[ ]?$")
_NO_PREFIX = re.compile(rf"(?:{_OTHER_WORDS})$")
_SUFFIX = re.compile(
    r"[ ]?(?:(?P<low>(?:\(含\))?[及或]?以上|之上|起步)|(?P<high>[及或]?以下|以内|之内|之下)|(?P<about>左右|上下|开外))"
    r"(?!简称|方面|情况|问题|内容|项目为)"
)
# 48小时内, 30日内: within a time; 国内 and the like never follow a unit of time.
_WITHIN = re.compile(r"内(?![部外容设在地])")
_TIME_UNITS = ("小时", "分钟", "秒", "日", "天", "工作日", "个月", "年", "周")
_MORE = re.compile(r"[ ]?[余多](?![云样种元少媒数边地级])")
_LONGEST_PREFIX = 5


def read_prefix(text: str, start: int) -> tuple[int, str]:
    """Find where a bounding word in front of `start` begins, and what it makes of the number.

    >>> read_prefix("增速不低于5%", 5)
    (2, 'low')
    >>> read_prefix("签约18个", 2)
    (2, '')
    """
    before = text[max(0, start - _LONGEST_PREFIX) : start]
    match = _PREFIX.search(before)
    if not match or _NO_PREFIX.search(before):
        return start, ""
    word = match[0].strip().rstrip("为了")
    return start - len(before) + match.start(), _BEFORE[word]


def read_suffix(text: str, end: int) -> tuple[int, str]:
    """Find where a bounding word behind `end` ends, and what it makes of the number.

    >>> read_suffix("5%左右。", 2)
    (4, 'about')
    """
    match = _SUFFIX.match(text, end)
    if match:
        return match.end(), match.lastgroup or ""
    within = (
        _WITHIN.match(text, end)
        if text.startswith("内", end) and text[max(0, end - 3) : end].endswith(_TIME_UNITS)
        else None
    )
    return (within.end(), _HIGH) if within else (end, "")


def read_more(text: str, end: int) -> int:
    """Find the end of 余 or 多 behind a numeral or unit; `end` itself where there is none."""
    match = _MORE.match(text, end)
    return match.end() if match else end


def ends_of(value: Decimal, makes: set[str]) -> tuple[Decimal | None, Decimal | None]:
    """Give the lower and upper end that bounding words make of a value."""
    return (value if _LOW in makes else None), (value if _HIGH in makes else None)
