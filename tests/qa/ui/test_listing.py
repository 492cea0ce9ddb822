"""The list of reports, the note on samples, and the reader."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given

from qa.ui.listing import render_list, render_reader, render_samples
from qa.ui.texts import CHINESE, ENGLISH
from tests.qa.ui.fakes import REPORTS, FakeEngine, make_report
from tests.qa.ui.hostile import names, texts
from tests.qa.ui.html_check import Checked, folded

CARDS = FakeEngine().reports()


def test_the_list_tells_what_is_known_of_each_report():
    checked = Checked(render_list(CARDS, "qinglan", None, CHINESE))
    for known in ("云溪县 · 法治政府建设年度报告 · 2024年", "2025-02-08 · 1,097 字", "107 字"):
        assert known in checked.line
    assert "读取时的提示：第3行的编码有误" in checked.line
    assert [(b["data-report"], b["aria-current"]) for b in checked.acts("open")][:2] == [
        ("yunxi", "false"),
        ("qinglan", "true"),
    ]


def test_samples_are_named_as_such_with_the_ways_out():
    line = Checked(render_samples(Path("/srv/<home>"), CHINESE)).line
    for word in (
        "示例报告",
        "虚构",
        "make run REPORTS=目录",
        "--reports 目录",
        "/srv/<home>/reports",
        "更新索引",
    ):
        assert word in line
    assert "fictional" in Checked(render_samples(Path("x"), ENGLISH)).line
    assert "虚构" in Checked(render_list(CARDS, "", Path("/srv"), CHINESE)).line
    assert "虚构" not in Checked(render_list(CARDS, "", None, CHINESE)).line


def test_an_empty_index_says_so():
    assert "还没有收录报告" in Checked(render_list((), "", None, CHINESE)).line


def test_the_outline_leads_to_paragraphs():
    checked = Checked(render_reader(REPORTS[0], {}, CHINESE))
    jumps = {button["data-paragraph"] for button in checked.acts("jump")}
    assert {"4", "7", "8", "23"} <= jumps
    assert "文件：yunxi.txt" in checked.line


@given(names, texts)
def test_nothing_of_a_report_injects_html(name, text):
    card = replace(CARDS[0], title=name, file=name, issuer=name, kind=name, date=name, warnings=(name, text))
    assert folded(text) in Checked(render_list([card], "", Path(name), CHINESE)).line
    report = make_report("x", name, f"一、{text}\n（一）{name}。{text}", title=name, file=name, kind=name)
    facts = {"title": name, "year": ""}
    assert folded(text) in Checked(render_reader(report, facts, CHINESE, text)).line
