"""Whether the characters of a page are text: fonts without a character map give wrong ones that look like success."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from corpus.pdfium import Glyph

_FEWEST_CHARACTERS = 10
_BROKEN_SHARE = 0.05
_IMPROBABLE_SHARE = 0.15
_MARKS_SHARE = 0.6
# The commonest characters of reports make up a third of any page; where they are rare, characters are mixed up.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民"
    "得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义"
    "事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直"
    "省市县区报告据统计比增长亿元万次总务管信息推项目设改革服务保障资金执责办落责任乡镇街道村"
)
_FEWEST_HAN = 120
_COMMON_SHARE = 0.1


def is_garbled(glyphs: Sequence[Glyph]) -> bool:
    """Say whether the characters of a page are not those it shows."""
    count = len(glyphs)
    if count < _FEWEST_CHARACTERS:
        return False
    text = [glyph.text for glyph in glyphs]
    if sum(glyph.broken for glyph in glyphs) > _BROKEN_SHARE * count:
        return True
    if sum(not _is_probable(character) for character in text) > _IMPROBABLE_SHARE * count:
        return True
    if sum(not character.isalnum() for character in text) > _MARKS_SHARE * count and len(set(text)) > count / 10:
        return True
    han = [character for character in text if "\u4e00" <= character <= "\u9fff"]
    return len(han) >= _FEWEST_HAN and sum(character in _COMMON for character in han) < _COMMON_SHARE * len(han)


@lru_cache(maxsize=8192)
def _is_probable(character: str) -> bool:
    """Say whether a character may stand in a report: what the national and the Taiwan set hold."""
    if "\u00c0" <= character <= "\u024f":
        # Letters with accents: right in a French name, but Chinese read in a wrong encoding looks like a page of them.
        return False
    for encoding in ("gb2312", "big5"):
        try:
            character.encode(encoding)
        except UnicodeEncodeError:
            continue
        return True
    # Marks that both sets lack and that occur in reports.
    return character in "•–—‘’“”…€²³¥©®·﹙﹚〇㎡㎞℃⁃▪●◆■□▲△★☆①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳" or "\uff01" <= character <= "\uff5e"
