"""The ledger in the store: every figure comes back as it was, and can be asked for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.read import parse_report, read_report
from corpus.types import Figure, Kind
from index.build import SAMPLES
from index.ledger import FigureFilter, figure_row, row_figure
from index.manifest import live_folder
from index.store import Store
from tests.stored import write_reports

decimals = st.decimals(allow_nan=False, allow_infinity=False)
figures = st.builds(
    Figure,
    *(decimals, st.none() | decimals, st.none() | decimals, st.text(), decimals, st.text(), st.text(), st.text()),
    *(st.sampled_from(Kind), st.integers(0, 2**40), st.integers(0, 2**40)),
    *(st.none() | st.integers(0, 2**40), st.none() | st.booleans()),
)


@given(figures)
def test_a_row_is_the_figure(figure):
    back = row_figure(figure_row(figure))
    assert back == figure
    assert str(back.value) == str(figure.value)


@pytest.fixture(scope="module")
def store(sample_home):
    return Store.open(live_folder(sample_home), sample_home)


def test_stored_figures_are_those_of_the_reports(store):
    path = SAMPLES / "2024_云溪县_法治政府建设年度报告.txt"
    report = read_report(path, path.name)
    assert len(report.figures) > 50
    assert store.report(report.report_id).figures == report.figures


def test_sqlite_keeps_every_digit(tmp_path):
    exact = ("16.40", "0.1", "1234567890123456789.123456789", "-0.00", "1E+8")
    report = parse_report("平山区2024年报告\n一、成效\n办结97件。".encode(), "a.txt")
    figures = tuple(
        Figure(Decimal(v), None, Decimal(v), "件", Decimal(1), v, "", "", Kind.RESULT, 0, 1, None, i > 0)
        for i, v in enumerate(exact)
    )
    write_reports(tmp_path, replace(report, figures=figures))
    stored = Store.open(tmp_path, tmp_path).report(report.report_id).figures
    assert [(str(figure.value), str(figure.high)) for figure in stored] == [(v, v) for v in exact]
    assert stored == figures


def test_figures_come_in_order_of_reports_and_text(store):
    found = store.figures(FigureFilter())
    order = {card.report_id: at for at, card in enumerate(store.cards)}
    assert [(order[f.report_id], f.figure.start) for f in found] == sorted(
        (order[f.report_id], f.figure.start) for f in found
    )
    assert sum(len(store.report(card.report_id).figures) for card in store.cards) == len(found)
    assert all(store.report(f.report_id).figures[f.position] == f.figure for f in found)


def test_a_limit_cuts_across_reports(store):
    everything = store.figures(FigureFilter())
    some = len(store.report(store.cards[0].report_id).figures) + 1
    assert store.figures(FigureFilter(), some) == everything[:some]
    assert store.figures(FigureFilter(), 0) == ()


def test_filters(store):
    def find(**wanted):
        return store.figures(FigureFilter(**wanted))

    everything = find()
    card = next(card for card in store.cards if card.issuer == "云溪县" and card.year == 2024)
    own = tuple(f for f in everything if f.report_id == card.report_id)
    assert find(report=card.report_id) == find(issuer="云溪", year=2024) == find(report="2024 云溪县") == own
    assert find(kind=Kind.TARGET) == tuple(f for f in everything if f.figure.kind is Kind.TARGET) != ()
    assert find(period="２０２３年") == tuple(f for f in everything if "2023年" in f.figure.period) != ()
    assert (
        find(indicator="援助 法律")
        == tuple(f for f in everything if "法律" in f.figure.indicator and "援助" in f.figure.indicator)
        != ()
    )
    assert find(issuer="没有这个县") == find(year=1900) == find(indicator="100%_'") == ()


def test_counts_and_common_indicators_are_those_of_the_figures(store):
    everything = store.figures(FigureFilter())
    assert store.figure_count() == len(everything) > 1000
    common = store.common_indicators(10_000)
    reports = {name: {f.report_id for f in everything if f.figure.indicator == name} for name in common}
    assert len(common) > 12
    assert all(len(found) > 1 and 2 < len(name) < 13 for name, found in reports.items())
    assert store.common_indicators(3) == common[:3]
