"""The page as a user meets it, driven in headless Chromium."""

import json
import re
from pathlib import Path

import pytest

from qa.types import Scope
from tests.qa.ui.conftest import PHONE
from tests.qa.ui.fakes import HOSTILE, REPORTS

# Gradio calls pandas in ways that pandas will drop.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::Warning:gradio.queueing")]

BOX = "#rq-question textarea"


def ask(page, question):
    """Type a question, send it with Enter, wait for its answer; returns its turn."""
    turns = page.locator(".rq-turn")
    before = turns.count()
    page.fill(BOX, question)
    page.press(BOX, "Enter")
    turns.nth(before).wait_for()
    page.locator(".rq-pending").wait_for(state="detached")
    return turns.nth(before)


def marked(page, text):
    """Wait until the source pane marks this text, and return the mark."""
    mark = page.locator("#rq-source mark", has_text=text)
    mark.wait_for()
    return mark


def in_view(page, locator):
    """Whether an element lies in the window and in its scrolling box."""
    page.wait_for_timeout(100)
    return locator.evaluate(
        """element => {
            const own = element.getBoundingClientRect();
            const box = element.closest(".rq-scroll").getBoundingClientRect();
            return own.top >= Math.max(0, box.top) && own.bottom <= Math.min(innerHeight, box.bottom) && own.height > 0;
        }"""
    )


def test_a_question_gets_a_cited_answer_and_a_marker_opens_its_sentence(visit):
    page = visit()
    turn = ask(page, "云溪县2024年调处了多少纠纷？")
    assert turn.locator(".rq-headline").inner_text() == "4,506件"
    first = marked(page, "全年调处纠纷4,506件，成功率98.6%。")
    assert in_view(page, first)
    turn.locator(".rq-marker", has_text="[2]").click()
    second = marked(page, "诉前委派调解1,865件，成功1,264件，占67.8%。")
    assert in_view(page, second)
    assert page.locator("#rq-source mark").count() == 1
    assert turn.locator(".rq-marker[aria-current=true]").inner_text() == "[2]"
    assert turn.locator(".rq-source[aria-current=true] .rq-source-number").inner_text() == "[1][2]"
    head = page.locator("#rq-source .rq-pane-head").inner_text()
    for fact in ("2024年云溪县法治政府建设年度报告", "云溪县 · 2024年 · 第18段", "（三）推进多元解纷"):
        assert fact in head


def test_the_same_marker_brings_the_sentence_back_into_view(visit):
    page = visit()
    turn = ask(page, "调处了多少纠纷？")
    mark = marked(page, "全年调处纠纷")
    page.locator("#rq-source .rq-pane-body").evaluate("body => { body.scrollTop = 0; }")
    assert not in_view(page, mark)
    turn.locator(".rq-marker").first.click()
    assert in_view(page, mark)


def test_a_follow_up_carries_the_earlier_questions(visit, served):
    page = visit()
    ask(page, "云溪县应诉多少件？")
    turn = ask(page, "诉前调解呢？")
    assert served.engine.asked[-1] == ("诉前调解呢？", ("云溪县应诉多少件？",))
    assert "按这个问题作答：云溪县2024年诉前调解呢？" in turn.inner_text()
    page.fill(BOX, "调解")
    page.click("#rq-new")
    page.wait_for_selector(".rq-welcome")
    assert page.input_value(BOX) == "调解", "what was typed is not swept away"
    assert not page.locator("#rq-source mark").count()
    ask(page, "调解了多少？")
    assert served.engine.asked[-1] == ("调解了多少？", ())


def test_a_refusal_is_one_and_its_nearest_passage_opens(visit):
    page = visit()
    turn = ask(page, "航天发射了几次？")
    assert "未找到可以回答的依据" in turn.locator(".rq-refusal").inner_text()
    assert not turn.locator(".rq-headline").count()
    assert not page.locator("#rq-source mark").count()
    turn.locator(".rq-source").click()
    assert in_view(page, marked(page, "办理法律援助571件"))


