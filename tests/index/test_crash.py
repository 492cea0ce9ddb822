"""A builder that dies at any moment, on a full disk or beside another one: the live index stays whole and answers."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus.read import read_parsed
from index.build import BuildOptions, build_index
from index.errors import BuildRunning, IndexNotWritten
from index.live import live_id, open_live
from index.manifest import versions_folder
from index.query import Ask
from index.search import Index
from tests.fake_encoder import fake_encoder

ROOT = Path(__file__).parents[2]
REPORT = "测试县{year}年法治政府建设年度报告\n一、成效\n（一）调解。全年诉前调解成功{n}件。\n（二）公证。公证148件。\n"
ENCODER = fake_encoder()
ANEW = BuildOptions(anew=True)
POINTS = 50
linux = pytest.mark.skipif(sys.platform != "linux", reason="forks, signals and file size limits as Linux has them")


def write(folder, n, year=2024):
    text = REPORT.format(year=year, n=n)
    (folder / f"{year}_测试县_法治政府建设年度报告.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for year in (2022, 2023, 2024):
        write(folder, 1, year)
    return folder


@pytest.fixture
def home(tmp_path, reports):
    build_index(tmp_path / "home", [reports], ENCODER)
    return tmp_path / "home"


def answered(home):
    """Return what the whole live version says of 2024, its checksums compared."""
    version = open_live(home, contents=True)
    index = Index.of_version(version, home, ENCODER)
    newest = next(card.report_id for card in index.store.cards if card.year == 2024)
    said = index.find(Ask("诉前调解成功多少件"), [newest]).sentences[0].text
    return int(re.search(r"成功(\d+)件", said)[1])


def program(name, *arguments):
    command = [sys.executable, "-m", f"tests.index.{name}", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)


def tell(builder, line):
    """Have a builder run; returns its exit code (negative: the signal that ended it) and the moments it counted."""
    builder.stdin.write(line + "\n")
    code, moments = builder.stdout.readline().split()
    return int(code), int(moments)


@linux
def test_a_builder_killed_anywhere_harms_nothing(home, reports):
    with program("killed", home, reports) as builder, program("asking", home) as asker:
        assert asker.stdout.readline() == "asking\n"
        n, killed = 1, 0
        for anew in ("", " anew"):
            write(reports, n := n + 1)
            code, moments = tell(builder, f"none 0{anew}")
            assert code == 0
            assert moments > POINTS
            for point in range(1, moments + 1, max(1, 2 * moments // POINTS)):
                before = answered(home)
                write(reports, n := n + 1)
                code, _ = tell(builder, f"audit {point}{anew}")
                # The clean-up after the one killed before makes the count of moments differ a little.
                assert code in (-9, 0)
                killed += code == -9
                assert answered(home) in (before, n)
            assert tell(builder, "none 0")[0] == 0
            assert answered(home) == n
        for size in (100, 200, 1000, 3000, 10_000, 40_000, 60_000):
            before = answered(home)
            write(reports, n := n + 1)
            killed += tell(builder, f"bytes {size} anew")[0] == -25
            assert answered(home) in (before, n)
        assert tell(builder, "none 0")[0] == 0
        assert answered(home) == n
        assert not list(versions_folder(home).glob(".*"))
        assert killed >= POINTS
        builder.stdin.close()
        asker.stdin.close()
        assert int(asker.stdout.readline()) > 10
    assert asker.returncode == builder.returncode == 0


@linux
@pytest.mark.parametrize("limit", [0, 150, 1000, 5000, 20_000, 40_000])
def test_a_full_disk_leaves_the_index_as_it_was(home, reports, limit):
    before = live_id(home)
    write(reports, 2)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(IndexNotWritten, match="as it was"):
            build_index(home, [reports], ENCODER, options=ANEW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert live_id(home) == before
    assert [path.name for path in versions_folder(home).iterdir()] == [before]
    assert answered(home) == 1
    assert build_index(home, [reports], ENCODER).live
    assert answered(home) == 2


@linux
def test_a_report_that_ends_the_program_is_passed_over_in_the_end(home, reports, monkeypatch):
    write(reports, 5, 2025)
    write(reports, 6, 2026)

    def ending(path, name):
        if name.startswith("2025"):
            os._exit(3)
        return read_parsed(path, name)

    monkeypatch.setattr("corpus.worker.read_parsed", ending)
    for _ in range(2):
        child = os.fork()
        if child == 0:
            build_index(home, [reports], ENCODER)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
        assert answered(home) == 1
    for _ in range(2):
        summary = build_index(home, [reports], ENCODER)
        assert summary.reports == 4
        assert "ended twice" in str(summary.failed[0])
    # Another content, or being told so, gives it another chance.
    monkeypatch.undo()
    assert build_index(home, [reports], ENCODER, options=ANEW).reports == 5
    assert not (home / "index" / "suspects.json").exists()


def test_of_two_writers_one_builds_and_the_other_is_told(home, reports):
    """Both begin at the same moment; whoever comes second is told, and the index is whole either way."""
    write(reports, 2)
    barrier, told, built = threading.Barrier(2), [], []

    def builder():
        barrier.wait()
        try:
            built.append(build_index(home, [reports], ENCODER, options=ANEW))
        except BuildRunning as error:
            told.append(error)

    threads = [threading.Thread(target=builder) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) + len(told) == 2
    assert built
    assert answered(home) == 2
