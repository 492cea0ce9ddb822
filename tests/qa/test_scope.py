"""Issuers, years and the scope that follows from them."""

from __future__ import annotations

import pytest

from index.types import ReportCard
from qa.issuers import find_issuers
from qa.periods import find_years
from qa.types import Scope
from qa.understand import understand

ISSUERS = ["甘肃省", "广西壮族自治区", "平川区", "国务院", "海澄港区"]


def card(issuer, year, kind="政府工作报告"):
    return ReportCard(f"{issuer}{year}{kind}", f"{year}_{issuer}_{kind}.txt", "", issuer, kind, year, "", "", "", 9, ())


CARDS = [
    card("甘肃省", 2026),
    card("甘肃省", 2025),
    card("浙江省", 2026),
    card("国务院", 2023),
    card("国务院", 2024),
    card("平川区", 2024, "法治政府建设年度报告"),
]


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("甘肃2025年追回欠薪多少", ("甘肃省",)),
        ("广西和甘肃省的目标", ("广西壮族自治区", "甘肃省")),
        ("平川的法院判了多少", ("平川区",)),
        ("国家一共降了多少费", ("国务院",)),
        ("甘肃入选全国十大的有哪些", ("甘肃省",)),
        ("我区办了多少公证", ()),
        ("今年办了多少公证", ()),
    ],
)
def test_issuers_by_full_short_and_customary_names(question, known):
    assert find_issuers(question, ISSUERS).known == known


def test_our_district_is_the_only_one_there_is():
    assert find_issuers("我区办了多少公证", ["平川区", "甘肃省"]).known == ("平川区",)


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("青海2026年的目标", ("青海",)),
        ("青岚区2024年办了几件复议", ("青岚区",)),
        ("平川区2024年改造了多少老旧小区", ()),
        ("全市2024年改造老旧小区", ()),
        ("各县区2024年的情况", ()),
    ],
)
def test_places_without_reports(question, unknown):
    assert find_issuers(question, ISSUERS).unknown == unknown


@pytest.mark.parametrize(
    ("question", "report", "figure"),
    [
        ("2024年办了几件", (), (2024,)),
        ("２０２４年办了几件", (), (2024,)),
        ("二〇二四年办了几件", (), (2024,)),
        ("24年办了几件", (), (2024,)),
        ("2003年政府工作报告里", (2003,), ()),
        ("2012年报告说2011年", (2012,), (2011,)),
        ("2019年、2023年、2024年分别", (), (2019, 2023, 2024)),
        ("2020到2022年", (), (2020, 2021, 2022)),
        ("培训2000余人、2034条线索", (), ()),
        ("议事机构 平川区 2024 清理后", (), (2024,)),
        ("历时12年、合同30年不变", (), ()),
        ("去年和今年", (), (2025, 2026)),
    ],
)
def test_years(question, report, figure):
    from corpus.fold import fold

    years = find_years(" ".join(map(fold, question.split())), 2026)
    assert (years.report, years.figure) == (report, figure)


def test_results_of_a_year_are_looked_for_in_the_next_report_too():
    part = understand("甘肃2025年追回欠薪多少", [], CARDS).parts[0]
    assert set(part.report_ids) == {"甘肃省2025政府工作报告", "甘肃省2026政府工作报告"}
    part = understand("平川区2024年调解多少件", [], CARDS).parts[0]
    assert part.report_ids == ("平川区2024法治政府建设年度报告",)


def test_plans_of_a_year_are_looked_for_in_its_own_report():
    part = understand("国务院2023年的增长目标是多少", [], CARDS).parts[0]
    assert part.report_ids == ("国务院2023政府工作报告",)
    part = understand("甘肃2027年打算新增就业多少", [], CARDS).parts[0]
    assert part.report_ids == ()


def test_a_named_report_is_that_report():
    part = understand("2023年国务院政府工作报告说了什么", [], CARDS).parts[0]
    assert part.report_ids == ("国务院2023政府工作报告",)


def test_a_year_without_a_report_leaves_only_the_others_of_the_issuer():
    part = understand("平川区2023年调解多少件", [], CARDS).parts[0]
    assert part.report_ids == ()
    assert part.distant == ("平川区2024法治政府建设年度报告",)


