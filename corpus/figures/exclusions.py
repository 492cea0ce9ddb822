"""What looks like a figure and is none: dates, ordinals, names, titles, document numbers, plans' ages.

The rule: a numeral is a figure if a reader could ask "how many", "how much" or "which place" and take it for the
answer. So 十三个 and 两次 are figures. None are 三级平台, 二期工程 and 一次性, which tell the kind; “四个到位” and
《三年行动方案》, which are names; 近三年 and 2024年3月, which tell when; and 一个, 一批, 一次, where 一 is an article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

_N = r"[0-9零一二三四五六七八九十百两]"
_C = r"[零一二三四五六七八九十两]"
# A year in digits, also printed apart (1 9 9 7).
YEAR = r"(?:1[ ]?[89]|2[ ]?[01])[ ]?\d[ ]?\d(?!\d)"
_TO = r"[ ]?(?:-{1,2}|~|至|到|、|和|与|及|,|或)[ ]?"

_MASKS = re.compile(
    rf"""
    # Titles and names in quotation marks, unless they hold a share or an amount of money.
      《[^《》\n]{{1,80}}》
    | “(?![^“”\n]{{0,20}}[%元])[^“”\n,。;!?]{{1,20}}”
    # 〔2023〕1号, [2023]15号, (2023)京01号 and notes' marks.
    | [〔\[(]{YEAR}[〕\])][^\s,。;]{{0,8}}?\d{{1,6}}(?:-\d{{1,4}})?号
    | [〔\[]\d{{1,4}}[〕\]]
    # Years and spans of years, months, days, times; 3年 and 12个月 are durations and not masked here.
    | (?<!\d){YEAR}年?(?:{_TO}{YEAR}){{0,9}}[ ]?年(?:代|度)?
    | (?<!\d){YEAR}{_TO}{YEAR}(?![\d.])(?=[^\d]|$)
    | (?<![\d.个]){_N}[ ]?\d?{_TO}\d[ ]?\d?[ ]?月(?:份|底|初|末|中旬|上旬|下旬)?
    | (?<![\d.])\d[ ]?\d?[ ]?月(?:{_TO})?(?:次年)?(?:\d[ ]?\d?[ ]?月)?(?:份|底|初|末|中旬|上旬|下旬)?
      (?:[ ]?\d[ ]?\d?[ ]?日?(?:{_TO}(?:\d{{1,2}}月)?\d{{1,2}})?[ ]?日)?
    # 缩短到3日 and 法定的7日 are durations.
    | (?<![\d.由到至为的近超过满需])\d{{1,2}}[ ]?日(?:{_TO}\d{{1,2}}[ ]?日)?(?![内均])(?!以内)
    | (?<![\d.])\d{{1,2}}{_TO}\d{{1,2}}日(?!以?内)
    | (?<![\d.])\d{{1,2}}(?::\d{{2}}){{1,2}}(?![\d.:])(?!%)
    | (?<![\d.])\d{{1,2}}时(?!\d{{0,2}}间)(?:\d{{1,2}}分)?
    | (?:{_N}{{2}}|\d[ ]0)[ ]?年代
    | {_N}{{1,3}}[ ]?世纪(?:末|初|中叶)?
    | {_C}{{4}}年(?:{_C}{{1,3}}月)?(?:{_C}{{1,3}}日)?
    | (?<![个{_C[1:-1]}]){_C}{{1,2}}月(?:份|底|初|末|{_C}{{1,3}}日)?
    # Stretches of time that tell when: 近三年, 过去五年, 五年来, and the ages of plans: 三年行动, 五年规划.
    | (?:近|过去|最近|今后|未来|此后|其后|[前这头后每本])(?:的)?{_N}{{1,3}}[ ]?(?:多|余|个)?(?:年|月)(?![\d.%])
    | {_N}{{1,3}}(?:多|余)?年(?:来|以来|间|前|后|之前|之后|期间|行动|计划|规划|纲要|攻坚|提升|目标|任务)
    | {_N}{{1,3}}(?:多|余)?年(?:制|期|大计|级|代|度)
    | (?<!连续){_C}{{1,3}}年(?!以上|以下|左右)
    # Ordinals; 第11位 is read before this as a rank.
    | 第{_N}{{1,6}}(?:[、和至~-]{_N}{{1,6}}){{0,9}}[ ]?(?:个|次|项|条|款|批|届|期|轮|名|位|家|季度|大)?
    | {_C}{{1,3}}次(?:全会|全体|会议|党代会)|两位数|五天工作|[一两三]个孩子
    | 八项规定|[五四三]项(?:基本)?原则|三项制度|两个文明|五项原则|八项主张
    | [前末]{_N}{{1,3}}[ ]?[位名强]|{_C}{{1,3}}届{_C}{{1,3}}次
    # Quarters, sectors, instances, phases, classes: they tell which.
    | {_C}{{1,3}}(?:[、,和至]{_C}{{1,3}}){{0,6}}[ ]?
      (?:季度|产业|次产业|审|期|级|线|届|版|代|元制|等奖?|梯队|档|环|甲|星|者|手|路)
    | (?<![\d.])\d{{1,2}}(?:级|届|版|代|号|室|楼|路|栋楼|单元|弄|[ ]?公[ ]?里处)
    | \d{{1,4}}号(?:楼|线|院|令|公告)?
    # 一 as an article, and words that begin with a numeral.
    | (?<![十百千万亿零])一(?!半|[ ]?[万亿千百十]|番|成[以左的、,。;]|倍|分之)[a-z\u4e00-\u9fff]
    | (?<![十百千万亿零])二(?!分之|[十百千万亿成]|点)[\u4e00-\u9fff]
    | 十分(?!之)|四舍五入|三三制|七一(?!{_N})|八一(?!{_N})|五一(?!{_N})|十一(?=黄金周|假期|国庆)|九二共识
    | [上下]半年|百分点的|千分点
    | {_C}(?:大|面|方(?!面)|地|国(?!家)|农|公|保|险|新|好|高|化|网|区|江|角|峡|岸|会(?!议)|院|手|业)
    | 每[百千万亿{_C[1:-1]}]+|每\d+(?=[百千万亿]?(?:人|名|元|户|平方|公里|亩))[百千万]?
    # Slogans that also stand without quotation marks.
    | 两个(?:确立|维护|毫不动摇|结合|先行|健康|文明|大局|一百年|务必|转变|市场|积极性|规律|不低于|只增不减|坚定不移)
    | 三个(?:务必|区分开来|代表|面向|服务|一批|如何|转变|所有)|四个(?:自信|意识|全面|服务|伟大|革命|最严|不摘|面向|到位)
    | 五个(?:必由之路|一百|统筹|坚持|注重)|[一二三四五六七八九十]个(?:统一|坚持|必须|聚焦|着力|关键字)
    """,
    re.VERBOSE,
)
# 1.0版本, 5G, 4A, 20万吨级 is no such thing; PM2.5, S2线, G7: a numeral that touches letters is part of a name.
_STRAIGHT = re.compile(r'"[^"\n]*"')
_LONGEST_NAME = 22
_LETTER = re.compile(r"[A-Za-z][-_]?$")
_ABBREVIATIONS = re.compile(r"(?:GDP|CPI|PPI|R&D|PMI)$")


class Exclusions:
    """The stretches of one plain text in which no figure begins.

    >>> taken = Exclusions("第三，2024年3月7日建成“四个中心”和十三个站")
    >>> [taken.covers(at) for at in (1, 3, 16, 22)]
    [True, True, True, False]
    """

    def __init__(self, text: str) -> None:
        self._text = text
        spans = sorted([*(match.span() for match in _MASKS.finditer(text)), *_quoted(text)])
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def covers(self, start: int) -> bool:
        """Say whether `start` lies in a stretch that holds no figure, or touches letters in front of it."""
        at = bisect_right(self._starts, start) - 1
        if at >= 0 and start < self._ends[at]:
            return True
        before = self._text[max(0, start - 4) : start]
        return bool(_LETTER.search(before)) and not _ABBREVIATIONS.search(before)


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """Find names between straight quotation marks, which pair from the left of each line."""
    for match in _STRAIGHT.finditer(text):
        if match.end() - match.start() <= _LONGEST_NAME and not re.search("[%元,。;!?]", match[0]):
            yield match.span()