def test_errors_are_sentences_and_the_page_goes_on(visit):
    page = visit()
    assert "index '<i>x</i>' is being rebuilt" in ask(page, "出错").inner_text()
    page.fill(BOX, "缺陷")
    page.press(BOX, "Enter")
    page.locator(".rq-error", has_text="程序出现意外错误").wait_for()
    assert "RuntimeError" not in page.content()
    assert "4,506件" in ask(page, "调解").inner_text()


def test_an_example_question_is_asked_by_a_click(visit, served):
    page = visit()
    example = page.locator(".rq-example").first
    question = example.inner_text()
    example.click()
    page.locator(".rq-answer").wait_for()
    assert served.engine.asked[-1] == (question, ())
    assert page.locator(".rq-question").inner_text() == question


def test_blank_questions_ask_nothing(visit, served):
    page = visit()
    before = len(served.engine.asked)
    page.fill(BOX, "   ")
    page.click("#rq-send")
    page.wait_for_timeout(500)
    assert len(served.engine.asked) == before
    assert page.locator(".rq-welcome").count() == 1


def test_the_reports_are_listed_and_open_in_the_reader(visit):
    page = visit()
    page.get_by_role("tab", name="报告").click()
    cards = page.locator(".rq-card")
    assert cards.count() == len(REPORTS)
    assert "读取时的提示：第3行的编码有误" in cards.nth(1).inner_text()
    assert "make run REPORTS=目录" in page.locator(".rq-samples").inner_text()
    cards.first.click()
    reader = page.locator("#rq-reader")
    reader.locator("text=全年调处纠纷4,506件").wait_for()
    paragraphs = reader.locator(".rq-p").evaluate_all("all => all.map(one => one.textContent)")
    assert "\n".join(paragraphs) == REPORTS[0].text
    reader.get_by_text("目录", exact=True).click()
    reader.locator(".rq-jump", has_text="二、服务发展").click()
    heading = reader.locator(".rq-heading", has_text="二、服务发展")
    assert in_view(page, heading)
    assert heading.bounding_box()["y"] - reader.locator(".rq-pane-body").bounding_box()["y"] < 40
    assert page.locator(".rq-card[aria-current=true]").count() == 1


