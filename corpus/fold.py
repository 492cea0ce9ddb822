"""Fold text for comparison: one form for widths, cases and punctuation, and no white space.

The stored text is never folded; folded text is only compared, and offsets lead back to the original characters.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# What NFKC leaves apart although a reader takes it for the same sign: quotation marks, dashes, brackets, dots, tildes.
_ONE_FORM = str.maketrans(
    {
        **dict.fromkeys("“”„‟〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛＇`´", "'"),
        **dict.fromkeys("—–―‒‐‑─━−", "-"),
        **dict.fromkeys("【〔〖", "["),
        **dict.fromkeys("】〕〗", "]"),
        **dict.fromkeys("〈", "《"),
        **dict.fromkeys("〉", "》"),
        **dict.fromkeys("•・‧∙⋅", "·"),
        **dict.fromkeys("〜∼", "~"),
        **dict.fromkeys("○", "〇"),
    }
)


@lru_cache(maxsize=1 << 16)
def _fold_character(character: str) -> str:
    """Fold one character; the empty string for white space and for characters that print nothing."""
    if unicodedata.category(character) == "Cf":
        return ""
    lowered = unicodedata.normalize("NFKC", character).translate(_ONE_FORM).lower()
    folded = unicodedata.normalize("NFKC", lowered).translate(_ONE_FORM)
    return "".join(part for part in folded if not part.isspace())


def fold(text: str) -> str:
    """Fold a text so that two spellings of the same words compare equal.

    >>> fold("增长 １０.５％，“Ｇ D P”") == fold('增长10.5%,"gdp"')
    True
    """
    return "".join(map(_fold_character, text))


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Fold a text and say, for each folded character, at which offset its original character stands.

    >>> fold_with_offsets("５ ％")
    ('5%', [0, 2])
    """
    pieces: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        folded = _fold_character(character)
        pieces.append(folded)
        offsets.extend([offset] * len(folded))
    return "".join(pieces), offsets
