"""The facts about a report: title, issuer, kind, year, date, source and document number.

They come from the report's head (the lines above its body), from its file name where that has the form
YEAR_ISSUER_KIND, and only then from the first sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as calendar_date
from pathlib import PurePosixPath

from corpus.marks import Kind, mark_at
from corpus.numerals import parse_chinese_integer
from corpus.readers.base import NO_PROPERTIES, Properties
from corpus.titles import TitleFacts, is_title, name_issuer, read_file_name, read_title, read_year, strip_footnote
from corpus.types import Fact, Origin


@dataclass(frozen=True, slots=True)
class Metadata:
    """The facts about one report; empty strings and None where it does not say."""

    title: str
    issuer: str
    kind: str
    year: int | None
    date: str
    document_number: str
    source: str
    facts: tuple[Fact, ...] = ()


# How often a guess of each origin is right. On 84 reports whose file names tell the truth, titles were right about
# issuer, kind and year in every case; by the rule of three that is 0.96 at least. For the other origins too few were
# seen to measure: those are placed by judgement.
_CONFIDENCE = {Origin.FILE_NAME: 0.98, Origin.TITLE: 0.96, Origin.TEXT: 0.7, Origin.PROPERTIES: 0.5}
_BODY_LENGTH = 60
_LONGEST_HEAD = 24
_HEAD_CHARACTERS = 1_500
_SALUTATION = re.compile(r"(?:各位|同志们|尊敬的)")
_OUTER_KINDS = frozenset({Kind.PART, Kind.CHAPTER, Kind.COMMA, Kind.BRACKET})

_DIGITS = "0-9０-９〇○零一二三四五六七八九十"
_DATE = re.compile(
    rf"(?P<year>[12１２一二][{_DIGITS}]{{3}})\s*[年/.\-－—](?P<month>[{_DIGITS}]{{1,3}})\s*[月/.\-－—](?P<day>[{_DIGITS}]{{1,3}})(?![{_DIGITS}])"
)
# ——2026年2月3日在…会议上: the day on which the report was given, and before whom.
_GIVEN = re.compile(rf"{_DATE.pattern}\s*日?[^。\n]{{0,8}}在(?P<place>[^。\n]{{2,40}}?)第?[{_DIGITS}]{{1,4}}届")
_LABELLED_DATE = re.compile(rf"(?:发布|成文|发表|印发)?(?:日期|时间)\s*[:：]\s*{_DATE.pattern}")
_SOURCE = re.compile(
    r"(?:信息|文章|稿件)?来\s*源\s*[:：]\s*(?P<source>[^|｜\n\t]{2,40}?)\s*(?:[|｜\n\t]|$|\s(?=作者|日期|时间|发布|浏览))"
)
# 云政发〔2024〕12号, also with [2024], （2024） and 【2024】
_DOCUMENT_NUMBER = re.compile(
    rf"(?<![\u4e00-\u9fff《])[\u4e00-\u9fff]{{1,12}}\s*"
    rf"[〔\[［【（(﹝]\s*[{_DIGITS}]{{4}}\s*[〕\]］】）)﹞]\s*第?\s*\d{{1,5}}\s*号"
)
_SPEAKS_FOR = re.compile(r"我?(?:代表|受)(?P<issuer>[\u4e00-\u9fff]{2,16}?(?:人民政府|国务院))")
_NATION = "全国人民代表大会"


def find_body(lines: Sequence[str], levels: Sequence[int]) -> int:
    """Find the first line of the body: a greeting, a long line, or the first outer heading.

    >>> find_body(["云溪县政府工作报告", "县长 某某", "各位代表：", "一、回顾"], [0, 0, 0, 0])
    2
    """
    for index, (line, level) in enumerate(zip(lines[:_LONGEST_HEAD], levels, strict=False)):
        mark = mark_at(line, 0, len(line))
        heading = (mark is not None and mark.kind in _OUTER_KINDS) or (level and index and not is_title(line))
        sentence = len(line) > _BODY_LENGTH and not (is_title(line) or _SOURCE.search(line) or _GIVEN.search(line))
        if heading or sentence or _SALUTATION.match(line):
            return index
    return min(len(lines), 1)


def read_metadata(
    lines: Sequence[str], body: int, markup_title: str, file: str, properties: Properties = NO_PROPERTIES
) -> Metadata:
    """Gather the facts about a report.

    Args:
        lines: the report's lines.
        body: index of the first line of the body.
        markup_title: the title that the markup gives, or "".
        file: the name of the file; only a name of the form YEAR_ISSUER_KIND says something.
        properties: what the document's own properties say; believed where nothing else says anything.

    >>> read_metadata(["云溪县2024年统计公报", "日期:2025-03-01"], 1, "", "a.txt").date
    '2025-03-01'
    """
    head = [*lines[:body], *lines[body : body + 1]] if body else list(lines[:1])
    opening = "\n".join(lines[: body + 6])[:_HEAD_CHARACTERS]
    title, title_origin = _find_title(head, markup_title, lines, properties)
    named = read_file_name(PurePosixPath(file.replace("\\", "/")).stem)
    titled = _read_titles(head, title)
    given = _GIVEN.search(opening)
    facts = Metadata(
        title=title,
        issuer=named.issuer or titled.issuer or _find_issuer(given, head, opening) or name_issuer(properties.author),
        kind=named.kind or titled.kind,
        year=named.year or titled.year or _find_year(titled.kind, given, opening),
        date=_find_date(given, opening, head),
        document_number=_find_document_number(lines[: body + 1]),
        source=_first_group(_SOURCE, "\n".join(lines[: body + 3]), "source"),
    )
    return replace(facts, facts=tuple(_origins(facts, named, titled, title_origin, properties)))


def _origins(
    facts: Metadata, named: TitleFacts, titled: TitleFacts, title_origin: Origin, properties: Properties
) -> Iterator[Fact]:
    """Yield where each known fact comes from."""
    yield Fact("title", title_origin, _CONFIDENCE[title_origin])
    for name in ("issuer", "kind", "year"):
        value = getattr(facts, name)
        if value:
            by_author = name == "issuer" and not named.issuer and value == name_issuer(properties.author)
            origin = Origin.PROPERTIES if by_author else Origin.TEXT
            origin = Origin.TITLE if getattr(titled, name) else origin
            origin = Origin.FILE_NAME if getattr(named, name) else origin
            yield Fact(name, origin, _CONFIDENCE[origin])
    for name in ("date", "document_number", "source"):
        if getattr(facts, name):
            yield Fact(name, Origin.TEXT, _CONFIDENCE[Origin.TEXT])


def _find_title(
    head: Sequence[str], markup_title: str, lines: Sequence[str], properties: Properties
) -> tuple[str, Origin]:
    """Find the title: the first title-like line of the head, that of the markup or properties, or the first line."""
    found = strip_footnote(next((line for line in head if is_title(line)), "") or markup_title)
    if found:
        return found, Origin.TITLE
    if is_title(properties.title):
        return properties.title, Origin.PROPERTIES
    return strip_footnote(lines[0][:_BODY_LENGTH] if lines else ""), Origin.TEXT


def _read_titles(head: Sequence[str], title: str) -> TitleFacts:
    """Read the title, and let the head's other titles say what it leaves out (政府工作报告 alone names no issuer)."""
    facts = [read_title(title), *(read_title(line) for line in head if is_title(line))]
    return TitleFacts(
        issuer=next((fact.issuer for fact in facts if fact.issuer), ""),
        kind=next((fact.kind for fact in facts if fact.kind), ""),
        year=next((fact.year for fact in facts if fact.year), None),
    )


