from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.read import parse_report, read_report
from index.build import SAMPLES
from index.chunks import Chunking, cut_report

lines = st.lists(
    st.sampled_from(
        [
            "一、总体情况",
            "（一）强化领导。一是压实责任。全年开会3次。二是加强学习，学法9次。",
            "短句。",
            "三、下一步安排",
            "很长的一句话" * 60 + "。",
            "第一，办好实事；第二，守住底线。",
            "1.加强领导。2.落实责任。",
        ]
    ),
    min_size=1,
    max_size=12,
)


def pieces_of(text: str, chunking: Chunking):
    report = parse_report(("某县2024年工作报告\n" + text).encode(), "a.txt")
    return report, cut_report(report, chunking)


@given(lines, st.integers(20, 300))
def test_pieces_cover_every_printed_character_once(parts, max_chars):
    report, pieces = pieces_of("\n".join(parts), Chunking(max_chars=max_chars))
    covered = [0] * len(report.text)
    for piece in pieces:
        assert piece.end - piece.start <= max_chars
        for place in range(piece.start, piece.end):
            covered[place] += 1
    assert all(n == 1 for n, c in zip(covered, report.text, strict=True) if not c.isspace())
    assert pieces == sorted(pieces, key=lambda p: p.start)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda p: p.stem)
def test_no_piece_crosses_a_section_that_is_not_tiny(path):
    chunking = Chunking()
    report = read_report(path, path.name)
    starts = {section.start for section in report.sections}
    for piece in cut_report(report, chunking):
        inside = [start for start in starts if piece.start < start < piece.end]
        for start in inside:
            before = max([s for s in starts | {0} if s < start])
            assert start - before < 2 * chunking.tiny_chars, report.text[piece.start : piece.end]


def test_enumerated_items_are_apart():
    item = "推进各项工作落到实处并取得明显成效，全年共办理有关事项若干件"
    _, pieces = pieces_of(f"一、举措\n（一）强化领导。一是{item}。二是{item}。三是{item}。", Chunking())
    texts = [p for p in pieces if p.section_path and p.section_path[-1].startswith(("一是", "二是", "三是"))]
    assert len(texts) == 3
