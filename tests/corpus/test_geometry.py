"""Boxes stay with their text through everything that moves it, and mark exactly what is quoted."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.furniture import drop_furniture
from corpus.geometry import box_on, paragraph_boxes, quote_boxes, shift
from corpus.lines import join_broken
from corpus.read import _strip
from corpus.readers.base import Block
from corpus.types import Box, Line, Paragraph
from index.geometry import pack_lines, unpack_lines
from tests.corpus.strategies import texts

fractions = st.floats(0, 1, allow_nan=False)
boxes = st.builds(Box, st.integers(1, 999), fractions, fractions, fractions, fractions)
lines = st.lists(st.builds(Line, st.integers(0, 10**6), st.integers(0, 10**6), boxes), max_size=5).map(tuple)


def row(number: int, page: int = 1) -> Box:
    return Box(page, 0.1, 0.1 * number, 0.9, 0.1 * number + 0.05)


def printed(text: str, *widths: int) -> Block:
    """Make a block of lines that print so many characters each."""
    starts = [sum(widths[:at]) for at in range(len(widths))]
    return Block(text, lines=tuple(Line(s, s + w, row(n)) for n, (s, w) in enumerate(zip(starts, widths, strict=True))))


@given(lines)
def test_lines_survive_the_store(found):
    assert unpack_lines(pack_lines(found)) == found


def test_joined_blocks_keep_the_lines_of_both():
    joined = join_broken([printed("全会通过的《", 6), printed("关于规划的建议》，提出了目标。", 7, 8)])
    assert len(joined) == 1
    assert [joined[0].text[line.start : line.end] for line in joined[0].lines] == [
        "全会通过的《", "关于规划的建议", "》，提出了目标。",
    ]  # fmt: skip


def test_latin_words_that_are_joined_move_the_lines_behind_the_space():
    (joined,) = join_broken([printed("of the,", 7), printed("of", 2)])
    assert joined.lines[-1].end == len(joined.text)


def test_furniture_leaves_geometry_alone():
    kept = drop_furniture([printed("正文。", 3), printed("打印本页", 4), printed("后文。", 3)])
    assert [block.lines for block in kept] == [printed("正文。", 3).lines] * 2


@given(texts)
def test_lines_follow_what_stripping_takes_away(text):
    whole = Line(0, len(text), row(1))
    stripped = _strip(Block(text, lines=(whole,)))
    for line in stripped.lines:
        assert (line.start, line.end) == (0, len(stripped.text))


def test_stripping_moves_each_line():
    text = "\u3000\u3000一是\u200b加强\n领导 "
    stripped = _strip(Block(text, lines=(Line(0, 7, row(1)), Line(8, 11, row(2)))))
    assert [stripped.text[line.start : line.end] for line in stripped.lines] == ["一是加强", "领导"]


def test_a_quote_is_marked_on_every_page_it_stands_on(sample):
    report = sample("2024_云溪县_法治政府建设年度报告")
    first, second = report.paragraphs[3], report.paragraphs[4]
    placed = tuple(
        Paragraph(p.number, p.start, p.end, page, "", (Line(p.start, p.end, row(2, page)),))
        for p, page in ((first, 1), (second, 2))
    )
    report = replace(report, paragraphs=(*report.paragraphs[:3], *placed, *report.paragraphs[5:]))
    marked = quote_boxes(report, first.start, second.end)
    assert marked == (row(2, 1), row(2, 2))
    assert quote_boxes(report, report.paragraphs[6].start, report.paragraphs[6].end) == ()


def test_part_of_a_line_is_cut_by_the_widths_of_its_characters(sample):
    report = sample("2024_云溪县_法治政府建设年度报告")
    line = Line(0, 6, Box(1, 0.2, 0.1, 0.6, 0.2))
    report = replace(report, text="增长12件", paragraphs=(Paragraph(1, 0, 6, 1, "", (line,)),))
    (box,) = quote_boxes(report, 2, 4)
    assert (box.x0, box.x1) == (0.4, 0.5)


def test_a_paragraph_over_a_page_break_has_boxes_on_both():
    found = paragraph_boxes([Line(0, 9, row(8, 1)), Line(9, 12, row(1, 2)), Line(12, 15, row(2, 2))])
    assert [box.page for box in found] == [1, 2]


@given(st.lists(st.floats(-2, 2), min_size=4, max_size=4), st.integers(0, 99))
def test_boxes_stay_on_the_page_and_moving_keeps_them(edges, by):
    box = box_on(1, *edges)
    assert all(0 <= edge <= 1 for edge in (box.x0, box.top, box.x1, box.bottom))
    assert shift(shift([Line(5, 9, box)], by), -by) == (Line(5, 9, box),)
