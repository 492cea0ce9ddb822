"""The engine over the sample reports: quotes are exact, scope holds, refusals say why, output is stable."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus.types import Figure, Kind
from index.types import Chunk, ClauseHit, SentenceHit
from qa.answer import Group, answer_text
from qa.headline import Headline
from qa.markdown import escape
from qa.serialize import answer_json
from qa.types import Citation

QUESTIONS = [
    "云溪县2024年办理法律援助多少件？",
    "青岚区2024年主动公开政府信息多少条",
    "2023年和2024年云溪县行政复议分别受理了多少件",
    "海澄港区今年有什么打算",
    "松原岭县2023年粮食产量",
    "法律援助办了多少件",
    "<script>alert(1)</script>",
    "？",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_is_a_slice_of_its_report(engine, question):
    answer = engine.ask(question)
    for citation in answer.citations:
        report = engine.report(citation.report_id)
        assert report.text[citation.start : citation.end] == citation.quote
        paragraph = report.paragraphs[citation.paragraph - 1]
        assert paragraph.start <= citation.start < paragraph.end
    assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    shown = {int(marker) for marker in re.findall(r"(?<!\\)\[(\d+)\]", answer.text)}
    assert shown <= {c.marker for c in answer.citations}
    assert 1 in shown or not answer.citations


@given(st.text(max_size=60), st.lists(st.text(max_size=30), max_size=3))
@settings(max_examples=60, deadline=None)
def test_no_question_breaks_it(engine, question, history):
    answer = engine.ask(question, history)
    assert answer.text
    for citation in answer.citations:
        assert engine.report(citation.report_id).text[citation.start : citation.end] == citation.quote


def test_the_first_citation_answers(engine):
    answer = engine.ask("云溪县2024年办理法律援助多少件？")
    assert "法律援助571件" in answer.citations[0].quote
    assert (answer.citations[0].issuer, answer.citations[0].year) == ("云溪县", 2024)
    assert answer.citations[0].section


def test_named_issuer_and_year_bind(engine):
    for citation in engine.ask("云溪县2023年法律援助办了多少件？").citations:
        assert (citation.issuer, citation.year) == ("云溪县", 2023)


def test_both_sides_of_a_comparison_are_cited(engine):
    answer = engine.ask("2023年和2024年云溪县行政复议分别收到多少件申请")
    assert {c.year for c in answer.citations[:2]} == {2023, 2024}
    assert "云溪县 2023年" in answer.text


def test_an_issuer_without_reports_is_refused_with_those_there_are(engine):
    answer = engine.ask("平川区2024年行政复议收到多少件")
    assert answer.refused
    assert "平川区" in answer.refusal
    assert "云溪县（2022、2023、2024）" in answer.refusal
    assert not answer.citations


def test_a_year_without_reports_is_refused_with_those_there_are(engine):
    answer = engine.ask("云溪县1999年行政复议收到多少件")
    assert answer.refused
    assert "1999年" in answer.refusal
    assert "2022、2023、2024" in answer.refusal


def test_the_same_question_gives_the_same_bytes(engine):
    def fixed(question):
        return json.dumps(answer_json(engine.ask(question)) | {"elapsed_ms": 0}, ensure_ascii=False)

    for question in QUESTIONS:
        assert fixed(question) == fixed(question)


def test_json_has_the_promised_fields(engine):
    facts = answer_json(engine.ask(QUESTIONS[0]), "q1")
    promised = "id question resolved_question answer headline refused refusal_reason citations figures scope"
    assert list(facts) == [*promised.split(), "exhibits", "expansions", "index_build", "elapsed_ms"]
    citation = "marker report_id file title issuer year section paragraph page start end quote score cell"
    assert list(facts["citations"][0]) == citation.split()
    assert list(facts["scope"]) == ["issuers", "years", "kinds"]
    assert json.loads(json.dumps(facts)) == json.loads(json.dumps(facts))


@given(st.text(alphabet="甲1.)-+*_`[]()<>|#~&$\\\n 。", max_size=40))
def test_escaped_text_is_shown_as_it_is(text):
    tokens = MarkdownIt("commonmark").enable("table").parse(escape(text))
    kinds = {token.type for token in tokens} | {child.type for t in tokens for child in t.children or []}
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak"}
    shown = "".join(child.content for t in tokens for child in t.children or [])
    assert shown == " ".join(text.split())


def test_figures_of_the_answer_come_from_the_ledger(engine):
    answer = engine.ask("云溪县2024年办理法律援助多少件？")
    assert "571件" in answer.headline
    assert answer.figures[0].text == "571件"
    assert answer.figures[0].citation == 1
    assert (answer.figures[0].period, answer.figures[0].kind) == ("2024年", "result")
    for figure in answer.figures:
        assert figure.text in answer.citations[figure.citation - 1].quote


def two_parts(first, second, indicators=("满意率", "满意率")):
    """A comparison of two parts whose short answers hold one figure each, given as (text, value)."""
    groups = []
    for marker, ((text, value), indicator) in enumerate(zip((first, second), indicators, strict=True), start=1):
        quote = indicator + text
        citation = Citation(marker, "r", "f", "t", "i", 2024, (), 1, None, 0, len(quote), quote, 1.0)
        hit = SentenceHit(Chunk(0, "r", (), 0, len(quote), quote), 0, len(quote), quote, 1.0, 1)
        headline = Headline(hit, 0, len(quote), quote, ClauseHit(hit, 0, len(quote), quote, 1.0))
        one = Decimal(value)
        figure = Figure(one, one, one, "%", Decimal(1), text, indicator, "2024年", Kind.SHARE, 0, len(quote))
        groups.append(Group(f"部分{marker}", headline, [citation], 1, figure))
    return answer_text("各是多少", groups, [])


def test_a_difference_is_computed_exactly_and_says_so(engine):
    assert "相差0.5个百分点（计算：97.8%与97.3%之差）" in two_parts(("97.3%", "97.3"), ("97.8%", "97.8"))
    answer = engine.ask("2023年和2024年云溪县12345热线满意率分别是多少")
    assert "| 云溪县 2023年 |" in answer.text
    assert "| 云溪县 2024年 |" in answer.text


def test_each_year_is_compared_with_the_one_before(engine):
    answer = engine.ask("云溪县2022年、2023年、2024年法律援助各办了多少件")
    assert "云溪县 2022年与云溪县 2023年相差47件（计算：533件与486件之差）" in answer.text
    assert "云溪县 2023年与云溪县 2024年相差38件（计算：571件与533件之差）" in answer.text


def test_bounds_and_different_indicators_have_no_difference():
    assert "相差" not in two_parts(("5%左右", "5"), ("5%—5.5%", "5"))
    assert "相差" not in two_parts(("5%左右", "5"), ("7%以上", "7"))
    assert "相差" not in two_parts(("97.3%", "97.3"), ("97.8%", "97.8"), ("满意率", "办结数"))


def test_a_list_that_is_cut_says_so():
    quotes = ["项" * 200] * 5
    citations = [Citation(n, "r", "f", "t", "i", 2024, (), 1, None, 0, 9, q, 1.0) for n, q in enumerate(quotes, 1)]
    assert "共5项，其余见出处" in answer_text("有哪些", [Group("", None, citations, 5)], [])
    assert "其余见出处" not in answer_text("有哪些", [Group("", None, citations[:2], 2)], [])


def test_what_the_thesaurus_added_is_said(engine):
    answer = engine.ask("云溪县2024年民告官的案子有多少件")
    assert any("行政诉讼" in expansion.meant for expansion in answer.expansions)


def test_a_place_without_reports_beside_one_with_is_named(engine):
    answer = engine.ask("云溪县和甘肃2024年办理法律援助各多少件")
    assert not answer.refused
    assert "没有甘肃的报告" in answer.text


def test_a_question_for_yes_or_no_is_told_whether_the_words_deny(engine):
    assert engine.ask("云溪县有没有公职律师").text.startswith("报告中有相关表述：")
    quote = "全年未发生较大以上事故。"
    citation = Citation(1, "r", "f", "t", "i", 2024, (), 1, None, 0, len(quote), quote, 1.0)
    denied = answer_text("是否发生较大事故", [Group("", None, [citation])], [])
    assert denied.startswith("报告中有相关的否定表述：")


def test_a_side_of_a_comparison_without_an_answer_says_why(engine):
    answer = engine.ask("松原岭县和青岚区城镇登记失业率各是多少")
    assert not answer.refused
    assert "失业率3.4% [1]" in answer.text
    assert "| 青岚区 | 没有找到 |" in answer.text
    assert "青岚区：查到的段落说的多半是别的事。" in answer.text
