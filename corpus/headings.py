"""Find the headings of a report: numbered ones, those the markup gives, short unnumbered lines, and leading sentences.

A heading is a slice of the stored text; one that runs into its paragraph is cut where its own sentence ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.fold import fold
from corpus.marks import Kind, Mark, candidates, chains_of, mark_at
from corpus.readers.base import Block
from corpus.tables import is_caption, is_row, read_unit
from corpus.types import Paragraph

STRICT_KINDS = frozenset({Kind.MARKUP, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.COMMA, Kind.BRACKET})

LASTING_KINDS = frozenset({Kind.ORDINAL, Kind.ARABIC})

_LONGEST_HEADING = 60
_LONGEST_LABEL = 30
_SHORTEST_PLAIN, _LONGEST_PLAIN = 3, 36
_LONGEST_LEAD = 45
_SHORTEST_BODY = 40
# A leading sentence is one only in the company of others, at most so many paragraphs away.
_LEAD_DISTANCE = 4

_SENTENCE_END = re.compile(r"[。！？；!?;]")
_CLAUSE_END = re.compile(r"[，,：:。！？；!?;]")
_COLON = re.compile(r"[：:]")
_LINE_END = re.compile(r"[。！？；：，、…,.;:!?—－-]$")
# What an unnumbered heading never is: a fact about the report, a greeting, a person, a photograph's caption, a cheer.
_NO_HEADING = re.compile(
    r"""(?:来源|作者|日期|时间|记者|编辑|单位|注|附注|附表|图|表|图中文字|图中文字（OCR识别）)\s*\d*\s*[:：]
    | (?:各位|同志们|尊敬的)
    | .{0,16}(?:省长|市长|区长|县长|州长|主席|总理|书记|主任|局长|厅长)\s*\S[\s\S]{1,12}$
    | 附?图\s*[\d０-９]{1,3} .*
    | .*(?:摄|供图|报道|讯|万岁)$ | [（(]?[\d０-９\s年月日:：.／/-]+[）)]?$ | [\[［]\d+[\]］] | .*[|｜] | .*\t
    | .*会议?上[）)]?$ | [\d０-９〇○零一二三四五六七八九]{4}年.{1,12}日""",
    re.VERBOSE,
)
# Unnumbered headings that end a report's outline, whatever follows them.
CLOSING = re.compile(
    r"(?:结束语|结语|名词(?:解释|注释)|注释?|附[注录则]|附件\s*[0-9０-９一二三四五]?|缩略语|有关说明)[:：]?$"
)
_ANNOUNCES = re.compile(r"以下|如下|下列|报告工作|请予审议")
_PRINTS_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
# 一、总体情况……………3: an entry of a table of contents.
_LEADERS = re.compile(r"(?:[.．…·\s]{3,}|\t)\s*[0-9０-９]{1,3}$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading before it is nested.

    Attributes:
        kind: how it is marked.
        ordinal: its number in its chain; for markup the level; for unnumbered lines 0 above another one, else 1.
        start: offset of its first character.
        end: end of the heading's own words.
        paragraph: index of its paragraph.
        inline: whether it stands inside a paragraph.
        whole_line: whether its line holds nothing else, not even a full stop.
    """

    kind: Kind
    ordinal: int
    start: int
    end: int
    paragraph: int
    inline: bool = False
    whole_line: bool = False


def find_headings(
    text: str, paragraphs: Sequence[Paragraph], blocks: Sequence[Block], title: str, body: int
) -> tuple[Heading, ...]:
    """Find all headings, in order.

    Args:
        text: the stored text.
        paragraphs: its paragraphs.
        blocks: the block that each paragraph was made of.
        title: the report's title, which heads no section.
        body: index of the first paragraph behind title, date and author.
    """
    levels = [block.level for block in blocks]
    rows = {index for index, block in enumerate(blocks) if block.table is not None}
    found = [*_markup(paragraphs, levels, text, title), *_numbered(text, paragraphs, levels, rows)]
    taken = {heading.paragraph for heading in found}
    found += _plain(text, paragraphs, taken, rows, title, body)
    taken = rows | {heading.paragraph for heading in found}
    opened = {heading.paragraph for heading in found if not heading.inline} | rows
    found += _leads(paragraphs, blocks, taken, opened, body)
    found.sort(key=lambda heading: heading.start)
    return tuple(_without_contents(text, paragraphs, found))


