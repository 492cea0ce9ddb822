"""The tab 提问: conversation and question box on the left, the source on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from corpus.errors import ReportQAError
from index.types import ReportCard
from qa.types import Scope
from qa.ui.blocks import html_block
from qa.ui.conversation import render_conversation, render_welcome
from qa.ui.engine import Engine
from qa.ui.examples import example_questions, newest_by_issuer
from qa.ui.history import render_bar, render_kept
from qa.ui.html import failure
from qa.ui.kept import render_keep
from qa.ui.session import QUESTION_CHARS, LinkState, Session
from qa.ui.source import render_empty, render_source
from qa.ui.texts import Texts

EXAMPLES = 4


@dataclass(frozen=True, slots=True)
class AskTab:
    """The parts of the tab that change, and what they show for a session.

    Attributes:
        keep: hands the conversation to the browser, which keeps it.
        filters: choices of issuer, year and kind.
    """

    engine: Engine
    tab: gr.Tab
    conversation: gr.HTML
    filters: tuple[gr.Dropdown, gr.Dropdown, gr.Dropdown]
    box: gr.Textbox
    send: gr.Button
    restart: gr.Button
    source: gr.HTML
    keep: gr.HTML

    @property
    def outputs(self) -> list[gr.components.Component]:
        """All parts, in the order of `view`."""
        return [
            *(self.tab, self.conversation, *self.filters, self.box, self.send, self.restart),
            *(self.source, self.keep),
        ]

    @property
    def answers(self) -> list[gr.components.Component]:
        """The parts that a question changes, in the order of `view_answers`."""
        return [self.conversation, self.source, self.keep]

    def view(self, session: Session) -> tuple[object, ...]:
        """Show everything anew, as after a change of language. The box takes words from now on."""
        texts = session.texts
        choices = filter_choices(self.engine, texts)
        values = filter_values(session.within)
        return (
            gr.update(label=texts.tab_ask),
            show_conversation(session, self.engine),
            *(gr.update(choices=c, value=value) for c, value in zip(choices, values, strict=True)),
            gr.update(label=texts.question_label, placeholder=texts.question_placeholder, interactive=True),
            gr.update(value=texts.send),
            gr.update(value=texts.new_conversation),
            show_source(session, self.engine),
            render_keep(session),
        )

    def view_answers(self, session: Session) -> tuple[object, ...]:
        """Show what a question changed."""
        return show_conversation(session, self.engine), show_source(session, self.engine), render_keep(session)


def build_ask_tab(engine: Engine, session: Session) -> AskTab:
    """Lay the tab out; call inside `gr.Tabs`."""
    texts = session.texts
    with gr.Tab(texts.tab_ask, id="ask", elem_id="rq-tab-ask") as tab, gr.Row(elem_classes="rq-columns"):
        with gr.Column(elem_classes="rq-column rq-chat", min_width=0):
            conversation = html_block(show_conversation(session, engine), "rq-conversation")
            with gr.Row(elem_classes="rq-filters"):
                filters = _build_filters(engine, texts)
            with gr.Row(elem_classes="rq-compose"):
                box = _build_box(texts)
                send = gr.Button(texts.send, variant="primary", elem_id="rq-send", scale=0, min_width=72)
                again = gr.Button(texts.new_conversation, elem_id="rq-new", scale=0, min_width=88)
            keep = html_block("", "rq-keep")
        with gr.Column(elem_classes="rq-column rq-side", min_width=0):
            source = html_block(show_source(session, engine), "rq-source")
    return AskTab(engine, tab, conversation, filters, box, send, again, source, keep)


def _build_filters(engine: Engine, texts: Texts) -> tuple[gr.Dropdown, gr.Dropdown, gr.Dropdown]:
    labels = (texts.data.issuer, texts.ask.year, texts.ask.report_kind)
    issuer, year, kind = (
        gr.Dropdown(
            choices,
            value="",
            label=label,
            show_label=False,
            container=False,
            elem_id=f"rq-filter-{name}",
            min_width=0,
        )
        for name, label, choices in zip(("issuer", "year", "kind"), labels, filter_choices(engine, texts), strict=True)
    )
    return issuer, year, kind


def _build_box(texts: Texts) -> gr.Textbox:
    """Make the question box, closed until the page knows who asks: a question typed before would be swept away."""
    return gr.Textbox(
        label=texts.question_label,
        placeholder=texts.question_placeholder,
        show_label=False,
        container=False,
        interactive=False,
        lines=1,
        max_lines=4,
        max_length=QUESTION_CHARS,
        elem_id="rq-question",
        scale=1,
        min_width=0,
    )


def show_conversation(session: Session, engine: Engine) -> str:
    """Render the conversation, or the welcome before the first question."""
    texts = session.texts
    if session.turns:
        bar = render_bar(session.key, session.name, texts) if session.key else ""
        return render_conversation(session.turns, texts, bar)
    try:
        cards = engine.reports()
        reports = [engine.report(card.report_id) for card in newest_by_issuer(cards, EXAMPLES)]
    except ReportQAError as error:
        return failure(texts.error_title, error)
    return render_welcome(len(cards), example_questions(reports), texts, render_kept(session.kept, texts))


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


def filter_choices(engine: Engine, texts: Texts) -> tuple[list[tuple[str, str]], ...]:
    """Return the choices of issuer, year and kind that the index offers, each with one for all."""
    cards = _cards(engine)
    years = sorted({card.year for card in cards if card.year is not None}, reverse=True)
    return (
        [(texts.ask.all_issuers, ""), *((one, one) for one in sorted({card.issuer for card in cards} - {""}))],
        [(texts.ask.all_years, ""), *((texts.year_line.format(year=year), str(year)) for year in years)],
        [(texts.ask.all_kinds, ""), *((one, one) for one in sorted({card.kind for card in cards} - {""}))],
    )


def filter_values(within: Scope) -> tuple[str, str, str]:
    """Return what the three choices show for a scope."""
    return (
        next(iter(within.issuers), ""),
        str(next(iter(within.years), "")),
        next(iter(within.kinds), ""),
    )


def chosen_scope(issuer: str | None, year: str | None, kind: str | None) -> Scope:
    """Return the scope that three choices make.

    >>> chosen_scope("云溪县", "2024", "")
    Scope(issuers=('云溪县',), years=(2024,), kinds=())
    """
    years = (int(year),) if year and year.isascii() and year.isdigit() and len(year) == 4 else ()
    return Scope((issuer,) if issuer else (), years, (kind,) if kind else ())


def _cards(engine: Engine) -> Sequence[ReportCard]:
    try:
        return engine.reports()
    except ReportQAError:
        return ()