def _find_issuer(given: re.Match[str] | None, head: Sequence[str], opening: str) -> str:
    """Find the issuer outside the title: the assembly's area, the government spoken for, or the source."""
    if given:
        place = re.sub(r"\s", "", given["place"])
        issuer = "国务院" if place in _NATION or place.startswith("全国") else name_issuer(place)
        if issuer:
            return issuer
    if f"国{_NATION[2:]}" in "".join(head) or re.search(r"代表国务院|国务院总理", opening):
        return "国务院"
    spoken = name_issuer(_first_group(_SPEAKS_FOR, opening, "issuer"))
    source = name_issuer(_first_group(_SOURCE, "\n".join(head), "source"))
    return next((name for name in (spoken, source) if len(name) > 1), "")


def _find_year(kind: str, given: re.Match[str] | None, opening: str) -> int | None:
    """Find the year outside the title: a work report has that of its congress, any other the first one it names."""
    if given:
        return parse_chinese_integer(given["year"])
    dated = _LABELLED_DATE.search(opening)
    if kind == "政府工作报告" and dated:
        return parse_chinese_integer(dated["year"])
    return read_year(_LABELLED_DATE.sub("", opening)) or (parse_chinese_integer(dated["year"]) if dated else None)


def _find_date(given: re.Match[str] | None, opening: str, head: Sequence[str]) -> str:
    """Find the report's day: when it was given, else the day that is labelled as its date, else one in its head."""
    lone = next((found for line in head if len(line) <= 40 and (found := _DATE.search(line))), None)
    for found in (given, _LABELLED_DATE.search(opening), lone):
        day = _to_iso(found) if found else ""
        if day:
            return day
    return ""


def _to_iso(found: re.Match[str]) -> str:
    """Write a matched date as yyyy-mm-dd; the empty string for a day that no calendar has."""
    year, month, day = (parse_chinese_integer(found[part]) for part in ("year", "month", "day"))
    try:
        return calendar_date(year or 0, month or 0, day or 0).isoformat()
    except ValueError:
        return ""


def _find_document_number(lines: Sequence[str]) -> str:
    """Find the report's own document number, which stands on a short line of its head; body text cites others'."""
    for line in lines:
        found = _DOCUMENT_NUMBER.search(line) if len(line) <= _BODY_LENGTH else None
        if found:
            return re.sub(r"\s", "", re.sub(r"^(?:文号|发文字号|文件编号|编号)[:：]?", "", found[0]))
    return ""


def _first_group(pattern: re.Pattern[str], text: str, group: str) -> str:
    """Return the named group of the first match, stripped; the empty string without one."""
    found = pattern.search(text)
    return found[group].strip() if found else ""
