"""The tab 报告: the indexed reports on the left, the one being read on the right."""

from __future__ import annotations

from dataclasses import dataclass, replace

import gradio as gr

from corpus.errors import ReportQAError
from qa.ui.blocks import event_value, html_block
from qa.ui.engine import Engine
from qa.ui.html import failure
from qa.ui.listing import render_list, render_reader
from qa.ui.session import Session
from qa.ui.source import render_empty


@dataclass(frozen=True, slots=True)
class ReportsTab:
    """The parts of the tab that change, and what they show for a session."""

    engine: Engine
    tab: gr.Tab
    listing: gr.HTML
    reader: gr.HTML

    @property
    def outputs(self) -> list[gr.components.Component]:
        """All parts, in the order of `view`."""
        return [self.tab, self.listing, self.reader]

    def view(self, session: Session) -> tuple[object, ...]:
        """Show everything anew, as after a change of language."""
        return (
            gr.update(label=session.texts.tab_reports),
            show_list(session, self.engine),
            show_reader(session, self.engine),
        )


def build_reports_tab(engine: Engine, session: Session, state: gr.State) -> ReportsTab:
    """Lay the tab out and wire it; call inside `gr.Tabs`."""
    texts = session.texts
    with gr.Tab(texts.tab_reports, id="reports", elem_id="rq-tab-reports") as tab, gr.Row(elem_classes="rq-columns"):
        with gr.Column(elem_classes="rq-column rq-listing", min_width=0):
            listing = html_block(show_list(session, engine), "rq-list")
        with gr.Column(elem_classes="rq-column rq-side", min_width=0):
            reader = html_block(show_reader(session, engine), "rq-reader")
    made = ReportsTab(engine, tab, listing, reader)

    def read(session: Session, event: gr.EventData) -> tuple[object, ...]:
        session = replace(session, report_id=event_value(event, "report") or "")
        return session, show_list(session, engine), show_reader(session, engine)

    listing.click(read, state, [state, listing, reader], show_progress="hidden", api_visibility="private")
    return made


def show_list(session: Session, engine: Engine) -> str:
    """Render the list of reports as the index holds them now."""
    try:
        cards = engine.reports()
    except ReportQAError as error:
        return failure(session.texts.error_title, error)
    return render_list(cards, session.report_id, engine.home if engine.samples else None, session.texts)


def show_reader(session: Session, engine: Engine) -> str:
    """Render the report that is open for reading."""
    if not session.report_id:
        return render_empty(session.texts.reader_label, session.texts.reader_empty, session.texts)
    try:
        report = engine.report(session.report_id)
    except ReportQAError as error:
        return render_empty(session.texts.source_missing, str(error), session.texts)
    return render_reader(report, session.texts)
