"""Word, spreadsheets, CSV and OFD: what a reader sees on the page, and nothing else."""

import pytest

from corpus.errors import UnreadableFile
from corpus.read import parse_file, parse_report
from corpus.readers import choose_reader
from corpus.readers.docx import DocxReader
from corpus.readers.legacy import LegacyReader, find_program
from corpus.readers.sheet_formats import show
from tests.corpus.documents import drawing, ofd, paragraph, part, picture, relations, sheet_book, word

TITLE = "云川县2024年法治政府建设年度报告"
STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="X"><w:name w:val="公文标题"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="O"><w:name w:val="小标题"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>',
)
NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>',
)


def style(key):
    return f'<w:pStyle w:val="{key}"/>'


def numbered(depth):
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="5"/></w:numPr>'


def lines_of(data):
    return [(block.text, block.level) for block in DocxReader().read(data, "a.docx").blocks]


def test_headings_by_style_and_outline_level():
    body = paragraph(TITLE, style("T")) + paragraph("总体情况", style("X")) + paragraph("工作成效", style("O"))
    body += paragraph("直接设定的标题", '<w:outlineLvl w:val="2"/>') + paragraph("正文内容。")
    report = parse_report(word(body, styles=STYLES), "a.docx")
    assert report.title == TITLE
    assert [(s.heading, s.level) for s in report.sections] == [("总体情况", 1), ("工作成效", 2), ("直接设定的标题", 3)]


def test_a_long_paragraph_in_a_heading_style_is_text():
    assert lines_of(word(paragraph("正文" * 80, style("H1")), styles=STYLES)) == [("正文" * 80, 0)]


def test_the_numbers_that_word_prints():
    body = "".join(
        paragraph(text, numbered(depth))
        for text, depth in [("概况", 0), ("许可", 1), ("处罚", 1), ("要点", 2), ("问题", 0), ("力量", 1)]
    )
    texts = [text for text, _ in lines_of(word(body, numbering=NUMBERING))]
    assert texts == ["一、概况", "（一）许可", "（二）处罚", "要点", "二、问题", "（一）力量"]


def test_tracked_changes_as_accepted():
    body = "<w:p><w:r><w:t>办结</w:t></w:r><w:del><w:r><w:delText>200</w:delText></w:r></w:del>"
    body += "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
    body += "<w:ins><w:r><w:t>300</w:t></w:r></w:ins><w:r><w:t>件。</w:t></w:r></w:p>"
    body += "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p>" + paragraph("后半句。")
    assert [text for text, _ in lines_of(word(body))] == ["办结300件。", "前半句，后半句。"]


def test_a_footnote_stands_behind_the_paragraph_that_calls_it():
    body = (
        '<w:p><w:r><w:t>办结三百件</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>。</w:t></w:r></w:p>'
    )
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="0">{paragraph("线")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("含上年结转。")}</w:footnote>',
    )
    texts = [text for text, _ in lines_of(word(body + paragraph("下一段。"), footnotes=notes))]
    assert texts == ["办结三百件[2]。", "[2] 含上年结转。", "下一段。"]


def test_text_boxes_once_hidden_text_and_contents_not_at_all():
    box = f"<wps:txbx><w:txbxContent>{paragraph('文本框内容。')}</w:txbxContent></wps:txbx>"
    body = f"<w:p><w:r><w:t>正文。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
    body += f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    body += "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>" + paragraph("一、概况 1", style("TOC1"))
    extract = DocxReader().read(word(body, styles=STYLES), "a.docx")
    assert [block.text for block in extract.blocks] == ["正文。", "文本框内容。"]
    assert extract.warnings == ("a table of contents of 1 lines was left out",)


def test_a_line_break_ends_a_line_and_a_tab_is_no_column():
    body = "<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>第二</w:t><w:tab/><w:t>行</w:t></w:r></w:p>"
    assert [text for text, _ in lines_of(word(body))] == ["第一行", "第二 行"]


def test_a_picture_with_its_caption():
    body = paragraph(TITLE) + paragraph("全县规范执法行为。") + drawing("rId1") + paragraph("图1 行政执法流程图")
    body += paragraph("公示情况如下。") + drawing("rId2", size=100_000) + drawing("rId3", description="年度办件趋势图")
    rels = relations({"rId1": "media/a.png", "rId2": "media/a.png", "rId3": "media/b.emf"})
    parsed = parse_file(word(body, rels=rels, **{"word/media/a.png": picture(), "word/media/b.emf": b"x"}), "a.docx")
    flow, chart = parsed.report.exhibits
    assert (flow.label, flow.caption) == ("图1", "图1 行政执法流程图")
    assert parsed.report.text[flow.start : flow.end] == flow.caption
    assert [found.name for found in parsed.pictures] == [flow.image]
    assert parsed.pictures[0].data == picture()
    assert (chart.caption, chart.image) == ("年度办件趋势图", "")
    assert "年度办件趋势图" in parsed.report.text, "the words that describe a picture can be found"
    assert any("format that browsers do not show" in warning for warning in parsed.report.warnings)


