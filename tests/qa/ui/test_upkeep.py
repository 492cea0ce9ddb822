"""Looking after the reports, and the tab that explains: what is shown, and what the browser may send."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.descriptions import Description, read_descriptions
from corpus.errors import ReportQAError
from corpus.ingest import ingest_report
from corpus.types import Fact, Origin
from qa.ui.about import Holdings, render_about
from qa.ui.about_tab import show_about
from qa.ui.build_panel import render_build
from qa.ui.ingested import render_ingest
from qa.ui.reports_acts import set_right, take_in
from qa.ui.reports_tab import is_building, show_build, show_list, show_reader
from qa.ui.session import Session
from qa.ui.texts import CHINESE, ENGLISH
from tests.qa.ui.fakes import FakeEngine, FakeRebuild, paged_report
from tests.qa.ui.html_check import Checked


def panel(build=None, said="", texts=CHINESE):
    return Checked(render_build(build, FakeEngine().listed, said, texts))


def test_a_build_shows_how_far_it_is_and_can_be_cancelled():
    checked = panel(FakeRebuild().state())
    assert "读取报告：1/6 <i>a</i>.txt" in checked.line
    assert checked.acts("cancel")
    assert not checked.acts("rebuild")


def test_an_ended_build_says_what_changed():
    done = FakeRebuild(looks=9).state()
    assert "索引 20261126-0002 已启用：5 份报告。 新增 2025_<b>新县</b>.txt" in panel(done).line
    assert "was cancelled" in panel(FakeRebuild(cancelled=True).state()).line
    held = panel(FakeRebuild(looks=9, lost=("<i>问</i>",)).state())
    assert "以下固定问题答不出来了" in held.line
    assert [button.get("data-accept") for button in held.acts("rebuild")] == [None, "yes"]


def test_versions_can_be_gone_back_to_but_not_the_live_one():
    checked = panel(said="<said>", texts=ENGLISH)
    assert "<said>" in checked.line
    assert [button["data-build"] for button in checked.acts("rollback")] == ["20261125-0009"]


class BrokenEngine(FakeEngine):
    def versions(self):
        raise ReportQAError("the home <x> is gone")


def test_errors_are_sentences():
    for html in (show_build(Session(), BrokenEngine()), show_about(Session(), BrokenEngine())):
        assert "the home <x> is gone" in Checked(html).line
    assert not is_building(FakeEngine())


def test_the_list_is_narrowed_and_own_reports_can_be_taken_out(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "yunxi.txt").write_text("x")
    engine = FakeEngine(home=tmp_path)
    checked = Checked(show_list(Session(filter="云溪 2024"), engine))
    assert [button["data-report"] for button in checked.acts("open")] == ["yunxi"]
    assert [button["data-file"] for button in checked.acts("remove")] == ["yunxi.txt"]
    assert not Checked(show_list(Session(filter="没有"), engine)).acts("open")


def test_files_that_are_not_indexed_are_named_with_the_reason(tmp_path):
    line = Checked(show_list(Session(), FakeEngine(home=tmp_path))).line
    assert "有 2 个文件没有收录 <i>坏</i>.pdf：it is encrypted" in line
    assert "副本.docx：与“yunxi.txt”几乎相同（97%），只收录其一" in line


def test_the_reader_tells_what_was_read_and_where_facts_come_from(tmp_path):
    facts = (Fact("issuer", Origin.TITLE, 0.9), Fact("year", Origin.USER, 1.0))
    ingest = ingest_report(replace(paged_report(), facts=facts, warnings=("<w>",)))
    line = Checked(render_ingest(ingest, CHINESE)).line
    assert "段落 5" in line
    assert "文字识别（OCR）的页：2；平均可信度 98.7%" in line
    assert "<w>" in line
    assert "发文单位 白石乡 取自标题，可信度 90%" in line
    assert "年份 2024 用户更正" in line
    shown = Checked(show_reader(Session(report_id="yunxi"), FakeEngine(home=tmp_path))).line
    assert "读取情况" in shown
    assert "更正信息" in shown


def test_corrections_are_kept_and_shown_before_the_next_build(tmp_path):
    engine = FakeEngine(home=tmp_path)
    said = set_right(Session(), engine, "yunxi", {"issuer": " 云溪 市", "year": "2024", "evil": "x"})
    assert said == "已更正：发文单位。 报告有变动，更新索引后才能检索到。"
    assert 'name="issuer" value="云溪 市"' in show_reader(Session(report_id="yunxi"), engine)
    assert set_right(Session(), engine, "yunxi", {"issuer": "云溪 市"}) == "信息没有变化。"
    for wrong in ({"year": "明年"}, {"year": ""}, {"year": "²⁰²⁴"}, {"date": "昨天"}):
        assert set_right(Session(), engine, "yunxi", wrong).startswith("没有更正：")
    assert set_right(Session(), engine, "../x", {"issuer": "y"}).startswith("没有更正：")
    assert read_descriptions(tmp_path) == {"yunxi": Description("yunxi.txt", issuer="云溪 市")}


def test_uploads_are_taken_in_or_refused(tmp_path):
    good, bad = tmp_path / "2024_云溪县_公报.txt", tmp_path / "<b>.exe"
    good.write_text("云溪县2024年公报\n一、综合\n办结9件。", encoding="utf-8")
    bad.write_text("x")
    said = take_in(Session(), FakeEngine(home=tmp_path / "home"), [str(good), str(bad)])
    assert "已存入：2024_云溪县_公报.txt" in said
    assert "未存入" in said
    assert (tmp_path / "home" / "reports" / "2024_云溪县_公报.txt").exists()
    assert not good.exists(), "the copy that was uploaded is gone"


@pytest.mark.parametrize("texts", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_about_tells_what_is_there(texts):
    holdings = Holdings("b1", "2026-11-26", 9, 4, (2022, 2025), 2475, "shipped", Path("/srv/<home>"))
    checked = Checked(render_about(holdings, texts, "<said>"))
    for known in ("b1", "2,475", "2022", "2025", "/srv/<home>", "<said>"):
        assert known in checked.line
    assert checked.acts("checks")
