"""The bench measures what it says it does."""

from __future__ import annotations

import pytest

from index.search import Index
from tests.bench.corpus import write_one_more, write_reports
from tests.bench.steps import build_as_users_do, build_quickly


@pytest.fixture
def home(tmp_path):
    write_reports(tmp_path / "reports", 200)
    return tmp_path


def test_a_quick_build_finds_no_figures(home):
    assert build_quickly(home).chunks > 100
    assert Index.open(home).store.figure_count() == 0


def test_one_report_more_is_added_as_users_do(home):
    whole = build_as_users_do(home)
    assert Index.open(home).store.figure_count() > 100
    for number in range(2):
        write_one_more(home / "reports", number)
        added = build_as_users_do(home)
    index = Index.open(home)
    assert added.chunks == index.manifest.chunks > whole.chunks
    assert index.manifest.build_id.startswith("000003")
