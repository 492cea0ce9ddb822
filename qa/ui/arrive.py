"""Arriving at the page by a link to words of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from corpus.errors import ReportQAError
from corpus.types import Report
from qa.citations import cite_span
from qa.permalink import follow, read_link
from qa.ui.engine import Engine
from qa.ui.session import LinkState, Session


def arrive(session: Session, query: Mapping[str, str | None], engine: Engine) -> Session:
    """Open the words that an address leads to, if it is a link; else the session stays as it is."""
    link = read_link(query)
    if link is None:
        return session
    try:
        found = follow(link, _reports(engine, link.report_id))
    except ReportQAError:
        found = None
    if found is None:
        return replace(session, shown=None, link=LinkState.LOST)
    report, start = found
    unmoved = (report.report_id, start) == (link.report_id, link.start)
    shown = cite_span(report, start, start + link.end - link.start)
    return replace(session, shown=shown, asked="", link=LinkState.NONE if unmoved else LinkState.MOVED)


def _reports(engine: Engine, first: str) -> Iterator[Report]:
    """Give all reports, the named one first if it is still there."""
    with suppress(ReportQAError):
        yield engine.report(first)
    for card in engine.reports():
        if card.report_id != first:
            yield engine.report(card.report_id)