def test_properties_speak_where_nothing_else_does():
    core = (
        '<c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>云川县司法局</dc:creator>'
        "</c:coreProperties>"
    )
    report = parse_report(word(paragraph("有关情况说明。") + paragraph("办结三百件。"), core=core), "a.docx")
    assert report.issuer == "云川县司法局"
    assert [(fact.origin.value, fact.guessed) for fact in report.facts if fact.name == "issuer"] == [
        ("properties", True)
    ]


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        ("45658", "yyyy/m/d", "2025年1月1日"), ("45658", 'yyyy"年"m"月"', "2025年1月"), ("0.0734", "0.0%", "7.3%"),
        ("1234567.5", "#,##0.00", "1,234,567.50"), ("12.5", "General", "12.5"), ("1E-7", "", "0.0000001"),
        ("3", "@", "3"), ("文字", "0", "文字"), ("-2.5", "0.0_ ;[Red]-0.0", "-2.5"), ("0.5", "h:mm", "12:00"),
    ],
)  # fmt: skip
def test_numbers_as_a_sheet_shows_them(value, pattern, shown):
    assert show(value, pattern) == shown


def test_heads_that_are_merged_over_a_row_of_nothing_else():
    def cell(place, text):
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    rows = f'<row r="1">{cell("A1", "项目")}{cell("B1", "数量")}</row><row r="2"/>'
    rows += (
        f'<row r="3">{cell("A3", "许可")}{cell("B3", "12")}</row><row r="5">{cell("A5", "x")}{cell("B5", "1")}</row>'
    )
    merged = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/></mergeCells>'
    first, second = parse_report(sheet_book(rows, merged), "a.xlsx").tables
    assert first.rows == (("项目", "数量"), ("许可", "12"))
    assert second.rows == (("x", "1"),)


def test_formulas_without_a_value_are_named():
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1+1</f></c></row>'
    rows += '<row r="2"><c r="A2" t="inlineStr"><is><t>税收</t></is></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
    report = parse_report(sheet_book(rows, strings=["项目"]), "a.xlsx")
    assert "税收\t2" in report.text
    assert any("1 formulas of sheet '收支'" in warning for warning in report.warnings)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimited_text(encoding, delimiter):
    rows = [["项目", "2023年", "2024年"], ["税收收入", "34908", "35002"], ["", "", ""], ["教育支出", "81200", "80377"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    report = parse_report(text.encode(encoding), "a.csv")
    assert report.tables[0].rows[1] == ("税收收入", "34908", "35002")


def test_ofd_text_by_page_without_running_heads():
    paragraphs = [
        TITLE,
        "一、总体情况",
        *(f"第{n}项工作" + "按照年度计划扎实推进并取得成效" * 5 + "。" for n in range(12)),
    ]
    report = parse_report(ofd(paragraphs, image=picture()), "a.ofd")
    assert [report.text[p.start : p.end] for p in report.paragraphs] == paragraphs
    assert report.pages.count == 4
    assert report.paragraphs[-1].page == 3
    assert [line.box.page for line in report.paragraphs[-1].lines] == [3, 4, 4]
    assert report.exhibits[0].page == 1
    assert report.exhibits[0].image.endswith(".png")


def test_content_decides_under_any_name():
    body = word(paragraph("正文。"))
    names = [choose_reader(data, "a.txt").name for data in (body, sheet_book(""), ofd(["一"]), b"{\\rtf1 x}")]
    assert names == ["docx", "xlsx", "ofd", "legacy"]


def test_an_old_document_without_libreoffice(monkeypatch):
    monkeypatch.setattr("corpus.readers.legacy.find_program", lambda: None)
    with pytest.raises(UnreadableFile, match="install LibreOffice, or save the document as DOCX"):
        LegacyReader().read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "a.doc")


@pytest.mark.skipif(find_program() is None, reason="LibreOffice is not installed")
def test_an_old_document_through_libreoffice():
    rtf = b"{\\rtf1\\ansi\\ansicpg936 {\\u25919\\'3f\\u24220\\'3f\\u24037\\'3f\\u20316\\'3f\\par}}"
    report = parse_report(rtf, "a.doc")
    assert report.text == "政府工作"
