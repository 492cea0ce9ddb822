"""Batches: every query finds its text among the candidates, and no text is there twice."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.train.pairs import (
    AskSettings,
    answering_unit,
    batch_of,
    cloze_batches,
    cloze_pairs,
    mixed,
    question_batches,
    thesaurus_batches,
)
from index.train.sources import Passage, Question, read_training_text
from index.train.units import sentence_spans
from index.train.wording import questions_from_clauses, swap_words, thesaurus_by_word

WORDS = st.text(alphabet="粮食增产诉讼", min_size=1, max_size=4)
THESAURUS = thesaurus_by_word([("诉讼", "打官司"), ("诉讼费", "打官司的钱")])


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1), st.lists(WORDS))
def test_each_query_points_at_its_text_and_texts_are_unique(pairs, others):
    batch = batch_of(pairs, others)
    assert [(q, batch.candidates[t]) for q, t in zip(batch.queries, batch.targets, strict=True)] == pairs
    assert len(set(batch.candidates)) == len(batch.candidates)
    assert set(batch.candidates) == {text for _, text in pairs} | set(others)


@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=30), st.integers(0, 99))
def test_cloze_texts_are_neighbours_in_the_document(numbers, seed):
    document = "".join(f"第{n}件事情已经办理完毕，还有{n}件正在办理。" for n in numbers)
    pairs = cloze_pairs(document, np.random.default_rng(seed))
    assert pairs
    for part, around in pairs:
        assert part in document and around
        assert all(around[a:b] in document for a, b in sentence_spans(around))


def test_short_documents_alone_are_an_error():
    with pytest.raises(ValueError, match="three sentences"):
        next(cloze_batches(["只有一句话而已，没有别的。"], 8, np.random.default_rng(0)))


@given(st.integers(0, 300), st.booleans())
def test_the_answering_unit_holds_the_start_of_the_answer(limit, heading):
    text = "粮食增产。就业稳定；物价平稳。收入增长。"
    passage = Passage("p", "f", "某县", 2025, "一、回顾", text)
    for start in range(0, len(text), 3):
        unit = answering_unit(Question("问", text[start : start + 3], start, passage), limit, heading)
        assert text[start] in unit
        assert unit.startswith("一、回顾\n") == heading


def test_question_batches_bring_all_units_of_their_reports_only(training):
    text = read_training_text(training)
    rng = np.random.default_rng(0)
    batches = question_batches(text.questions, text.passages, {}, AskSettings(files_per_batch=1), rng)
    for batch in itertools.islice(batches, 8):
        assert any("就业" in c for c in batch.candidates) != any("养老" in c for c in batch.candidates)
        assert len(batch.candidates) > len(set(batch.targets.tolist()))
        assert not any("锂电" in c for c in batch.candidates)  # the report that is held out


def test_thesaurus_batches_lead_to_the_official_wording():
    groups = [("行政诉讼", "民告官"), ("诉前调解", "打官司前调解", "先调后判")]
    batch = next(thesaurus_batches(groups, 2, np.random.default_rng(0)))
    assert {batch.candidates[t] for t in batch.targets} == {"行政诉讼", "诉前调解"}
    assert not {"行政诉讼", "诉前调解"} & set(batch.queries)


def test_mixed_keeps_the_weights():
    one, two = itertools.repeat(batch_of([("a", "b")])), itertools.repeat(batch_of([("c", "d")]))
    drawn = itertools.islice(mixed([(3.0, one), (1.0, two)], np.random.default_rng(0)), 2000)
    assert 0.7 < sum(batch.queries == ["a"] for batch in drawn) / 2000 < 0.8


def test_swaps_take_the_longest_expression():
    swapped = {swap_words("诉讼费多少", THESAURUS, 1.0, np.random.default_rng(seed)) for seed in range(20)}
    assert swapped == {"诉讼费多少", "打官司的钱多少"}


@given(st.text(alphabet="诉讼费打官司的钱多少", max_size=30))
def test_no_swap_changes_nothing(text):
    assert swap_words(text, THESAURUS, 0.0, np.random.default_rng(0)) == text


def test_a_clause_with_a_figure_asks_for_it():
    passage = Passage("p", "f", "某县", 2025, "", "新建公园20个，PM2.5浓度继续下降。")
    questions = questions_from_clauses([passage], np.random.default_rng(0))
    assert [passage.text[q.start : q.start + len(q.answer)] for q in questions] == [q.answer for q in questions]
    assert "20" not in questions[0].text and questions[0].text.startswith("新建公园")
    assert questions[1].text == "PM2.5浓度继续下降"
