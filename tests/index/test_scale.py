"""What large indexes do differently gives what small ones give."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import index.lexical
from index.counts import count, join, merge
from index.lexical import LexicalIndex
from index.rows import Rows
from index.vectors import Earlier, VectorIndex
from index.words import key_kinds, key_of, kind_of, term_keys, terms

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)).map(lambda s: range(s[0], s[0] + s[1])), max_size=9)


@given(SPANS)
def test_rows_are_those_of_the_spans(spans):
    rows, numbers = Rows.of(spans), sorted({row for span in spans for row in span})
    assert rows.numbers().tolist() == numbers
    assert np.flatnonzero(rows.mask(50)).tolist() == numbers
    assert len(rows) == len(numbers)
    assert (rows.starts[1:] > rows.stops[:-1]).all()


@given(st.lists(st.text(st.sampled_from("诉前调解成功公证㐀𠀀 2件.5%gdp１，\n亿"), max_size=30), max_size=5))
def test_keys_are_those_of_the_terms(texts):
    keys, owner = term_keys(texts)
    for place, text in enumerate(texts):
        assert sorted(keys[owner == place].tolist()) == sorted(map(key_of, terms(text)))
        found = terms(text)
        kinds = key_kinds(np.array([key_of(term) for term in found], dtype=np.uint64))
        assert kinds.tolist() == [kind_of(term) for term in found]


TEXTS = st.lists(st.text(st.sampled_from("诉前调解公证2件"), max_size=12), min_size=1, max_size=12)


@given(TEXTS, st.lists(st.integers(0, 11)))
def test_what_is_put_in_among_many_postings_stands_as_if_joined(texts, new):
    """Some chunks are new, some stay; in between, at the ends, all or none."""
    batches = [count([text])[0].after(row) for row, text in enumerate(texts)]
    fresh = [batch for row, batch in enumerate(batches) if row in new]
    stay = [batch for row, batch in enumerate(batches) if row not in new]
    found, joined = merge(join(stay), join(fresh)), join(batches)
    for field in fields(joined):
        assert getattr(found, field.name).tolist() == getattr(joined, field.name).tolist()


@pytest.fixture(scope="module")
def words():
    """Chunks with frequent characters, and rare ones in a few."""
    draw = np.random.default_rng(0)
    shares = 1 / (1 + np.arange(300))
    drawn = draw.choice(300, (1500, 25), p=shares / shares.sum())
    return LexicalIndex.of("，".join(chr(0x4E00 + i) for i in row) for row in drawn)


@given(
    st.dictionaries(st.integers(0, 320), st.sampled_from([0.5, 1.0, 2.0]), max_size=12),
    st.integers(1, 40),
    st.none() | st.lists(st.tuples(st.integers(0, 1400), st.integers(1, 100)), max_size=80),
    st.sampled_from([0, 8]),
)
@settings(max_examples=150, deadline=None)
def test_leaving_out_what_cannot_reach_the_first_k_changes_nothing(words, wanted, k, spans, look_up):
    weights = {chr(0x4E00 + i): weight for i, weight in wanted.items()}
    rows = None if spans is None else Rows.of(range(start, start + size) for start, size in spans)
    whole = words.search(weights, k, rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.lexical, "_LARGE_INDEX", 0)
        patch.setattr(index.lexical, "_FEW_SPANS", 3)
        patch.setattr(index.lexical, "_LOOK_UP", look_up)
        pruned = words.search(weights, k, rows)
    np.testing.assert_allclose([s for _, s in pruned], [s for _, s in whole], rtol=1e-5)
    # Ties may come out in another order by a rounding; what is clearly above the last score must be there.
    last = whole[-1][1] if whole else 0
    assert {row for row, score in whole if score > last * 1.0001} <= {row for row, _ in pruned}


def test_frequent_terms_are_only_looked_up_for_what_rare_ones_found(words):
    """The pruned search does what it is for: it reads less than all postings of the wanted terms."""
    counted = []

    class Counting:
        def __getattr__(self, name):
            return getattr(words.postings, name)

        def of_term(self, term, rows=None):
            found = words.postings.of_term(term, rows)
            counted.append(len(found[0]))
            return found

    watched = LexicalIndex(Counting())
    weights = {chr(0x4E00 + i): 1.0 for i in (40, 200, 250, 280)}
    total = sum(len(words.postings.of_term(term)[0]) for term in words.factors(weights))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index.lexical, "_LARGE_INDEX", 0)
        patch.setattr(index.lexical, "_RARE_SHARE", 0.05)
        patch.setattr(index.lexical, "_LOOK_UP", 0)
        assert watched.search(weights, 3) == words.search(weights, 3)
    assert sum(counted) < total / 2


def test_postings_that_do_not_belong_together_are_refused(tmp_path):
    LexicalIndex.of(["甲乙", "乙丙"]).save(tmp_path / "words")
    np.save(tmp_path / "words" / "counts.npy", np.ones(3, dtype=np.uint8))
    with pytest.raises(ValueError, match="belong together"):
        LexicalIndex.load(tmp_path / "words")


def test_an_index_of_no_texts_finds_nothing():
    empty = LexicalIndex.of([])
    assert empty.search({"甲": 1.0}, 3) == []
    assert empty.ids(["甲"]).tolist() == []


@pytest.fixture(scope="module")
def clouds():
    """Vectors around 60 centres, and the same without an inverted file."""
    draw = np.random.default_rng(0)
    rows = np.repeat(draw.standard_normal((60, 32)), 50, axis=0) + draw.standard_normal((3000, 32))
    rows = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)
    return rows, VectorIndex.of(rows, exact_up_to=1000), VectorIndex.of(rows)


def test_a_large_index_finds_what_an_exact_one_finds(clouds):
    rows, large, exact = clouds
    found = [{row for row, _ in large.search(rows[i].astype(np.float32), 10)} for i in range(0, 3000, 50)]
    wanted = [{row for row, _ in exact.search(rows[i].astype(np.float32), 10)} for i in range(0, 3000, 50)]
    assert sum(len(f & w) for f, w in zip(found, wanted, strict=True)) >= 0.95 * 10 * len(wanted)


@pytest.mark.parametrize("spans", [[range(5, 25)], [range(900), range(1000, 1900), range(2990, 3000)]])
def test_scopes_hold_in_a_large_index(clouds, monkeypatch, spans):
    monkeypatch.setattr("index.vectors._FEW_ROWS", 50)
    rows, large, exact = clouds
    query, scope = rows[7].astype(np.float32), Rows.of(spans)
    found = large.search(query, 10, scope)
    assert {row for row, _ in found} <= set(scope.numbers().tolist())
    assert found[0][0] == exact.search(query, 1, scope)[0][0]


def test_cells_are_taken_over_from_an_earlier_version(clouds, tmp_path, monkeypatch):
    rows, large, exact = clouds
    large.save(tmp_path / "vectors.faiss")
    query = rows[7].astype(np.float32)
    with monkeypatch.context() as patch:
        patch.setattr("index.vectors._trained", lambda _: pytest.fail("trained anew"))
        gone = np.where(np.arange(3000) < 2900, np.arange(3000), -1).astype(np.int32)
        later = VectorIndex.of(rows[:2900], exact_up_to=1000, earlier=Earlier(tmp_path / "vectors.faiss", gone))
    assert later.search(query, 1) == exact.search(query, 1)
    assert len(later) == 2900
    with pytest.raises(pytest.fail.Exception), monkeypatch.context() as patch:
        patch.setattr("index.vectors._trained", lambda _: pytest.fail("trained anew"))
        VectorIndex.of(rows[:1500], exact_up_to=1000, earlier=Earlier(tmp_path / "vectors.faiss", gone))


def test_vectors_that_move_keep_their_cells(clouds, tmp_path):
    rows, large, _ = clouds
    large.save(tmp_path / "vectors.faiss")
    # Turned round, with a new one in front; the cells of the others are found without comparing.
    places = np.arange(len(rows), 0, -1, dtype=np.int32)
    moved = np.concatenate([rows[5:6], rows[::-1]])
    later = VectorIndex.of(moved, exact_up_to=1000, earlier=Earlier(tmp_path / "vectors.faiss", places))
    compared = VectorIndex.of(moved, exact_up_to=1000, earlier=Earlier(tmp_path / "vectors.faiss", places * 0 - 1))
    later.save(tmp_path / "later.faiss")
    compared.save(tmp_path / "compared.faiss")
    assert (tmp_path / "later.cells").read_bytes() == (tmp_path / "compared.cells").read_bytes()
    assert {row for row, _ in later.search(rows[5].astype(np.float32), 2)} == {0, len(rows) - 5}


def test_a_large_index_is_the_same_after_saving(clouds, tmp_path):
    rows, large, _ = clouds
    large.save(tmp_path / "vectors.faiss")
    loaded = VectorIndex.load(tmp_path / "vectors.faiss")
    query = rows[3].astype(np.float32)
    assert loaded.search(query, 10) == large.search(query, 10)
    np.testing.assert_array_equal(loaded.rows(5, 9), rows[5:9].astype(np.float32))
    cut = tmp_path / "vectors.cells"
    cut.write_bytes(cut.read_bytes()[:5000])
    with pytest.raises(OSError, match="no vector index"):
        VectorIndex.load(tmp_path / "vectors.faiss")
