"""Originals stay with the versions that list them, whole or not at all, and their pages are drawn from them."""

from __future__ import annotations

import hashlib
import os
import signal
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from corpus.worker import Limits, Worker
from index import originals
from index.build import BuildOptions, build_index
from index.cli import main
from index.errors import IndexNotWritten, UnknownReport
from index.live import live_id
from index.search import Index
from index.versions import prune, roll_back
from qa import page_images
from qa.engine import Engine
from qa.settings import Settings
from tests.corpus.layouts import lay_out
from tests.fake_encoder import fake_encoder

ENCODER = fake_encoder()
TEXT = (
    "测试县{year}年法治政府建设年度报告\n一、成效\n全年诉前调解成功{n}件，比上年增长5%。\n二、安排\n办理公证{n}件。\n"
)
KEEP = BuildOptions(keep=2)


def write(folder: Path, year: int, n: int = 14) -> str:
    data = lay_out(TEXT.format(year=year, n=n))[0]
    (folder / f"{year}_测试县_法治政府建设年度报告.pdf").write_bytes(data)
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def build(home, reports, options=KEEP):
    return build_index(home, [reports], ENCODER, options=options)


def kept(home) -> set[str]:
    return {path.name for path in originals.original_path(home, "").glob("*")}


def engine_of(home) -> Engine:
    return Engine(Index.open(home, encoder=ENCODER), home)


def test_originals_follow_the_versions(home, reports):
    (reports / "2020_测试县_法治政府建设年度报告.txt").write_text(TEXT.format(year=2020, n=3), encoding="utf-8")
    first = {write(reports, 2022), write(reports, 2023)}
    build(home, reports)
    before = live_id(home)
    assert kept(home) == first
    changed = write(reports, 2023, n=99)
    build(home, reports)
    assert kept(home) == {*first, changed}
    roll_back(home, before)
    assert kept(home) == {*first, changed}
    for path in reports.glob("2022*"):
        path.unlink()
    build(home, reports)
    prune(home, keep=1)
    assert kept(home) == {changed}


def test_an_unreadable_version_keeps_all(home, reports):
    first = write(reports, 2022)
    build(home, reports)
    before = live_id(home)
    write(reports, 2022, n=8)
    build(home, reports)
    (home / "index" / "versions" / before / "reports.sqlite").write_bytes(b"damaged")
    prune(home, keep=2)
    assert first in kept(home)


def test_what_is_lost_comes_back_with_the_next_build(home, reports):
    sha256 = write(reports, 2022)
    build(home, reports)
    originals.original_path(home, sha256).unlink()
    write(reports, 2023)
    build(home, reports)
    assert sha256 in kept(home)


def test_a_full_disk_leaves_the_live_version_and_no_half_file(home, reports, monkeypatch):
    first = write(reports, 2022)
    build(home, reports)
    live = live_id(home)
    second = write(reports, 2023)

    def full(handle):
        if Path(f"/proc/self/fd/{handle}").resolve().name == f".{second}.new":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.disk.os.fsync", full)
    with pytest.raises(IndexNotWritten, match="No space left"):
        build(home, reports)
    assert live_id(home) == live
    assert kept(home) == {first}


def test_a_killed_writer_leaves_nothing_for_long(home, reports):
    write(reports, 2022)
    build(home, reports)
    (originals.original_path(home, "") / ".abc.new").write_bytes(b"half")
    write(reports, 2023)
    build(home, reports)
    assert ".abc.new" not in kept(home)


def test_a_file_that_changed_while_it_was_built_is_not_kept(home, reports, monkeypatch):
    write(reports, 2022)
    monkeypatch.setattr(originals, "read_bytes", lambda path, name: path.read_bytes() + b"\n")
    build(home, reports)
    assert kept(home) == set()


def test_a_page_is_drawn_from_the_original(home, reports, tmp_path):
    write(reports, 2022)
    build(home, reports)
    engine = engine_of(home)
    report_id = engine.reports()[0].report_id
    for path in reports.iterdir():
        path.unlink()
    png = engine.page_image(report_id, 1, width=600)
    (tmp_path / "page.png").write_bytes(png)
    with Image.open(tmp_path / "page.png") as image:
        assert image.format == "PNG"
        assert image.width == 600
        assert image.convert("L").getextrema()[0] < 100
    assert engine.page_image(report_id, 2) is None
    assert engine.page_image(report_id, 0) is None
    with pytest.raises(UnknownReport):
        engine.page_image("0" * 16, 1)


def test_no_image_of_a_text_or_of_a_missing_or_damaged_original(home, reports):
    (reports / "2020_测试县_法治政府建设年度报告.txt").write_text(TEXT.format(year=2020, n=3), encoding="utf-8")
    sha256 = write(reports, 2022)
    build(home, reports)
    engine = engine_of(home)
    text, pdf = (card.report_id for card in engine.reports())
    assert engine.page_image(text, 1) is None
    path = originals.original_path(home, sha256)
    path.write_bytes(path.read_bytes()[:-9])
    assert engine.page_image(pdf, 1) is None
    path.unlink()
    assert engine.page_image(pdf, 1) is None


def _die(*_: object) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def test_a_crash_costs_one_image_and_is_not_remembered(home, reports, monkeypatch):
    write(reports, 2022)
    build(home, reports)
    engine = engine_of(home)
    report_id = engine.reports()[0].report_id
    with monkeypatch.context() as crashing:
        crashing.setattr(page_images, "page_png", _die)
        assert engine.page_image(report_id, 1) is None
    drawn = engine.page_image(report_id, 1)
    assert drawn
    # From now on no worker is needed.
    monkeypatch.setattr(Worker, "call", None)
    assert engine.page_image(report_id, 1) == drawn


def test_the_members_of_an_archive_have_pages_too(home, reports):
    write(reports, 2022)
    pdf = next(reports.glob("*.pdf"))
    with zipfile.ZipFile(reports / "all.zip", "w") as archive:
        archive.write(pdf, "inner.pdf")
    pdf.unlink()
    build(home, reports)
    engine = engine_of(home)
    assert engine.page_image(engine.reports()[0].report_id, 1)


def test_the_limits_of_reading_are_settings(home, reports, capsys):
    write(reports, 2022)
    where = ["--home", str(home), "--reports", str(reports)]
    assert main(["build", *where, "--read-minutes", "0.00001"]) == 2
    assert "longer than 0.0006 seconds" in capsys.readouterr().err
    assert Settings.from_arguments(["--read-minutes", "2", "--read-memory", "700"]).limits == Limits(120.0, 700)
    assert Settings().limits == Limits()
