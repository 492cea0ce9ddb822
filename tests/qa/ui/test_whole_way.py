"""The whole way over the real engine: reports put in, indexed, asked without a reload, corrected, gone back from."""

import io

import pytest
from docx import Document

from index.build import build_index
from qa.engine import Engine
from qa.settings import Settings
from qa.ui import build_ui, launch_options
from tests.qa.ui.conftest import DESKTOP, free_port
from tests.qa.ui.test_browser import ask

# Gradio calls pandas in ways that pandas will drop.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::Warning:gradio.queueing")]

PLAIN = """2025年枫林县法治政府建设年度报告
日期：2026-01-20
一、总体情况
全年办理渡船检验417艘次，比上年多出32艘次。
二、存在的问题
渡口照明不足，个别码头的栏杆没有修好。"""
QUESTION = "枫林县2025年办理渡船检验多少艘次？"


def docx_report() -> bytes:
    document = Document()
    document.add_heading("2025年槐荫区政府信息公开工作年度报告", 0)
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("全年主动公开信息6,204条，办结申请公开事项83件。")
    document.add_heading("二、存在的问题", 1)
    document.add_paragraph("个别单位的目录更新不及时，基层的人手不够。")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def samples(tmp_path_factory, encoder):
    """A home folder as a first start leaves it, and its engine: the samples alone are indexed."""
    home = tmp_path_factory.mktemp("whole-way")
    build_index(home, (), encoder)
    return Engine.open(Settings(home=home))


@pytest.fixture
def page(browser, samples):
    served = build_ui(samples)
    _, address, _ = served.launch(**launch_options("127.0.0.1", free_port(), samples), prevent_thread_lock=True)
    opened = browser.new_page(viewport=DESKTOP)
    opened.set_default_timeout(20_000)
    opened.goto(address)
    opened.locator("#rq-question textarea:enabled").wait_for()
    yield opened
    opened.close()
    served.close(verbose=False)


def test_reports_are_put_in_asked_about_and_gone_back_from(page, samples):
    first = samples.index_build
    assert ask(page, QUESTION).locator(".rq-refusal").count() == 1
    page.get_by_role("tab", name="报告").click()
    assert page.locator(".rq-samples").count() == 1
    files = [("2025年枫林县报告.txt", PLAIN.encode()), ("2025年槐荫区报告.docx", docx_report())]
    given = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    page.locator("#rq-upload input[type=file]").set_input_files(given)
    page.locator(".rq-said", has_text="已存入：2025年枫林县报告.txt、2025年槐荫区报告.docx").wait_for()

    page.evaluate(
        """() => {
            window.steps = [];
            const look = () => document.querySelectorAll(".rq-step").forEach(one => window.steps.push(one.textContent));
            new MutationObserver(look).observe(document.querySelector("#rq-build"), { childList: true, subtree: true });
        }"""
    )
    page.get_by_role("button", name="更新索引").click()
    page.locator(".rq-built", has_text="已启用：2 份报告").wait_for()
    assert page.evaluate("window.steps.length") > 0, "the build told how far it was"
    page.locator(".rq-cards > li").nth(1).wait_for()
    assert page.locator(".rq-cards > li").count() == 2, "reports of one's own take the samples' place"
    assert page.locator(".rq-samples").count() == 0
    assert samples.index_build != first

    page.get_by_role("tab", name="提问").click()
    turn = ask(page, QUESTION)
    assert "417艘次" in turn.locator(".rq-headline").inner_text()
    page.locator("#rq-source mark", has_text="办理渡船检验417艘次").wait_for()
    ask(page, "槐荫区2025年主动公开信息多少条？")
    page.locator("#rq-source mark", has_text="主动公开信息6,204条").wait_for()

    page.get_by_role("tab", name="报告").click()
    page.locator(".rq-card", has_text="枫林县").click()
    page.get_by_text("更正信息").click()
    page.get_by_role("textbox", name="种类").fill("渡口年报")
    page.get_by_role("button", name="保存更正").click()
    page.locator("#rq-build .rq-said", has_text="已更正：种类。").wait_for()
    page.get_by_role("button", name="更新索引").click()
    page.locator(".rq-card", has_text="渡口年报").wait_for()

    page.get_by_text("索引版本").click()
    page.get_by_role("button", name="退回此版本").last.click()
    page.locator(".rq-samples").wait_for()
    assert samples.index_build == first
    assert samples.samples
    page.get_by_role("tab", name="提问").click()
    assert ask(page, QUESTION).locator(".rq-refusal").count() == 1
    page.locator(".rq-marker").first.click()
    page.locator("#rq-source mark", has_text="417艘次").wait_for()
