"""The tab 提问: conversation and question box on the left, the source on the right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import gradio as gr

from corpus.errors import ReportQAError
from qa.ui.blocks import event_value, html_block
from qa.ui.conversation import render_conversation, render_welcome
from qa.ui.engine import Engine
from qa.ui.examples import example_questions, newest_by_issuer
from qa.ui.html import failure
from qa.ui.session import QUESTION_CHARS, LinkState, Session, begin, finish, open_citation, restart, settle
from qa.ui.source import render_empty, render_source

EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class AskTab:
    """The parts of the tab that change, and what they show for a session."""

    engine: Engine
    tab: gr.Tab
    conversation: gr.HTML
    box: gr.Textbox
    send: gr.Button
    restart: gr.Button
    source: gr.HTML

    @property
    def outputs(self) -> list[gr.components.Component]:
        """All parts, in the order of `view`."""
        return [self.tab, self.conversation, self.box, self.send, self.restart, self.source]

    def view(self, session: Session) -> tuple[object, ...]:
        """Show everything anew, as after a change of language."""
        texts = session.texts
        return (
            gr.update(label=texts.tab_ask),
            show_conversation(session, self.engine),
            gr.update(label=texts.question_label, placeholder=texts.question_placeholder),
            gr.update(value=texts.send),
            gr.update(value=texts.new_conversation),
            show_source(session, self.engine),
        )


def build_ask_tab(engine: Engine, session: Session, state: gr.State) -> AskTab:
    """Lay the tab out and wire it; call inside `gr.Tabs`."""
    texts = session.texts
    with gr.Tab(texts.tab_ask, id="ask", elem_id="rq-tab-ask") as tab, gr.Row(elem_classes="rq-columns"):
        with gr.Column(elem_classes="rq-column rq-chat", min_width=0):
            conversation = html_block(show_conversation(session, engine), "rq-conversation")
            with gr.Row(elem_classes="rq-compose"):
                box = gr.Textbox(
                    label=texts.question_label,
                    placeholder=texts.question_placeholder,
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=4,
                    max_length=QUESTION_CHARS,
                    elem_id="rq-question",
                    scale=1,
                    min_width=0,
                )
                send = gr.Button(texts.send, variant="primary", elem_id="rq-send", scale=0, min_width=72)
                again = gr.Button(texts.new_conversation, elem_id="rq-new", scale=0, min_width=88)
        with gr.Column(elem_classes="rq-column rq-side", min_width=0):
            source = html_block(show_source(session, engine), "rq-source")
    made = AskTab(engine, tab, conversation, box, send, again, source)
    _wire(made, state)
    return made


def show_conversation(session: Session, engine: Engine) -> str:
    """Render the conversation, or the welcome before the first question."""
    if session.turns:
        return render_conversation(session.turns, session.texts)
    try:
        cards = engine.reports()
        reports = [engine.report(card.report_id) for card in newest_by_issuer(cards, EXAMPLES)]
    except ReportQAError as error:
        return failure(session.texts.error_title, error)
    return render_welcome(len(cards), example_questions(reports), session.texts)


def show_source(session: Session, engine: Engine) -> str:
    """Render the report behind the open citation, or say what this pane is for."""
    if session.link is LinkState.LOST:
        return render_empty(session.texts.link_lost_title, session.texts.link_lost, session.texts)
    if session.shown is None:
        return render_empty(session.texts.source_label, session.texts.source_empty, session.texts)
    try:
        report = engine.report(session.shown.report_id)
    except ReportQAError as error:
        return render_empty(session.texts.source_missing, str(error), session.texts)
    note = session.texts.link_moved if session.link is LinkState.MOVED else ""
    return render_source(session.shown, report, session.texts, session.asked, note)


def _wire(tab: AskTab, state: gr.State) -> None:
    engine = tab.engine

    def ask(session: Session, typed: str, event: gr.EventData) -> Iterator[tuple[object, ...]]:
        """Show the question at once, then its answer. An example brings its words with the event."""
        session = begin(session, event_value(event, "question") or typed)
        yield session, "", show_conversation(session, engine), gr.skip()
        session = finish(session, engine)
        # The box is left alone: the user may be typing the next question by now.
        yield session, gr.skip(), show_conversation(session, engine), show_source(session, engine)

    def give_up(session: Session) -> tuple[object, ...]:
        """After a bug in the engine: Gradio has logged it; the question must not wait for ever."""
        session = settle(session)
        return session, show_conversation(session, engine)

    def cite(session: Session, event: gr.EventData) -> tuple[object, ...]:
        session = open_citation(session, event_value(event, "turn"), event_value(event, "marker"))
        return session, show_source(session, engine)

    def start_over(session: Session) -> tuple[object, ...]:
        session = restart(session)
        return session, "", show_conversation(session, engine), show_source(session, engine)

    quiet = {"show_progress": "hidden", "api_visibility": "private"}
    asked = gr.on(
        [tab.box.submit, tab.send.click, tab.conversation.submit],
        ask,
        [state, tab.box],
        [state, tab.box, tab.conversation, tab.source],
        trigger_mode="once",
        **quiet,
    )
    asked.failure(give_up, state, [state, tab.conversation], **quiet)
    tab.conversation.click(cite, state, [state, tab.source], **quiet)
    tab.restart.click(start_over, state, [state, tab.box, tab.conversation, tab.source], cancels=[asked], **quiet)
