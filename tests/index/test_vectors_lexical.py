from __future__ import annotations

import numpy as np
import pytest

from index.lexical import LexicalIndex, counted
from index.rows import Rows
from index.vectors import VectorIndex
from index.words import question_terms


def unit(*rows):
    array = np.array(rows, dtype=np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


def test_ties_come_in_row_order():
    index = VectorIndex.of(unit([1, 0], [0, 1], [1, 0], [1, 0]))
    assert [row for row, _ in index.search(unit([1, 0])[0], k=3)] == [0, 2, 3]


def test_asking_for_more_than_there_is_pads_nothing():
    index = VectorIndex.of(unit([1, 0], [0, 1]))
    assert len(index.search(unit([1, 0])[0], k=10)) == 2
    assert index.search(unit([1, 0])[0], k=5, rows=Rows.of([])) == []


def test_wrong_dimension_is_said():
    with pytest.raises(ValueError, match="3,"):
        VectorIndex.of(unit([1, 0])).search(np.ones(3, dtype=np.float32), k=1)


def test_missing_and_cut_files_are_os_errors(tmp_path):
    with pytest.raises(OSError, match="vector"):
        VectorIndex.load(tmp_path / "none.faiss")
    VectorIndex.of(unit([1, 0], [0, 1])).save(tmp_path / "v.faiss")
    whole = (tmp_path / "v.faiss").read_bytes()
    (tmp_path / "v.faiss").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(OSError):
        VectorIndex.load(tmp_path / "v.faiss")


def test_search_stays_within_rows():
    index = VectorIndex.of(unit([1, 0], [0.9, 0.1], [0, 1]))
    assert [row for row, _ in index.search(unit([1, 0])[0], k=3, rows=Rows.of([range(1, 3)]))] == [1, 2]


def test_words_find_what_shares_terms(tmp_path):
    index = LexicalIndex.of(["诉前调解成功1424件", "公证事项148件", "应急演练509场次"])
    assert index.search(counted(question_terms("公证办了多少件")), k=3)[0][0] == 1
    index.save(tmp_path / "words")
    assert LexicalIndex.load(tmp_path / "words").search({"公证": 1.0}, 3) == index.search({"公证": 1.0}, 3)


def test_words_without_a_match_find_nothing():
    index = LexicalIndex.of(["甲乙", "丙丁"])
    assert index.search({"戊己": 1.0}, k=2) == []
    assert index.search({}, k=2) == []
    assert index.search({"甲": 1.0}, k=2, rows=Rows.of([range(1, 2)])) == []


def test_rare_terms_weigh_more():
    index = LexicalIndex.of(["全区公证", "全区信访", "全区复议"])
    common, rare = index.rarity(index.ids(["全区"])), index.rarity(index.ids(["公证"]))
    assert rare[0] > common[0] > 0
    assert index.share("全区") == 1.0
    assert index.share("没有") == 0.0


def test_added_terms_count_by_their_weight():
    index = LexicalIndex.of(["公证", "信访"])
    assert index.search({"公证": 0.5, "信访": 1.0}, k=2)[0][0] == 1
