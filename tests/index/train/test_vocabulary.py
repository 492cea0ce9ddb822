"""The tokenizer covers Chinese, loses nothing but marks, and folds widths and capitals."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from index.train.vocabulary import UNKNOWN, build_tokenizer, count_words, fold, gb2312_characters

COUNTS = Counter({"行政": 50, "诉讼": 40, "行政诉讼": 20, "粮食": 30, "产量": 30, "的": 90, "2025": 5, "gdp": 9})
TOKENIZER = build_tokenizer(COUNTS, 8000)


@given(
    st.text(alphabet=[*"行政诉讼粮食产量的龙镇abcgdpGDP０１２３5％，。 \n", *gb2312_characters()[:500]], max_size=40)
)
def test_tokens_joined_are_the_folded_text_without_marks(text):
    tokens = TOKENIZER.encode(text).tokens
    assert "".join(tokens) == "".join(c for c in fold(text) if c.isalnum() or c == "%")
    assert UNKNOWN not in tokens


def test_every_gb2312_character_has_a_token():
    characters = gb2312_characters()
    assert len(characters) == 6763
    assert all(TOKENIZER.token_to_id(character) for character in characters)


def test_likelier_words_win():
    assert TOKENIZER.encode("行政诉讼的粮食产量").tokens == ["行政诉讼", "的", "粮食", "产量"]
    assert TOKENIZER.encode("ＧＤＰ 2025").tokens == ["gdp", "2025"]


def test_size_bounds_the_vocabulary_and_keeps_frequent_words():
    singles = build_tokenizer(Counter(), 0).get_vocab_size()
    small = build_tokenizer(COUNTS, singles + 2)
    assert small.get_vocab_size() == singles + 2
    assert small.token_to_id("行政") and small.token_to_id("诉讼") and not small.token_to_id("gdp")


def test_counts_decide_between_two_readings():
    rare, common = Counter({"研究": 9, "生命": 9, "研究生": 1}), Counter({"研究": 2, "生命": 2, "研究生": 900})
    assert build_tokenizer(rare, 8000).encode("研究生命").tokens == ["研究", "生命"]
    assert build_tokenizer(common, 8000).encode("研究生命").tokens == ["研究生", "命"]


def test_only_words_and_years_are_counted():
    counts = count_words(["老百姓，增长5.6%！ＧＤＰ 2025年共产生3120件"])
    assert counts["老百姓"] == counts["gdp"] == counts["2025"] == 1
    assert not {"，", "5.6", "5.6%", "！", " ", "3120"} & set(counts)
