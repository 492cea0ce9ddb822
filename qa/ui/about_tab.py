"""The tab 说明."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from corpus.errors import ReportQAError
from qa.feedback import write_checks
from qa.ui.about import Holdings, render_about
from qa.ui.blocks import html_block
from qa.ui.engine import Engine
from qa.ui.html import failure
from qa.ui.session import Session


@dataclass(frozen=True, slots=True)
class AboutTab:
    """The parts of the tab that change, and what they show for a session."""

    engine: Engine
    tab: gr.Tab
    page: gr.HTML

    @property
    def outputs(self) -> list[gr.components.Component]:
        """All parts, in the order of `view`."""
        return [self.tab, self.page]

    def view(self, session: Session) -> tuple[object, ...]:
        """Show everything anew, as after a change of language."""
        return gr.update(label=session.texts.library.tab_about), show_about(session, self.engine)


def build_about_tab(engine: Engine, session: Session, state: gr.State) -> AboutTab:
    """Lay the tab out and wire it; call inside `gr.Tabs`."""
    with gr.Tab(session.texts.library.tab_about, id="about", elem_id="rq-tab-about") as tab:
        page = html_block(show_about(session, engine), "rq-about")

    def make_checks(session: Session) -> str:
        try:
            count = write_checks(engine.home)
        except ReportQAError as error:
            return show_about(session, engine, str(error))
        said = session.texts.library.checks_line.format(count=count, file=engine.home / "checks.jsonl")
        return show_about(session, engine, said)

    quiet = {"show_progress": "hidden", "api_visibility": "private"}
    page.apply(make_checks, state, page, **quiet)
    # An index that went live meanwhile is told of as soon as the tab is looked at.
    tab.select(lambda session: show_about(session, engine), state, page, **quiet)
    return AboutTab(engine, tab, page)


def show_about(session: Session, engine: Engine, said: str = "") -> str:
    """Render the tab for what the index holds now."""
    try:
        return render_about(_holdings(engine), session.texts, said)
    except ReportQAError as error:
        return failure(session.texts.error_title, error)


def _holdings(engine: Engine) -> Holdings:
    cards = engine.reports()
    created = next((version.created for version in engine.versions() if version.live), "")
    return Holdings(
        build=engine.index_build,
        created=created[:16].replace("T", " "),
        reports=len(cards),
        issuers=len({card.issuer for card in cards}),
        years=tuple(sorted({card.year for card in cards if card.year is not None})),
        figures=engine.figure_count,
        encoder=engine.encoder,
        home=engine.home,
    )
