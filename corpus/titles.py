"""What a title says: who issued the report, of which kind it is, and for which year.

Titles come in a few forms: 2024年云溪县法治政府建设年度报告, 云溪县人民政府关于2023年度法治政府建设情况的报告,
松原岭县2023年国民经济和社会发展统计公报, 政府工作报告——2023年3月5日在…会议上.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.numerals import parse_chinese_integer


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """The facts in a title; empty strings and None where it does not say."""

    issuer: str = ""
    kind: str = ""
    year: int | None = None


# A kind's usual name, and the wordings under which reports of this kind appear.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("法治政府建设年度报告", re.compile(r"(?:推进)?法治政府建设(?:工作|年度|情况|总结|的){0,5}(?:报告|年报|总结)")),
    ("政府信息公开工作年度报告", re.compile(r"政府信息公开(?:工作)?(?:的?情况)?的?(?:年度)?(?:工作)?(?:报告|年报)")),
    ("政府工作报告", re.compile(r"政府工作(?:的)?报告")),
    ("国民经济和社会发展统计公报", re.compile(r"国民经济和社会发展(?:的)?统计公报")),
    ("国民经济和社会发展计划报告", re.compile(r"国民经济和社会发展计划.{0,40}报告")),
    ("预算执行情况报告", re.compile(r"预算执行情况.{0,40}报告")),
    ("财政决算报告", re.compile(r"(?:财政|预算)?决算.{0,20}报告")),
    ("审计工作报告", re.compile(r"预算执行和其他财政收支的?审计.{0,8}报告|审计工作报告")),
    ("人民法院工作报告", re.compile(r"人民法院工作报告")),
    ("人民检察院工作报告", re.compile(r"人民检察院工作报告")),
)
# Any other kind: the last noun phrase that ends in a word for a document.
_OTHER_KIND = re.compile(
    r"(?P<kind>[\u4e00-\u9fff、（）()]{2,40}?(?:报告|公报|白皮书|年报|总结|规划纲要|规划|纲要|工作要点|要点|实施方案|方案|计划|意见|通知))$"
)
_DOCUMENT_WORD = re.compile(
    r"报告|公报|白皮书|年报|总结|规划|纲要|要点|方案|计划|意见|通知|公告|report|bulletin", re.IGNORECASE
)

_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2}|[一二][〇○零九0-9一二三四五六七八]{3})\s*年(?:度)?")
_FILE_NAME = re.compile(r"(?P<year>(?:19|20)\d{2})_(?P<issuer>[^_]{2,40})_(?P<kind>[^_]{2,60})$")
_FOOTNOTE = re.compile(r"\s*[\[［〔(（]?\s*(?:注?\d{1,2}|[①-⑨*＊])\s*[\]］〕)）]\s*$|[①-⑨*＊]+$")
# An area's name ends in one of these; an office's in one of those.
AREA = r"(?:省|自治区|特别行政区|市|自治州|州|盟|地区|县|自治县|旗|区|镇|乡|街道|新区|开发区)"
_OFFICE = r"(?:国务院|[厅局委办院部署会]|办公室|委员会|管理局|中心)"
_ISSUER_END = re.compile(rf"(?:{AREA}|{_OFFICE})$")
_ISSUER_START = re.compile(
    rf"(?:.{{1,12}}?{AREA})(?:[\u4e00-\u9fff]{{1,10}}?(?:[厅局]|办公室|委员会))?(?:人民政府)?(?:的)?|国务院"
)
_NATION = re.compile(r"^中华人民共和国(?=国务院|.{2,}部$)|^中国(?=.{2,}部$)")
# The people's government of an area is called by the area's name; so is its working party.
_GOVERNMENT = re.compile(r"(?P<area>.{2,}?)(?:人民政府|政府|人民)(?:办公[室厅])?$")


def is_title(line: str) -> bool:
    """Say whether a line may be a title: short, with a word for a document, and no sentence.

    >>> [is_title(line) for line in ("云溪县2024年法治政府建设年度报告", "现在，我向大会报告工作。")]
    [True, False]
    """
    return 4 <= len(line) <= 80 and bool(_DOCUMENT_WORD.search(line)) and not re.search(r"[。！？；，]|[:：]", line)


def read_title(title: str) -> TitleFacts:
    """Read the facts of a title.

    >>> read_title("云溪县人民政府关于2023年度法治政府建设情况的报告")
    TitleFacts(issuer='云溪县', kind='法治政府建设年度报告', year=2023)
    >>> read_title("2026年广东省政府工作报告").issuer
    '广东省'
    """
    plain = re.sub(r"\s+", "", strip_footnote(title))
    name = re.split(r"[—―–]{1,2}|[（(]20\d\d年.*在", plain)[0] or plain
    kind, before = _split_kind(name)
    issuer = name_issuer(re.sub(r"关于.*$", "", _YEAR.sub("", before)))
    return TitleFacts(issuer, kind, read_year(name))


def strip_footnote(title: str) -> str:
    """Take a footnote's number off a title's end.

    >>> strip_footnote("2023年统计公报[1]")
    '2023年统计公报'
    """
    return _FOOTNOTE.sub("", title).strip()


def _split_kind(name: str) -> tuple[str, str]:
    """Split a title into its kind and what stands before it."""
    for kind, pattern in _KINDS:
        found = pattern.search(name)
        if found:
            return kind, name[: found.start()]
    year = _YEAR.search(name)
    topic = name[year.end() :] if year and year.start() else re.split("关于", _YEAR.sub("", name), maxsplit=1)[-1]
    issuer = _ISSUER_START.match(topic)
    other = _OTHER_KIND.search(topic[issuer.end() :] if issuer and len(topic) > issuer.end() + 3 else topic)
    if not other:
        return "", name
    kind = other["kind"].removeprefix("关于").removeprefix("的")
    return kind, name[: name.rfind(kind)] if kind in name else name


def name_issuer(name: str) -> str:
    """Bring an issuer's name to the form that reports are filed under: an area, or an office in full.

    >>> [name_issuer(name) for name in ("中华人民共和国国务院", "四川省人民政府", "岭东省司法厅", "年度")]
    ['国务院', '四川省', '岭东省司法厅', '']
    """
    name = _NATION.sub("", name.strip(" 　:：—-的"))
    government = _GOVERNMENT.match(name)
    if government and government["area"] not in {"人民", "中央"}:
        name = government["area"]
    return name if _ISSUER_END.search(name) and len(name) >= 2 and not _DOCUMENT_WORD.search(name) else ""


def read_year(text: str) -> int | None:
    """Read the first year that a text names, in Arabic or Chinese digits.

    >>> [read_year(text) for text in ("二〇二四年", "云溪县2023年度", "五年来")]
    [2024, 2023, None]
    """
    found = _YEAR.search(text)
    return parse_chinese_integer(found["year"]) if found else None


def read_file_name(stem: str) -> TitleFacts:
    """Read the facts of a file name of the form YEAR_ISSUER_KIND; other names say nothing.

    >>> read_file_name("2024_云溪县_法治政府建设年度报告")
    TitleFacts(issuer='云溪县', kind='法治政府建设年度报告', year=2024)
    """
    found = _FILE_NAME.fullmatch(stem.strip())
    return TitleFacts(found["issuer"], found["kind"], int(found["year"])) if found else TitleFacts()
