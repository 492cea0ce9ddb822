import pytest

from corpus.marks import Kind, inline_marks, mark_at


def kind_of(line: str) -> tuple[Kind, int] | None:
    mark = mark_at(line, 0, len(line))
    return (mark.kind, mark.ordinal) if mark else None


@pytest.mark.parametrize(
    ("line", "kind", "ordinal"),
    [
        ("第一部分　年度工作", Kind.PART, 1), ("第二章 总则", Kind.CHAPTER, 2), ("第十三条 本办法", Kind.ARTICLE, 13),
        ("一、总体情况", Kind.COMMA, 1), ("一、 过去五年", Kind.COMMA, 1), ("十二、附则", Kind.COMMA, 12),
        ("（三）加强监督", Kind.BRACKET, 3), ("(九)加强保障", Kind.BRACKET, 9), ("（ 二 ）改革", Kind.BRACKET, 2),
        ("一是加强领导", Kind.SAID, 1), ("二要严格执法", Kind.DEMAND, 2), ("第三，搞好服务", Kind.ORDINAL, 3),
        ("第四、抓好落实", Kind.ORDINAL, 4), ("1. 制度供给", Kind.ARABIC, 1), ("２．营商环境", Kind.ARABIC, 2),
        ("20.2026年民生实事", Kind.ARABIC, 20), ("（1）配合立法", Kind.ARABIC_BRACKET, 1),
        ("①设立专班", Kind.CIRCLED, 1),
        ("——经济平稳增长。", Kind.DASH, 0),
    ],
)  # fmt: skip
def test_marks(line, kind, ordinal):
    assert kind_of(line) == (kind, ordinal)


@pytest.mark.parametrize(
    "line",
    [
        "一、二季度经济平稳增长", "一、二、三产业协调发展", "2.5亿元投资", "3.5%的增速", "统一是关键",
        "——2026年2月3日在会议上",
        "——二〇二六年一月二十七日在会议上", "第一书记到村任职", "第二产业增加值", "2024年工作", "一次办成",
    ],
)  # fmt: skip
def test_what_is_no_mark(line):
    assert kind_of(line) is None


def test_inline_marks_need_a_sequence():
    text = "问题:一是慢。二是贵;三是少。其中之一是人，二是财。"
    assert [mark.start for mark in inline_marks(text, 0, len(text))] == [3, 7, 11]


def test_a_sequence_may_skip_one_number_and_no_more():
    text = "一是快。三是好。六是省。"
    assert [mark.ordinal for mark in inline_marks(text, 0, len(text))] == [1, 3]


def test_a_lone_first_item_is_no_sequence():
    text = "成绩：一是快。其余从略。"
    assert inline_marks(text, 0, len(text)) == ()


def test_comma_items_only_on_demand():
    text = "要做到，一是快，二是好。"
    assert inline_marks(text, 0, len(text)) == ()
    assert len(inline_marks(text, 0, len(text), clauses=True)) == 2


def test_a_bracketed_number_begins_at_its_bracket():
    text = "实事：（1）就业；（2）就学。"
    assert [text[mark.start : mark.end] for mark in inline_marks(text, 0, len(text))] == ["（1）", "（2）"]
