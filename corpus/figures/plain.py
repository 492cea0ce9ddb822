"""One form of each sign, character for character, so that a grammar reads both widths and offsets stay."""

from __future__ import annotations

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME_SIGN: dict[int, int | str] = {
    **dict.fromkeys(map(ord, "—–―‒‐‑─━−"), "-"),
    **dict.fromkeys(map(ord, "〜∼∽"), "~"),
    **dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\u202f"), " "),
    **dict.fromkeys(map(ord, "〇○"), "零"),
    **dict.fromkeys(map(ord, "﹪"), "%"),
    ord("∶"): ":",
}
_TABLE: dict[int, int | str] = {**_FULL_WIDTH, **_SAME_SIGN}


def plain(text: str) -> str:
    """Give every character its half-width or usual form; the length stays, and so do all offsets.

    >>> plain("增长１２．５％，（三）")
    '增长12.5%,(三)'
    """
    return text.translate(_TABLE)
