"""The meaning of figures, on made-up sentences: indicator, period, kind, wholes and parts, tables."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.figures import find_figures
from corpus.read import parse_report

SAMPLES = Path(__file__).parents[3] / "corpus" / "samples"
ANNUAL, WORK = "平山区2024年法治政府建设年度报告", "平山区2025年政府工作报告"


def ledger(body: str, title: str = ANNUAL):
    year, kind = title[3:7], title[8:]
    return find_figures(parse_report(f"{title}\n{body}".encode(), f"{year}_平山区_{kind}.txt"))


def column(figures, name):
    return [(figure.text, getattr(figure, name)) for figure in figures]


def test_parts_in_brackets():
    total, success, spoken, written = ledger(
        "一、调解\n截止9月底,全县乡镇调委会已化解邻里纠纷310件,达成协议290件(当场履行120件,分期履行170件)。"
    )
    assert (spoken.parent, written.parent, success.parent) == (1, 1, None)
    assert (success.adds_up, total.adds_up) == (True, None)
    assert spoken.indicator == "全县乡镇调委会 达成协议 / 当场履行"
    assert {figure.period for figure in (total, success, spoken)} == {"截至2024年9月底"}


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("审结52件，其中维持40件、撤销12件。", True),
        ("审结52件，其中维持40件、撤销13件。", False),
        ("审结52件（维持40件，撤销11件）。", False),
        ("审结52件，其中维持4件、撤销2件。", None),
        ("审结52件，其中维持40件。", None),
        ("经营主体2.14万户，其中企业3926户、个体工商户1.62万户、农民专业合作社1284户。", True),
        ("解读材料97篇，图文58篇、视频23篇、访谈16篇。", True),
        ("总产值100亿元，增长5%。其中，一产30亿元、二产90亿元。", False),
        ("总产值100亿元，增长5%。其中，一产10亿元，增长3%；二产40亿元，增长5%；三产50亿元，增长6%。", True),
    ],
)
def test_parts_that_do_not_add_up_are_flagged(sentence, verdict):
    figures = ledger(f"一、情况\n{sentence}")
    assert figures[0].adds_up is verdict
    assert {figure.parent for figure in figures[1:] if figure.unit != "%"} == {0}


@pytest.mark.parametrize(
    "sentence",
    [
        "申请数调整为91件（原公布88件，少计3件）。",
        "申请多的是住房局（74件）、教育局（29件）。",
        "办理建议37件、提案52件，其中主办46件、会办43件。",
        "事项由98项调整为82项，收回16项。",
    ],
)
def test_what_is_no_part(sentence):
    assert {figure.parent for figure in ledger(f"一、情况\n{sentence}")} == {None}


def test_lists_with_respectively():
    figures = ledger("一、外贸\n进口3亿元、出口4亿元，分别增长5%、6.5%左右。事故起数、死亡人数分别下降13.8%和20.0%。")
    assert column(figures[2:], "indicator") == [
        ("5%", "进口 增长"),
        ("6.5%左右", "出口 增长"),
        ("13.8%", "事故起数 下降"),
        ("20.0%", "死亡人数 下降"),
    ]


def test_kinds():
    figures = ledger(
        "一、情况\n办理案件120件，比上年增长5.5%，比上年增加8件，合格率97.6%，占全部的四成，居全市第3位。"
        "机构由96个精简为30个，合格率由88.3%提高到95.6%，力争办结率达到98%，低于全市平均水平2个百分点。"
    )
    assert column(figures, "kind") == [
        ("120件", "result"),
        ("5.5%", "change"),
        ("8件", "change"),
        ("97.6%", "share"),
        ("四成", "share"),
        ("第3位", "rank"),
        ("96个", "result"),
        ("30个", "result"),
        ("88.3%", "share"),
        ("95.6%", "share"),
        ("98%", "target"),
        ("2个百分点", "target"),
    ]


def test_periods_of_an_annual_report():
    figures = ledger(
        "一、情况\n案件由上年的294件增加到361件。机构由96个精简为30个。年末经营主体5户，全年新设2户。\n"
        "2022年收到申请91件，受理80件。“十四五”时期建成站点7个。\n二、下一步打算\n办案9件，6月底前办结3件，由2件增加到4件。"
    )
    assert column(figures, "period") == [
        ("294件", "2023年"),
        ("361件", "2024年"),
        ("96个", "2024年以前"),
        ("30个", "2024年"),
        ("5户", "2024年末"),
        ("2户", "2024年"),
        ("91件", "2022年"),
        ("80件", "2022年"),
        ("7个", "“十四五”时期"),
        ("9件", "2025年"),
        ("3件", "2025年6月底前"),
        ("2件", "2024年"),
        ("4件", "2025年"),
    ]


def test_periods_of_a_work_report():
    figures = ledger(
        "一、2024年工作回顾\n生产总值612亿元，去年出口3亿元，上年出口2亿元。\n"
        "二、2025年工作安排\n生产总值增长6%左右。\n做强主业\n今年新增4条。",
        WORK,
    )
    assert column(figures, "period") == [
        ("612亿元", "2024年"),
        ("3亿元", "2024年"),
        ("2亿元", "2023年"),
        ("6%左右", "2025年"),
        ("4条", "2025年"),
    ]
    assert column(figures[3:], "kind") == [("6%左右", "target"), ("4条", "target")]


def test_plans_without_a_heading_of_their_own():
    figures = ledger("一、2024年工作回顾\n出口3亿元。\n二、扩大内需\n出口4亿元。", WORK)
    assert column(figures, "kind") == [("3亿元", "result"), ("4亿元", "target")]


def test_a_law_named_in_a_heading_opens_no_plan():
    figures = ledger("一、落实《纲要（2021—2025年）》\n办案3件。\n二、过去五年的工作\n办案9件。")
    assert column(figures, "kind") == [("3件", "result"), ("9件", "result")]
    assert column(figures, "period") == [("3件", "2024年"), ("9件", "2020—2024年")]


def test_a_plan_behind_the_problems_of_its_heading():
    figures = ledger("一、差距和2025年安排\n办案人员只有5名。\n2025年重点抓好五件事。")
    assert column(figures, "kind") == [("5名", "result"), ("五件", "target")]


def test_tables():
    figures = ledger(
        "一、债券\n表1 发行情况\n序号\t名称\t发行总额（亿）\t占比(%)\t2023年\n1\t甲\t10.00\t5.5\t8\n"
        "表2 产量\n单位：吨\n产品\t产量\t比上年增长%\n锯材\t1,890\t-7.8\n表3\n年份\t产量（万吨）\n2022\t3.5"
    )
    assert [(str(x.value), x.unit, x.indicator, x.period, x.kind) for x in figures] == [
        ("10.00", "亿", "甲 发行总额", "2024年", "result"),
        ("5.5", "%", "甲 占比", "2024年", "share"),
        ("8", "", "甲 2023年", "2023年", "result"),
        ("1890", "吨", "锯材 产量", "2024年", "result"),
        ("-7.8", "%", "锯材 比上年增长", "2024年", "change"),
        ("3.5", "万吨", "产量", "2022年", "result"),
    ]
    assert figures[0].value * figures[0].scale == Decimal(1_000_000_000)


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.stem)
def test_widths_change_nothing(path):
    text = path.read_text(encoding="utf-8")
    half = text.translate(str.maketrans("，；：（）％", ",;:()%"))
    told = [
        [(x.start, x.end, x.value, x.unit, x.period, x.kind, x.parent, x.adds_up) for x in find_figures(report)]
        for report in (parse_report(text.encode(), path.name), parse_report(half.encode(), path.name))
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.stem)
def test_figures_stand_in_their_report_in_order(path):
    report = parse_report(path.read_bytes(), path.name)
    figures = find_figures(report)
    assert all(report.text[figure.start : figure.end] == figure.text for figure in figures)
    assert [figure.start for figure in figures] == sorted(figure.start for figure in figures)
    assert all(figure.parent is None or figure.parent < len(figures) for figure in figures)
    assert all(figure.indicator for figure in figures)


WORDS = st.sampled_from(
    [
        *"其中 由 到 至 为 分别 、 ， 。 ； （ ） ( ) 3件 5% 12个 1.2万户 第3位 上年 2023年 年末 全年 比上年".split(),
        *"增长 占 共 单位：吨 表1 “ ” 力争 三成 “十四五”时期 2025年将".split(),
        *"\t\n",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=40).map("".join))
def test_no_text_makes_it_raise(body):
    figures = ledger(f"一、情况\n甲{body}")
    assert all(figure.parent is None or figures[figure.parent].unit for figure in figures)


@pytest.mark.parametrize(
    "piece", ["分别3件、4件", "3件(", "其中3件，", "占5%，", "由3件", "“十四五”时期3件。", "甲\t3\n", "1:"]
)
def test_long_repetitions_end(piece):
    """Work that grew with the square of the length would not end within the suite's time limit."""
    ledger("一、情况\n" + piece * (60_000 // len(piece)))


def test_a_megabyte_of_noise():
    alphabet = (
        "0123456789一二三十百千万亿点分之余多%,.，。、；:：（）()“”《》〔〕"
        "年月日第前近约超其中由至件个元人次家-—~ \n增长比上案区"
    )
    noise = "".join(random.Random(7).choices(alphabet, k=1_000_000))
    assert len(ledger(noise)) > 1000
