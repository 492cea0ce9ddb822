"""Pages of the original, cells and pictures as HTML, and the images that the page's own server gives."""

from dataclasses import replace

import pytest
from hypothesis import given
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qa.types import CitedExhibit
from qa.ui.conversation import describe_place, render_answer
from qa.ui.exhibits import render_exhibits
from qa.ui.images import Images
from qa.ui.source import render_source
from qa.ui.takeaway import citation_text
from qa.ui.texts import CHINESE, ENGLISH
from tests.corpus.documents import picture as draw
from tests.qa.ui.fakes import REPORTS, FakeEngine, cite, paged_answer, paged_report
from tests.qa.ui.hostile import names
from tests.qa.ui.html_check import Checked, folded

PAGED = paged_report()
PICTURE = draw(40, 30)
LINE, ROW = paged_answer("").citations


def test_the_page_of_the_quote_is_shown_with_its_lines_marked():
    html = render_source(LINE, PAGED, CHINESE)
    checked = Checked(html)
    assert 'src="page-image/paged/1" alt="《白石乡统计摘要》第1页的图像"' in html
    assert html.count('class="rq-box"') == 1
    assert 'style="left:10.00%;top:30.00%;width:80.00%;height:5.00%" data-page="1"></div>' in html
    assert "第 1 / 2 页" in checked.line
    assert [button["data-view"] for button in checked.acts("paper")] == ["page", "text"]
    assert "".join(checked.marked) == LINE.quote, "the text is there as well"


def test_boxes_of_other_pages_wait_for_their_page_and_a_cell_has_its_own():
    both = replace(LINE, end=ROW.end, quote=PAGED.text[LINE.start : ROW.end], cell=ROW.cell)
    html = render_source(both, PAGED, CHINESE)
    Checked(html)
    assert html.count('data-page="2" hidden=""') == 3, "two rows and the cell"
    assert html.count("rq-box rq-box-cell") == 1


@pytest.mark.parametrize("changed", [REPORTS[0], replace(PAGED, text="x" * len(PAGED.text))], ids=["text", "changed"])
def test_what_has_no_pages_or_says_something_else_shows_none(changed):
    citation = cite(REPORTS[0], "败诉3件") if changed is REPORTS[0] else LINE
    html = render_source(citation, changed, CHINESE)
    assert "rq-pager" not in html
    assert "page-image" not in html


def test_a_cell_is_named_by_table_row_and_column():
    place = "表格“<b>复议</b>案件”，“维持”行，“总计”列"
    assert describe_place(ROW, CHINESE).endswith(f"第5段 · 第2页 · {place}")
    assert citation_text(ROW, PAGED, CHINESE).endswith(f"第5段，第2页，{place}。")
    assert place in Checked(render_source(ROW, PAGED, CHINESE)).line
    assert "row “维持”, column “总计”" in Checked(render_answer(paged_answer(""), 0, ENGLISH)).line


def test_pictures_stand_in_the_answer_with_caption_and_page():
    html = render_answer(paged_answer(""), 3, CHINESE)
    checked = Checked(html)
    assert html.count('src="picture/0123456789abcdef.png"') == 1
    assert "图1 <i>渡口</i>示意图白石乡统计摘要 · 第1页" in checked.line
    assert "图白石乡统计摘要 · 文件中没有可以显示的图像" in checked.line
    shown = [button for button in checked.acts("cite") if "rq-exhibit" in button["class"]]
    assert [(button["data-turn"], button["data-marker"]) for button in shown] == [("3", "1"), ("3", "2")]
    assert not render_exhibits(replace(paged_answer(""), exhibits=()), 0, CHINESE)


@given(caption=names, title=names)
def test_nothing_of_a_caption_injects_html(caption, title):
    exhibit = CitedExhibit(caption, caption, 1, "", "paged", 1)
    answer = replace(paged_answer(""), exhibits=(exhibit,), citations=(replace(LINE, title=title),))
    assert folded(caption) in Checked(render_exhibits(answer, 0, CHINESE)).line


def served(engine: FakeEngine) -> TestClient:
    return TestClient(Images(Starlette(), engine))


def test_images_are_given_with_their_type():
    client = served(FakeEngine())
    picture, page = client.get("/picture/0123456789abcdef.png"), client.get("/page-image/paged/2")
    assert (picture.status_code, picture.headers["content-type"], picture.content) == (200, "image/png", PICTURE)
    assert (page.status_code, page.headers["content-type"]) == (200, "image/png")
    assert "private" in page.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    ["/page-image/paged/3", "/page-image/other/1", "/picture/ffff.png"],
)
def test_what_is_not_there_is_not_found(path):
    assert served(FakeEngine()).get(path).status_code == 404
    assert served(FakeEngine(originals=False)).get("/page-image/paged/1").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/picture/../reports.sqlite",
        "/picture/%2e%2e/x.png",
        "/picture/a.svg",
        "/page-image/a%2Fb/1",
        "/page-image/paged/0",
        "/page-image/paged/-1",
        "/page-image/paged/1000000",
        "/page-image/paged/1/..",
    ],
)
def test_no_other_address_reaches_the_engine(path):
    engine = FakeEngine()
    assert served(engine).get(path).status_code == 404
    assert served(engine).post("/page-image/paged/1").status_code == 404
    assert not engine.images
