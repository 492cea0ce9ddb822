"""Ranks, fusion and intervals of the evaluation."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.train.evaluate import (
    bm25_scores,
    characters_and_pairs,
    estimate,
    evaluation_table,
    fused,
    gold_ranks,
    tasks_of,
)
from index.train.sources import read_passages, read_questions


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8), st.data())
def test_rank_is_the_place_in_a_stable_sort(row, data):
    gold = data.draw(st.integers(0, len(row) - 1))
    scores = np.array([row], dtype=np.float32)
    order = np.argsort(-scores[0], kind="stable").tolist()
    assert gold_ranks(scores, np.array([gold])).tolist() == [order.index(gold) + 1]


def test_fusion_stretches_each_question_to_the_same_range():
    one = np.array([[0, 100], [0, 0.001]], dtype=np.float32)
    np.testing.assert_allclose(fused([one, one]), [[0, 2], [0, 2]], atol=1e-5)
    assert np.isfinite(fused([np.zeros((1, 3), dtype=np.float32)])).all()


def test_the_interval_holds_the_mean_and_is_wider_for_few_passages():
    values = np.tile([0.0, 1.0, 1.0, 1.0], 100)
    many = estimate(values, [str(i) for i in range(400)])
    few = estimate(np.repeat([0.0, 1.0, 1.0, 1.0], 100), [str(i // 20) for i in range(400)])
    assert many.mean == few.mean == 0.75
    assert many.low < 0.75 < many.high
    assert few.high - few.low > 2 * (many.high - many.low)


def test_gold_chunks_hold_the_answers(training):
    passages = read_passages(training)
    questions = read_questions(training, passages)
    for task in tasks_of(questions, passages):
        answers = {q.text: q.answer for q in questions}
        for question, gold in zip(task.questions, task.gold, strict=True):
            assert answers[question] in task.chunks[gold]


def test_bm25_finds_shared_characters(training):
    passages = read_passages(training)
    tasks = tasks_of(read_questions(training, passages), passages)
    task = next(task for task in tasks if "打了多少粮食" in task.questions)
    row = task.questions.index("打了多少粮食")
    scores = bm25_scores(task, characters_and_pairs)
    assert scores[row].argmax() == task.gold[row]


def test_the_table_measures_held_out_reports_only(training):
    table = evaluation_table(training, lambda texts: np.eye(len(texts), 4, dtype=np.float32))
    assert table.startswith("| 1 questions, 1 reports |")
    assert "| encoder, best sentence | " in table
    assert table.count("\n") == 8


def test_characters_and_pairs_fold_and_drop_marks():
    assert characters_and_pairs("Ａ２，b") == ["a", "2", "b", "a2", "2b"]
