"""Rows in several files: read as one array, the same files however they came about, shared where they are the same."""

from __future__ import annotations

from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.parted
from index.parted import PartedRows, PartWriter

WIDTH = 2


def report(number: int) -> tuple[str, np.ndarray]:
    """Id and rows of a report, of which some have none."""
    key = sha256(b"%d" % number).hexdigest()[:16]
    return key, np.full((number % 4, WIDTH), number, dtype=np.float16)


def write(folder: Path, numbers, earlier: PartedRows | None = None, before=()) -> PartWriter:
    """Write reports; those that an earlier version has are taken over from it."""
    bounds = [0, *accumulate(len(report(number)[1]) for number in before)]
    spans = dict(zip(before, (range(*pair) for pair in pairwise(bounds)), strict=True))
    writer = PartWriter(folder, WIDTH, earlier)
    for number in numbers:
        key, rows = report(number)
        span = spans.get(number)
        writer.add(key, rows if span is None or earlier is None else earlier.span(span), span)
    writer.finish()
    return writer


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(autouse=True)
def few_reports_a_file(monkeypatch):
    monkeypatch.setattr(index.parted, "_REPORTS", 3)


@given(
    st.lists(st.integers(0, 60), unique=True, max_size=30),
    st.lists(st.integers(0, 60), unique=True, max_size=30),
    st.booleans(),
)
def test_taking_over_writes_what_writing_anew_does(tmp_path_factory, before, now, in_order):
    if in_order:
        before, now = sorted(before), sorted(now)
    folder = tmp_path_factory.mktemp("parted")
    write(folder / "before", before)
    write(folder / "taken", now, PartedRows(folder / "before"), before)
    write(folder / "anew", now)
    assert files_of(folder / "taken") == files_of(folder / "anew")
    whole = np.concatenate([np.empty((0, WIDTH)), *(report(number)[1] for number in now)])
    read = PartedRows(folder / "taken")
    wanted = np.random.default_rng(0).permutation(len(whole))
    assert len(read) == len(whole)
    assert (read[wanted] == whole[wanted]).all()


def test_one_report_more_writes_one_file(tmp_path):
    before, now = list(range(0, 200, 2)), [*range(0, 101, 2), 101, *range(102, 200, 2)]
    write(tmp_path / "before", before)
    earlier = PartedRows(tmp_path / "before")
    writer = write(tmp_path / "now", now, earlier, before)
    files = len(PartedRows(tmp_path / "now").bounds) - 1
    assert files > 20
    assert files - len(writer.shared) <= 2
    assert all(new.samefile(old) for new, old in writer.shared.items())


def test_where_files_cannot_have_two_names_they_are_copied(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError("not supported")

    write(tmp_path / "before", range(50))
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    writer = write(tmp_path / "now", range(50), PartedRows(tmp_path / "before"), range(50))
    assert files_of(tmp_path / "now") == files_of(tmp_path / "before")
    assert writer.shared
    assert not any(new.samefile(old) for new, old in writer.shared.items())


def test_files_that_do_not_belong_together_are_refused(tmp_path):
    write(tmp_path / "rows", range(50))
    (tmp_path / "rows" / "00001.npy").write_bytes((tmp_path / "rows" / "00000.npy").read_bytes())
    with pytest.raises(ValueError, match="do not belong together"):
        PartedRows(tmp_path / "rows")
