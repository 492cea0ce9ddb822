"""Put paragraphs together again that a web page's links, bold words or hard line breaks have cut into lines.

Lines are joined without inserting a character, so every quote still stands in the file, white space aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import quantiles

from corpus.geometry import shift
from corpus.marks import Kind, mark_at
from corpus.readers.base import Block
from corpus.tables import is_caption, is_row, read_unit
from corpus.titles import is_title

# No paragraph begins with one of these.
_CLOSERS = "》，、。；：）)」』”’！？％%】〉］,;:!?…"
_BRACKETS = {"《": "》", "（": "）", "“": "”", "(": ")", "〈": "〉", "「": "」"}
# Nor does one begin so, or end so.
_GOES_ON = re.compile(r"的(?!确)|(?:是|为)[:：]")
_HANGS = re.compile(r"(?:[的和与及、，,—]|以及|并)$")
_INNER_END = re.compile(r"[。！？；;]")
_LAST_OF_SENTENCE = re.compile(r"[。！？；：!?;:.…][”’」』）)》\"']*$")
# Lines that carry facts about the report: they end where they end.
_FACT_LABEL = re.compile(
    r"(?:文章)?(?:来源|作者|日期|时间|发表时间|发布时间|发布日期|发布机构|发文机关|成文日期|文号|索引号|主题词|标题)\s*[:：]"
)
_SUBTITLE_START = re.compile(r"(?:[—―–-]{1,2}\s*)?[（(]?\s*[0-9０-９〇○零一二三四五六七八九]{4}年[^。，]{1,12}日在")
_SUBTITLE_END = re.compile(r"会议?上[）)]?$")
_SALUTATION = re.compile(r"(?:各位代表|同志们|尊敬的)")
# A closing bracket this far into the next line still belongs to the open one above.
_LOOK_AHEAD = 80
# Headings are shorter: a longer line without an end was cut.
_LONGEST_HEADING = 60
# A file whose lines nearly all have the same length was wrapped by a program.
_WRAPPED_SHARE = 0.6
_FEWEST_WRAPPED_LINES = 12


def join_broken(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Join the blocks that are one paragraph.

    >>> parts = [Block("全会通过的《"), Block("关于制定规划的建议"), Block("》，提出了目标。"), Block("一、回顾")]
    >>> [block.text for block in join_broken(parts)]
    ['全会通过的《关于制定规划的建议》，提出了目标。', '一、回顾']
    """
    width = _wrap_width(blocks)
    gaps = sum(block.after_gap for block in blocks) > len(blocks) / 3
    titled = int(bool(blocks) and is_title(blocks[0].text))
    return (*blocks[:titled], *_join_groups(blocks[titled:], gaps, width))


def _join_groups(blocks: Sequence[Block], gaps: bool, width: int | None) -> Iterator[Block]:
    """Yield each run of blocks that belong together as one block."""
    group: list[Block] = []
    unclosed: list[str] = []
    for index, block in enumerate(blocks):
        if group and not _belongs(group, block, gaps, width) and not _closes_bracket(group, unclosed, blocks, index):
            yield _merge(group)
            group, unclosed = [], []
        group.append(block)
        _track_brackets(block.text, unclosed)
    if group:
        yield _merge(group)


def _merge(group: Sequence[Block]) -> Block:
    """Make one block of several; latin words stay apart."""
    if len(group) == 1:
        return group[0]
    text, lines = group[0].text, list(group[0].lines)
    for block in group[1:]:
        both_latin = text[-1:].isascii() and text[-1:].isalpha() and block.text[:1].isascii()
        text += " " if both_latin and block.text[:1].isalpha() else ""
        lines += shift(block.lines, len(text))
        text += block.text
    exhibits = tuple(number for block in group for number in block.exhibits)
    return replace(group[0], text=text, lines=tuple(lines), exhibits=exhibits)


def _track_brackets(text: str, unclosed: list[str]) -> None:
    """Note which brackets a line leaves open; an unmatched closing one is passed over."""
    for character in text:
        if character in _BRACKETS:
            unclosed.append(_BRACKETS[character])
        elif character in unclosed[-2:]:
            while unclosed.pop() != character:
                pass


