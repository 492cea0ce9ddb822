"""Printed lines and page facts as columns of the store: plain JSON arrays, so that a marked quote costs one row."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple

from corpus.types import Box, Line, PageFacts


def pack_lines(lines: Iterable[Line]) -> str:
    """Pack lines as one array a line: offsets, page and box; nothing for none.

    >>> pack_lines([Line(0, 4, Box(1, 0.1, 0.2, 0.9, 0.25))])
    '[[0,4,1,0.1,0.2,0.9,0.25]]'
    """
    rows = [(line.start, line.end, *astuple(line.box)) for line in lines]
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def unpack_lines(packed: str) -> tuple[Line, ...]:
    """Give the lines that were packed.

    >>> unpack_lines('[[0,4,1,0.1,0.2,0.9,0.25]]')[0].box.page
    1
    """
    return tuple(Line(start, end, Box(*box)) for start, end, *box in (json.loads(packed) if packed else ()))


def unpack_pages(packed: str) -> PageFacts:
    """Give the page facts that were stored as the array of their fields."""
    count, empty, garbled, ocr, confidence = json.loads(packed)
    return PageFacts(count, tuple(empty), tuple(garbled), tuple(ocr), confidence)
