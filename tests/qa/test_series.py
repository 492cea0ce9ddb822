"""Which figures stand in one chart, and what became of targets."""

from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.types import Figure, Kind, Paragraph, Report
from qa.figures import place_figure
from qa.series import Measure, measures, pairs, points


def placed(indicator, value, period, kind=Kind.RESULT, issuer="云溪县", year=2024, unit="件", **facts):
    text = f"{indicator}{value}{unit}。"
    figure = Figure(
        Decimal(value), None, None, unit, Decimal(1), f"{value}{unit}", indicator, period, kind, 0, len(text)
    )
    report = Report(
        f"{issuer}{year}", "f", "", "报告", issuer, "", year, "", "", "", text, (), (Paragraph(1, 0, len(text)),),
        figures=(replace(figure, **facts),),
    )  # fmt: skip
    return place_figure(report, 0)


CASES = Measure("件", Kind.RESULT)


def test_of_each_year_the_closest_name_is_taken_and_parts_come_last():
    found = [
        placed("办理法律援助案件 / 农民工案件", "203", "2022年", parent=0),
        placed("办理法律援助案件", "486", "2022年"),
        placed("法律援助受理", "2018", "2023年", issuer="海澄港区"),
        placed("法律援助", "9", "2023年上半年"),
    ]
    assert [(p.issuer, p.year, p.value) for p in points(found, CASES, "法律援助")] == [
        ("云溪县", 2022, 486),
        ("海澄港区", 2023, 2018),
    ]


def test_a_value_that_a_later_report_changed_is_marked_with_the_earlier_one():
    found = [placed("复议", "10", "2023年", year=2023), placed("复议", "11", "2023年", year=2024)]
    for order in (found, found[::-1]):
        (point,) = points(order, CASES, "复议")
        assert point.value == 11
        assert point.earlier == found[0]
    (same,) = points([found[0], placed("复议", "10", "2023年", year=2024)], CASES, "复议")
    assert same.earlier is None


def test_units_with_multipliers_share_an_axis():
    found = [
        placed("投资", "2", "2023年", unit="亿元", scale=Decimal(10**8)),
        placed("投资", "30", "2024年", unit="万元", scale=Decimal(10**4)),
    ]
    assert measures(found, "投资") == (Measure("元", Kind.RESULT),)
    assert [p.value for p in points(found, measures(found, "投资")[0], "投资")] == [200_000_000, 300_000]


def test_measures_with_most_places_come_first_and_targets_make_none():
    found = [
        placed("增长", "5", "2023年", Kind.CHANGE, unit="%"),
        placed("办结率", "99", "2023年", Kind.SHARE, unit="%"),
        placed("办结率", "98", "2024年", Kind.SHARE, unit="%"),
        placed("增长", "6", "2025年", Kind.TARGET, unit="%"),
    ]
    assert [m.key for m in measures(found, "办结率")] == ["share:%", "change:%"]


def test_what_only_holds_the_words_is_not_about_them():
    found = [placed("全县经营主体数量比上年增长", "5", "2023年", Kind.CHANGE, unit="%")]
    assert measures(found, "增长") == ()
    assert points(found, Measure("%", Kind.CHANGE), "增长") == ()


@pytest.mark.parametrize(
    ("bounds", "reached", "met"),
    [
        ({"low": Decimal(5)}, "5", True),
        ({"low": Decimal(5)}, "4.9", False),
        ({"high": Decimal(5)}, "5.1", False),
        ({"low": Decimal(5), "high": Decimal(6)}, "5.5", True),
        ({}, "5", None),
    ],
)
def test_a_target_is_held_against_its_outcome(bounds, reached, met):
    target = placed("增长", "5", "2024年", Kind.TARGET, unit="%", **bounds)
    outcome = placed("增长", reached, "2024年", Kind.CHANGE, unit="%", year=2025)
    other = placed("增长", "9", "2023年", Kind.CHANGE, unit="%", year=2025)
    chosen = points([target, outcome, other], Measure("%", Kind.CHANGE), "增长")
    (pair,) = pairs(chosen)
    assert (pair.target.placed, pair.outcome.placed, pair.met) == (target, outcome, met)
