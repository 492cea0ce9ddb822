"""The tab 报告: the indexed reports and their upkeep on the left, the one being read on the right."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from corpus.errors import ReportQAError
from corpus.fold import fold
from corpus.ingest import Outcome
from corpus.readers import SUFFIXES
from index.types import ReportCard
from qa.library import known_facts, own_files
from qa.ui.blocks import html_block
from qa.ui.build_panel import render_build
from qa.ui.engine import Engine
from qa.ui.html import failure
from qa.ui.listing import render_list, render_reader
from qa.ui.session import Session
from qa.ui.source import render_empty

TICK_S = 0.5


@dataclass(frozen=True, slots=True)
class ReportsTab:
    """The parts of the tab that change, and what they show for a session."""

    engine: Engine
    tab: gr.Tab
    filter: gr.Textbox
    upload: gr.File
    build: gr.HTML
    listing: gr.HTML
    reader: gr.HTML
    clock: gr.Timer

    @property
    def outputs(self) -> list[gr.components.Component]:
        """All parts, in the order of `view`."""
        return [self.tab, self.filter, self.upload, self.build, self.listing, self.reader, self.clock]

    def view(self, session: Session) -> tuple[object, ...]:
        """Show everything anew, as after a change of language."""
        library = session.texts.library
        return (
            gr.update(label=session.texts.tab_reports),
            gr.update(label=library.filter, placeholder=library.filter_placeholder),
            gr.update(label=library.upload, value=None),
            show_build(session, self.engine),
            show_list(session, self.engine),
            show_reader(session, self.engine),
            gr.Timer(active=is_building(self.engine)),
        )


def build_reports_tab(engine: Engine, session: Session) -> ReportsTab:
    """Lay the tab out; call inside `gr.Tabs`."""
    texts, library = session.texts, session.texts.library
    with gr.Tab(texts.tab_reports, id="reports", elem_id="rq-tab-reports") as tab, gr.Row(elem_classes="rq-columns"):
        with gr.Column(elem_classes="rq-column rq-listing", min_width=0):
            with gr.Row(elem_classes="rq-form rq-library"):
                box = gr.Textbox(
                    label=library.filter, placeholder=library.filter_placeholder, elem_id="rq-filter", min_width=0
                )
                upload = gr.File(
                    label=library.upload,
                    file_count="multiple",
                    file_types=sorted(SUFFIXES),
                    elem_id="rq-upload",
                    height=64,
                    min_width=0,
                )
            build = html_block(show_build(session, engine), "rq-build")
            listing = html_block(show_list(session, engine), "rq-list")
        with gr.Column(elem_classes="rq-column rq-side", min_width=0):
            reader = html_block(show_reader(session, engine), "rq-reader")
            # Within the tab: a child of the tabs that is none would be counted as one.
            clock = gr.Timer(TICK_S, active=False)
    return ReportsTab(engine, tab, box, upload, build, listing, reader, clock)


def is_building(engine: Engine) -> bool:
    """Tell whether a build is running."""
    return engine.rebuilding is not None and engine.rebuilding.state().running


def show_build(session: Session, engine: Engine, said: str = "") -> str:
    """Render how the index is being built, and its versions; `said` is what became of the last act."""
    try:
        state = engine.rebuilding.state() if engine.rebuilding is not None else None
        return render_build(state, engine.versions(), said, session.texts)
    except ReportQAError as error:
        return failure(session.texts.error_title, error)


def show_list(session: Session, engine: Engine) -> str:
    """Render the list of reports as the index holds them now."""
    try:
        cards = engine.reports()
        own = own_files(engine.home)
        left_out = [one for one in engine.ingests() if one.outcome is not Outcome.READ]
    except ReportQAError as error:
        return failure(session.texts.error_title, error)
    shown = [card for card in cards if _fits(card, session.filter)]
    samples_home = engine.home if engine.samples else None
    return render_list(shown, session.report_id, samples_home, session.texts, own, left_out)


def show_reader(session: Session, engine: Engine, said: str = "") -> str:
    """Render the report that is open for reading; `said` is what became of the last correction of it."""
    if not session.report_id:
        return render_empty(session.texts.reader_label, session.texts.reader_empty, session.texts)
    try:
        report = engine.report(session.report_id)
        facts = known_facts(engine.home, report)
    except ReportQAError as error:
        return render_empty(session.texts.source_missing, str(error), session.texts)
    return render_reader(report, facts, session.texts, said)


def _fits(card: ReportCard, words: str) -> bool:
    """Tell whether all words stand in what is known of a report."""
    facts = fold(f"{card.title}/{card.file}/{card.issuer}/{card.kind}/{card.year}")
    return all(fold(word) in facts for word in words.split())
