"""Split a sentence into clauses: the smallest runs of words that say one thing, and carry one figure."""

from __future__ import annotations

import re

# A comma between digits parts thousands; a 、 parts clauses only behind a number (1.5万家、科技型中小企业3.2万家).
_CUT = re.compile(r"(?<!\d)[，,]|[，,](?!\d)|[；;：:。！？!?\n]|——|[(（)）]")
_LIST_CUT = re.compile(r"(?<=[\d０-９%％‰万亿个件家项次人名所条起户元吨亩里])、")
_DIGIT = re.compile(r"[\d０-９]")


def clause_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split `text[start:end]` into clauses; the spans follow each other and leave out only marks and white space.

    >>> text = "调解成功2297件(口头465件,书面1832件),增长8,316次。"
    >>> [text[begin:finish] for begin, finish in clause_spans(text, 0, len(text))]
    ['调解成功2297件', '口头465件', '书面1832件', '增长8,316次']
    """
    cuts = [match.span() for match in _CUT.finditer(text, start, end)]
    cuts += [m.span() for m in _LIST_CUT.finditer(text, start, end) if _is_figure_list(text, m.start(), start)]
    spans, begin = [], start
    for left, right in [*sorted(cuts), (end, end)]:
        piece = text[begin:left]
        stripped = piece.strip()
        if stripped:
            place = begin + len(piece) - len(piece.lstrip())
            spans.append((place, place + len(stripped)))
        begin = max(begin, right)
    return spans


def _is_figure_list(text: str, place: int, start: int) -> bool:
    """Tell whether a number stands shortly before a place."""
    return bool(_DIGIT.search(text, max(start, place - 6), place))
