"""The gate: what is not whole never goes live, what loses a fixed answer waits to be told, what changed is said."""

from __future__ import annotations

import json
from decimal import Decimal

import numpy as np
import pytest

from index.build import BuildOptions, build_index
from index.cli import main
from index.errors import BadChecks, GateClosed
from index.live import live_id
from index.manifest import live_folder, versions_folder
from index.portion import Vectors
from index.search import Index
from index.versions import list_versions, roll_back
from qa.engine import full_answer

TEXT = (
    "测试县2024年法治政府建设年度报告\n一、主要成效\n（一）调解。全年诉前调解成功{n}件。\n（二）公证。办理公证148件。\n"
)
FILE = "2024_测试县_法治政府建设年度报告.txt"


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / FILE).write_text(TEXT.format(n=1424), encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path, reports, encoder):
    build_index(tmp_path / "home", [reports], encoder)
    return tmp_path / "home"


def ask_for(home, **checks):
    lines = [json.dumps({"question": question, "expect": words}) for question, words in checks.items()]
    (home / "checks.jsonl").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("answering", [None, full_answer], ids=["search", "answer"])
def test_a_build_that_loses_a_fixed_answer_waits(home, reports, encoder, answering):
    ask_for(home, 诉前调解成功多少件=["1424件"], 公证办了多少件="148件", 核桃产量多少吨="吨")
    before = live_id(home)
    (reports / FILE).write_text(TEXT.format(n=9), encoding="utf-8")
    more = {"answering": answering} if answering else {}
    summary = build_index(home, [reports], encoder, **more)
    assert not summary.live
    assert summary.findings.lost == ("诉前调解成功多少件",)
    assert summary.findings.missing == ("核桃产量多少吨",)
    assert live_id(home) == before != summary.build_id
    # Told so afterwards, or at once.
    assert roll_back(home, summary.build_id) == live_id(home) == summary.build_id
    roll_back(home, before)
    accepted = build_index(home, [reports], encoder, options=BuildOptions(accept=True), **more)
    assert accepted.live
    assert live_id(home) == accepted.build_id


def test_the_command_line_says_what_is_held_back(home, reports, capsys):
    ask_for(home, 诉前调解成功多少件="1424件")
    (reports / FILE).write_text(TEXT.format(n=9), encoding="utf-8")
    assert main(["build", "--home", str(home)]) == 2
    said = capsys.readouterr().out
    assert "lost its answer: 诉前调解成功多少件" in said
    assert "python -m index rollback" in said
    assert "9件, 1424件 before" in said
    assert main(["build", "--home", str(home), "--accept"]) == 0


def test_changed_figures_and_fewer_chunks_are_noted(home, reports, encoder):
    (reports / FILE).write_text(TEXT.format(n=9).replace("（二）公证。办理公证148件。\n", ""), encoding="utf-8")
    notes = build_index(home, [reports], encoder).findings.notes
    assert any("9件, 1424件 before" in note for note in notes)
    assert any("1 chunks, 2 before" in note for note in notes)
    assert list_versions(home)[0].log.notes == notes


@pytest.mark.parametrize("line", ["no json", '{"question": "q"}', '{"question": 1, "expect": "a"}', "[1]"])
def test_broken_checks_are_named_before_anything_is_built(home, reports, encoder, line):
    (home / "checks.jsonl").write_text('{"question": "q", "expect": "a"}\n\n' + line, encoding="utf-8")
    with pytest.raises(BadChecks, match="line 3"):
        build_index(home, [reports], encoder, options=BuildOptions(anew=True))


def change_rows(monkeypatch, change):
    """Have every report's portion changed before it is written."""
    from index.fresh import portion_of

    monkeypatch.setattr("index.draft.portion_of", lambda *args: change(portion_of(*args)))


def long_vectors(portion):
    object.__setattr__(portion, "vectors", Vectors(portion.vectors.chunks * np.float16(2), portion.vectors.sentences))
    return portion


def broken_vectors(portion):
    sentences = portion.vectors.sentences.copy()
    sentences[-1, 0] = np.nan
    object.__setattr__(portion, "vectors", Vectors(portion.vectors.chunks, sentences))
    return portion


def far_sentences(portion):
    object.__setattr__(portion, "ends", portion.ends + 1000)
    return portion


@pytest.mark.parametrize("change", [long_vectors, broken_vectors, far_sentences])
def test_what_is_not_whole_is_thrown_away(home, reports, encoder, monkeypatch, change):
    before = live_folder(home)
    (reports / "2025.txt").write_text(TEXT.format(n=7), encoding="utf-8")
    change_rows(monkeypatch, change)
    with pytest.raises(GateClosed, match="--anew"):
        build_index(home, [reports], encoder)
    assert live_folder(home) == before
    assert [path.name for path in versions_folder(home).iterdir()] == [before.name]


def test_figures_outside_their_text_are_found(home, reports, encoder, monkeypatch):
    from dataclasses import replace

    from corpus.read import read_parsed

    def moved(path, name):
        parsed = read_parsed(path, name)
        moved_on = tuple(replace(f, end=f.end + 999, value=Decimal(1)) for f in parsed.report.figures)
        return replace(parsed, report=replace(parsed.report, figures=moved_on))

    monkeypatch.setattr("corpus.worker.read_parsed", moved)
    with pytest.raises(GateClosed, match="figures of report"):
        build_index(home, [reports], encoder, options=BuildOptions(anew=True))


@pytest.mark.parametrize("what", ["words", "meaning"])
def test_chunks_that_the_search_does_not_find_are_told(home, reports, encoder, monkeypatch, what):
    (reports / "2025.txt").write_text(TEXT.format(n=7) + "（三）演练。演练509场次。\n" * 3, encoding="utf-8")
    if what == "words":
        monkeypatch.setattr(Index, "search", lambda *_args: [])
        reason = "not found by their own text"
    else:
        monkeypatch.setattr("index.vectors.VectorIndex.__len__", lambda _self: 1)
        reason = "1 chunk vectors"
    with pytest.raises(GateClosed, match=reason):
        build_index(home, [reports], encoder)
