"""Pages, pictures and corrections as a user meets them, driven in headless Chromium."""

import pytest

from corpus.descriptions import read_descriptions
from tests.qa.ui.conftest import PHONE
from tests.qa.ui.test_browser import ask, in_view, marked

# Gradio calls pandas in ways that pandas will drop.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::Warning:gradio.queueing")]

LOADED = "image => image.complete && image.naturalWidth > 0"


def test_the_quote_is_marked_on_its_page_and_pages_are_turned(visit):
    page = visit()
    turn = ask(page, "渡口通车了吗？")
    image, box = page.locator("#rq-source .rq-page"), page.locator("#rq-source .rq-box:not([hidden])")
    box.wait_for()
    page.wait_for_function("document.querySelector('#rq-source .rq-page').naturalWidth === 400")
    assert in_view(page, box)
    over, under = box.bounding_box(), page.locator("#rq-source .rq-page-box").bounding_box()
    assert abs((over["y"] - under["y"]) / under["height"] - 0.3) < 0.01
    assert abs(over["width"] / under["width"] - 0.8) < 0.01
    assert not page.locator("#rq-source mark").is_visible()
    page.get_by_role("button", name="下一页").click()
    page.locator(".rq-page-place", has_text="第 2 / 2 页").wait_for()
    assert image.get_attribute("src") == "page-image/paged/2"
    assert box.count() == 0
    page.get_by_role("button", name="下一页").click()
    assert image.get_attribute("src") == "page-image/paged/2", "there is no further page"
    page.get_by_role("button", name="文字", exact=True).click()
    assert in_view(page, marked(page, "本乡的渡口今年全部通车。"))
    assert not image.is_visible()
    turn.locator(".rq-marker", has_text="[2]").click()
    marked(page, "维持")
    assert not image.is_visible(), "the choice holds for the next source"
    page.get_by_role("button", name="原件页面").click()
    assert page.get_by_role("button", name="原件页面").get_attribute("aria-pressed") == "true"
    assert page.locator("#rq-source .rq-box-cell:not([hidden])").is_visible()
    assert "“维持”行，“总计”列" in page.locator("#rq-source .rq-facts").inner_text()


def test_text_takes_the_place_of_a_page_that_cannot_be_shown(visit, served):
    served.engine.originals = False
    page = visit()
    ask(page, "渡口通车了吗？")
    page.locator(".rq-page-failed").wait_for()
    assert not page.get_by_role("button", name="原件页面").count(), "there is nothing to choose"
    assert in_view(page, marked(page, "本乡的渡口今年全部通车。"))
    served.engine.originals = True
    # The browser complains of the missing image, as it should.
    visit.seen.complaints.clear()


def test_pictures_stand_in_the_answer_and_lead_to_their_place(visit):
    page = visit(PHONE, has_touch=True)
    turn = ask(page, "渡口通车了吗？")
    picture = turn.locator(".rq-picture")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.rq-picture').naturalWidth === 40")
    assert "图1 <i>渡口</i>示意图" in turn.locator(".rq-exhibit").first.inner_text()
    assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]
    turn.locator(".rq-exhibit").first.tap()
    assert in_view(page, page.locator("#rq-source .rq-box:not([hidden])"))


def test_facts_are_corrected_in_the_reader(visit, served, tmp_path):
    served.engine.home = tmp_path
    page = visit()
    page.get_by_role("tab", name="报告").click()
    assert "it is encrypted" in page.locator(".rq-left-out").text_content()
    page.locator(".rq-card").first.click()
    reader = page.locator("#rq-reader")
    reader.get_by_text("读取情况").click()
    assert "段落 25" in reader.locator(".rq-found").inner_text()
    reader.get_by_text("更正信息").click()
    reader.get_by_label("发文单位").fill("云溪市")
    reader.get_by_role("button", name="保存更正").click()
    reader.locator(".rq-said", has_text="已更正：发文单位。").wait_for()
    assert read_descriptions(tmp_path)["yunxi"].issuer == "云溪市"
