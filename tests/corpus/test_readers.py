import base64

import pytest

from corpus.errors import UnreadableFile
from corpus.read import parse_report
from corpus.readers import READERS, SUFFIXES, choose_reader
from corpus.readers.base import Extract
from corpus.readers.html import HtmlReader, fragment_lines
from corpus.readers.markdown import MarkdownReader
from corpus.readers.text import TextReader
from tests.corpus.documents import picture

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>云溪县政府网</title><style>p{color:red}</style></head>
<body>
<header><a href="/">首页</a></header><nav><ul><li><a>栏目一</a></li></ul></nav>
<div class="menu"><a>政务</a><a>服务</a><a>互动</a><a>数据</a></div>
<div id="zoom"><h1>云溪县2024年法治政府建设年度报告</h1><p>来源：云溪县人民政府</p><script>var x = "脚本";</script>
<h2>一、主要成效</h2><p>办结<b>三百</b>件，增长
5.6%。</p><p>第一行<br>第二行</p><ul><li>政务服务提速</li><li>复议<a href="x">质量</a>提升</li></ul>
<table><caption>表1 办件情况</caption><tr><th>事项</th><th colspan="2">件数</th></tr>
<tr><td>许可</td><td>12</td><td>15</td></tr></table>
<div style="display: none">隐藏</div><h2>二、问题</h2><p>力量不足。</p></div>
<footer>版权所有</footer></body></html>"""

MARKDOWN = """---
layout: page
---
# 云溪县2024年报告

来源：云溪县人民政府

## 一、主要成效

