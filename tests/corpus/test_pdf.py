"""Reports laid out as PDF come back as they were: text, headings, pages, tables; damaged files end with one line."""

import io
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import UnreadableFile
from corpus.geometry import quote_boxes
from corpus.pdfium import Glyph, open_pdf
from corpus.read import parse_report
from corpus.readers import choose_reader
from corpus.readers.pdf.garbled import is_garbled
from corpus.readers.pdf.spans import make_spans
from corpus.sentences import sentence_spans
from tests.corpus.layouts import FONT, HEIGHT, MARGIN, WIDTH, Layout, lay_out
from tests.corpus.made_tables import LONG, TABLES

SAMPLES = ("2024_云溪县_法治政府建设年度报告", "2025_海澄港区_政府工作报告")
PROSE = "全年各项工作顺利完成，人民群众的获得感成色更足，幸福感更可持续，安全感更有保障。"


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module", params=[(name, columns) for name in SAMPLES for columns in (1, 2)], ids=str)
def round_trip(request):
    from tests.corpus.conftest import SAMPLES as FOLDER

    name, columns = request.param
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    data, pages = lay_out(text, columns=columns, header="政务公开", first_label=3)
    return parse_report(text.encode(), f"{name}.txt"), parse_report(data, f"{name}.pdf"), pages


def test_text_and_paragraphs_come_back(round_trip):
    wanted, found, _ = round_trip
    tables = {squeeze("".join(row)) for table in wanted.tables for row in table.rows}
    lines = [squeeze(wanted.text[p.start : p.end]) for p in wanted.paragraphs]
    read = [squeeze(found.text[p.start : p.end]) for p in found.paragraphs]
    assert [line for line in lines if line not in tables] == [line for line in read if line not in tables]


def test_headings_and_facts_come_back(round_trip):
    wanted, found, _ = round_trip
    assert [(squeeze(s.heading), s.level) for s in wanted.sections] == [
        (squeeze(s.heading), s.level) for s in found.sections
    ]
    assert (found.title, found.issuer, found.year, found.kind) == (
        wanted.title, wanted.issuer, wanted.year, wanted.kind,
    )  # fmt: skip
    assert "政务公开\n" not in found.text and "— 4 —" not in found.text


def test_every_sentence_is_marked_on_its_own_page(round_trip):
    _, found, pages = round_trip
    starts = [0]
    for page in pages:
        starts.append(starts[-1] + len(squeeze(page)))
    printed = squeeze("".join(pages))
    sentences = sentence_spans(found.text, 0, len(found.text))
    for start, end in random.Random(0).sample(sentences, min(200, len(sentences))):
        at = printed.find(squeeze(found.text[start:end]))
        if at < 0 or printed.find(squeeze(found.text[start:end]), at + 1) >= 0:
            continue
        last = at + len(squeeze(found.text[start:end])) - 1
        wanted = {page for page in range(1, len(starts)) if starts[page - 1] <= last and at < starts[page]}
        assert {box.page for box in quote_boxes(found, start, end)} == wanted


def test_printed_page_numbers_where_they_differ(round_trip):
    _, found, pages = round_trip
    assert found.pages.count == len(pages)
    assert {(p.page, p.page_label) for p in found.paragraphs} == {(p, str(p + 2)) for p in range(1, len(pages) + 1)} & {
        (p.page, p.page_label) for p in found.paragraphs
    }