def _markup(paragraphs: Sequence[Paragraph], levels: Sequence[int], text: str, title: str) -> Iterator[Heading]:
    """Yield the headings that the markup gives; the report's own title is none."""
    for index, (paragraph, level) in enumerate(zip(paragraphs, levels, strict=True)):
        line = text[paragraph.start : paragraph.end]
        if level and fold(line) != fold(title):
            end = paragraph.start + len(line.rstrip("。：:")) or paragraph.end
            yield Heading(Kind.MARKUP, level, paragraph.start, end, index, whole_line=True)


def _numbered(text: str, paragraphs: Sequence[Paragraph], levels: Sequence[int], rows: set[int]) -> Iterator[Heading]:
    """Yield the numbered headings: the strict kinds as they come, the others only where they follow in order."""
    strict: list[tuple[Mark, int]] = []
    loose: list[tuple[Mark, int]] = []
    for index, (paragraph, level) in enumerate(zip(paragraphs, levels, strict=True)):
        if level or index in rows or is_row(text[paragraph.start : paragraph.end]):
            continue
        mark = mark_at(text, paragraph.start, paragraph.end)
        if mark:
            (strict if mark.kind in STRICT_KINDS else loose).append((mark, index))
        loose += [(inner, index) for inner in candidates(text, mark.end if mark else paragraph.start, paragraph.end)]
    borders = sorted([index for _, index in strict] + [index for index, level in enumerate(levels) if level])
    members = sorted([*strict, *_in_order(loose, borders)], key=lambda member: member[0].start)
    for position, (mark, index) in enumerate(members):
        following = members[position + 1][0].start if position + 1 < len(members) else len(text)
        end = min(paragraphs[index].end, following)
        if mark.end < end:
            yield _cut(text, mark, end, index, paragraphs[index])


def _in_order(loose: Sequence[tuple[Mark, int]], borders: Sequence[int]) -> Iterator[tuple[Mark, int]]:
    """Yield the loose marks that form chains; only 第一 and 1. go on over the headings around them."""
    owner = {mark.start: index for mark, index in loose}
    lasting = [mark for mark, _ in loose if mark.kind in LASTING_KINDS]
    chains = chains_of(lasting)
    passing = [(mark, bisect_right(borders, index)) for mark, index in loose if mark.kind not in LASTING_KINDS]
    for _, group in groupby(passing, key=lambda member: member[1]):
        marks = [mark for mark, _ in group]
        dashes = [mark for mark in marks if mark.kind is Kind.DASH]
        chains += chains_of(mark for mark in marks if mark.kind is not Kind.DASH)
        chains += [dashes] if len(dashes) > 1 else []
    yield from ((mark, owner[mark.start]) for chain in chains for mark in chain)


def _cut(text: str, mark: Mark, end: int, index: int, paragraph: Paragraph) -> Heading:
    """Make a heading of a mark: up to its sentence's end, or to the first comma or colon if that is far."""
    limit = min(end, mark.start + _LONGEST_HEADING)
    sentence = _SENTENCE_END.search(text, mark.end, limit)
    colon = _COLON.search(text, mark.end + 1, min(limit, mark.start + _LONGEST_LABEL))
    clause = _CLAUSE_END.search(text, mark.end + 1, limit)
    if not sentence and end - mark.start <= _LONGEST_HEADING:
        finish = end
    elif colon and clause and colon.start() == clause.start():
        finish = colon.start()
    elif sentence and sentence.start() > mark.end:
        finish = sentence.start()
    else:
        finish = clause.start() if clause else limit
    finish = max(mark.end, mark.start + len(text[mark.start : finish].rstrip("：:，,、 \t\u3000")))
    inline = mark.start > paragraph.start
    return Heading(mark.kind, mark.ordinal, mark.start, finish, index, inline, finish == paragraph.end and not inline)


