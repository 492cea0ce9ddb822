"""The ledger of two sample reports against labels made by reading every sentence (see tests/data/figures/README.md)."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.figures import find_figures
from corpus.read import read_report

DATA = Path(__file__).parents[2] / "data" / "figures"
SAMPLES = Path(__file__).parents[3] / "corpus" / "samples"
REPORTS = ["2024_海澄港区_法治政府建设年度报告", "2023_松原岭县_国民经济和社会发展统计公报"]


def measure(name: str) -> dict[str, float]:
    """Compare figures and labels; a figure is found if its span is the label's, character for character."""
    labels = [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    figures = find_figures(read_report(SAMPLES / f"{name}.txt", f"{name}.txt"))
    at = {(figure.start, figure.text): figure for figure in figures}
    pairs = [(label, at[label["start"], label["text"]]) for label in labels if (label["start"], label["text"]) in at]

    def share(agrees) -> float:
        return sum(agrees(label, figure) for label, figure in pairs) / len(pairs)

    def parent(label, figure):
        if figure.parent is None or label["parent"] is None:
            return figure.parent is None and label["parent"] is None
        return figures[figure.parent].start == labels[label["parent"]]["start"]

    def names_all(label, figure):
        return all(word in figure.indicator.replace("“", "").replace("”", "") for word in label["indicator"].split())

    return {
        "precision": len(pairs) / len(figures),
        "recall": len(pairs) / len(labels),
        "value and unit": share(lambda x, f: (Decimal(x["value"]), x["unit"]) == (f.value, f.unit)),
        "kind": share(lambda x, f: x["kind"] == f.kind),
        "period": share(lambda x, f: x["period"] == f.period),
        "parent": share(parent),
        "indicator": share(names_all),
    }


BARS = {"precision": 0.97, "recall": 0.97, "value and unit": 0.99, "kind": 0.93, "period": 0.93, "parent": 0.97}


@pytest.mark.parametrize("name", REPORTS)
def test_ledger_agrees_with_labels(name):
    measured = measure(name)
    assert all(measured[what] >= bar for what, bar in BARS.items()), measured


@pytest.mark.parametrize("name", REPORTS)
def test_indicators_hold_the_words_that_tell_figures_apart(name):
    assert measure(name)["indicator"] >= 0.8