def test_figures_are_searched_and_a_bar_and_a_row_open_their_sentences(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("tab", name="数据").click()
    page.get_by_label("指标", exact=True).fill("法律援助")
    page.keyboard.press("Enter")
    page.locator(".rq-results", has_text="共 4 个数据").wait_for()
    bar = page.get_by_role("button", name="青岚区 2024年 本区全年办理法律援助 302件")
    bar.focus()
    page.keyboard.press("Enter")
    mark = page.locator("#rq-figure-source mark", has_text="本区全年办理法律援助302件。")
    mark.wait_for()
    assert in_view(page, mark)
    page.get_by_role("button", name="按数值排序").click()
    page.locator("th[aria-sort=ascending]").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "数值"
    assert page.locator(".rq-value-button").first.inner_text() == "97件"
    page.locator(".rq-row", has_text="258件").click()
    page.locator("#rq-figure-source mark", has_text="农民工案件258件").wait_for()
    page.get_by_role("button", name="复制表格").click()
    page.get_by_role("button", name="已复制").wait_for()
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert lines[0] == "指标\t数值\t时期\t性质\t发布单位\t报告"
    assert lines[1].split("\t")[1:3] == ["97件", "2024年"]
    for button, name in (("下载 CSV", "数据_法律援助.csv"), ("下载 Excel", "数据_法律援助.xlsx")):
        with page.expect_download() as saving:
            page.get_by_role("button", name=button).click()
        assert saving.value.suggested_filename == name
        assert len(Path(saving.value.path()).read_bytes()) > 500


def test_a_report_is_uploaded_and_the_index_built_with_progress(visit, served, tmp_path):
    served.engine.home = tmp_path / "home"
    report = tmp_path / "2025_新县_公报.txt"
    report.write_text("新县2025年公报\n一、综合\n办结9件。", encoding="utf-8")
    page = visit()
    page.get_by_role("tab", name="报告").click()
    page.locator("#rq-upload input[type=file]").set_input_files(str(report))
    page.locator(".rq-said", has_text="已存入：2025_新县_公报.txt").wait_for()
    assert (tmp_path / "home" / "reports" / "2025_新县_公报.txt").exists()
    page.get_by_role("button", name="更新索引").click()
    page.get_by_role("progressbar").wait_for()
    page.locator(".rq-built", has_text="索引 20261126-0002 已启用").wait_for()
    page.get_by_text("索引版本").click()
    page.get_by_role("button", name="退回此版本").click()
    page.locator(".rq-versions li", has_text="20261125-0009").locator(".rq-live").wait_for(state="attached")
    assert served.engine.listed[1].live
    page.get_by_label("筛选报告").fill("青岚")
    page.wait_for_function("document.querySelectorAll('.rq-card').length === 1")
    page.get_by_role("tab", name="说明").click()
    page.locator("#rq-about", has_text="数据不出本机").wait_for()
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement === document.querySelector('#rq-question textarea')")


def test_report_text_is_text_and_runs_nothing(visit):
    page = visit()
    turn = ask(page, "注入")
    assert "".join(turn.locator(".rq-text").inner_text().split()) == "".join(
        f"{line}[{number}]" for number, line in enumerate(HOSTILE.split("\n"), 1)
    ).replace(" ", "")
    for number, line in enumerate(HOSTILE.split("\n"), 1):
        turn.locator(".rq-marker", has_text=f"[{number}]").click()
        assert marked(page, line).inner_text() == line
    page.get_by_role("tab", name="报告").click()
    page.locator(".rq-card", has_text="script").click()
    page.locator("#rq-reader .rq-file", has_text="<img src=x onerror=window.hacked=6>.txt").wait_for()
    assert page.evaluate("window.hacked") is None
    blocks = ":is(#rq-conversation, #rq-source, #rq-list, #rq-reader)"
    assert page.locator(f"{blocks} :is(script, img, svg, iframe, style, a, object, embed, form, link)").count() == 0


def test_a_question_is_text_too(visit):
    page = visit()
    hostile = "<img src=x onerror='window.hacked=1'> **应诉** {{value}} ${hacked = 2}"
    assert ask(page, hostile).locator(".rq-question").inner_text() == hostile
    assert page.evaluate("window.hacked") is None


def test_a_paragraph_of_two_hundred_thousand_characters_opens_at_its_quote(visit):
    page = visit()
    ask(page, "超长的报告说了什么？")
    assert in_view(page, marked(page, "末尾一句办结了19件。"))
    assert page.locator("#rq-source").evaluate("pane => pane.textContent.length") > 200_000


@pytest.mark.parametrize("secure", [True, False], ids=["clipboard", "plain http"])
def test_sentence_and_citation_are_copied(visit, secure):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    if not secure:
        page.evaluate("Object.defineProperty(window, 'isSecureContext', { value: false })")
    ask(page, "应诉")
    marked(page, "应诉45件")
    for button, text in (
        ("复制原句", "应诉45件，审结42件，败诉3件，败诉率7.1%。"),
        (
            "复制出处",
            "云溪县：《2024年云溪县法治政府建设年度报告》（2025年2月8日），“四、定分止争：化解行政争议和社会矛盾”“（二）应诉质量稳中有进”，第17段。",
        ),
    ):
        page.get_by_role("button", name=button).click()
        page.get_by_role("button", name="已复制").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == text
        page.get_by_role("button", name=button).wait_for()


def test_a_copied_link_opens_the_words_and_mentions_are_gone_through(visit, served):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "应诉")
    page.get_by_role("button", name="复制链接").click()
    page.get_by_role("button", name="已复制").wait_for()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.startswith(served.address + "?report=yunxi&start=")
    page.get_by_text("引用格式").click()
    page.locator(".rq-forms li", has_text="公文引用").get_by_role("button").click()
    page.locator(".rq-forms li", has_text="已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "《2024年云溪县法治政府建设年度报告》（2025年2月8日）"
    page.keyboard.press("Escape")
    page.locator("#rq-source").get_by_role("button", name="下一处").click()
    here = page.locator(".rq-mention.rq-here")
    assert here.inner_text() == "应诉"
    assert in_view(page, here)
    other = visit(query="?" + address.split("?")[1])
    assert in_view(other, marked(other, "应诉45件"))
    lost = visit(query=f"?{address.split('?')[1][:-1]}x")
    lost.locator("#rq-source", has_text="链接所引的句子已找不到").wait_for()


def test_a_conversation_outlives_a_reload_and_is_named_exported_and_deleted(visit):
    page = visit()
    ask(page, "调处了多少纠纷？")
    ask(page, "应诉")
    page.reload()
    page.locator(".rq-turn").nth(1).wait_for()
    assert page.locator(".rq-headline").all_inner_texts() == ["4,506件", "45件"]
    page.locator(".rq-marker").first.click()
    marked(page, "全年调处纠纷4,506件，成功率98.6%。")
    page.on("dialog", lambda asked: asked.accept("我的对话"))
    page.get_by_role("button", name="改名").click()
    page.locator(".rq-bar-name", has_text="我的对话").wait_for()
    for button, suffix, start in (("导出 Markdown", "md", b"# "), ("导出 Word", "docx", b"PK")):
        with page.expect_download() as saving:
            page.get_by_role("button", name=button).click()
        assert saving.value.suggested_filename == f"我的对话.{suffix}"
        assert Path(saving.value.path()).read_bytes().startswith(start)
    page.click("#rq-new")
    page.get_by_role("button", name="我的对话（2 问）").click()
    page.locator(".rq-turn").nth(1).wait_for()
    page.click("#rq-new")
    page.get_by_role("button", name="删除").click()
    page.get_by_role("button", name="确定删除").click()
    page.locator(".rq-kept-list").wait_for(state="detached")
    page.reload()
    page.wait_for_selector(".rq-welcome")
    assert page.evaluate("Object.keys(localStorage).filter(one => one.startsWith('rq-')).length") == 0


def test_the_scope_is_narrowed_by_filters_and_widened_by_a_click(visit, served):
    page = visit()
    page.get_by_label("年份").click()
    page.get_by_role("option", name="2024年").click()
    turn = ask(page, "调处了多少纠纷？")
    within, without = served.engine.narrowed[-1]
    assert (within, without) == (Scope(years=(2024,)), Scope())
    assert "筛选：2024年" in turn.inner_text()
    turn.get_by_role("button", name="去掉“云溪县”再问").click()
    page.locator(".rq-turn").nth(1).wait_for()
    page.locator(".rq-pending").wait_for(state="detached")
    assert served.engine.narrowed[-1] == (Scope(years=(2024,)), Scope(issuers=("云溪县",)))
    page.locator(".rq-turn").last.get_by_role("button", name="去掉筛选再问").click()
    page.locator(".rq-turn").nth(2).wait_for()
    page.locator(".rq-pending").wait_for(state="detached")
    assert served.engine.narrowed[-1][0] == Scope()
    assert page.get_by_label("年份").input_value() == "全部年份"


def test_an_answer_leads_on_and_is_judged(visit, served, tmp_path):
    served.engine.home = tmp_path
    page = visit()
    turn = ask(page, "云溪县2024年调处了多少纠纷？")
    turn.get_by_role("button", name="有帮助").click()
    turn.locator(".rq-judged", has_text="已记录在本机").wait_for()
    turn = ask(page, "航天发射了几次？")
    assert turn.locator(".rq-suggestions", has_text="这些问题可以回答").count() == 1
    turn.get_by_text("有问题").click()
    turn.get_by_role("button", name="应当能回答").click()
    turn.locator(".rq-judged").wait_for()
    noted = [json.loads(line) for line in (tmp_path / "feedback.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["good"], one["reason"], one["expected"]) for one in noted] == [
        (True, "", "4,506件"),
        (False, "应当能回答", ""),
    ]
    question = turn.locator(".rq-suggestions button").first.inner_text()
    turn.locator(".rq-suggestions button").first.click()
    page.locator(".rq-question", has_text=question).wait_for()


def test_all_is_done_by_keyboard(visit):
    page = visit()
    page.focus(BOX)
    page.keyboard.type("调处了多少纠纷？")
    page.keyboard.press("Enter")
    page.locator(".rq-marker").first.wait_for()
    page.evaluate("document.activeElement.blur(); document.querySelector('#rq-conversation').focus()")
    reached = []
    for _ in range(25):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("(document.activeElement.textContent || document.activeElement.placeholder).trim()")
        )
        if reached[-1] == "[2]":
            break
    assert {"提问", "报告", "English", "[1]", "[2]"} & set(reached) >= {"[1]", "[2]"}
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert in_view(page, marked(page, "诉前委派调解1,865件"))


def test_everything_fits_an_office_screen(visit):
    page = visit()
    for question in ("调处了多少纠纷？", "对比法律援助", "应诉"):
        ask(page, question)
    size = page.evaluate("[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]")
    assert size == [1366, 768]
    for part in ("#rq-send", "#rq-new", BOX, ".rq-language"):
        box = page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1366
        assert box["y"] + box["height"] <= 768
    box, send = page.locator(BOX).bounding_box(), page.locator("#rq-send").bounding_box()
    assert box["x"] < 60, "the question box stands at the left, below the conversation"
    assert box["y"] > 640
    assert abs(box["y"] - send["y"]) < 10, "box and button share a line"


def test_a_phone_shows_the_source_as_a_sheet(visit):
    page = visit(PHONE, has_touch=True)
    turn = ask(page, "调处了多少纠纷？")
    assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]
    assert not page.locator("#rq-source").is_visible()
    turn.locator(".rq-marker", has_text="[2]").tap()
    assert in_view(page, marked(page, "诉前委派调解1,865件"))
    page.locator("#rq-source .rq-back").tap()
    assert not page.locator("#rq-source").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "[2]"
    page.get_by_role("tab", name="报告").tap()
    page.locator(".rq-card").first.tap()
    page.locator("#rq-reader .rq-pane-title").wait_for()
    page.keyboard.press("Escape")
    page.locator("#rq-reader").wait_for(state="hidden")


