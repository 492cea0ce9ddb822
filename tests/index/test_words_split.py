from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.split import split_long
from index.words import terms

chinese = st.text(alphabet="行政复议诉前调解，、；。 ab1２％\n", max_size=200)


def test_terms_count_characters_pairs_and_words():
    found = terms("行政复议")
    assert {"行", "政", "行政", "政复", "行政复议"} <= set(found)


def test_terms_meet_across_widths_and_case():
    assert terms("ＧＤＰ增长１２．５％") == terms("gdp增长12.5%")


def test_numbers_stay_whole():
    assert "16.4" in terms("16.4亿元")


@given(chinese, st.integers(1, 40))
def test_pieces_join_to_the_text_and_are_short(text, max_chars):
    spans = split_long(text, max_chars)
    assert "".join(text[s:e] for s, e in spans) == text
    assert all(e - s <= max_chars for s, e in spans)


def test_repeated_text_is_located_in_order():
    text = "同样的话，" * 6
    spans = split_long(text, 10)
    assert [s for s, _ in spans] == sorted({s for s, _ in spans})
    assert "".join(text[s:e] for s, e in spans) == text
