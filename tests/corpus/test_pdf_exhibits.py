"""Pictures and charts are cut out of PDF with caption and place; tables, seals, logos and backgrounds are not."""

from __future__ import annotations

import io
import math
from functools import cache

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from corpus.read import Parsed, parse_file
from corpus.readers import ocr
from corpus.readers.pdf.spans import Span
from tests.corpus.layouts import FONT, HEIGHT, MARGIN, WIDTH, Layout

BEFORE = (
    "全县综合行政执法大队共办结案件1180件，平均办结用时为12天，比上年缩短3天，群众满意度达到98.5%，执法流程进一步规范，"
)
AFTER = "全年收到行政复议申请315件，受理296件，已审结271件，其中经调解和解结案88件，直接纠错率为百分之十二点五，"
LINES = [text + "有关情况见下图和附件所列各项内容，具体数据以年度统计资料为准。" for text in (BEFORE, AFTER)]


@cache
def photo(size: tuple[int, int] = (320, 200), seed: int = 0) -> ImageReader:
    pixels = np.random.default_rng(seed).integers(0, 255, (*size[::-1], 3), dtype=np.uint8)
    packed = io.BytesIO()
    Image.fromarray(pixels).save(packed, "PNG")
    packed.seek(0)
    return ImageReader(packed)


def begun(**options) -> Layout:
    layout = Layout(**options)
    layout.title("云溪县2024年法治政府建设年度报告")
    layout.paragraph("一、行政执法", indent=0)
    layout.paragraph(LINES[0])
    return layout


def ended(layout: Layout) -> Parsed:
    layout.paragraph("二、行政复议", indent=0)
    layout.paragraph(LINES[1])
    return parse_file(layout.bytes(), "a.pdf")


def caption(layout: Layout, text: str) -> None:
    layout.canvas.setFont(FONT, 10.5)
    layout.canvas.drawCentredString(WIDTH / 2, layout.y, text)
    layout.y -= layout.leading


def draw_photo(layout: Layout) -> None:
    layout.y -= 160
    layout.canvas.drawImage(photo(), MARGIN + 60, layout.y + 10, 256, 160)
    layout.y -= layout.leading


