import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.numerals import parse_chinese_integer


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("二〇二四", 2024), ("二○二六", 2026), ("１９９８", 1998), ("2024", 2024), ("十", 10), ("十三", 13),
        ("二十", 20),
        ("一百二十", 120), ("一百零五", 105), ("三千零二十一", 3021), ("两万零五", 20005), ("一亿二千万", 120_000_000),
        ("零", 0), ("〇", 0),
    ],
)  # fmt: skip
def test_numerals(numeral, value):
    assert parse_chinese_integer(numeral) == value


@pytest.mark.parametrize("numeral", ["", "第三", "三是", "百十千", "十十", "万", "一二百", "二十三四", "一万二十万"])
def test_what_is_no_numeral(numeral):
    assert parse_chinese_integer(numeral) is None


def spell(value: int) -> str:
    """Spell a number below ten thousand as a report does."""
    digits = "零一二三四五六七八九"
    spelled, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            spelled += ("零" if pending_zero else "") + digits[digit] + name
            pending_zero = False
        elif spelled:
            pending_zero = True
    return spelled or "零"


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=9999))
def test_spelled_numbers_are_read_back(value):
    assert parse_chinese_integer(spell(value)) == value


@settings(deadline=None)
@given(st.text(alphabet="零一二三四五六七八九十百千万亿两〇0１", max_size=12))
def test_any_run_of_numerals_is_a_number_or_none(numeral):
    value = parse_chinese_integer(numeral)
    assert value is None or value >= 0
