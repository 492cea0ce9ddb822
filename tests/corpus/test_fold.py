from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.fold import fold, fold_with_offsets


def test_widths_cases_and_white_space_do_not_matter():
    assert fold("ＧＤＰ 增长　５．６％") == fold("gdp增长5.6%")


def test_punctuation_has_one_form():
    assert fold("“八五”普法（2024—2025）：Ａ，Ｂ") == fold('"八五"普法(2024-2025):a,b')


def test_characters_that_print_nothing_are_left_out():
    assert fold("全\u200b县\ufeff\n") == "全县"


def test_different_words_stay_different():
    assert fold("诉前调解") != fold("诉后调解")
    assert fold("增长5") != fold("增长，5")


def test_an_offset_leads_to_the_original_character():
    text = "占比 ㈠ １００％…"
    folded, offsets = fold_with_offsets(text)
    assert folded == "占比(一)100%..."
    assert [text[offset] for offset in offsets] == list("占比㈠㈠㈠１００％………")


@settings(deadline=None)
@given(st.text())
def test_offsets_are_in_order_and_fold_to_their_character(text):
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(folded) == len(offsets)
    assert offsets == sorted(offsets)
    assert all(character in fold(text[offset]) for character, offset in zip(folded, offsets, strict=True))
    assert not any(character.isspace() for character in folded)