def test_english_by_address_and_by_button_and_the_conversation_stays(visit):
    page = visit(query="?lang=en")
    page.get_by_role("tab", name="Reports").wait_for()
    assert page.get_by_role("button", name="Send").is_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    turn = ask(page, "航天发射了几次？")
    assert "No evidence for an answer" in turn.inner_text()
    page.get_by_role("button", name="中文").click()
    page.locator(".rq-refusal", has_text="未找到可以回答的依据").wait_for()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.url.endswith("?lang=zh")
    assert page.locator(BOX).get_attribute("placeholder") == "请输入问题，按回车发送"


def test_chinese_is_spoken_to_any_browser(visit):
    page = visit()
    assert page.get_by_role("tab", name="提问").is_visible()
    assert page.title() == "政报问答"
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


CONTRAST = """selector => {
    const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = colour => {
        const linear = x => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
        const [r, g, b] = numbers(colour).map(x => linear(x / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const element = document.querySelector(selector);
    let ground = element;
    while (/rgba\\(.*, 0\\)|transparent/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    const pair = [light(getComputedStyle(element).color), light(getComputedStyle(ground).backgroundColor)].sort();
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_by_day_and_by_night(visit, scheme):
    page = visit(color_scheme=scheme)
    ask(page, "调处了多少纠纷？")
    ask(page, "航天")
    ask(page, "出错")
    parts = (
        ".rq-product .rq-tagline .rq-language .rq-question .rq-headline .rq-text .rq-marker .rq-source-title "
        ".rq-source-place .rq-scope .rq-label .rq-refusal .rq-notice-title .rq-error #rq-new #rq-send"
    )
    low = {part: round(page.evaluate(CONTRAST, part), 1) for part in parts.split()}
    ask(page, "调处了多少纠纷？")
    marked(page, "全年调处")
    low |= {
        part: round(page.evaluate(CONTRAST, part), 1) for part in ("mark", ".rq-facts", ".rq-button", ".rq-heading")
    }
    assert {part: value for part, value in low.items() if value < 4.5} == {}
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (int(re.findall(r"\d+", background)[0]) < 60) == (scheme == "dark")
