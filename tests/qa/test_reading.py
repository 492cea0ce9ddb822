"""What of the nearest figures does not fit: no number at all, or of another year."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Figure, Kind
from qa.fit import asked_sort, is_of_other_years, is_total_of_span, single_year
from qa.read import read
from tests.qa.test_headline import clauses

TEXT = "2024年受理申请25件，2023年受理申请31件，工作有序推进。"


def figure(text, period, kind=Kind.RESULT):
    start = TEXT.index(text)
    value = Decimal(text.removesuffix("件"))
    place = (start, start + len(text))
    return Figure(value, value, value, "件", Decimal(1), text, "受理申请", period, kind, *place)


LEDGER = {"r": [figure("25件", "2024年"), figure("31件", "2023年")]}


def test_the_figure_of_the_year_that_is_asked_about_is_read():
    found = clauses(TEXT, [0.9, 0.5, 0.1])
    assert "31件" in read(found, "受理多少件", (2023,), LEDGER, 1.0).headline.best.text
    assert "25件" in read(found, "受理多少件", (), LEDGER, 1.0).headline.best.text


def test_figures_of_other_years_do_not_answer():
    reading = read(clauses(TEXT, [0.9, 0.5, 0.1]), "受理多少件", (2020,), LEDGER, 1.0)
    assert reading.headline is None
    assert reading.misfit == "查到的是2024年的数，不是2020年的"


def test_a_target_does_not_say_what_came_of_it():
    ledger = {"r": [figure("25件", "2024年", Kind.TARGET)]}
    assert "目标" in read(clauses(TEXT, [0.9, 0.5, 0.1]), "受理多少件", (2023,), ledger, 1.0).misfit


def test_a_target_is_not_what_was_reached():
    ledger = {"r": [figure("25件", "2024年", Kind.TARGET), figure("31件", "2023年")]}
    found = clauses(TEXT, [0.9, 0.5, 0.1])
    assert "31件" in read(found, "实际受理多少件", (), ledger, 1.0).headline.best.text
    assert "25件" in read(found, "受理多少件", (), ledger, 1.0).headline.best.text
    assert "25件" in read(found, "计划完成多少件", (), ledger, 1.0).headline.best.text
    for years in ((), (2024,)):
        only = {"r": [figure("25件", "2024年", Kind.TARGET)]}
        assert read(found, "实际受理多少件", years, only, 1.0).misfit == "查到的是目标，不是完成的数"


def test_words_without_a_number_do_not_answer_how_many():
    reading = read(clauses(TEXT, [0.1, 0.5, 0.9]), "受理多少件", (), {"r": []}, 1.0)
    assert reading.headline is None
    assert "没有给出数字" in reading.misfit
    assert read(clauses(TEXT, [0.1, 0.5, 0.9]), "工作怎么样", (), {"r": []}, 1.0).headline is not None


def test_a_total_of_several_years_is_not_ruled_out():
    assert not is_of_other_years([figure("25件", "“十四五”时期")], (2023,))
    assert not is_of_other_years([], (2023,))


SPAN_TEXT = "五年来累计接待游客25万人次、花费31亿元，年均增长7%，覆盖率达到98%。"


def span_figure(text, unit):
    start = SPAN_TEXT.index(text)
    value = Decimal(text.removesuffix(unit).rstrip("万亿"))
    place = (start, start + len(text))
    return Figure(value, value, value, unit, Decimal(1), text, "", "“十四五”时期", Kind.RESULT, *place)


SPAN_LEDGER = {
    "r": [span_figure("25万人次", "人次"), span_figure("31亿元", "元"), span_figure("7%", "%"), span_figure("98%", "%")]
}


def test_a_total_of_several_years_does_not_answer_for_one():
    found = clauses(SPAN_TEXT, [0.9, 0.5, 0.1, 0.1])
    reading = read(found, "接待多少游客", (2025,), SPAN_LEDGER, 1.0)
    assert reading.headline is None
    assert reading.misfit == "查到的是“十四五”时期的数，不是2025年的"
    for question, years in (("五年接待多少游客", (2025,)), ("平均每年接待多少", (2025,)), ("接待多少游客", ())):
        assert read(found, question, years, SPAN_LEDGER, 1.0).headline is not None


def test_what_was_reached_within_several_years_may_be_what_a_year_brought():
    assert not is_total_of_span("覆盖率达到98%", ["“十四五”时期"], [2025], "覆盖率是多少")
    assert not is_total_of_span("年均增长7%，覆盖率达到98%", ["“十四五”时期"], [2025], "覆盖率是多少")
    assert is_total_of_span("覆盖率达到98%，年均增长7%", ["“十四五”时期"], [2025], "增长多少")
    assert not is_total_of_span("累计建成98公里", ["2025年"], [2025], "建成多少")
    assert not is_total_of_span("累计由45%提高到52%", ["2025年以前"], [2025], "提高到多少")


@given(st.integers(1950, 2098))
def test_a_year_is_read_out_of_its_period(year):
    assert single_year(f"截至{year}年12月底") == single_year(f"{year}年") == year
    assert single_year(f"{year}—{year + 1}年") is None


def test_a_number_of_another_sort_does_not_answer():
    assert "没有给出比率" in read(clauses(TEXT, [0.9, 0.5, 0.1]), "受理率是多少", (), LEDGER, 1.0).misfit
    assert "没有给出金额" in read(clauses(TEXT, [0.9, 0.5, 0.1]), "花了多少钱", (), LEDGER, 1.0).misfit
    assert asked_sort("增速在全省排第几") is None


def test_a_change_does_not_say_how_high_a_rate_is(engine):
    answer = engine.ask("云溪县2024年行政诉讼败诉率是多少")
    assert "败诉率7.1%" in answer.headline
    assert "1.5个百分点" not in answer.headline


def test_a_clause_far_below_one_of_another_year_does_not_answer():
    assert "不是2023年" in read(clauses(TEXT, [3.9, 0.5, 0.1]), "受理多少件", (2023,), LEDGER, 1.0).misfit


def test_what_is_most_likely_about_something_else_is_refused_only_where_a_number_is_asked_for():
    found = clauses(TEXT, [0.9, 0.5, 0.1])
    assert read(found, "受理多少件", (), LEDGER, 0.1).headline is None
    assert read(found, "工作怎么样", (), LEDGER, 0.1).headline is not None


def test_a_clause_of_the_right_sort_far_below_the_best_is_about_something_else():
    ledger = {"r": [figure("31件", "2023年")]}
    assert read(clauses(TEXT, [0.9, 0.5, 0.1]), "受理多少件", (), ledger, 1.0).headline is not None
    assert "别的事" in read(clauses(TEXT, [3.9, 0.5, 0.1]), "受理多少件", (), ledger, 1.0).misfit
    assert "别的事" in read(clauses(TEXT, [-2.0, -1.5, -2.0]), "受理多少件", (), ledger, 1.0).misfit