def _plain(
    text: str, paragraphs: Sequence[Paragraph], taken: set[int], rows: set[int], title: str, body: int
) -> Iterator[Heading]:
    """Yield the unnumbered headings: short lines without an end, above something longer or above another heading."""
    lines = [text[paragraph.start : paragraph.end] for paragraph in paragraphs]
    free = [index for index in range(body, len(lines) - 1) if index not in taken | rows]
    free = [index for index in free if fold(lines[index]) != fold(title)]
    plain = {index for index in free if _may_be_plain(lines[index])}
    plain -= {index for index in plain if {index - 1, index + 1} <= plain}
    for index in sorted(plain, reverse=True):
        below = index + 1
        above_text = _is_body(lines[below], len(lines[index])) or is_caption(lines[below])
        if not (above_text or below in plain or below in taken):
            plain.discard(index)
    plain.update(index for index in free if CLOSING.match(lines[index]))
    for index in sorted(plain):
        start, level = paragraphs[index].start, 0 if index + 1 in plain else 1
        yield Heading(Kind.PLAIN, level, start, start + len(lines[index].rstrip("：:")), index, whole_line=True)


def _may_be_plain(line: str) -> bool:
    """Say whether a line looks like an unnumbered heading, its surroundings aside."""
    return (
        _SHORTEST_PLAIN <= len(line) <= _LONGEST_PLAIN
        and not _LINE_END.search(line)
        and not _SENTENCE_END.search(line)
        and bool(_PRINTS_WORDS.search(line))
        and not _NO_HEADING.match(line)
        and not (is_caption(line) or read_unit(line) or _LEADERS.search(line))
    )


def _is_body(line: str, heading_length: int) -> bool:
    """Say whether a line is text that a heading may stand above."""
    return len(line) > heading_length and bool(_SENTENCE_END.search(line)) and not is_row(line)


def _leads(
    paragraphs: Sequence[Paragraph], blocks: Sequence[Block], taken: set[int], opened: set[int], body: int
) -> Iterator[Heading]:
    """Yield the leading sentences that stand on a line of their own above their paragraph, several of them.

    Where a file sets its paragraphs apart, a leading sentence is not set apart from its own. None is itself `taken` by
    a heading, nor stands above a paragraph that is `opened` by one.
    """
    gaps = sum(block.after_gap for block in blocks[1:])
    apart = len(blocks) / 3 < gaps < len(blocks) - 1
    leads = [
        index
        for index in range(body, len(blocks) - 1)
        if index not in taken
        and index + 1 not in opened
        and not (apart and blocks[index + 1].after_gap)
        and _is_lead(blocks[index].text, blocks[index + 1].text)
    ]
    company = {index for pair in pairwise(leads) if pair[1] - pair[0] <= _LEAD_DISTANCE for index in pair}
    for index in sorted(company):
        start, end = paragraphs[index].start, paragraphs[index].end
        yield Heading(Kind.LEAD, 1, start, end - 1, index, whole_line=True)


def _is_lead(line: str, following: str) -> bool:
    """Say whether a line is one short sentence above a long paragraph."""
    return (
        4 <= len(line) <= _LONGEST_LEAD
        and line.endswith("。")
        and len(_SENTENCE_END.findall(line)) == 1
        and not _ANNOUNCES.search(line)
        and not _NO_HEADING.match(line)
        and len(following) >= max(_SHORTEST_BODY, 2 * len(line))
    )


def _without_contents(text: str, paragraphs: Sequence[Paragraph], found: Sequence[Heading]) -> list[Heading]:
    """Leave out the entries of a table of contents: whole lines, several together, whose words come again below."""
    keys = [fold(_LEADERS.sub("", text[heading.start : heading.end])) for heading in found]
    left = Counter(keys)
    rows = {heading.paragraph for heading in found if heading.end >= paragraphs[heading.paragraph].end - 1}
    kept: list[Heading] = []
    for key, heading in zip(keys, found, strict=True):
        left[key] -= 1
        in_list = heading.paragraph in rows and bool({heading.paragraph - 1, heading.paragraph + 1} & rows)
        if not (in_list and left[key]) and not _LEADERS.search(text[heading.start : heading.end]):
            kept.append(heading)
    return kept
