"""The tab of figures: search, chart, table, and what comes back from the browser."""

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import ReportQAError
from corpus.types import Kind
from qa.figures import cite_figure
from qa.series import Measure, points
from qa.ui.chart import describe_point, render_chart
from qa.ui.downloads import CSV, render_download, safe_name
from qa.ui.figure_search import FigureSearch, change_view, search_for, sort_figures
from qa.ui.figures_tab import find_figure, show_figure_source, show_figures
from qa.ui.figures_table import render_figures, render_start
from qa.ui.session import Session
from qa.ui.texts import CHINESE, ENGLISH
from tests.qa.test_series import placed
from tests.qa.ui.fakes import REPORTS, FakeEngine
from tests.qa.ui.hostile import names
from tests.qa.ui.html_check import Checked, folded

AID = [
    placed("法律援助", "486", "2022年", year=2022),
    placed("法律援助", "480", "2022年", year=2023),
    placed("法律援助", "571", "2024年"),
    placed("法律援助", "600", "2025年", Kind.TARGET),
    placed("法律援助", "302", "2024年", issuer="青岚区"),
]
CASES = Measure("件", Kind.RESULT)


def chart_of(figures, texts=CHINESE):
    html = render_chart(points(figures, CASES, "法律援助"), CASES, texts)
    return ElementTree.fromstring(html) if html else None


def buttons_of(chart):
    return [one for one in chart.iter() if one.get("data-do") == "figure"]


def test_a_chart_draws_each_figure_as_a_button_that_says_what_it_is():
    buttons = buttons_of(chart_of(AID))
    assert [one.get("aria-label") for one in buttons] == [
        "云溪县 2022年 法律援助 480件 · 实绩 · 2022年的报告原为486件",
        "云溪县 2024年 法律援助 571件 · 实绩",
        "云溪县 2025年 法律援助 600件 · 目标",
        "青岚区 2024年 法律援助 302件 · 实绩",
    ]
    assert [one.get("tabindex") for one in buttons] == ["0"] * 4
    shapes = ["polygon" if one.find("polygon") is not None else "circle" for one in buttons]
    assert shapes == ["circle", "circle", "polygon", "circle"]
    assert [one.get("class") for one in buttons[0]].count("rq-ring") == 1


def test_one_year_of_several_issuers_is_bars_with_the_largest_first():
    chart = chart_of([AID[2], AID[4]])
    assert [one.get("data-report") for one in buttons_of(chart)] == ["云溪县2024", "青岚区2024"]
    assert len([one for one in chart.iter("rect") if one.get("class") == "rq-bar"]) == 2


def test_one_figure_makes_no_chart():
    assert chart_of(AID[2:3]) is None


@given(values=st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=2, max_size=9), issuer=names, indicator=names)
def test_any_figures_make_a_well_formed_chart(values, issuer, indicator):
    figures = [placed("率", str(value), f"{2010 + n}年", issuer=issuer) for n, value in enumerate(values)]
    figures = [replace(one, figure=replace(one.figure, text=indicator)) for one in figures]
    clean = "".join(character for character in issuer if character.isprintable())
    for chosen in (
        figures,
        [replace(one, figure=replace(one.figure, period="2024年")) for one in figures[:1]] + AID[4:],
    ):
        chart = render_chart(points(chosen, CASES, "法律援助率"), CASES, ENGLISH)
        assert "<script" not in chart
        assert "<img" not in chart
        if clean == issuer and indicator.isprintable():
            assert buttons_of(ElementTree.fromstring(chart))


def test_the_table_lists_figures_with_the_way_to_their_sentence():
    checked = Checked(
        show_figures(Session(figures=search_for("法律援助", "", "", "")), FakeEngine()).replace("svg", "div")
    )
    assert "共 4 个数据" in checked.line
    first = checked.acts("figure")[0]
    assert (first["data-report"], first["data-position"]) == ("yunxi", "45")


@pytest.fixture(autouse=True)
def _drawing_is_checked_elsewhere(monkeypatch):
    monkeypatch.setattr("qa.ui.figures_table.render_chart", lambda *_: "")


def test_what_is_not_found_gets_a_hint():
    line = Checked(show_figures(Session(figures=search_for("没有这个", "", "", "")), FakeEngine())).line
    assert "没有符合条件的数据" in line
    assert "减少一个条件" in line


def test_suggestions_stand_before_the_first_search():
    assert "输入指标名称" in Checked(show_figures(Session(), FakeEngine())).line
    assert Checked(render_start(["<b>"], CHINESE)).acts("search")[0]["data-indicator"] == "<b>"


class GoneEngine(FakeEngine):
    def common_indicators(self, most):
        raise ReportQAError("the index <x> is gone")


def test_a_missing_index_is_a_sentence():
    assert "the index <x> is gone" in Checked(show_figures(Session(), GoneEngine())).line
    gone = replace(cite_figure(AID[0]), report_id="<gone>")
    assert "这份报告打不开了" in Checked(show_figure_source(Session(shown_figure=gone), FakeEngine())).line


def test_a_figure_opens_its_sentence():
    citation = find_figure(FakeEngine(), "yunxi", "45").citation
    assert citation.quote == REPORTS[0].text[citation.start : citation.end]
    assert "办理法律援助571件" in citation.quote
    assert Checked(show_figure_source(Session(shown_figure=citation), FakeEngine())).marked == [citation.quote]


@pytest.mark.parametrize("position", [None, "", "-1", "9999", "99999999999", "x", "²"])
def test_positions_from_the_browser_may_be_anything(position):
    assert find_figure(FakeEngine(), "yunxi", position) is None
    with pytest.raises(ReportQAError):
        find_figure(FakeEngine(), None, position)


def test_columns_sort_numbers_by_what_they_count():
    figures = [placed("甲", "2", "2024年", unit="万元", scale=Decimal(10000)), placed("乙", "300", "2023年", unit="元")]
    search = change_view(FigureSearch(), "1", None, None)
    assert sort_figures(figures, search) == figures[::-1]
    assert sort_figures(figures, change_view(search, "1", None, None)) == figures
    assert sort_figures(figures, FigureSearch()) is figures


@given(st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()))
def test_changes_of_the_view_may_be_anything(sort, measure, rows):
    search = change_view(FigureSearch(indicator="法律援助"), sort, measure, rows)
    Checked(render_figures(AID, search, CHINESE))
    assert search.wanted().indicator == "法律援助"


def test_kinds_from_the_browser_may_be_anything():
    assert search_for("", "", "", "<script>").wanted().kind is None
    assert search_for("", "", "", "target").wanted().kind is Kind.TARGET


@given(names, names, names)
def test_nothing_of_a_figure_injects_html(indicator, issuer, period):
    found = [placed(indicator, "5", period, issuer=issuer)]
    checked = Checked(render_figures(found, FigureSearch(indicator=indicator), CHINESE))
    assert folded(indicator) in checked.line


def test_a_file_to_save_has_a_harmless_name():
    html = render_download('../<img src="x">', "csv", CSV, b"=1+1")
    assert 'data-name="img_src_x.csv"' in html
    assert 'data-content="PTErMQ=="' in html
    assert safe_name("\u202e") == "file"
    assert "后来" not in describe_point(points(AID[2:3], CASES, "法律援助")[0], CHINESE)
