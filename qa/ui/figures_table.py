"""Figures found in the ledger as HTML: the chart, targets against outcomes, and the table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qa.figures import PlacedFigure
from qa.series import Measure, Pair, Point, pairs, points
from qa.ui.chart import MOST_SERIES, render_chart
from qa.ui.figure_search import ROWS, FigureSearch, chosen_measure, sort_figures
from qa.ui.html import button, copy_table_button, tag, text_tag
from qa.ui.texts import Texts

_MOST_MEASURES = 8


def render_figures(figures: Sequence[PlacedFigure], search: FigureSearch, texts: Texts) -> str:
    """Render what a search found."""
    if not figures:
        words = text_tag("p", texts.data.none, "rq-empty-title") + text_tag("p", texts.data.none_hint)
        return tag("div", tag("div", words, "rq-empty"), "rq-scroll")
    content = _chart(figures, search, texts) + _results(figures, search, texts)
    return tag("div", content, "rq-scroll rq-results", tabindex="0", role="region", aria_label=texts.data.results_label)


def render_start(indicators: Sequence[str], texts: Texts) -> str:
    """Render what stands before the first search: what this is for, and indicators that several reports have."""
    words = text_tag("p", texts.data.empty, "rq-welcome-line")
    chips = "".join(
        tag("li", button(escape(name), "search", "rq-chip", indicator=name, aria_label=name)) for name in indicators
    )
    suggested = text_tag("h2", texts.data.suggested, "rq-label") + tag("ul", chips, "rq-chips") if chips else ""
    return tag("div", tag("div", words + suggested, "rq-welcome rq-start"), "rq-scroll")


def _chart(figures: Sequence[PlacedFigure], search: FigureSearch, texts: Texts) -> str:
    """Render the chart of one measure with the choice of others, and what became of targets."""
    if not search.indicator:
        return ""
    found, measure = chosen_measure(figures, search)
    if measure is None:
        return text_tag("p", texts.data.too_wide, "rq-note")
    drawn = points(figures, measure, search.indicator)
    chart = render_chart(drawn, measure, texts)
    if not chart:
        return ""
    title = text_tag("h2", texts.data.chart_title_line.format(words=search.indicator), "rq-section-title")
    notes = text_tag("p", texts.data.chart_note_line.format(words=search.indicator), "rq-note")
    left_out = len({point.issuer for point in drawn}) - MOST_SERIES
    if left_out > 0 and len({point.year for point in drawn}) > 1:
        notes += text_tag("p", texts.data.left_out_line.format(count=left_out), "rq-note")
    content = title + _measures(found, measure, texts) + chart + notes
    return tag("section", content, "rq-section") + _pairs(pairs(drawn), texts)


def _measures(found: Sequence[Measure], chosen: Measure, texts: Texts) -> str:
    if len(found) < 2:
        return ""
    chips = [
        tag(
            "li",
            button(
                escape(f"{measure.unit} · {texts.data.families[measure.family.value]}"),
                "view",
                "rq-chip",
                measure=measure.key,
                aria_pressed="true" if measure == chosen else "false",
            ),
        )
        for measure in dict.fromkeys([*found[:_MOST_MEASURES], chosen])
    ]
    return tag("ul", "".join(chips), "rq-chips", aria_label=texts.data.measures_label)


def _pairs(found: Sequence[Pair], texts: Texts) -> str:
    if not found:
        return ""
    data = texts.data
    heads = tag("tr", "".join(text_tag("th", head, scope="col") for head in data.pairs_heads))
    said = {True: data.met, False: data.missed, None: data.unbound}
    rows = "".join(
        tag(
            "tr",
            text_tag("td", pair.outcome.issuer)
            + text_tag("td", texts.year_line.format(year=pair.outcome.year))
            + tag("td", _opener(pair.target, texts))
            + tag("td", _opener(pair.outcome, texts))
            + text_tag("td", said[pair.met], {True: "rq-met", False: "rq-missed", None: ""}[pair.met]),
        )
        for pair in found
    )
    table = tag("table", tag("thead", heads) + tag("tbody", rows), "rq-figures", aria_label=data.pairs_title)
    title = text_tag("h2", data.pairs_title, "rq-section-title")
    return tag("section", title + tag("div", table, "rq-table-box"), "rq-section")


def _opener(point: Point, texts: Texts) -> str:
    return _open_button(point.placed, texts)


def _open_button(placed: PlacedFigure, texts: Texts) -> str:
    """Build the button that opens the sentence of a figure; its words are the figure as printed."""
    figure = placed.figure
    label = texts.data.open_line.format(indicator=figure.indicator, text=figure.text)
    facts = {"report": placed.report.report_id, "position": str(placed.position), "aria_label": label}
    return button(escape(figure.text), "figure", "rq-value-button", **facts)


def _results(figures: Sequence[PlacedFigure], search: FigureSearch, texts: Texts) -> str:
    data = texts.data
    listed = sort_figures(figures, search)[: search.rows]
    line = data.count_line if len(listed) == len(figures) else data.count_cut_line
    count = text_tag("h2", line.format(count=len(figures), shown=len(listed)), "rq-section-title")
    takes = copy_table_button(data.copy_table, texts)
    takes += button(escape(data.csv), "save", "rq-button", format="csv")
    takes += button(escape(data.xlsx), "save", "rq-button", format="xlsx")
    head = tag("div", count + tag("div", takes, "rq-buttons"), "rq-results-head")
    rows = "".join(_row(placed, texts) for placed in listed)
    table = tag(
        "table", _heads(search, texts) + tag("tbody", rows), "rq-figures rq-ledger", aria_label=data.results_label
    )
    rest = len(figures) - len(listed)
    more = (
        button(escape(data.more_line.format(count=min(rest, ROWS))), "view", "rq-button", rows="more") if rest else ""
    )
    return tag("section", head + tag("div", table, "rq-table-box") + more, "rq-section")


def _heads(search: FigureSearch, texts: Texts) -> str:
    cells = []
    for column, head in enumerate(texts.data.heads):
        order = ("descending" if search.descending else "ascending") if column == search.sort else "none"
        title = texts.data.sort_line.format(head=head)
        sorter = button(escape(head), "view", "rq-sort", sort=str(column), aria_label=title)
        cells.append(tag("th", sorter, scope="col", aria_sort=order))
    return tag("thead", tag("tr", "".join(cells)))


def _row(placed: PlacedFigure, texts: Texts) -> str:
    figure, report = placed.figure, placed.report
    value = _open_button(placed, texts)
    if placed.is_mismatch:
        value += text_tag("span", "≠", "rq-mismatch", title=texts.data.mismatch)
    cells = [
        text_tag("td", figure.indicator, "rq-indicator"),
        tag("td", value, "rq-value"),
        text_tag("td", figure.period, "rq-period"),
        text_tag("td", texts.figure_kinds[figure.kind.value], f"rq-kind rq-kind-{figure.kind.value}"),
        text_tag("td", report.issuer),
        text_tag("td", report.title or report.file, "rq-report-title"),
    ]
    facts = {"data_report": report.report_id, "data_position": str(placed.position)}
    return tag("tr", "".join(cells), "rq-row", data_do="figure", **facts)
