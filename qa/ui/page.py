"""The page as a whole: header, tabs, and the choice of language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape

import gradio as gr

from qa.ui.about_tab import build_about_tab
from qa.ui.arrive import arrive
from qa.ui.ask_acts import wire_ask_tab
from qa.ui.ask_tab import build_ask_tab
from qa.ui.blocks import event_value, html_block
from qa.ui.engine import Engine
from qa.ui.figures_tab import build_figures_tab
from qa.ui.html import tag, text_tag
from qa.ui.kept import read_arrival, recall
from qa.ui.options import arrival_script
from qa.ui.reports_acts import wire_reports_tab
from qa.ui.reports_tab import build_reports_tab
from qa.ui.session import Session
from qa.ui.texts import CHINESE, Texts, texts_for

_QUIET = {"show_progress": "hidden", "api_visibility": "private"}


def build_ui(engine: Engine) -> gr.Blocks:
    """Build the page over an engine; start it with `launch(**launch_options(host, port, engine))`."""
    session = Session()
    with gr.Blocks(title=CHINESE.product, analytics_enabled=False, fill_width=True) as page:
        state = gr.State(session)
        header = html_block(render_header(session.texts), "rq-header")
        kept = gr.Textbox(visible=False)
        download = html_block("", "rq-download")
        with gr.Tabs(elem_id="rq-tabs"):
            ask = build_ask_tab(engine, session)
            figures = build_figures_tab(engine, session, state, download)
            reports = build_reports_tab(engine, session)
            about = build_about_tab(engine, session, state)

        def view(session: Session) -> list[object]:
            return [
                session,
                render_header(session.texts),
                *ask.view(session),
                *figures.view(session),
                *reports.view(session),
                *about.view(session),
            ]

        def load(session: Session, brought: str, request: gr.Request) -> list[object]:
            query, arrival = dict(request.query_params), read_arrival(brought)
            opened = [arrival.opened.get(name) for name in ("key", "name", "content")]
            session = recall(replace(session, kept=arrival.cards), *opened)
            return view(arrive(replace(session, language=_language(query)), query, engine))

        def choose_language(session: Session, event: gr.EventData) -> list[object]:
            return view(replace(session, language=_language({"lang": event_value(event, "language")})))

        everything = [state, header, *ask.outputs, *figures.outputs, *reports.outputs, *about.outputs]
        wire_ask_tab(ask, state, download)
        wire_reports_tab(reports, state)
        page.load(load, [state, kept], everything, js=arrival_script(), **_QUIET)
        header.click(choose_language, state, everything, **_QUIET)
    return page


def render_header(texts: Texts) -> str:
    """Render the name of the page and the button that changes its language.

    >>> 'lang="en">English</button>' in render_header(CHINESE)
    True
    """
    names = text_tag("strong", texts.product, "rq-product") + text_tag("span", texts.tagline, "rq-tagline")
    other = tag(
        "button",
        escape(texts.other_language_name),
        "rq-language",
        type="button",
        data_do="language",
        data_language=texts.other_language,
        lang=texts.other_language,
    )
    return tag("div", names, "rq-brand", data_page_language=texts.html_language) + other


def _language(query: Mapping[str, str | None]) -> str:
    """Read the language a request asks for; Chinese whatever the browser prefers, unless the user chose."""
    return texts_for(query.get("lang")).language
