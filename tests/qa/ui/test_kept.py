"""Kept conversations, the scope of a question, judgements: acts on a session, and what the browser may send."""

import json
from dataclasses import replace

import gradio as gr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.types import Scope
from qa.ui.ask_acts import note_judgement, requested
from qa.ui.ask_tab import chosen_scope, filter_values
from qa.ui.examples import next_questions
from qa.ui.history import render_bar, render_kept
from qa.ui.kept import forget, read_arrival, recall, rename, render_keep, with_card
from qa.ui.session import KeptCard, Session, begin, drop, finish
from qa.ui.texts import CHINESE, ENGLISH
from tests.qa.ui.fakes import FakeEngine
from tests.qa.ui.hostile import names
from tests.qa.ui.html_check import Checked, folded

ENGINE = FakeEngine()
ASKED = with_card(finish(begin(Session(), "云溪县2024年调处了多少纠纷？"), ENGINE))


def event(**facts):
    return gr.EventData(None, facts)


def handed_over(session):
    """What the browser keeps of a session."""
    checked = Checked(render_keep(session).replace("<div", '<button data-do="x"').replace("</div", "</button"))
    return checked.buttons[0]


def test_a_conversation_comes_back_from_the_browser():
    kept = handed_over(ASKED)
    back = recall(Session(), kept["data-key"], kept["data-name"], kept["data-content"])
    assert [turn.answer for turn in back.turns] == [turn.answer for turn in ASKED.turns]
    assert (back.key, back.name) == (ASKED.key, "云溪县2024年调处了多少纠纷？")
    assert ASKED.kept == (KeptCard(ASKED.key, ASKED.name, 1),)


@pytest.mark.parametrize("key", ["", None, "<", "a" * 99, "键"])
def test_a_key_is_letters_and_digits(key):
    assert recall(Session(), key, "x", handed_over(ASKED)["data-content"]) == Session()


@given(st.one_of(st.none(), st.text(), st.just("[" * 9999)))
def test_what_the_browser_brings_may_be_anything(text):
    arrival = read_arrival(text)
    assert all(card.key for card in arrival.cards)
    assert recall(Session(), "a1", text, text or "").turns == ()


def test_a_conversation_is_renamed_and_forgotten():
    named = with_card(rename(ASKED, "  我的\n对话 "))
    assert (named.name, named.kept[0].name) == ("我的 对话", "我的 对话")
    assert rename(ASKED, " ") == ASKED
    assert rename(Session(), "名") == Session()
    gone = forget(ASKED, ASKED.key)
    assert (gone.turns, gone.kept, gone.key) == ((), (), "")
    assert forget(ASKED, "other") == ASKED
    assert handed_over(gone)["data-key"] == ""


@given(names)
def test_names_are_text(name):
    assert folded(name) in Checked(render_bar("a1", name, CHINESE)).line
    Checked(render_kept([KeptCard("a1", name, 2)], ENGLISH))


def test_a_part_of_the_scope_is_taken_back():
    again = drop(ASKED, "0", "years", "2024")
    assert (again.turns[-1].question, again.turns[-1].without) == (ASKED.turns[0].question, Scope(years=(2024,)))
    twice = drop(finish(again, ENGINE), "1", "issuers", "云溪县")
    assert twice.turns[-1].without == Scope(("云溪县",), (2024,))
    assert requested(ASKED, "", event(facet="years", turn="0", value="2024")).turns[-1].without.years == (2024,)


@pytest.mark.parametrize(
    ("turn", "facet", "value"),
    [("9", "years", "2024"), ("0", "quote", "x"), ("0", "years", "1999"), (None, None, None), ("0", "__class__", "x")],
)
def test_scopes_from_the_browser_may_be_anything(turn, facet, value):
    assert drop(ASKED, turn, facet, value) == ASKED


def test_filters_make_a_scope_and_show_it():
    scope = chosen_scope("云溪县", "2024", None)
    assert scope == Scope(("云溪县",), (2024,))
    assert filter_values(scope) == ("云溪县", "2024", "")
    assert chosen_scope("", "<b>", "") == Scope()
    session = begin(replace(ASKED, within=scope), "问")
    assert session.turns[-1].within == scope
    assert requested(session, "", event(question="问", unfilter="true")).within == Scope()


def test_what_to_ask_next_is_of_another_issuer_or_year():
    answer = ASKED.turns[0].answer
    assert next_questions(answer, ENGINE.reports(), ENGINE.report)[:1] == ("青岚区2024年调处了多少纠纷？",)
    cards = [*ENGINE.reports(), replace(ENGINE.reports()[0], report_id="old", year=2023)]
    assert next_questions(answer, cards, ENGINE.report)[0] == "云溪县2023年调处了多少纠纷？"
    short = replace(answer, question="多少？")
    assert next_questions(short, cards, ENGINE.report)[:2] == ("2023年呢？", "青岚区呢？")
    refused = ENGINE.ask("航天")
    assert next_questions(refused, ENGINE.reports(), ENGINE.report)[0].startswith("云溪县")


def test_a_judgement_is_written_down(tmp_path):
    engine = FakeEngine(home=tmp_path)
    session = note_judgement(ASKED, engine, event(turn="0", good="yes"))
    assert session.turns[0].verdict == CHINESE.ask.judged
    session = note_judgement(ASKED, engine, event(turn="0", good="no", reason="数字不对", expected="4,507件"))
    lines = [json.loads(one) for one in (tmp_path / "feedback.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["expected"] for one in lines] == ["4,506件", "4,507件"]
    assert note_judgement(ASKED, engine, event(turn="7")) == ASKED
    (tmp_path / "file").write_text("")
    failed = note_judgement(ASKED, FakeEngine(home=tmp_path / "file"), event(turn="0", good="yes"))
    assert "没有记录下来" in failed.turns[0].verdict
