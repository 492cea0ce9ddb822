from __future__ import annotations

import json

import numpy as np
import pytest

from index.answerable import NAMES as ANSWER_NAMES
from index.build import SAMPLES
from index.clauses import NAMES as CLAUSE_NAMES
from index.encode import SHIPPED as ENCODER
from index.features import NAMES as SENTENCE_NAMES
from index.rank import Ranker
from index.train import ranker
from index.train.sources import read_near_misses
from index.train.split import HELD_OUT, is_held_out

FILES = ("2022_云溪县_法治政府建设年度报告.txt", "2023_云溪县_法治政府建设年度报告.txt")


@pytest.fixture(scope="module")
def training(tmp_path_factory):
    """A training folder with some passages of the held-out sample reports, and a question about each sentence."""
    folder = tmp_path_factory.mktemp("training")
    passages, questions = [], []
    for file in FILES:
        lines = [line for line in (SAMPLES / file).read_text(encoding="utf-8").splitlines() if len(line) > 150]
        facts = {"file": file, "issuer": "云溪县", "year": 2023, "kind": "法治政府建设年度报告", "heading": ""}
        passages += [{"id": f"{file}{i}", "text": line, **facts} for i, line in enumerate(lines[:4])]
    for passage in passages:
        for sentence in passage["text"].split("。")[:-1]:
            number = f"t{len(questions) + 1:05d}"
            question = {
                "id": number,
                "passage": passage["id"],
                "question": f"{sentence[:12]}多少",
                "answer": sentence[12:20],
            }
            if question["answer"]:
                questions.append(question | {"start": passage["text"].index(sentence) + 12})
    for name, rows in (("passages", passages), ("questions", questions)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_rankers_are_trained_on_held_out_reports_and_fit_the_search(training, tmp_path):
    assert all(map(is_held_out, FILES))
    table = ranker.train_rankers(training, [SAMPLES], tmp_path, {HELD_OUT: ENCODER})
    assert "| sentences, ranked |" in table
    rows = np.zeros((3, len(SENTENCE_NAMES)), dtype=np.float32)
    assert Ranker.load(tmp_path / "sentences.txt", SENTENCE_NAMES).scores(rows).shape == (3,)
    assert Ranker.load(tmp_path / "clauses.txt", CLAUSE_NAMES)
    assert Ranker.load(tmp_path / "answers.txt", ANSWER_NAMES)


def test_near_misses_are_of_other_words_than_their_questions():
    near_misses = read_near_misses()
    assert len(near_misses) > 3000
    assert len(set(near_misses.values())) > 0.99 * len(near_misses)


def test_the_rank_of_the_first_right_candidate():
    examples = ranker.Examples(
        rows=np.zeros((5, 1), np.float32),
        right=np.array([0, 1, 0, 0, 1], np.int8),
        counts=np.array([2, 3]),
        files=["a", "b"],
        passages=["a", "b"],
    )
    assert ranker.first_ranks(np.array([0.9, 0.1, 0.3, 0.2, 0.8]), examples).tolist() == [2, 1]


def test_a_subset_keeps_questions_whole():
    examples = ranker.Examples(
        rows=np.arange(5, dtype=np.float32)[:, None],
        right=np.array([0, 1, 0, 0, 1], np.int8),
        counts=np.array([2, 3]),
        files=["a", "b"],
        passages=["a", "b"],
    )
    kept = examples.of(np.array([False, True]))
    assert kept.rows[:, 0].tolist() == [2.0, 3.0, 4.0]
    assert (kept.files, kept.counts.tolist()) == (["b"], [3])