办结 **三百** 件，见[附表](http://x)。
同段第二行

1. 推进改革
2. 优化服务

- 项目一

表1 办件情况

| 事项 | 件数 |
|------|------|
| 许可 | 12 |

`1.0`版本<!-- 注 -->

<div><p>内嵌段落</p></div>
"""


def read_html(page: str) -> Extract:
    return HtmlReader().read(page.encode(), "a.html")


def lines_of(extract: Extract) -> list[str]:
    return [block.text for block in extract.blocks]


def test_a_reader_is_chosen_by_content_first():
    assert choose_reader(b"\n<html><body>", "a.txt").name == "html"
    assert choose_reader("# 标题".encode(), "A.MD").name == "markdown"
    assert choose_reader("正文".encode(), "a.txt").name == "text"
    assert choose_reader("正文".encode(), "a").name == "text"
    assert choose_reader("面积<10亩".encode(), "a.htm").name == "html"


def test_every_reader_has_its_name_and_suffixes():
    assert len({reader.name for reader in READERS}) == len(READERS)
    assert {".txt", ".md", ".html", ".docx", ".xlsx", ".csv", ".ofd", ".doc", ".wps"} < SUFFIXES
    assert {".pdf", ".png", ".jpg", ".tif"} < SUFFIXES


def test_the_text_of_a_page_without_the_page_around_it():
    extract = read_html(PAGE)
    assert lines_of(extract) == [
        "云溪县2024年法治政府建设年度报告", "来源：云溪县人民政府", "一、主要成效", "办结三百件，增长 5.6%。",
        "第一行", "第二行",
        "政务服务提速", "复议质量提升", "表1 办件情况", "事项\t件数", "许可\t12\t15", "二、问题", "力量不足。",
    ]  # fmt: skip
    assert extract.title == "云溪县2024年法治政府建设年度报告"
    assert [block.level for block in extract.blocks if block.level] == [1, 2, 2]


def test_a_table_of_a_page():
    table = read_html(PAGE).tables[0]
    assert table.caption == "表1 办件情况"
    assert table.rows == (("事项", "件数", "件数"), ("许可", "12", "15"))


def test_a_table_that_lays_out_the_page_is_text():
    cells = f"<tr><td>菜单</td><td><p>{'正文内容。' * 100}</p></td></tr><tr><td>底</td></tr>"
    extract = read_html(f"<html><body><table>{cells}</table></body></html>")
    assert extract.tables == ()
    assert "正文内容。" * 100 in lines_of(extract)


def test_a_list_of_links_goes_and_a_text_with_links_stays():
    links = "<div>" + "<p><a>另一篇文章</a></p>" * 5 + "</div>"
    prose = "<div><p>依据<a>条例</a>、<a>办法</a>、<a>规定</a>和<a>细则</a>，全面推进各项工作。</p></div>"
    page = f"<html><body>{links}{prose}</body></html>"
    assert lines_of(read_html(page)) == ["依据条例、办法、规定和细则，全面推进各项工作。"]


def test_a_page_header_inside_the_article_stays():
    article = "<article><header><h1>报告</h1></header><p>正文。</p></article>"
    page = f"<html><body><header>网站</header>{article}</body></html>"
    assert lines_of(read_html(page)) == ["报告", "正文。"]


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030", "utf-8"])
def test_pages_name_their_encoding(encoding):
    page = PAGE.replace("utf-8", encoding)
    data = page.encode("gb18030" if encoding.startswith("gb") else encoding)
    assert "力量不足。" in lines_of(HtmlReader().read(data, "a.html"))


def test_a_page_in_an_encoding_that_only_it_names():
    page = '<html><head><meta charset="big5"></head><body><p>法治政府建設。</p></body></html>'
    assert lines_of(HtmlReader().read(page.encode("big5"), "a.html")) == ["法治政府建設。"]


def test_a_line_break_in_the_source_prints_nothing_between_chinese_characters():
    assert lines_of(read_html("<html><body><p>全年\n  办结\n300 件</p></body></html>")) == ["全年办结 300 件"]


def test_an_xml_declaration_does_no_harm():
    assert "力量不足。" in lines_of(read_html('<?xml version="1.0" encoding="utf-8"?>' + PAGE))


def test_a_page_that_is_one_form_and_parts_named_for_what_they_are():
    body = (
        f'<div class="nav">首页 机构</div><p>{"正文内容。" * 60}</p><div id="footer" class="x">主办：某某办公室</div>'
    )
    page = f"<html><body><form id=aspnetForm>{body}<form>搜索</form></form></body></html>"
    assert lines_of(read_html(page)) == ["正文内容。" * 60]
    assert lines_of(read_html(f'<html><body><div class="share">{"正文内容。" * 300}</div></body></html>'))


def test_pictures_of_a_page():
    flow = base64.b64encode(picture() + bytes(2_000)).decode()
    body = f'<p>公开流程。</p><p><img src="data:image/png;base64,{flow}"></p><p>图2 许可流程图</p><img src="logo.gif">'
    body += '<p>宣传活动。</p><img src="a.jpg" alt="法治宣传活动现场照片"><p>以上。</p>'
    report = parse_report(f"<html><body>{body}</body></html>".encode(), "a.html")
    assert [(e.label, e.caption, bool(e.image)) for e in report.exhibits] == [
        ("图2", "图2 许可流程图", True), ("", "法治宣传活动现场照片", False),
    ]  # fmt: skip
    assert "法治宣传活动现场照片" in report.text


def test_deep_nesting_is_read():
    assert lines_of(read_html("<html><body>" + "<div>" * 900 + "正文。" + "</div>" * 900)) == ["正文。"]


def test_a_page_without_elements():
    with pytest.raises(UnreadableFile, match="no text"):
        HtmlReader().read(b"   ", "a.html")
    assert fragment_lines("") == []


def test_markdown_prints_what_a_reader_sees():
    extract = MarkdownReader().read(MARKDOWN.encode(), "a.md")
    assert lines_of(extract) == [
        "云溪县2024年报告", "来源：云溪县人民政府", "一、主要成效", "办结 三百 件，见附表。", "同段第二行",
        "1. 推进改革", "2. 优化服务",
        "项目一", "表1 办件情况", "事项\t件数", "许可\t12", "1.0版本", "内嵌段落",
    ]  # fmt: skip
    assert [block.level for block in extract.blocks[:4]] == [1, 0, 2, 0]
    assert extract.title == "云溪县2024年报告"
    assert parse_report(MARKDOWN.encode(), "a.md").tables[0].caption == "表1 办件情况"
    assert extract.tables[0].rows == (("事项", "件数"), ("许可", "12"))


def test_long_markdown_is_read_as_text():
    extract = MarkdownReader().read(("# 标题\n" + "正文内容。\n" * 400_000).encode(), "a.md")
    assert extract.blocks[0].text == "# 标题"
    assert "too long for Markdown" in extract.warnings[0]


def test_text_lines_and_gaps():
    extract = TextReader().read("第一行\r\n\r\n　第二行\n\u200b\n第三行\x0b第四行".encode(), "a.txt")
    assert lines_of(extract) == ["第一行", "第二行", "第三行", "第四行"]
    assert [block.after_gap for block in extract.blocks] == [True, True, False, False]


def test_lost_characters_are_reported():
    extract = TextReader().read(("正文" * 200).encode() + b"\xff", "a.txt")
    assert "1 characters could not be decoded" in extract.warnings[0]
