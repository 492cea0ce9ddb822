"""The tab 数据: search the ledger of figures on the left, the sentence of the one that was chosen on the right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import gradio as gr

from corpus.errors import ReportQAError
from qa.figures import PlacedFigure, cite_figure, place_figure
from qa.spreadsheet import csv_bytes, xlsx_bytes
from qa.types import Citation
from qa.ui.blocks import event_value, html_block
from qa.ui.downloads import CSV, XLSX, render_download
from qa.ui.engine import Engine
from qa.ui.figure_search import FigureSearch, change_view, search_for
from qa.ui.figures_table import render_figures, render_start
from qa.ui.html import failure
from qa.ui.session import Session
from qa.ui.source import render_empty, render_source
from qa.ui.texts import Texts

_SUGGESTED = 12
_QUIET = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class FiguresTab:
    """The parts of the tab that change, and what they show for a session."""

    engine: Engine
    tab: gr.Tab
    indicator: gr.Textbox
    issuer: gr.Dropdown
    period: gr.Textbox
    kind: gr.Dropdown
    search: gr.Button
    results: gr.HTML
    source: gr.HTML

    @property
    def outputs(self) -> list[gr.components.Component]:
        """All parts, in the order of `view`."""
        return [self.tab, *self.fields, self.search, self.results, self.source]

    @property
    def fields(self) -> list[gr.components.Component]:
        """The parts of the form, in the order of `search_for`."""
        return [self.indicator, self.issuer, self.period, self.kind]

    def view(self, session: Session) -> tuple[object, ...]:
        """Show everything anew, as after a change of language."""
        data = session.texts.data
        search = session.figures
        return (
            gr.update(label=data.tab),
            gr.update(label=data.indicator, placeholder=data.indicator_placeholder),
            gr.update(label=data.issuer, choices=_issuers(self.engine, session.texts), value=search.issuer),
            gr.update(label=data.period, placeholder=data.period_placeholder),
            gr.update(label=data.kind, choices=_kinds(session.texts), value=search.kind),
            gr.update(value=data.search),
            show_figures(session, self.engine),
            show_figure_source(session, self.engine),
        )


def build_figures_tab(engine: Engine, session: Session, state: gr.State, download: gr.HTML) -> FiguresTab:
    """Lay the tab out and wire it; call inside `gr.Tabs`."""
    texts, data = session.texts, session.texts.data
    with gr.Tab(data.tab, id="figures", elem_id="rq-tab-figures") as tab, gr.Row(elem_classes="rq-columns"):
        with gr.Column(elem_classes="rq-column rq-chat", min_width=0):
            with gr.Row(elem_classes="rq-form"):
                indicator = gr.Textbox(
                    label=data.indicator, placeholder=data.indicator_placeholder, elem_id="rq-indicator", min_width=0
                )
                issuer = gr.Dropdown(
                    _issuers(engine, texts), value="", label=data.issuer, elem_id="rq-issuer", min_width=0
                )
                period = gr.Textbox(
                    label=data.period, placeholder=data.period_placeholder, elem_id="rq-period", min_width=0
                )
                kind = gr.Dropdown(_kinds(texts), value="", label=data.kind, elem_id="rq-kind", min_width=0)
                search = gr.Button(data.search, variant="primary", elem_id="rq-search", scale=0, min_width=72)
            results = html_block(show_figures(session, engine), "rq-figures")
        with gr.Column(elem_classes="rq-column rq-side", min_width=0):
            source = html_block(show_figure_source(session, engine), "rq-figure-source")
    made = FiguresTab(engine, tab, indicator, issuer, period, kind, search, results, source)
    _wire(made, state, download)
    return made


def show_figures(session: Session, engine: Engine) -> str:
    """Render what the search of the session finds."""
    try:
        if session.figures.is_blank:
            return render_start(_suggestions(engine, engine.index_build), session.texts)
        return render_figures(engine.figures(session.figures.wanted()), session.figures, session.texts)
    except ReportQAError as error:
        return failure(session.texts.error_title, error)


def show_figure_source(session: Session, engine: Engine) -> str:
    """Render the report behind the chosen figure, or say what this pane is for."""
    citation = session.shown_figure
    if citation is None:
        return render_empty(session.texts.source_label, session.texts.data.source_empty, session.texts)
    try:
        report = engine.report(citation.report_id)
    except ReportQAError as error:
        return render_empty(session.texts.source_missing, str(error), session.texts)
    return render_source(citation, report, session.texts, session.shown_indicator)


@dataclass(frozen=True, slots=True)
class ChosenFigure:
    """The sentence of a figure, and what the figure measures."""

    citation: Citation
    indicator: str


def find_figure(engine: Engine, report_id: str | None, position: str | None) -> ChosenFigure | None:
    """Find a figure by what came from the browser; what is none of the index's figures is None.

    Raises:
        ReportQAError: if there is no such report.
    """
    report = engine.report(report_id or "")
    known = position is not None and position.isascii() and position.isdigit() and len(position) < 8
    if not known or int(position or "") >= len(report.figures):
        return None
    placed = place_figure(report, int(position or ""))
    return ChosenFigure(cite_figure(placed), placed.figure.indicator)


def _wire(tab: FiguresTab, state: gr.State, download: gr.HTML) -> None:
    engine = tab.engine

    def search(
        session: Session, indicator: str, issuer: str | None, period: str, kind: str | None, event: gr.EventData
    ) -> tuple[object, ...]:
        """Search for what the form holds; a suggestion brings its words with the event."""
        suggested = event_value(event, "indicator")
        wanted = search_for(suggested, "", "", "") if suggested else search_for(indicator, issuer, period, kind)
        session = replace(session, figures=wanted)
        return session, wanted.indicator, show_figures(session, engine)

    def change(session: Session, event: gr.EventData) -> tuple[object, ...]:
        asked = (event_value(event, name) for name in ("sort", "measure", "rows"))
        session = replace(session, figures=change_view(session.figures, *asked))
        return session, show_figures(session, engine)

    def show(session: Session, event: gr.EventData) -> tuple[object, ...]:
        try:
            shown = find_figure(engine, event_value(event, "report"), event_value(event, "position"))
        except ReportQAError as error:
            return session, render_empty(session.texts.source_missing, str(error), session.texts)
        if shown is not None:
            session = replace(session, shown_figure=shown.citation, shown_indicator=shown.indicator)
        return session, show_figure_source(session, engine)

    def save(session: Session, event: gr.EventData) -> object:
        try:
            found = engine.figures(session.figures.wanted())
        except ReportQAError:
            return gr.skip()
        return _file(found, session.figures, event_value(event, "format"), session.texts)

    tab_parts = [tab.indicator.submit, tab.period.submit, tab.search.click, tab.results.submit]
    chosen = [tab.issuer.input, tab.kind.input]
    gr.on([*tab_parts, *chosen], search, [state, *tab.fields], [state, tab.indicator, tab.results], **_QUIET)
    tab.results.input(change, state, [state, tab.results], **_QUIET)
    tab.results.click(show, state, [state, tab.source], **_QUIET)
    tab.results.download(save, state, download, **_QUIET)


def _file(found: tuple[PlacedFigure, ...], search: FigureSearch, form: str | None, texts: Texts) -> str:
    name = "_".join(filter(None, [texts.data.file_name, search.issuer, search.indicator, search.period]))
    if form == "xlsx":
        return render_download(name, "xlsx", XLSX, xlsx_bytes(found))
    return render_download(name, "csv", CSV, csv_bytes(found))


@lru_cache(maxsize=2)
def _suggestions(engine: Engine, _build: str) -> tuple[str, ...]:
    """Choose indicators to start with; looked up once for each version of the index."""
    return engine.common_indicators(_SUGGESTED)


def _issuers(engine: Engine, texts: Texts) -> list[tuple[str, str]]:
    try:
        issuers = sorted({card.issuer for card in engine.reports() if card.issuer})
    except ReportQAError:
        issuers = []
    return [(texts.data.every, ""), *((issuer, issuer) for issuer in issuers)]


def _kinds(texts: Texts) -> list[tuple[str, str]]:
    return [(texts.data.every, ""), *((name, kind) for kind, name in texts.figure_kinds.items())]
