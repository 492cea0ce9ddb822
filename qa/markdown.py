"""Writing Markdown around report text that is not to be taken for Markdown."""

from __future__ import annotations

import re

_ALWAYS = re.compile(r"([\\`*_{}\[\]<>|~$#&])")
# What begins a list where a line begins.
_LIST = re.compile(r"^(\d*)([.)+-])")


def escape(text: str) -> str:
    r"""Return text that Markdown shows as it is, on one line; signs that mean nothing stay unescaped.

    >>> escape("见[1]和*重点*，增长6.8%")
    '见\\[1\\]和\\*重点\\*，增长6.8%'
    >>> escape("1.加强领导")
    '1\\.加强领导'
    """
    return _LIST.sub(r"\1\\\2", _ALWAYS.sub(r"\\\1", " ".join(text.split())))
