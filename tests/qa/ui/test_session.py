"""The acts of a user on a session."""

from hypothesis import given
from hypothesis import strategies as st

from qa.ui.session import QUESTION_CHARS, Session, begin, finish, open_citation, restart, settle
from tests.qa.ui.fakes import FakeEngine


def asked(*questions: str, engine: FakeEngine | None = None) -> Session:
    session = Session()
    for question in questions:
        session = finish(begin(session, question), engine or FakeEngine())
    return session


def test_earlier_questions_are_the_history_but_failed_ones_are_not():
    engine = FakeEngine()
    asked("应诉多少件？", "出错", "调解呢？", engine=engine)
    assert engine.asked[-1] == ("调解呢？", ("应诉多少件？",))


def test_the_first_citation_opens_by_itself_but_not_that_of_a_refusal():
    assert asked("调解").shown == asked("调解").turns[0].answer.citations[0]
    assert asked("调解", "航天").shown is None
    assert asked("调解", "出错").shown is None


def test_an_error_of_the_engine_becomes_the_turns_error():
    assert "being rebuilt" in asked("出错").turns[0].error


def test_a_question_left_waiting_is_settled():
    session = settle(begin(Session(), "缺陷"))
    assert session.turns[0].error == session.texts.internal_error
    assert begin(begin(Session(), "缺陷"), "调解").turns[0].error


def test_a_question_has_a_length():
    assert len(begin(Session(), "问" * 9999).turns[0].question) == QUESTION_CHARS


def test_a_citation_opens_by_turn_and_marker():
    session = asked("调解", "航天")
    assert open_citation(session, "0", "2").shown == session.turns[0].answer.citations[1]
    assert open_citation(session, "1", "1").shown == session.turns[1].answer.citations[0]


@given(st.one_of(st.none(), st.text(), st.integers().map(str)), st.one_of(st.none(), st.text(), st.integers().map(str)))
def test_numbers_from_the_browser_may_be_anything(turn, marker):
    session = asked("出错", "调解")
    opened = open_citation(session, turn, marker)
    assert opened == session or opened.shown in session.turns[1].answer.citations


def test_a_new_conversation_keeps_language_and_report():
    session = restart(Session(language="en", turns=asked("调解").turns, report_id="yunxi"))
    assert session == Session(language="en", report_id="yunxi")
