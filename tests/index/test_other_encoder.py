"""Any sentence-transformers model can be plugged in: here a small transformer with prompts, made in the test."""

from __future__ import annotations

import numpy as np
import pytest

from index.cli import main
from index.encode import Encoder
from index.errors import IndexMismatch
from index.search import Index
from qa.cli import main as ask
from tests.bench.tiny import tiny_transformer

REPORT = "测试县2024年法治政府建设年度报告\n一、主要成效\n（一）调解。全年诉前调解成功1424件。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tiny_transformer(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def home(tmp_path_factory, folder):
    base = tmp_path_factory.mktemp("other")
    (base / "report.txt").write_text(REPORT, encoding="utf-8")
    assert main(["build", "--reports", str(base), "--home", str(base / "home"), "--encoder", str(folder)]) == 0
    return base / "home"


def test_prompts_are_used(folder):
    encoder = Encoder.load(str(folder))
    assert encoder.dimensions == 128
    query, passage = encoder.queries(["调解"]), encoder.passages(["调解"])
    assert not np.allclose(query, passage, atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(query, axis=1), 1, atol=1e-5)


def test_the_manifest_remembers_the_encoder(home, folder, capsys):
    assert Index.open(home).manifest.encoder == str(folder)
    assert ask(["ask", "调解成功多少件", "--home", str(home)]) == 0
    assert "1424件" in capsys.readouterr().out


def test_another_encoder_than_the_index_was_made_with_is_refused(home, sample_home, folder, tmp_path):
    with pytest.raises(IndexMismatch, match="encoder"):
        Index.open(sample_home, str(folder))
    other = tiny_transformer(tmp_path, layers=2)
    with pytest.raises(IndexMismatch, match="encoder"):
        Index.open(home, str(other))