def draw_bars(layout: Layout) -> None:
    canvas, bottom = layout.canvas, layout.y - 150
    canvas.line(MARGIN + 40, bottom, MARGIN + 340, bottom)
    canvas.line(MARGIN + 40, bottom, MARGIN + 40, bottom + 150)
    canvas.setFont(FONT, 9)
    for number, value in enumerate((41, 87, 65, 120)):
        x = MARGIN + 70 + 70 * number
        canvas.setFillGray(0.4)
        canvas.rect(x, bottom, 30, value, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(x + 4, bottom + value + 4, f"{value}件")
        canvas.drawString(x, bottom - 12, f"{2021 + number}年")
    layout.y = bottom - 12 - layout.leading


def draw_pie(layout: Layout) -> None:
    x, y = MARGIN + 100, layout.y - 150
    for number, (start, extent) in enumerate(((0, 120), (120, 90), (210, 150))):
        layout.canvas.setFillGray(0.2 + 0.25 * number)
        layout.canvas.wedge(x, y, x + 150, y + 150, start, extent, fill=1)
    layout.canvas.setFillGray(0)
    layout.y = y - layout.leading


def draw_flow(layout: Layout) -> None:
    canvas, y = layout.canvas, layout.y - 60
    for number, word in enumerate(("受理", "立案", "调查", "决定")):
        x = MARGIN + 10 + 110 * number
        canvas.rect(x, y, 70, 50)
        canvas.setFont(FONT, 11)
        canvas.drawString(x + 20, y + 20, word)
        if number:
            canvas.line(x - 40, y + 25, x, y + 25)
            arrow = canvas.beginPath()
            arrow.moveTo(x, y + 25)
            arrow.lineTo(x - 8, y + 29)
            arrow.lineTo(x - 8, y + 21)
            arrow.close()
            canvas.drawPath(arrow, fill=1)
    layout.y = y - layout.leading


def draw_lines(layout: Layout) -> None:
    canvas, bottom = layout.canvas, layout.y - 140
    canvas.line(MARGIN, bottom, MARGIN + 300, bottom)
    canvas.line(MARGIN, bottom, MARGIN, bottom + 140)
    path = canvas.beginPath()
    path.moveTo(MARGIN, bottom + 20)
    for step in range(1, 8):
        path.lineTo(MARGIN + 40 * step, bottom + 60 + 50 * math.sin(step))
    canvas.drawPath(path)
    layout.y = bottom - layout.leading


@pytest.fixture(autouse=True)
def no_ocr(monkeypatch):
    monkeypatch.setattr(ocr, "is_available", lambda: False)


DRAWN = {"photo": draw_photo, "bars": draw_bars, "pie": draw_pie, "flow": draw_flow, "lines": draw_lines}


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("place", ["below", "above"])
def test_it_is_cut_out_with_its_caption(kind, place):
    layout = begun()
    if place == "above":
        caption(layout, "图1 行政执法案件办理情况")
    DRAWN[kind](layout)
    if place == "below":
        caption(layout, "图1 行政执法案件办理情况")
    parsed = ended(layout)
    (exhibit,) = parsed.report.exhibits
    assert (exhibit.label, exhibit.caption, exhibit.page) == ("图1", "图1 行政执法案件办理情况", 1)
    assert parsed.report.text[exhibit.start : exhibit.end].partition("\n图中文字：")[0] == exhibit.caption
    (picture,) = parsed.pictures
    assert exhibit.image == picture.name
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.width >= 2 * 110
        assert image.convert("L").getextrema()[0] < 140
    paragraphs = [parsed.report.text[p.start : p.end] for p in parsed.report.paragraphs]
    assert [text for text in paragraphs if text in LINES] == LINES
    assert [section.heading for section in parsed.report.sections] == ["一、行政执法", "二、行政复议"]


@pytest.mark.parametrize(("kind", "inside"), [("bars", ""), ("flow", "图中文字：受理、立案、调查、决定。\n")])
def test_no_value_inside_goes_into_the_text(kind, inside):
    layout = begun()
    DRAWN[kind](layout)
    caption(layout, "图1 行政执法案件办理情况")
    report = ended(layout).report
    plain = ended(begun()).report
    assert report.text.replace(f"图1 行政执法案件办理情况\n{inside}", "") == plain.text
    assert [figure.text for figure in report.figures] == [figure.text for figure in plain.figures]
    assert not report.tables


def test_without_a_caption_it_is_named_by_its_heading():
    layout = begun()
    draw_pie(layout)
    (exhibit,) = ended(layout).report.exhibits
    assert (exhibit.label, exhibit.caption) == ("", "一、行政执法")


def test_one_above_all_text_is_kept():
    layout = Layout()
    draw_photo(layout)
    layout.title("云溪县2024年法治政府建设年度报告")
    layout.paragraph(LINES[0])
    (exhibit,) = ended(layout).report.exhibits
    assert exhibit.page == 1


def test_a_picture_in_one_of_two_columns_leaves_the_order_alone():
    def lay(*, drawn):
        layout = begun(columns=2)
        for number in range(8):
            layout.paragraph(f"第{number}项。{LINES[number % 2]}")
            if number == 1:
                if drawn:
                    layout.canvas.drawImage(photo((200, 120)), layout.x, layout.y - 110, 200, 120)
                layout.y -= 130
        return ended(layout).report

    report = lay(drawn=True)
    assert len(report.exhibits) == 1
    assert report.text == lay(drawn=False).text
    assert report.text[report.exhibits[0].start :].startswith("第1项")


def test_a_logo_on_every_page_is_none():
    layout = begun()
    layout.new_page()
    for _ in range(3):
        layout.canvas.drawImage(photo((240, 80)), MARGIN, HEIGHT - 160, 240, 80)
        layout.y = min(layout.y, HEIGHT - 200)
        layout.paragraph(LINES[0])
        layout.new_page()
    assert not ended(layout).report.exhibits


def draw_seal(layout: Layout) -> None:
    layout.paragraph("云溪县人民政府")
    layout.canvas.drawImage(photo((120, 120)), WIDTH / 2, layout.y - 20, 119, 119, mask=[0, 90, 0, 90, 0, 90])


def draw_background(layout: Layout) -> None:
    layout.canvas.drawImage(photo((300, 420)), 0, 0, WIDTH, HEIGHT)


def draw_framed_text(layout: Layout) -> None:
    layout.canvas.roundRect(MARGIN - 10, layout.y - 100, WIDTH - 2 * MARGIN + 20, 116, 8)
    layout.paragraph(LINES[1].replace("全年", "专栏1：全年"))
    layout.y -= 40


def draw_shaded_table(layout: Layout) -> None:
    rows = [["项目", "件数", "比上年"], *([f"事项{n}", str(n * 7), f"{n}%"] for n in range(1, 6))]
    top = layout.y + layout.size
    for number in range(0, 6, 2):
        layout.canvas.setFillGray(0.9)
        height = 1.8 * layout.size
        layout.canvas.rect(MARGIN, top - (number + 1) * height, WIDTH - 2 * MARGIN, height, stroke=0, fill=1)
    layout.canvas.setFillGray(0)
    layout.table(rows)


NO_EXHIBITS = [draw_seal, draw_background, draw_framed_text, draw_shaded_table]


@pytest.mark.parametrize("draw", NO_EXHIBITS)
def test_what_is_none(draw):
    layout = begun()
    draw(layout)
    layout.y -= layout.leading
    report = ended(layout).report
    assert not report.exhibits
    assert all(text in report.text for text in LINES)
    assert len(report.tables) == (draw is draw_shaded_table)


def test_thousands_of_shapes_cost_little():
    layout = begun()
    for number in range(15_000):
        layout.canvas.circle(100 + number % 300, 200 + number // 300 * 3, 3)
    assert len(ended(layout).report.exhibits) == 1


@pytest.mark.parametrize("place", ["below", "above", "nowhere"])
def test_words_read_by_ocr_are_marked_and_hold_no_numbers(monkeypatch, place):
    words = ("受理申请", "办结120件", "增长两成", "一般程序", "归档")
    read = [Span(word, 10, 30 * n, 90, 30 * n + 12, 12) for n, word in enumerate(words)]
    plain = ended(begun()).report
    monkeypatch.setattr(ocr, "is_available", lambda: True)
    monkeypatch.setattr(ocr, "read_picture", lambda pixels: ocr.Reading(100, 200, tuple(read), 0.99))
    layout = begun()
    if place == "above":
        caption(layout, "图1 行政执法流程图")
    draw_photo(layout)
    if place == "below":
        caption(layout, "图1 行政执法流程图")
    report = ended(layout).report
    (exhibit,) = report.exhibits
    assert report.text[exhibit.start : exhibit.end].endswith("\n图中文字（OCR识别）：受理申请、一般程序、归档。")
    assert exhibit.caption == ("一、行政执法" if place == "nowhere" else "图1 行政执法流程图")
    assert [figure.text for figure in report.figures] == [figure.text for figure in plain.figures]
    assert [section.heading for section in report.sections] == ["一、行政执法", "二、行政复议"]
