"""Where tables and exhibits stand in the text, and what the lines around them say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.readers.base import INSIDE, Block
from corpus.tables import lead_in, notes_below
from corpus.types import Exhibit, Paragraph, Section, Table

# 图1 …, 图 2-1：…, 附图 …
_LABEL = re.compile(r"附?图\s*(?:[0-9０-９]{1,3}(?:[-—.．][0-9０-９]{1,2})?|[一二三四五六七八九十]{1,3}(?=[\s:：]))")
_NUMBERED = re.compile(r"附?图\s*(?:[0-9０-９]|[一二三四五六七八九十]{1,3}[\s:：])")
# A line that names a picture without a number: 行政执法流程图.
_NAME = re.compile(r"[^。；，：:\t]{2,38}(?:图|示意图|流程图|照片|图片|图表)(?:[（(][^（()）]{1,12}[)）])?$")
_LONGEST_CAPTION = 80


def place_tables(
    tables: Sequence[Table], blocks: Sequence[Block], paragraphs: Sequence[Paragraph]
) -> tuple[Table, ...]:
    """Say of each table where it stands, and find the caption, unit and notes that its reader has left open.

    A table of which no row was kept is left out.

    Args:
        tables: as the reader gives them.
        blocks: the blocks of the text, which name the tables they are rows of.
        paragraphs: one for each block.
    """
    rows: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.table is not None:
            rows.setdefault(block.table, []).append(index)
    lines = [block.text for block in blocks]
    placed = []
    for number, own in sorted(rows.items(), key=lambda item: item[1][0]):
        first, last, table = own[0], own[-1], tables[number]
        caption, unit = lead_in(lines[max(0, first - 3) : first])
        placed.append(
            replace(
                table,
                caption=table.caption or caption,
                unit=table.unit or unit,
                page=blocks[first].page,
                start=paragraphs[first].start,
                end=paragraphs[last].end,
                notes=table.notes or notes_below(lines[last + 1 : last + 16]),
            )
        )
    return tuple(placed)


def describe_exhibits(
    exhibits: Sequence[Exhibit], blocks: Sequence[Block], inside: Sequence[str] = ()
) -> tuple[Block, ...]:
    """Put the words that describe a picture for those who cannot see it into the text, where it has no caption.

    The line that tells what is printed inside one follows it and its caption.
    """
    described: list[Block] = []
    captions = _captions(blocks)
    waiting: list[Block] = []
    for index, block in enumerate(blocks):
        described.append(block)
        described += waiting
        told = [inside[number] for number in block.exhibits if number < len(inside) and inside[number]]
        waiting = [Block(line, page=block.page, after_gap=True) for line in told]
        if captions.get(index) != index + 1:
            described += waiting
            waiting = []
        for number in block.exhibits:
            words = exhibits[number].caption
            if words and index not in captions:
                described[-1] = replace(described[-1], exhibits=tuple(n for n in described[-1].exhibits if n != number))
                described.append(Block(words, page=block.page, after_gap=True, exhibits=(number,)))
    return (*described, *waiting)


def place_exhibits(
    exhibits: Sequence[Exhibit], blocks: Sequence[Block], paragraphs: Sequence[Paragraph]
) -> tuple[Exhibit, ...]:
    """Say of each exhibit at which caption, or else at which paragraph, it stands.

    A picture without a caption of which the file holds no image is left out: nobody can see or find it.

    The caption is the line below the picture, or else above it, that is numbered (图1 …) or names a picture (…流程图).
    """
    placed = []
    captions = _captions(blocks)
    for index, block in enumerate(blocks):
        at = captions.get(index)
        for number in block.exhibits:
            caption = blocks[at].text if at is not None else exhibits[number].caption
            if not caption and not exhibits[number].image:
                continue
            mark = paragraphs[index if at is None else at]
            # Paragraphs count from 1: its number is the index of the next one.
            told = [p for p in paragraphs[mark.number :][:1] if blocks[mark.number].text.startswith(INSIDE)]
            label = _LABEL.match(caption)
            placed.append(
                replace(
                    exhibits[number],
                    label=label[0] if label else "",
                    caption=caption,
                    page=exhibits[number].page or block.page,
                    start=mark.start,
                    end=(told or [mark])[0].end,
                )
            )
    return tuple(placed)


def name_exhibits(exhibits: Sequence[Exhibit], sections: Sequence[Section]) -> tuple[Exhibit, ...]:
    """Name each exhibit without a caption by the heading it stands under."""
    named = []
    for exhibit in exhibits:
        around = [section for section in sections if section.start <= exhibit.start < section.end]
        innermost = max(around, key=lambda section: section.start, default=None)
        named.append(replace(exhibit, caption=innermost.heading) if innermost and not exhibit.caption else exhibit)
    return tuple(named)


def _captions(blocks: Sequence[Block]) -> dict[int, int]:
    """Find the caption of each block with pictures: block -> caption; no caption serves the pictures of two blocks."""
    found: dict[int, int] = {}
    for index, block in enumerate(blocks):
        at = _caption_at(blocks, index) if block.exhibits else None
        if at is not None and at not in found.values():
            found[index] = at
    return found


def _caption_at(blocks: Sequence[Block], index: int) -> int | None:
    """Find the caption of a picture that stands in or behind a block: the line below it, else the block itself."""
    near = [at for at in (index + 1, index) if at < len(blocks) and blocks[at].table is None]
    near = [at for at in near if len(blocks[at].text) <= _LONGEST_CAPTION]
    numbered = [at for at in near if _NUMBERED.match(blocks[at].text)]
    named = [at for at in near if _NAME.match(blocks[at].text)]
    return next(iter(numbered or named), None)