def test_boxes_lie_where_the_words_are_drawn():
    canvas = Canvas(packed := io.BytesIO(), pagesize=(WIDTH, HEIGHT))
    canvas.setFont(FONT, 12)
    canvas.drawString(100, HEIGHT - 200, "全县粮食总产量增长百分之五。")
    canvas.save()
    report = parse_report(packed.getvalue(), "a.pdf")
    (box,) = quote_boxes(report, 2, 7)
    assert box.x0 * WIDTH == pytest.approx(100 + stringWidth("全县", FONT, 12), abs=1)
    assert box.x1 * WIDTH == pytest.approx(100 + stringWidth("全县粮食总产量", FONT, 12), abs=1)
    assert box.top * HEIGHT < 200 - 6 and 200 - 1 < box.bottom * HEIGHT < 206


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_a_page_that_is_turned_to_be_read_reads_the_same(turns):
    canvas = Canvas(packed := io.BytesIO(), pagesize=(WIDTH, HEIGHT))
    canvas.setPageRotation(turns)
    canvas.translate(*{0: (0, 0), 90: (HEIGHT, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[turns])
    canvas.rotate(turns)
    canvas.setFont(FONT, 12)
    canvas.drawString(100, HEIGHT - 100, "云溪县2024年工作报告")
    canvas.drawString(100, HEIGHT - 140, PROSE[:30])
    canvas.save()
    report = parse_report(packed.getvalue(), "a.pdf")
    assert report.text == "云溪县2024年工作报告\n" + PROSE[:30]
    (box,) = quote_boxes(report, 0, 3)
    assert (box.x0 * WIDTH, box.bottom * HEIGHT) == pytest.approx((100, 102), abs=3)


def laid_out(table, rules: str):
    layout = Layout(header="云溪县")
    layout.title("云溪县2024年工作报告")
    layout.paragraph("一、总体情况")
    layout.paragraph(PROSE * 3)
    layout.paragraph(table.caption, indent=6)
    layout.paragraph(f"单位：{table.unit}", indent=28)
    layout.table(table.printed, rules=rules, merged=table.merged)
    layout.y -= 8
    if table.note:
        layout.paragraph(table.note)
    layout.paragraph("二、下一步打算")
    layout.paragraph(PROSE * 3)
    return parse_report(layout.bytes(), "a.pdf")


@pytest.mark.parametrize("table", [*TABLES, LONG], ids=lambda table: table.name)
def test_a_ruled_table_comes_back(table):
    report = laid_out(table, "all")
    (found,) = report.tables
    assert (found.caption, found.unit, found.page) == (table.caption, table.unit, 1)
    assert found.rows == table.rows
    assert [section.heading for section in report.sections] == ["一、总体情况", "二、下一步打算"]
    assert ("\n" + table.note + "\n" in report.text) == bool(table.note)


@pytest.mark.parametrize("rules", ["three", "none"])
@pytest.mark.parametrize("table", [t for t in (*TABLES, LONG) if not t.merged], ids=lambda table: table.name)
def test_a_table_without_rules_between_its_cells_comes_back(table, rules):
    (found,) = laid_out(table, rules).tables
    assert (found.caption, found.unit) == (table.caption, table.unit)
    assert found.rows == table.rows


def test_the_words_of_a_merged_cell_are_printed_once():
    report = laid_out(TABLES[1], "all")
    assert report.text.count("申请人情况") == 1
    assert report.text.count("三、办理结果") == 1


def test_every_cell_is_marked_in_its_column():
    report = laid_out(TABLES[0], "all")
    at = report.text.index("125810")
    (box,) = quote_boxes(report, at, at + 6)
    column = (WIDTH - 2 * MARGIN) / 4
    assert MARGIN + 2 * column < box.x0 * WIDTH < box.x1 * WIDTH < MARGIN + 3 * column


def test_a_footnote_stays_out_of_the_paragraph_that_goes_on_overleaf():
    layout = Layout()
    layout.title("云溪县2024年工作报告")
    layout.note("①指县级以上人民政府确定的项目。")
    text = PROSE * 50
    layout.paragraph(text)
    report = parse_report(layout.bytes(), "a.pdf")
    assert len(layout.pages) == 2
    lines = [report.text[p.start : p.end] for p in report.paragraphs]
    assert lines == ["云溪县2024年工作报告", text, "①指县级以上人民政府确定的项目。"]


def test_a_watermark_across_the_page_is_no_text():
    layout = Layout()
    layout.title("云溪县2024年工作报告")
    layout.paragraph(PROSE * 12)
    layout.canvas.saveState()
    layout.canvas.translate(150, 300)
    layout.canvas.rotate(45)
    layout.canvas.setFont(FONT, 40)
    layout.canvas.drawString(0, 0, "内部资料注意保存")
    layout.canvas.restoreState()
    assert parse_report(layout.bytes(), "a.pdf").text == "云溪县2024年工作报告\n" + PROSE * 12


def test_chinese_set_with_spaces_loses_them_and_words_keep_theirs():
    layout = Layout()
    layout.title("关 于 云 溪 县 2 0 2 4 年 工 作 的 报 告")
    layout.paragraph("The plan was approved by the county 办公室 in May. It is long enough to run over the line " * 2)
    report = parse_report(layout.bytes(), "a.pdf")
    assert report.text.startswith("关于云溪县2024年工作的报告\n")
    assert "was approved by the county 办公室 in May. It is long enough to run over the line" in report.text


def test_a_word_that_was_broken_at_the_line_is_whole():
    canvas = Canvas(packed := io.BytesIO(), pagesize=(WIDTH, HEIGHT))
    canvas.setFont("Times-Roman", 12)
    for number, line in enumerate(("The county has approved a develop-", "ment plan for the next years that")):
        canvas.drawString(100, HEIGHT - 100 - 16 * number, line)
    canvas.save()
    assert "a development plan" in parse_report(packed.getvalue(), "a.pdf").text


@pytest.mark.parametrize("character", ["\ue123", "\ufffd", "Ö", "鼗"])
def test_improbable_characters_are_no_text(character):
    line = [Glyph(character, 10.0 * n, 0, 10.0 * n + 9, 10, False, character in "\ue123\ufffd") for n in range(40)]
    assert is_garbled(line) or character == "鼗"
    assert not is_garbled([glyph._replace(text=c, broken=False) for glyph, c in zip(line, PROSE, strict=False)])


def test_mixed_up_chinese_is_no_text():
    mixed = "".join(chr(0x4E00 + (ord(c) * 7919) % 6000) for c in PROSE * 6 if c >= "\u4e00")
    assert is_garbled([Glyph(c, 0, 0, 9, 9, False, False) for c in mixed])


@settings(max_examples=30)
@given(st.text(alphabet="全县粮食增长，。5%aB", min_size=1, max_size=40))
def test_spans_keep_every_character(text):
    glyphs = [Glyph(c, 10.0 * n, 0.0, 10.0 * n + 10, 10.0, False, False) for n, c in enumerate(text)]
    assert squeeze("".join(span.text for span in make_spans(glyphs))) == text


def test_a_protected_file_is_named_so():
    from reportlab.lib.pdfencrypt import StandardEncryption

    layout = Layout()
    layout.title("云溪县2024年工作报告")
    data = layout.bytes(password=StandardEncryption("secret", canPrint=0))
    with pytest.raises(UnreadableFile, match="protected by a password"):
        parse_report(data, "a.pdf")


def test_a_file_cut_in_half_ends_with_one_line():
    data, _ = lay_out("云溪县2024年工作报告\n" + "\n".join([PROSE * 8] * 12))
    try:
        report = parse_report(data[: len(data) // 2], "a.pdf")
    except UnreadableFile as error:
        assert "damaged" in error.reason or "pages" in error.reason
    else:
        assert report.warnings


def test_a_page_under_a_suffix_that_lies():
    assert choose_reader(b"<!DOCTYPE html><html><body><p>x</p>", "a.pdf").name == "html"
    report = parse_report("<html><body><p>云溪县2024年工作报告</p></body></html>".encode(), "a.pdf")
    assert report.text == "云溪县2024年工作报告"
    with pytest.raises(UnreadableFile, match="is no PDF"):
        parse_report("正文".encode(), "a.pdf")


def test_a_thousand_pages():
    canvas = Canvas(packed := io.BytesIO(), pagesize=(WIDTH, HEIGHT))
    for number in range(1, 1001):
        canvas.setFont(FONT, 12)
        canvas.drawString(MARGIN, HEIGHT - 100, f"{chr(0x4E00 + number)}项工作按期完成，成效明显。")
        canvas.drawCentredString(WIDTH / 2, 36, str(number))
        canvas.showPage()
    canvas.save()
    report = parse_report(packed.getvalue(), "a.pdf")
    assert report.pages.count == 1000
    assert report.paragraphs[-1].page == 1000
    assert len(report.paragraphs) == 1000


def test_a_tiny_file_with_a_huge_page_is_drawn_small():
    canvas = Canvas(packed := io.BytesIO(), pagesize=(14_000, 14_000))
    canvas.setFont(FONT, 400)
    canvas.drawString(1000, 7000, "云溪县二〇二四年工作报告")
    canvas.save()
    with open_pdf(packed.getvalue(), "a.pdf") as pdf:
        image = pdf.image(1, 200)
    assert image is not None and image.shape[0] * image.shape[1] <= 25_100_000
    assert "工作报告" in parse_report(packed.getvalue(), "a.pdf").text


def test_pages_without_text_are_named(monkeypatch):
    monkeypatch.setattr("corpus.readers.ocr.is_available", lambda: False)
    layout = Layout(header="", footer="")
    layout.title("云溪县2024年工作报告")
    layout.paragraph(PROSE)
    layout.new_page()
    report = parse_report(layout.bytes(), "a.pdf")
    assert report.pages.empty == (2,)
    assert any(re.match(r"pages without text: 2; install", warning) for warning in report.warnings)
    with pytest.raises(UnreadableFile, match=r"pictures without text.*install"):
        parse_report(Layout(header="", footer="").bytes(), "a.pdf")


def test_cells_with_unlike_numbers_of_lines_and_no_rules():
    rows = [
        [["序号"], ["任务内容"], ["责任单位"], ["完成", "数"]],
        [
            ["1"],
            ["推进行政执法规范化建设，组织开展", "全县执法案卷评查并通报评查结果"],
            ["县司法局、县市场", "监管局"],
            ["1204"],
        ],
        [["2"], ["完善公共法律服务体系"], ["县司法局"], ["366"]],
        [["3"], ["加强合法性审查，对重大行政决策", "应审尽审"], ["县政府办公室"], ["58"]],
    ]
    layout = Layout()
    layout.paragraph("全年各项工作顺利完成，情况见下表。")
    layout.canvas.setFont(FONT, layout.size)
    for row in rows:
        layout.y -= 3 * layout.size
        for x, lines in zip((72, 110, 320, 450), row, strict=True):
            for number, line in enumerate(lines):
                shift = (len(lines) - 1) / 2 - number
                layout.canvas.drawString(x, layout.y + shift * 1.3 * layout.size, line)
    layout.y -= 4 * layout.size
    layout.paragraph("以上情况已经县政府常务会议审议。")
    report = parse_report(layout.bytes(), "a.pdf")
    (table,) = report.tables
    assert table.rows == tuple(tuple("".join(lines) for lines in row) for row in rows)
    assert report.text.endswith("以上情况已经县政府常务会议审议。")
