"""What the tab 提问 does when its user acts: ask, open a source, keep, take away, judge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import gradio as gr

from corpus.errors import ReportQAError
from qa.docx import memo_docx
from qa.feedback import Feedback, add_feedback
from qa.memo import memo_markdown
from qa.types import EVERYTHING
from qa.ui.ask_tab import AskTab, chosen_scope, filter_values, show_conversation, show_source
from qa.ui.blocks import event_value
from qa.ui.downloads import DOCX, MARKDOWN, render_download
from qa.ui.engine import Engine
from qa.ui.kept import forget, recall, rename, render_keep, with_card
from qa.ui.session import Session, answer_of, begin, drop, finish, judged, open_citation, restart, settle

_QUIET = {"show_progress": "hidden", "api_visibility": "private"}
_EXPECTED_CHARS = 200


def wire_ask_tab(tab: AskTab, state: gr.State, download: gr.HTML) -> None:
    """Connect the parts of the tab with what they do."""
    asked = _wire_questions(tab, state)
    _wire_conversations(tab, state, download, asked)
    engine = tab.engine

    def cite(session: Session, event: gr.EventData) -> tuple[object, ...]:
        session = open_citation(session, event_value(event, "turn"), event_value(event, "marker"))
        return session, show_source(session, engine)

    def judge(session: Session, event: gr.EventData) -> tuple[object, ...]:
        session = note_judgement(session, engine, event)
        return session, show_conversation(session, engine)

    def narrow(session: Session, issuer: str | None, year: str | None, kind: str | None) -> Session:
        return replace(session, within=chosen_scope(issuer, year, kind))

    tab.conversation.click(cite, state, [state, tab.source], **_QUIET)
    tab.conversation.like(judge, state, [state, tab.conversation], **_QUIET)
    gr.on([one.input for one in tab.filters], narrow, [state, *tab.filters], state, **_QUIET)


def _wire_questions(tab: AskTab, state: gr.State) -> gr.events.Dependency:
    engine = tab.engine

    def ask(
        session: Session, typed: str, issuer: str | None, year: str | None, kind: str | None, event: gr.EventData
    ) -> Iterator[tuple[object, ...]]:
        """Show the question at once, then its answer. What was clicked brings its words with the event."""
        # Read here too: a filter that was set a moment ago may not be in the session yet.
        session = requested(replace(session, within=chosen_scope(issuer, year, kind)), typed, event)
        filters = filter_values(session.within)
        yield session, "", *filters, show_conversation(session, engine), gr.skip(), gr.skip()
        session = with_card(finish(session, engine))
        # The box is left alone: the user may be typing the next question by now.
        yield session, *[gr.skip()] * 4, *tab.view_answers(session)

    def give_up(session: Session) -> tuple[object, ...]:
        """After a bug in the engine: Gradio has logged it; the question must not wait for ever."""
        session = settle(session)
        return session, show_conversation(session, engine)

    asked = gr.on(
        [tab.box.submit, tab.send.click, tab.conversation.submit],
        ask,
        [state, tab.box, *tab.filters],
        [state, tab.box, *tab.filters, *tab.answers],
        trigger_mode="once",
        **_QUIET,
    )
    asked.failure(give_up, state, [state, tab.conversation], **_QUIET)
    return asked


def requested(session: Session, typed: str, event: gr.EventData) -> Session:
    """Begin what an event asks for: a typed question, a clicked one, or one again without a part of its scope."""
    facet = event_value(event, "facet")
    if facet is not None:
        return drop(session, event_value(event, "turn"), facet, event_value(event, "value"))
    if event_value(event, "unfilter") is not None:
        session = replace(session, within=EVERYTHING)
    return begin(session, event_value(event, "question") or typed)


def _wire_conversations(tab: AskTab, state: gr.State, download: gr.HTML, asked: gr.events.Dependency) -> None:
    engine = tab.engine

    def start_over(session: Session) -> tuple[object, ...]:
        # The box is left alone: the first question of the new conversation may stand in it already.
        session = restart(session)
        return session, *tab.view_answers(session)

    def open_kept(session: Session, event: gr.EventData) -> tuple[object, ...]:
        session = recall(session, *(event_value(event, name) for name in ("key", "name", "content")))
        return session, *tab.view_answers(session)

    def drop_kept(session: Session, event: gr.EventData) -> tuple[object, ...]:
        session = forget(session, event_value(event, "key"))
        return session, *tab.view_answers(session)

    def name_kept(session: Session, event: gr.EventData) -> tuple[object, ...]:
        session = with_card(rename(session, event_value(event, "name")))
        return session, show_conversation(session, engine), render_keep(session)

    def save(session: Session, event: gr.EventData) -> str:
        answers = [turn.answer for turn in session.turns if turn.answer is not None]
        name = session.name or session.texts.ask.untitled
        if event_value(event, "format") == "docx":
            return render_download(name, "docx", DOCX, memo_docx(name, answers))
        return render_download(name, "md", MARKDOWN, memo_markdown(name, answers).encode("utf-8"))

    tab.restart.click(start_over, state, [state, *tab.answers], cancels=[asked], **_QUIET)
    tab.conversation.expand(open_kept, state, [state, *tab.answers], **_QUIET)
    tab.conversation.delete(drop_kept, state, [state, *tab.answers], **_QUIET)
    tab.conversation.edit(name_kept, state, [state, tab.conversation, tab.keep], **_QUIET)
    tab.conversation.download(save, state, download, **_QUIET)


def note_judgement(session: Session, engine: Engine, event: gr.EventData) -> Session:
    """Write down what a user thinks of an answer, and say that it was; an answer that is none changes nothing."""
    turn = event_value(event, "turn")
    answer = answer_of(session, turn)
    if answer is None:
        return session
    good = event_value(event, "good") == "yes"
    said = answer.headline or next((citation.quote for citation in answer.citations), "")
    asked_before = session.turns[: int(str(turn))]
    feedback = Feedback(
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        question=answer.question,
        history=tuple(one.question for one in asked_before if one.answer is not None),
        good=good,
        reason=event_value(event, "reason") or "",
        expected=said[:_EXPECTED_CHARS] if good and not answer.refused else event_value(event, "expected") or "",
        answer=said,
        index_build=answer.index_build,
    )
    texts = session.texts.ask
    try:
        add_feedback(engine.home, feedback)
    except ReportQAError as error:
        return judged(session, turn, texts.judge_failed_line.format(error=error))
    return judged(session, turn, texts.judged)
