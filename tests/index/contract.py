"""What every searching side does, whoever searches: each implementation inherits these tests."""

from __future__ import annotations

import numpy as np
import pytest

from index.backend import ChunkSearch
from index.lexical import LexicalIndex
from index.rows import Rows
from index.vectors import VectorIndex

TEXTS = ["诉前调解成功1424件", "公证事项148件", "应急演练509场次", "公证处办理公证", "信访复查18件", "公证事项148件"]
ANGLES = np.array([0.0, 0.3, 0.6, 0.9, 1.2, 0.3])


def small_index() -> tuple[VectorIndex, LexicalIndex]:
    """Six chunks, the second and the last alike, their vectors on a circle."""
    vectors = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)]).astype(np.float32)
    return VectorIndex.of(vectors), LexicalIndex.of(TEXTS)


class SearchContract:
    """A class that inherits this has a fixture `searching`: the implementation, over `small_index()`."""

    def test_it_knows_all_chunks(self, searching: ChunkSearch):
        assert len(searching) == len(TEXTS)

    def test_the_nearest_come_first(self, searching: ChunkSearch):
        found = searching.by_meaning(np.array([1, 0], dtype=np.float32), 3, None)
        assert [row for row, _ in found] == [0, 1, 5]
        np.testing.assert_allclose([score for _, score in found], np.cos(ANGLES[[0, 1, 5]]), atol=1e-3)

    def test_scores_of_words_are_those_of_bm25(self, searching: ChunkSearch):
        weights = {"公证": 1.0, "件": 0.5, "没有这个词": 1.0}
        expected = small_index()[1].search(weights, 6)
        found = searching.by_words(weights, 6, None)
        assert [row for row, _ in found] == [row for row, _ in expected]
        np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], rtol=1e-4)

    @pytest.mark.parametrize("spans", [[range(1, 4)], [range(4, 6), range(1)], [range(2, 3)]])
    def test_only_allowed_rows_are_found(self, searching: ChunkSearch, spans):
        rows = Rows.of(spans)
        allowed = set(rows.numbers().tolist())
        by_meaning = searching.by_meaning(np.array([1, 0], dtype=np.float32), 6, rows)
        assert {row for row, _ in by_meaning} == allowed
        by_words = searching.by_words({"件": 1.0, "公证": 1.0}, 6, rows)
        assert {row for row, _ in by_words} == {row for row in allowed if "件" in TEXTS[row] or "公证" in TEXTS[row]}

    def test_no_rows_and_no_known_words_find_nothing(self, searching: ChunkSearch):
        nothing = Rows.of([])
        assert searching.by_meaning(np.array([1, 0], dtype=np.float32), 3, nothing) == []
        assert searching.by_words({"公证": 1.0}, 3, nothing) == []
        assert searching.by_words({"没有这个词": 1.0}, 3, None) == []
        assert searching.by_words({}, 3, None) == []

    def test_no_more_are_found_than_asked_for(self, searching: ChunkSearch):
        assert len(searching.by_meaning(np.array([0, 1], dtype=np.float32), 2, None)) == 2
        assert len(searching.by_words({"件": 1.0}, 2, None)) == 2
        assert searching.by_words({"件": 1.0}, 0, None) == []
