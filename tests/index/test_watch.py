"""The watch builds when folders have settled, and only then; progress is measured on the way."""

from __future__ import annotations

import pytest

from corpus.errors import NoReports
from index.cli import main
from index.live import live_id
from index.progress import Meter
from index.versions import list_versions
from index.watch import Watch

REPORT = "测试县{year}年法治政府建设年度报告\n一、主要成效\n（一）调解。全年诉前调解成功1424件。\n"


class Clock:
    """A clock that goes on when somebody sleeps."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "2024.txt").write_text(REPORT.format(year=2024), encoding="utf-8")
    return folder


@pytest.fixture
def watch(folder):
    clock = Clock()
    return Watch(lambda: [folder], settle_s=10, poll_s=5, clock=clock, sleep=clock.sleep)


def look(watch, times):
    turns = watch.turns()
    found = [next(turns) for _ in range(times)]
    watch.sleep(watch.poll_s)
    return found


def test_a_build_is_due_once_files_have_settled(watch, folder):
    assert look(watch, 3) == [False, False, True]
    watch.done()
    assert look(watch, 3) == [False] * 3
    new = folder / "2025.txt"
    # A file that is being written grows; it is not built before it has stopped.
    for size in (10, 20, 30):
        new.write_text("字" * size, encoding="utf-8")
        assert not watch.is_due()
        watch.sleep(9)
    new.write_text("字" * 40, encoding="utf-8")
    assert look(watch, 3) == [False, False, True]
    # Not built yet, because somebody else was building: still due.
    assert look(watch, 1) == [True]
    watch.done()
    new.unlink()
    assert look(watch, 3) == [False, False, True]


def test_a_drive_that_is_away_changes_nothing(watch, folder):
    look(watch, 3)
    watch.done()
    folder.rename(folder.with_name("away"))
    assert look(watch, 5) == [False] * 5
    folder.with_name("away").rename(folder)
    assert look(watch, 5) == [False] * 5


def test_a_folder_without_reports_is_waited_for(watch, folder):
    (folder / "2024.txt").unlink()
    assert look(watch, 3) == [False, False, True]

    def away():
        raise NoReports("gone")

    watch.folders = away
    assert not watch.is_due()


def test_the_command_builds_after_changes_and_says_so(tmp_path, folder, capsys, monkeypatch):
    home, rounds = tmp_path / "home", []

    def sleep(_seconds):
        rounds.append(live_id(home))
        if len(rounds) == 1:
            (folder / "2025.txt").write_text(REPORT.format(year=2025), encoding="utf-8")
        elif len(rounds) == 2:
            for path in folder.iterdir():
                path.unlink()
        else:
            raise KeyboardInterrupt

    monkeypatch.setattr("index.watch.time.sleep", sleep)
    monkeypatch.setattr(Watch.__init__, "__defaults__", (*Watch.__init__.__defaults__[:-1], sleep))
    command = ["watch", "--home", str(home), "--reports", str(folder), "--settle", "0", "--poll", "0"]
    assert main(command) == 130
    said = capsys.readouterr().out
    assert "1 added" in said
    assert "error: no report" in said
    assert [version.log.started_by for version in list_versions(home)] == ["watch", "watch"]
    assert rounds[1] == rounds[2] == live_id(home) != rounds[0]


def test_progress_is_measured():
    clock, heard = Clock(), []
    meter = Meter(lambda *step: heard.append(step), clock)
    meter("read", 0, 10, "a.txt")
    assert (meter.step.per_second, meter.step.seconds_left) == (None, None)
    clock.sleep(4)
    meter("read", 2, 10, "b.txt")
    assert (meter.step.per_second, meter.step.seconds_left) == (0.5, 16.0)
    clock.sleep(1)
    meter("words", 0, 1)
    meter("words", 1, 1)
    assert meter.step.per_second is None
    assert meter.stages == {"read": 5.0, "words": 0.0}
    assert heard[0] == ("read", 0, 10, "a.txt")