def _closes_bracket(group: Sequence[Block], unclosed: Sequence[str], blocks: Sequence[Block], index: int) -> bool:
    """Say whether the bracket that a paragraph has left open is closed soon below."""
    last = group[-1]
    if not unclosed or last.level or blocks[index].level or _is_row(last) or _ends_sentence(last.text):
        return False
    ahead = "".join(block.text[:_LOOK_AHEAD] for block in blocks[index : index + 3])
    return unclosed[-1] in ahead[:_LOOK_AHEAD]


def _belongs(group: Sequence[Block], block: Block, gaps: bool, width: int | None) -> bool:
    """Say whether a block goes on with the paragraph of the blocks before it."""
    last = group[-1].text
    if block.level or group[-1].level or _is_row(block) or _is_row(group[-1]):
        return False
    if block.text[0] in _CLOSERS or last[-1] in _BRACKETS or _GOES_ON.match(block.text):
        return True
    if _is_bare(last):
        return not block.after_gap or not gaps
    if _SUBTITLE_START.match(last) and not _SUBTITLE_END.search(last):
        return bool(_SUBTITLE_END.search(block.text))
    if _ends_sentence(last) or _stands_alone(last) or _opens(block.text):
        return False
    return bool(_HANGS.search(last)) or _is_cut(group, block, gaps, width)


def _is_row(block: Block) -> bool:
    """Say whether a block is a row of a table."""
    return block.table is not None or is_row(block.text)


def _is_cut(group: Sequence[Block], block: Block, gaps: bool, width: int | None) -> bool:
    """Say whether the last line, which has no end, was cut there."""
    last = group[-1].text
    if gaps:
        return not (block.after_gap or _is_heading_line(group))
    if width is not None and not block.after_gap and len(last) >= width - 2:
        return True
    return sum(len(part.text) for part in group[-3:]) > _LONGEST_HEADING and not _is_heading_line(group)


def _is_heading_line(group: Sequence[Block]) -> bool:
    """Say whether a group is one numbered line without the end of a sentence, as a heading is."""
    line = group[0].text
    mark = mark_at(line, 0, len(line)) if len(group) == 1 and len(line) <= _LONGEST_HEADING else None
    return mark is not None and mark.kind is not Kind.DASH and not _INNER_END.search(line)


def _is_bare(line: str) -> bool:
    """Say whether a line is a number or a label without its text, as 一是 or （二） or 来源： alone."""
    label = _FACT_LABEL.match(line)
    mark = mark_at(line, 0, len(line))
    return bool(label and label.end() == len(line)) or bool(mark and mark.end == len(line))


def _ends_sentence(line: str) -> bool:
    """Say whether a line ends as a sentence does, closing quotation marks aside."""
    return bool(_LAST_OF_SENTENCE.search(line[-8:]))


def _stands_alone(line: str) -> bool:
    """Say whether a line is complete although it ends without a full stop."""
    return bool(_FACT_LABEL.match(line) or _SALUTATION.match(line) or is_caption(line) or read_unit(line))


def _opens(line: str) -> bool:
    """Say whether a line can only begin a paragraph."""
    mark = mark_at(line, 0, len(line))
    numbered = mark is not None and mark.kind not in {Kind.SAID, Kind.DEMAND, Kind.COMMA}
    strict = mark is not None and mark.kind is Kind.COMMA and mark.end < len(line)
    return numbered or strict or bool(_FACT_LABEL.match(line) or _SALUTATION.match(line) or is_caption(line))


def _wrap_width(blocks: Sequence[Block]) -> int | None:
    """Find the line length at which a program wrapped the file; None where lines end as paragraphs do."""
    lengths = [len(block.text) for block in blocks if not _is_row(block)]
    if len(lengths) < _FEWEST_WRAPPED_LINES:
        return None
    width = int(quantiles(lengths, n=20)[-1])
    full = sum(width - 3 <= length <= width + 1 for length in lengths)
    return width if width >= 16 and full >= _WRAPPED_SHARE * len(lengths) else None
