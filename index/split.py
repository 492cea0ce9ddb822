"""Cutting a sentence that is too long for one chunk: the one importer of `langchain_text_splitters`."""

from __future__ import annotations

from langchain_text_splitters import RecursiveCharacterTextSplitter

# Where a long sentence may be cut, best place first; the empty string lets a run without any mark be cut at all.
_SEPARATORS = ["\n", "；", ";", "，", ",", "、", " ", ""]


def split_long(text: str, max_chars: int) -> list[tuple[int, int]]:
    """Cut `text` into spans of at most `max_chars` characters at commas and the like.

    The splitter's own start index is wrong for repeated text, so each piece is looked for from the end of the last.

    >>> split_long("甲乙丙，丁戊己，庚辛", 5)
    [(0, 4), (4, 8), (8, 10)]
    """
    splitter = RecursiveCharacterTextSplitter(
        separators=_SEPARATORS, chunk_size=max_chars, chunk_overlap=0, keep_separator="end", strip_whitespace=False
    )
    spans: list[tuple[int, int]] = []
    position = 0
    for piece in splitter.split_text(text):
        start = text.index(piece, position)
        position = start + len(piece)
        spans.append((start, position))
    return spans