def test_each_side_of_a_comparison_is_a_part():
    understood = understand("2026年甘肃省和浙江省的增长目标分别是多少", [], CARDS)
    assert [part.label for part in understood.parts] == ["甘肃省 2026年", "浙江省 2026年"]
    assert "甘肃" not in understood.topic


@pytest.mark.parametrize(
    "question",
    [
        "甘肃省2025年政府工作报告里，帮农民工追回多少欠薪？",
        "甘肃2025年报告说帮农民工追回多少欠薪？",
        "2025年甘肃省帮农民工追回多少欠薪？",
        "2025年甘肃省《政府工作报告》中提到帮农民工追回多少欠薪？",
    ],
)
def test_what_is_looked_for_holds_no_word_of_the_scope(question):
    understood = understand(question, [], CARDS)
    assert understood.scope.issuers == ("甘肃省",)
    assert understood.topic == "帮农民工追回多少欠薪？"


def test_a_year_that_was_taken_back_is_looked_for():
    understood = understand("甘肃2025年追回多少", [], CARDS, without=Scope(years=(2025,)))
    assert understood.topic == "2025年追回多少"


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("平川区2024年督察报告提交了几份", "督察报告提交了几份"),
        ("2023年国务院政府工作报告说了什么", "政府工作报告说了什么"),
    ],
)
def test_a_report_that_is_asked_about_is_no_scope(question, topic):
    assert understand(question, [], CARDS).topic == topic


def test_the_kind_narrows():
    cards = [*CARDS, card("平川区", 2024, "统计公报")]
    assert understand("平川区2024年统计公报说", [], cards).parts[0].report_ids == ("平川区2024统计公报",)


@pytest.mark.parametrize(
    ("question", "issuer", "years"),
    [
        ("那其中已经办结的有几件？", "平川区", (2024,)),
        ("那2023年呢？", "平川区", (2023,)),
        ("公证处全年一共办理了多少件公证", "平川区", (2024,)),
        ("甘肃2026年要新增就业多少人", "甘肃省", (2026,)),
    ],
)
def test_scope_carries_over_unless_said_anew(question, issuer, years):
    understood = understand(question, ["2024年平川区受理了多少件行政复议案件？"], CARDS)
    assert understood.scope.issuers == (issuer,)
    assert understood.scope.years == years


@pytest.mark.parametrize(
    ("question", "issuers", "unknown"),
    [("占全国多少", ("平川区",), ()), ("那青海呢？", (), ("青海",)), ("香港认证的几个", ("平川区",), ("香港",))],
)
def test_places_in_passing_leave_the_conversations_issuer(question, issuers, unknown):
    understood = understand(question, ["2024年平川区受理了多少件行政复议案件？"], CARDS)
    assert (understood.scope.issuers, understood.unknown_issuers) == (issuers, unknown)


def test_a_named_report_stays_named_in_what_follows():
    before = ["2023年国务院政府工作报告说2022年新增就业多少？"]
    for question in ("那2023年打算新增多少？", "那2022年呢？", "那失业率呢？"):
        assert understand(question, before, CARDS).parts[0].report_ids == ("国务院2023政府工作报告",)


def test_the_topic_carries_over_only_to_what_goes_on_with_it():
    before = ["2024年平川区受理了多少件行政复议案件？"]
    assert "复议" in understand("其中办结多少件", before, CARDS).context
    assert understand("平川区2024年公证办了几件", before, CARDS).context == ""
    assert "复议" not in understand("公证处全年一共办理了多少件公证", before, CARDS).context


def test_filters_narrow_besides_the_words():
    understood = understand("追回欠薪多少", (), CARDS, within=Scope(("甘肃省",), (2025,)))
    assert [part.report_ids for part in understood.parts] == [("甘肃省2025政府工作报告",)]
    assert understood.scope == Scope()


def test_what_the_words_say_can_be_taken_back():
    question = "甘肃2025年追回欠薪多少"
    assert understand(question, (), CARDS).scope == Scope(("甘肃省",), (2025,))
    wide = understand(question, (), CARDS, without=Scope(years=(2025,)))
    assert wide.scope == Scope(("甘肃省",))
    assert wide.parts[0].report_ids == ("甘肃省2026政府工作报告", "甘肃省2025政府工作报告")
    assert understand(question, (), CARDS, without=Scope(("甘肃省",))).scope == Scope((), (2025,))
