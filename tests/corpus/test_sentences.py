import pytest
from hypothesis import given, settings

from corpus.sentences import sentence_spans
from tests.corpus.strategies import texts


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("增长5.6%。下降2%！真的？是；完", ["增长5.6%。", "下降2%！", "真的？", "是；", "完"]),
        ("形成事项1.0版本清单。PM2.5浓度下降。", ["形成事项1.0版本清单。", "PM2.5浓度下降。"]),
        ("他说：“办成了。”群众满意。", ["他说：“办成了。”", "群众满意。"]),
        ("落实《谁来管？怎么管？》要求（2024年；试行）。", ["落实《谁来管？怎么管？》要求（2024年；试行）。"]),
        ("已完成。（详见附表。）下一步推进。", ["已完成。", "（详见附表。）", "下一步推进。"]),
        ("不足:一是慢。二是贵;三是少。", ["不足:", "一是慢。", "二是贵;", "三是少。"]),
        ("要做到，一是快，二是好，三是省。", ["要做到，", "一是快，", "二是好，", "三是省。"]),
        ("统一是关键，之一是人。", ["统一是关键，之一是人。"]),
        ("第一行\n第二行　\n\n 第三行", ["第一行", "第二行", "第三行"]),
        ("GDP grew 5.6%. Exports fell 2.5%. See No. 3.", ["GDP grew 5.6%.", "Exports fell 2.5%.", "See No. 3."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text, sentences):
    assert split(text) == sentences


def test_a_range_is_split_on_its_own():
    text = "前文。中间一句。后文。"
    assert [text[a:b] for a, b in sentence_spans(text, 3, 8)] == ["中间一句。"]


@settings(deadline=None)
@given(texts)
def test_spans_are_in_order_and_cover_every_printed_character(text):
    spans = sentence_spans(text, 0, len(text))
    position = 0
    for start, end in spans:
        assert position <= start < end
        assert not text[position:start].strip()
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        position = end
    assert not text[position:].strip()
