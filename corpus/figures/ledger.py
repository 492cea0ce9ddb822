"""Make the ledger of a report: every figure of its prose and tables, in reading order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.figures.cells import find_grids, grid_figures
from corpus.figures.context import FAR, Spot, sentences, spots
from corpus.figures.indicators import (
    LONGEST_INDICATOR,
    indicator_of,
    is_bare,
    is_respective,
    own_words,
    respective,
    topic_of,
)
from corpus.figures.kinds import kind_of
from corpus.figures.parents import link_parts
from corpus.figures.periods import Calendar, carried_period, period_of
from corpus.figures.plain import plain
from corpus.figures.scan import parse_numbers
from corpus.figures.types import Number
from corpus.tables import is_row
from corpus.types import Figure, Kind, Paragraph, Report


def find_figures(report: Report) -> tuple[Figure, ...]:
    r"""Find every figure of a report, prose and table cells alike, in reading order.

    `parent` counts in the returned tuple.

    >>> from corpus.read import parse_report
    >>> text = "云溪县2024年法治政府建设年度报告\n一、调解\n调解成功97件（口头58件，书面39件）。"
    >>> figures = find_figures(parse_report(text.encode(), "a.txt"))
    >>> [(figure.text, figure.indicator, figure.parent) for figure in figures]
    [('97件', '调解成功', None), ('58件', '调解成功 / 口头', 0), ('39件', '调解成功 / 书面', 0)]
    """
    form = plain(report.text)
    calendar = Calendar(report, form)
    runs = [_prose(report.text, form, calendar, paragraph) for paragraph in _prose_of(report)]
    for grid in find_grids(report.text, report.paragraphs, report.tables):
        start = grid.rows[0][0][1]
        runs.append(list(grid_figures(grid, calendar.at(start))))
    runs = sorted((run for run in runs if run), key=lambda run: run[0].start)
    ledger: list[Figure] = []
    for run in runs:
        offset = len(ledger)
        ledger.extend(
            figure if figure.parent is None else replace(figure, parent=figure.parent + offset) for figure in run
        )
    return tuple(ledger)


def _prose_of(report: Report) -> Iterator[Paragraph]:
    """Yield the paragraphs that are no rows of a table."""
    ends = [table.end for table in report.tables]
    for mark in report.paragraphs:
        at = bisect_right(ends, mark.start)
        inside = at < len(ends) and report.tables[at].start <= mark.start
        if not inside and not is_row(report.text[mark.start : mark.end]):
            yield mark


def _prose(text: str, form: str, calendar: Calendar, paragraph: Paragraph) -> list[Figure]:
    """Find the figures of one paragraph; their parents count within it."""
    part = text[paragraph.start : paragraph.end]
    numbers = [_move(number, paragraph.start) for number in parse_numbers(part)]
    if not numbers:
        return []
    places = list(spots(form, paragraph.start, paragraph.end, numbers))
    figures: list[Figure] = []
    first = next(sentences(form, paragraph.start, paragraph.end))
    topic = topic_of(form[first[0] : min(first[1], first[0] + FAR)])
    opened = [
        (start, period)
        for start, _ in sentences(form, paragraph.start, paragraph.end)
        if (period := carried_period(form, start, calendar.at(start)))
    ]
    for sentence_start, run in groupby(places, key=lambda spot: spot.sentence_start):
        at = bisect_right(opened, sentence_start, key=lambda item: item[0])
        carried = opened[at - 1][1] if at else ""
        figures.extend(_sentence(list(run), calendar, figures, (topic, carried)))
    return link_parts(figures, places, form)


def _move(number: Number, offset: int) -> Number:
    """Count a number's offsets from the start of the text."""
    return replace(number, start=number.start + offset, end=number.end + offset)


def _sentence(
    run: Sequence[Spot], calendar: Calendar, before: Sequence[Figure], paragraph: tuple[str, str]
) -> list[Figure]:
    """Give the numbers of one sentence their meaning; `paragraph` holds the topic and the period that it opened."""
    topic, carried = paragraph
    figures: list[Figure] = []
    level = next((figure.indicator for figure in reversed(before) if figure.kind is not Kind.CHANGE), "")
    named: dict[int, str] = {}
    anchor = topic
    for at, spot in enumerate(run):
        stretch = calendar.at(spot.number.start)
        previous = figures[-1] if figures else None
        kind = kind_of(spot, is_plan=stretch.is_plan, listed_with=previous.kind if previous else None)
        if is_respective(spot):
            members = _list_from(run, at)
            names = respective(members, [figure.indicator for figure in figures[-len(members) :]])
            named.update(zip(range(at, at + len(names)), names, strict=True))
        words = named.get(at) or indicator_of(spot, kind, level, previous.indicator if previous else "", anchor)
        # Indicators lead on from one another: without a limit, a text without end would make them as long.
        words = words[-LONGEST_INDICATOR:]
        if kind is not Kind.CHANGE:
            level = words
            if not is_bare(own_words(spot)):
                anchor = words
        period = period_of(spot, stretch, kind, previous.period if previous else "", carried)
        figures.append(_to_figure(spot.number, words, period, kind))
    return figures


def _list_from(run: Sequence[Spot], at: int) -> list[Spot]:
    """Take the numbers of one list, from its first one on."""
    end = at + 1
    while end < len(run) and run[end].is_listed:
        end += 1
    return list(run[at:end])


def _to_figure(number: Number, indicator: str, period: str, kind: Kind) -> Figure:
    """Join a number and its meaning."""
    return Figure(
        number.value,
        number.low,
        number.high,
        number.unit,
        number.scale,
        number.text,
        indicator,
        period,
        kind,
        number.start,
        number.end,
    )
