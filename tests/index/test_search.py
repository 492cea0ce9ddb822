from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from corpus.read import read_report
from index.build import SAMPLES
from index.cli import main
from index.errors import UnknownReport
from index.query import Ask
from index.search import Index


@pytest.fixture(scope="module")
def index(sample_home):
    return Index.open(sample_home)


def test_hits_are_slices_of_their_reports(index):
    hits = index.search("行政复议受理了多少件", k=10)
    assert [hit.rank for hit in hits] == list(range(1, 11))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        report = index.store.report(hit.chunk.report_id)
        assert report.text[hit.chunk.start : hit.chunk.end] == hit.chunk.text


def test_sentences_are_slices_of_their_reports(index):
    sentences = index.find(Ask("行政复议受理了多少件")).sentences
    assert sentences
    for hit in sentences:
        assert index.store.report(hit.chunk.report_id).text[hit.start : hit.end] == hit.text
    assert index.find(Ask("行政复议"), []).sentences == ()


def test_scope_narrows_the_search(index):
    wanted = index.store.cards[0].report_id
    assert {hit.chunk.report_id for hit in index.search("法治政府", 20, [wanted])} == {wanted}
    assert index.search("法治政府", 20, []) == []


def test_words_that_nothing_knows_do_no_harm(index):
    assert isinstance(index.search("", 5), list)
    assert isinstance(index.search("🦄 zzz", 5), list)


def test_stored_reports_are_the_parsed_ones(index):
    for path in sorted(SAMPLES.glob("*.txt")):
        report = read_report(path, path.name)
        assert index.store.report(report.report_id) == report


def test_an_unknown_report_is_said(index):
    with pytest.raises(UnknownReport, match="nothing-like-it"):
        index.store.report("nothing-like-it")


def test_vectors_are_unit_rows_and_repeatable(encoder):
    texts = ["诉前调解成功1424件", "公证事项148件"]
    first, second = encoder.passages(texts), encoder.passages(texts)
    assert first.dtype == np.float32
    assert first.shape == (2, encoder.dimensions)
    np.testing.assert_array_equal(first, second)
    np.testing.assert_allclose(np.linalg.norm(first, axis=1), 1, atol=1e-5)
    assert not encoder.passages([""]).any()


def test_search_command(sample_home, capsys):
    assert main(["search", "行政复议", "--k", "3", "--json", "--home", str(sample_home)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["rank"] for row in rows] == [1, 2, 3]


def test_info_command(sample_home, capsys):
    assert main(["info", "--json", "--home", str(sample_home)]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["reports"] == len(facts["report_list"]) == 9
    assert main(["info", "--home", str(sample_home)]) == 0
    assert "云溪县" in capsys.readouterr().out


def test_info_names_broken_lines_of_ones_own_thesaurus(sample_home, tmp_path, capsys):
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    (home / "thesaurus.tsv").write_text("诉前调解\t打官司前劝和\n只有一个\n", encoding="utf-8")
    assert main(["info", "--home", str(home)]) == 0
    assert "thesaurus.tsv, line 2" in capsys.readouterr().out


def test_user_errors_are_one_line(tmp_path, capsys):
    assert main(["info", "--home", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert error.count("\n") == 1
