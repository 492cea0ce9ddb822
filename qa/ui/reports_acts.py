"""What the tab 报告 does when its user acts: filter, read, put in, take out, correct, build, go back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

import gradio as gr

from corpus.descriptions import FACTS
from corpus.errors import ReportQAError
from qa.library import add_report, correct_report, remove_report
from qa.ui.blocks import event_value
from qa.ui.engine import Engine
from qa.ui.reports_tab import ReportsTab, is_building, show_build, show_list, show_reader
from qa.ui.session import Session

_QUIET = {"show_progress": "hidden", "api_visibility": "private"}
_FILTER_CHARS = 100


def wire_reports_tab(tab: ReportsTab, state: gr.State) -> None:
    """Connect the parts of the tab with what they do."""
    _wire_reading(tab, state)
    _wire_upkeep(tab, state)
    _wire_builds(tab, state)


def _wire_reading(tab: ReportsTab, state: gr.State) -> None:
    engine = tab.engine

    def read(session: Session, event: gr.EventData) -> tuple[object, ...]:
        session = replace(session, report_id=event_value(event, "report") or "")
        return session, show_list(session, engine), show_reader(session, engine)

    def narrow(session: Session, words: str) -> tuple[object, ...]:
        session = replace(session, filter=words[:_FILTER_CHARS])
        return session, show_list(session, engine)

    tab.listing.click(read, state, [state, tab.listing, tab.reader], **_QUIET)
    tab.filter.change(narrow, [state, tab.filter], [state, tab.listing], trigger_mode="always_last", **_QUIET)


def _wire_upkeep(tab: ReportsTab, state: gr.State) -> None:
    engine = tab.engine

    def put_in(session: Session, files: Sequence[str] | None) -> tuple[object, ...]:
        return None, show_build(session, engine, take_in(session, engine, files or ()))

    def take_out(session: Session, event: gr.EventData) -> str:
        file = event_value(event, "file") or ""
        line = session.texts.library.removed_line.format(files=file)
        return show_build(session, engine, _try(session, lambda: remove_report(engine.home, file), line))

    def correct(session: Session, event: gr.EventData) -> tuple[str, str]:
        said = {name: word for name in FACTS if (word := event_value(event, name)) is not None}
        line = set_right(session, engine, event_value(event, "report") or "", said)
        return show_build(session, engine, line), show_reader(session, engine, line)

    tab.upload.upload(put_in, [state, tab.upload], [tab.upload, tab.build], **_QUIET)
    tab.listing.delete(take_out, state, tab.build, **_QUIET)
    tab.reader.edit(correct, state, [tab.build, tab.reader], **_QUIET)


def _wire_builds(tab: ReportsTab, state: gr.State) -> None:
    engine = tab.engine

    def build(session: Session, event: gr.EventData) -> tuple[object, ...]:
        engine.rebuild(accept=event_value(event, "accept") == "yes")
        return show_build(session, engine), gr.Timer(active=True)

    def cancel(session: Session) -> str:
        if engine.rebuilding is not None:
            engine.rebuilding.cancel()
        return show_build(session, engine)

    def tick(session: Session) -> tuple[object, ...]:
        going = is_building(engine)
        listing = gr.skip() if going else show_list(session, engine)
        return show_build(session, engine), listing, gr.Timer(active=going)

    def go_back(session: Session, event: gr.EventData) -> tuple[object, ...]:
        said = _try(session, lambda: engine.rollback(event_value(event, "build") or ""), "")
        return show_build(session, engine, said), show_list(session, engine)

    tab.build.apply(build, state, [tab.build, tab.clock], **_QUIET)
    tab.build.stop(cancel, state, tab.build, **_QUIET)
    tab.build.undo(go_back, state, [tab.build, tab.listing], **_QUIET)
    tab.clock.tick(tick, state, [tab.build, tab.listing, tab.clock], **_QUIET)


def take_in(session: Session, engine: Engine, files: Sequence[str]) -> str:
    """Put uploaded files among the user's own reports; says which were taken, and why others were not."""
    library = session.texts.library
    taken, refused = [], []
    for file in files:
        # Gradio has stored it under a name of its own making below its folder; only the last part is the user's.
        path = Path(file)
        try:
            taken.append(add_report(engine.home, PurePath(file).name, path.read_bytes()))
        except ReportQAError as error:
            refused.append(library.refused_line.format(error=error))
        finally:
            path.unlink(missing_ok=True)
    lines = [library.added_line.format(files=session.texts.joint.join(taken)), library.pending] if taken else []
    return " ".join([*lines, *refused])


def set_right(session: Session, engine: Engine, report_id: str, said: Mapping[str, str]) -> str:
    """Keep what a user says of a report; returns what came of it."""
    words = session.texts.ingest
    try:
        changed = correct_report(engine.home, engine.report(report_id), said)
    except ReportQAError as error:
        return words.not_corrected_line.format(error=error)
    names = session.texts.joint.join(words.fact_names[name] for name in changed)
    if not changed:
        return words.nothing_corrected
    return f"{words.corrected_line.format(facts=names)} {session.texts.library.pending}"


def _try(session: Session, act: Callable[[], object], done: str) -> str:
    """Do something with the reports; returns what to say of it."""
    try:
        act()
    except ReportQAError as error:
        return str(error)
    return f"{done} {session.texts.library.pending}" if done else ""
