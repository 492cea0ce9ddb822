"""Versions: listed with their logs, gone back to, and removed unless somebody reads them."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from index.build import BuildOptions, build_index
from index.cli import main
from index.errors import BuildRunning, IndexDamaged, UnknownVersion
from index.history import BuildLog
from index.lease import Lease, is_in_use
from index.live import live_id
from index.manifest import live_folder, versions_folder
from index.search import Index
from index.summary import Changes
from index.versions import list_versions, prune, roll_back

REPORT = "测试县2024年法治政府建设年度报告\n一、主要成效\n（一）调解。全年诉前调解成功{n}件。\n"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def build(home, reports, encoder, n, **options):
    (reports / "2024_测试县_法治政府建设年度报告.txt").write_text(REPORT.format(n=n), encoding="utf-8")
    return build_index(home, [reports], encoder, options=BuildOptions(**options)).build_id


@pytest.fixture
def home(tmp_path, reports, encoder):
    for n in (1, 2, 3):
        build(tmp_path / "home", reports, encoder, n, keep=9)
    return tmp_path / "home"


def answer(home):
    return Index.open(home).search("诉前调解", 1)[0].chunk.text


def test_versions_tell_who_built_them_and_what_changed(home, capsys):
    versions = list_versions(home)
    assert [version.live for version in versions] == [True, False, False]
    logs = [version.log for version in versions]
    assert logs[2].changes.added == logs[0].changes.changed == ("2024_测试县_法治政府建设年度报告.txt",)
    assert logs[0].started_by == "command line"
    assert {"scan", "read", "words"} <= logs[0].stages.keys()
    assert main(["versions", "--home", str(home)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"* {live_id(home)}")
    assert "changed: '2024_测试县_法治政府建设年度报告.txt'" in said
    assert main(["versions", "--home", str(home), "--json"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert first["log"]["changes"]["unchanged"] == 0


def test_a_log_survives_a_round_trip_and_a_broken_one_is_none(tmp_path):
    changes = Changes(("a",), (), ("b", "c"), (("d", "e"),), 4)
    log = BuildLog("watch", "", "2026-01-01T00:00:00+00:00", 1.5, {"scan": 0.5}, changes, (("f", "why"),), ("note",))
    log.write(tmp_path)
    assert BuildLog.read(tmp_path) == log
    (tmp_path / "log.json").write_text('{"changes": []}', encoding="utf-8")
    assert BuildLog.read(tmp_path) is None


def test_rollback_goes_back_and_forth(home, capsys):
    newest = live_id(home)
    assert "3件" in answer(home)
    assert main(["rollback", "--home", str(home)]) == 0
    assert "2件" in answer(home)
    roll_back(home)
    assert "1件" in answer(home)
    with pytest.raises(UnknownVersion, match=newest):
        roll_back(home)
    assert main(["rollback", newest, "--home", str(home)]) == 0
    assert "3件" in answer(home)
    with pytest.raises(UnknownVersion, match="000099"):
        roll_back(home, "000099-../../x")


def test_a_build_after_a_rollback_starts_from_the_live_version(home, reports, encoder):
    roll_back(home)
    summary = build_index(home, [reports], encoder)
    assert summary.changes.changed
    assert summary.build_id.startswith("000004")
    assert "3件" in answer(home)


def test_no_rollback_to_a_damaged_version(home):
    before = live_id(home)
    path = versions_folder(home) / list_versions(home)[1].build_id / "vectors.faiss"
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(IndexDamaged, match="checksum"):
        roll_back(home)
    assert live_id(home) == before


def test_prune_keeps_the_newest_and_the_live_one(home, capsys):
    roll_back(home, list_versions(home)[2].build_id)
    assert main(["prune", "--home", str(home), "--keep", "1"]) == 0
    kept = list_versions(home)
    assert [version.live for version in kept] == [False, True]
    assert "removed 000002" in capsys.readouterr().out


def test_a_version_that_is_read_is_not_removed(home):
    index = Index.open(home)
    roll_back(home)
    roll_back(home)
    held = index.manifest.build_id
    roll_back(home, held)
    roll_back(home)
    # Newest of three, but only held by its reader once it is neither live nor among the kept.
    older = Index.open(home)
    roll_back(home, held)
    assert older.manifest.build_id not in prune(home, 1)
    seen = []
    # A thread that comes later opens the files anew.
    store = older.store
    thread = threading.Thread(target=lambda: seen.append(store.report(store.cards[0].report_id).text))
    thread.start()
    thread.join()
    assert "2件" in seen[0]
    gone = older.manifest.build_id
    del older, index, store, thread
    gc.collect()
    assert prune(home, 1) == [gone]


def test_what_a_killed_reader_held_is_free(home):
    program = (
        "import sys, os, signal\nfrom pathlib import Path\nfrom index.lease import Lease\n"
        "lease = Lease(Path(sys.argv[1]), sys.argv[2])\nprint('held', flush=True)\nsys.stdin.read()\n"
    )
    build_id = list_versions(home)[2].build_id
    command = [sys.executable, "-c", program, str(home), build_id]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as reader:
        assert reader.stdout.readline() == b"held\n"
        assert is_in_use(home, build_id)
        reader.kill()
    assert not is_in_use(home, build_id)
    assert not list((home / "index" / "readers").glob(f"{build_id}.*"))


def test_a_reader_without_a_place_for_its_hold_reads_all_the_same(home, monkeypatch):
    (home / "index" / "readers").rename(home / "index" / "elsewhere")
    (home / "index" / "readers").write_text("in the way", encoding="utf-8")
    assert "3件" in answer(home)
    Lease(home, live_id(home))


def test_the_second_writer_is_told_who_the_first_is(home, reports, encoder):
    seen = []

    def second(stage, done, total, file=""):
        if stage == "read" and not seen:
            with pytest.raises(BuildRunning) as error:
                prune(home)
            seen.append(str(error.value))

    build_index(home, [reports], encoder, progress=second, options=BuildOptions(anew=True, started_by="the watch"))
    assert f"the watch, process {os.getpid()}" in seen[0]
    assert not (home / "index" / "build.holder").exists()


def test_a_stale_note_of_a_killed_writer_stops_nobody(home, reports, encoder):
    (home / "index" / "build.holder").write_text('{"pid": 1}', encoding="utf-8")
    with FileLock(home / "index" / "build.lock"), pytest.raises(BuildRunning, match="is running; wait"):
        prune(home)
    assert build(home, reports, encoder, 4).startswith("000004")


def test_versions_do_not_hang_on_the_clock(home, reports, encoder, monkeypatch):
    """A clock set back years changes neither the order of versions nor which one is live."""
    from datetime import UTC, datetime

    class Back(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(1999, 1, 1, tzinfo=UTC)

    monkeypatch.setattr("index.build.datetime", Back)
    newest = build(home, reports, encoder, 5)
    assert newest.startswith("000004")
    assert live_id(home) == newest == list_versions(home)[0].build_id
    os.utime(live_folder(home), (0, 0))
    assert "5件" in answer(home)
