"""Writing Markdown around report text that is not to be taken for Markdown."""

from __future__ import annotations

import re

_ALWAYS = re.compile(r"([\\`*_{}\[\]<>|~$#&])")
# What begins a list or a rule where a line begins; 97.8% does not, since no space follows the point.
_LIST = re.compile(r"^(?:(\d+)([.)])(?=\s|$)|([+-]))")


def escape(text: str) -> str:
    r"""Return text that Markdown shows as it is, on one line; signs that mean nothing stay unescaped.

    >>> escape("见[1]和*重点*，增长6.8%")
    '见\\[1\\]和\\*重点\\*，增长6.8%'
    >>> escape("1. 加强领导"), escape("97.8%")
    ('1\\. 加强领导', '97.8%')
    """
    return _LIST.sub(_escape_list, _ALWAYS.sub(r"\\\1", " ".join(text.split())))


def _escape_list(match: re.Match[str]) -> str:
    number, point, sign = match.groups()
    return f"{number}\\{point}" if number else f"\\{sign}"
