"""The grammar of numbers: what number libraries get wrong, what is no figure, and what must hold of any text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.figures import parse_numbers
from corpus.figures.numerals import iterate_numerals, scale_of


def read(text):
    return [(str(number.value), number.unit, number.text) for number in parse_numbers(text)]


KNOWN_FAILURES = [
    ("投资16.4亿元", [("16.4", "亿元", "16.4亿元")]),
    ("提高20个百分点", [("20", "个百分点", "20个百分点")]),
    ("罚款3541.07万元、12件", [("3541.07", "万元", "3541.07万元"), ("12", "件", "12件")]),
    ("500多亿元", [("500", "亿元", "500多亿元")]),
    ("二百三十余万人", [("230", "万人", "二百三十余万人")]),
    ("增长5%—6%", [("5", "%", "5%—6%")]),
    ("增长5%～6%", [("5", "%", "5%～6%")]),
    ("一百九十万零三千人", [("1903000", "人", "一百九十万零三千人")]),
    ("共13万2", [("132000", "", "13万2")]),
    ("小于40万", [("40", "万", "小于40万")]),
    ("约占十分之一", [("0.1", "", "十分之一")]),
    ("数量第三多", []),
    ("增长１２．５％", [("12.5", "%", "１２．５％")]),
    ("十三个站", [("13", "个", "十三个")]),
    ("二十余名", [("20", "名", "二十余名")]),
    ("下降三成", [("3", "成", "三成")]),
    ("一半以上", [("0.5", "", "一半以上")]),
    ("翻一番", [("1", "番", "翻一番")]),
    ("百分之五", [("5", "%", "百分之五")]),
    ("百分之二十一点七", [("21.7", "%", "百分之二十一点七")]),
    ("达到7 4 7 7 2 亿元", [("74772", "亿元", "7 4 7 7 2 亿元")]),
    ("增长1 5 ．3 ％", [("15.3", "%", "1 5 ．3 ％")]),
    ("检查8,316次", [("8316", "次", "8,316次")]),
    ("化解310件,成功290件", [("310", "件", "310件"), ("290", "件", "290件")]),
    ("三至五个", [("3", "个", "三至五个")]),
    ("自然增长率-2.39‰", [("-2.39", "‰", "-2.39‰")]),
    ("三万五", [("35000", "", "三万五")]),
    (
        "收入比缩小到2.52∶1，结构为22.2:32.0:45.8",
        [("2.52", ":1", "2.52∶1"), *((x, "", x) for x in ("22.2", "32.0", "45.8"))],
    ),
    ("修订5条例外的3项目标", [("3", "项", "3项")]),
    ("2亿3000万元", [("230000000", "元", "2亿3000万元")]),
]


@pytest.mark.parametrize(("text", "numbers"), KNOWN_FAILURES)
def test_known_failures_of_number_libraries(text, numbers):
    assert read(text) == numbers


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("不低于5%", "5", None),
        ("近30%", None, "30"),
        ("110万人以上", "110", None),
        ("控制在5%以内", None, "5"),
        ("20余名", "20", None),
        ("5%左右", None, None),
        ("4.5%—5%", "4.5", "5"),
        ("3—5万人", "3", "5"),
        ("突破560亿元", "560", None),
        ("30日内", None, "30"),
    ],
)
def test_bounds_are_part_of_the_text(text, low, high):
    (number,) = parse_numbers(text)
    assert number.text == text.removeprefix("控制在")
    assert (number.low and str(number.low), number.high and str(number.high)) == (low, high)


def test_joining_words_are_no_bounds():
    assert read("签约18个、节约30万元、附近3个") == [
        ("18", "个", "18个"),
        ("30", "万元", "30万元"),
        ("3", "个", "3个"),
    ]


def test_units_follow_a_grammar_and_no_list():
    text = "196.4万标箱,612户次,538批次,97家(次),73台（艘）,2.1次/人,18微克/立方米,5486件次,1.1万公里,28.7亿千瓦时"
    units = ["万标箱", "户次", "批次", "家(次)", "台(艘)", "次/人", "微克/立方米", "件次", "万公里", "亿千瓦时"]
    assert [number.unit for number in parse_numbers(text)] == units


def test_a_list_lends_its_unit():
    assert read("分别达1.28万亿、1.18万亿、8200亿元") == [
        ("1.28", "万亿元", "1.28万亿"),
        ("1.18", "万亿元", "1.18万亿"),
        ("8200", "亿元", "8200亿元"),
    ]


def test_a_change_of_state_is_no_range():
    assert [number.value for number in parse_numbers("由3件到5件")] == [3, 5]


@pytest.mark.parametrize(
    "text",
    [
        "第三，一是抓落实，（二）抓整改",
        "2024年3月7日09:30，12月底前，20世纪90年代",
        "〔2023〕1号、第五十条、2号楼406室、云栖路88号",
        "12345热线、“八五”普法、“十四五”规划、1.0版本、智慧闸口2.0",
        "“五个法治化”“四个到位”《三年行动方案（2023—2025年）》",
        "电话：0000-6628106；邮编：000210",
        "一带一路、三农、两会、双随机、一公开、一件事、两个维护、八项规定",
        "一些、一批、一起、一定、统一、唯一、一体、一次性、一把手、十分重要",
        "2023-2025年、近三年、过去五年、二期工程、三级平台、5G、4A级、PM2.5、S2线",
        "每万人拥有，一审二审，三季度，5月至7月，2019—2024年",
        "1. 加强领导\n2、压实责任\n3．严格督察",
        "九届三次会议、二十届四中全会、前三位乡镇",
    ],
)
def test_what_is_no_figure(text):
    assert read(text) == []


def test_ranks_are_figures():
    assert read("居全省第11位，物业上升为第一位") == [("11", "位", "第11位"), ("1", "位", "第一位")]


TEXTS = st.text(
    alphabet=st.sampled_from(
        "0123456789０９零一二三十百千万亿两点分之余多几%‰％,.，。、；:：()（）“”《》〔〕"
        "年月日第前近约超不低于其中由至件个元人次家-—~ \t\n增长比上x"
    ),
    max_size=120,
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_every_number_stands_in_it(text):
    last = 0
    for number in parse_numbers(text):
        assert text[number.start : number.end] == number.text != ""
        assert number.start >= last
        last = number.end


@settings(max_examples=100, deadline=None)
@given(
    st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False),
    st.sampled_from(["", "万", "亿", "万亿"]),
    st.sampled_from(["元", "人次", "件", "公里"]),
    st.booleans(),
)
def test_print_and_parse_is_the_identity(value, scale, unit, commas):
    printed = f"{value:,}" if commas else str(value)
    (number,) = parse_numbers(f"完成{printed}{scale}{unit}。")
    assert (number.value, number.unit, number.scale) == (value, scale + unit, scale_of(scale))
    (again,) = parse_numbers(f"完成{number.value}{number.unit}。")
    assert (again.value, again.scale) == (number.value, number.scale)


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numerals_are_read_exactly(value):
    (numeral,) = iterate_numerals(spell(value))
    assert numeral.value * numeral.scale == value


def spell(value: int) -> str:
    """Spell a whole number below a hundred million in Chinese."""
    if value >= 10_000:
        above, below = divmod(value, 10_000)
        gap = "零" if 0 < below < 1000 else ""
        return f"{spell(above)}万{gap}{spell(below) if below else ''}"
    words = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            words += "零一二三四五六七八九"[digit] + name
        elif words and value % unit and not words.endswith("零"):
            words += "零"
    return words


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1,234",
        "一",
        "十万",
        "(",
        "3件(",
        "“1",
        "《1",
        "3件、",
        "2024-",
        "由3件",
        "十分之",
        "一、",
        "1:",
        "达到",
    ],
)
def test_long_repetitions_end(piece):
    """Work that grew with the square of the length would not end within the suite's time limit."""
    parse_numbers(piece * (200_000 // len(piece)))


@pytest.mark.parametrize(
    ("text", "value", "unit", "scale"),
    [
        ("五十万元", 50, "万元", 10**4),
        ("二百三十余万人", 230, "万人", 10**4),
        ("500多亿元", 500, "亿元", 10**8),
        ("1.28万亿元", Decimal("1.28"), "万亿元", 10**12),
        ("5千元", 5, "千元", 1000),
        ("5千瓦", 5, "千瓦", 1),
    ],
)
def test_values_are_as_printed_and_scales_lead_to_base_units(text, value, unit, scale):
    (number,) = parse_numbers(text)
    assert (number.value, number.unit, number.scale) == (value, unit, scale)


def test_values_are_exact():
    assert parse_numbers("16.4亿元")[0].value * parse_numbers("16.4亿元")[0].scale == Decimal("1640000000")
