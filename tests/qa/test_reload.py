"""A running engine while versions go live: no question fails, each answer comes from one version as a whole."""

from __future__ import annotations

import gc
import re
import threading
import time
import weakref

import pytest

from index.build import build_index
from index.errors import BuildCancelled, UnknownReport, UnknownVersion
from index.live import live_id
from index.manifest import live_folder, make_live, versions_folder
from index.progress import STAGES
from index.search import Index
from index.versions import KEPT, list_versions
from qa.engine import Engine
from qa.settings import Settings

THREADS, REBUILDS = 8, 20
TEXT = (
    "测试县2024年法治政府建设年度报告\n一、主要成效\n（一）调解。全年诉前调解成功{n}件。\n（二）公证。办理公证{n}件。\n"
)
FILE = "2024_测试县_法治政府建设年度报告.txt"


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / FILE).write_text(TEXT.format(n=1000), encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path, reports, encoder):
    build_index(tmp_path / "home", [reports], encoder)
    return tmp_path / "home"


@pytest.fixture
def running(home, encoder):
    return Engine(Index.open(home, encoder=encoder), home)


def said(answer):
    """The numbers that an answer gives, in words, quotes and figures alike."""
    quotes = " ".join(citation.quote for citation in answer.citations)
    return set(re.findall(r"\d{4}(?=件)", f"{answer.headline} {answer.text} {quotes}"))


def test_questions_go_on_while_versions_go_live(home, reports, running, encoder):
    number_of = {running.index_build: "1000"}
    answers, errors, over = [], [], threading.Event()

    def ask():
        try:
            while not over.is_set():
                answer = running.ask("测试县2024年诉前调解成功多少件？")
                report = running.report(running.reports()[0].report_id)
                assert report.text
                answers.append((answer.index_build, said(answer)))
                # The builder runs in this process too and is to get on.
                over.wait(0.02)
        except BaseException as error:
            errors.append(error)
            raise

    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for n in range(1001, 1001 + REBUILDS):
        (reports / FILE).write_text(TEXT.format(n=n), encoding="utf-8")
        number_of[build_index(home, [reports], encoder).build_id] = str(n)
    deadline = time.monotonic() + 60
    while running.index_build != live_id(home) and time.monotonic() < deadline:
        time.sleep(0.01)
    over.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert all(numbers == {number_of[build_id]} for build_id, numbers in answers)
    assert running.index_build == live_id(home)
    assert len({build_id for build_id, _ in answers}) > 2
    assert said(running.ask("测试县2024年诉前调解成功多少件？")) == {str(1000 + REBUILDS)}


def test_replaced_versions_leave_memory_and_disk(home, reports, running, encoder):
    seen = []
    for n in range(1001, 1005):
        seen.append(weakref.ref(running._live.current()._words))
        running.ask("诉前调解多少件")
        (reports / FILE).write_text(TEXT.format(n=n), encoding="utf-8")
        build_index(home, [reports], encoder)
        running._live.refresh()
    gc.collect()
    assert [ref() for ref in seen] == [None] * 4
    (reports / FILE).write_text(TEXT.format(n=1999), encoding="utf-8")
    build_index(home, [reports], encoder)
    # Those kept, the one that answers, and the two before whose reports can still be opened.
    assert len(list(versions_folder(home).iterdir())) <= KEPT + 3


def test_the_source_of_an_answer_opens_after_its_report_was_replaced(home, reports, running, encoder):
    citation = running.ask("测试县2024年诉前调解成功多少件？").citations[0]
    (reports / FILE).write_text(TEXT.format(n=1001), encoding="utf-8")
    build_index(home, [reports], encoder)
    running._live.refresh()
    assert running.report(citation.report_id).text[citation.start : citation.end] == citation.quote
    with pytest.raises(UnknownReport):
        running.report("none")


def test_a_version_that_cannot_be_opened_does_not_replace_the_one_that_answers(home, reports, running, encoder):
    (reports / FILE).write_text(TEXT.format(n=1001), encoding="utf-8")
    build_index(home, [reports], encoder)
    good = running.index_build
    (live_folder(home) / "vectors.faiss").write_bytes(b"x")
    running._live.refresh()
    assert running.index_build == good
    assert said(running.ask("测试县2024年诉前调解成功多少件？")) == {"1000"}
    assert any("damaged" in warning for warning in running.warnings)
    make_live(home, good)
    assert running.index_build == good


def test_a_rebuild_is_followed_and_its_result_answers(home, reports, running):
    (reports / FILE).write_text(TEXT.format(n=1001), encoding="utf-8")
    assert running.rebuilding is None
    rebuild = running.rebuild()
    state = rebuild.wait(60)
    assert running.rebuilding is rebuild
    assert (state.running, state.error) == (False, None)
    assert state.summary.changes.changed == (FILE,)
    assert state.step.stage in STAGES
    assert said(running.ask("测试县2024年诉前调解成功多少件？")) == {"1001"}
    assert list_versions(home)[0].log.started_by == "page"
    assert [version.build_id for version in running.versions()] == [v.build_id for v in list_versions(home)]
    running.rollback(running.versions()[1].build_id)
    assert said(running.ask("测试县2024年诉前调解成功多少件？")) == {"1000"}
    with pytest.raises(UnknownVersion):
        running.rollback("000009-none")


def test_one_rebuild_at_a_time_and_cancel_leaves_no_trace(home, reports, running, monkeypatch):
    (reports / FILE).write_text(TEXT.format(n=1001), encoding="utf-8")
    begun, go_on = threading.Event(), threading.Event()

    def slow(path, name):
        from corpus.read import read_parsed

        begun.set()
        assert go_on.wait(60)
        return read_parsed(path, name)

    monkeypatch.setattr("corpus.worker.read_parsed", slow)
    before = {path.name for path in (home / "index").rglob("*") if "readers" not in str(path)}
    rebuild = running.rebuild()
    assert begun.wait(60)
    assert running.rebuild() is rebuild
    assert rebuild.state().step.file == FILE
    rebuild.cancel()
    go_on.set()
    state = rebuild.wait(60)
    assert isinstance(state.error, BuildCancelled)
    assert state.summary is None
    assert {path.name for path in (home / "index").rglob("*") if "readers" not in str(path)} == before
    assert said(running.ask("测试县2024年诉前调解成功多少件？")) == {"1000"}


def test_a_rebuild_that_fails_says_why(home, reports, running):
    (reports / FILE).unlink()
    state = running.rebuild().wait(60)
    assert "no report" in str(state.error)


def test_a_started_server_builds_and_opens(tmp_path, reports):
    engine, summary = Engine.open_or_build(Settings(home=tmp_path / "new", reports=(reports,)), lambda *_: None)
    assert summary.live
    assert list_versions(tmp_path / "new")[0].log.started_by == "server start"
    assert engine.index_build == summary.build_id
