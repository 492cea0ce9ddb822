"""The conversation: answers, refusals, errors; whatever the report says, it is text."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qa.types import Scope
from qa.ui.conversation import render_conversation, render_welcome
from qa.ui.session import Turn
from qa.ui.texts import CHINESE, ENGLISH
from tests.qa.ui.fakes import REPORTS, FakeEngine, answer_to, cite, no_answer, table_answer
from tests.qa.ui.hostile import names, texts
from tests.qa.ui.html_check import Checked, folded

ENGINE = FakeEngine()


def rendered(*turns: Turn, words=CHINESE) -> Checked:
    return Checked(render_conversation(turns, words))


def test_an_answer_shows_headline_quotes_sources_and_scope():
    checked = rendered(Turn("调处了多少纠纷？", ENGINE.ask("调处了多少纠纷？")))
    for shown in (
        "4,506件",
        "成功率98.6%。",
        "（三）推进多元解纷 · 第18段",
        "检索范围：云溪县×2024年×",
        "索引 20261126-0001",
    ):
        assert shown in checked.line
    # Each citation has its marker in the text; the list has one row for the paragraph both stand in.
    assert [(b["data-marker"], b.get("data-markers")) for b in checked.acts("cite")] == [
        ("1", None),
        ("2", None),
        ("1", "1 2"),
    ]


def test_sources_in_different_paragraphs_have_rows_of_their_own():
    checked = rendered(Turn("对比", table_answer("对比")))
    assert [b["data-markers"] for b in checked.acts("cite") if "data-markers" in b] == ["1", "2"]


def test_buttons_carry_the_number_of_their_turn():
    answer = ENGINE.ask("应诉")
    checked = rendered(Turn("一", answer), Turn("二", answer))
    assert [b["data-turn"] for b in checked.acts("cite")] == ["0", "0", "1", "1"]


def test_a_question_understood_otherwise_says_so():
    same = rendered(Turn("问", ENGINE.ask("问")))
    other = rendered(Turn("问", replace(ENGINE.ask("问"), resolved_question="云溪县2024年问")))
    assert "按这个问题作答" not in same.line
    assert "按这个问题作答：云溪县2024年问" in other.line


def test_a_refusal_says_so_with_the_nearest_passage_and_no_headline():
    checked = rendered(Turn("航天发射了几次？", no_answer("航天发射了几次？")))
    assert "未找到可以回答的依据" in checked.line
    assert "没有找到说明“航天发射”的句子" in checked.line
    assert "最接近的段落（不足以回答）" in checked.line
    assert "办理法律援助571件" in checked.line
    assert len(checked.acts("cite")) == 1


def test_errors_and_waiting_are_sentences():
    checked = rendered(Turn("甲", error="index 'x' is gone; build it."), Turn("乙"))
    assert "暂时无法回答 index 'x' is gone; build it." in checked.line
    assert CHINESE.pending in checked.line


def test_several_figures_make_a_table_with_markers():
    checked = rendered(Turn("对比", table_answer("对比")))
    assert "办理法律援助 571件 2024年 实绩 [1]" in checked.line
    assert "办理法律援助 302件 2024年 实绩 [2]" in checked.line


def test_a_figure_whose_citation_is_missing_has_no_button():
    answer = table_answer("对比")
    answer = replace(answer, figures=tuple(replace(figure, citation=9) for figure in answer.figures))
    assert not any(button["data-marker"] == "9" for button in rendered(Turn("对比", answer)).acts("cite"))


def test_english_words():
    checked = rendered(Turn("航天", no_answer("航天")), words=ENGLISH)
    assert "No evidence for an answer" in checked.line
    assert "paragraph 22" in checked.line


def test_the_welcome_offers_questions():
    checked = Checked(render_welcome(3, ["甲？", "<b>乙</b>？"], CHINESE))
    assert [b["data-question"] for b in checked.acts("ask")] == ["甲？", "<b>乙</b>？"]
    assert "已收录 3 份报告" in checked.line
    assert "可以这样问" not in Checked(render_welcome(0, [], CHINESE)).line


@given(
    quote=texts,
    title=names,
    issuer=names,
    question=texts,
    headline=names,
    text=texts,
    section=st.lists(names, max_size=2),
)
def test_nothing_of_a_report_or_question_injects_html(quote, title, issuer, question, headline, text, section):
    citation = replace(cite(REPORTS[0], "应诉45件"), quote=quote, title=title, issuer=issuer, section=tuple(section))
    figure = replace(table_answer("").figures[0], text=headline, indicator=title, period=issuer, kind=quote, unit=text)
    scope = Scope((issuer,), (), (title,))
    facts = {"headline": headline, "text": text, "resolved_question": text, "scope": scope, "figures": (figure,) * 2}
    answer = answer_to(question, citation, **facts)
    checked = rendered(
        Turn(question, answer),
        Turn(question, replace(answer, refusal=quote)),
        Turn(question, error=text),
        Turn(question),
    )
    assert folded(question) in checked.line
    assert folded(title) in checked.line
    assert folded(headline) in checked.line
    Checked(render_welcome(1, [question, title], CHINESE))
