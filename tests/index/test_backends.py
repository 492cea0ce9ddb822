"""The searching side on this machine and on Milvus: one contract, and the same first ten."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from index.backend import LocalSearch
from index.cli import main
from index.errors import SearchUnavailable
from index.manifest import live_folder
from index.milvus import ALIAS, MilvusSearch, collection_of, connect, publish
from index.search import Index
from qa.engine import Engine
from qa.settings import Settings
from tests.index.contract import SearchContract, small_index

QUESTIONS = [
    "行政复议受理了多少件",
    "办理法律援助多少件",
    "今年有哪些短板",
    "粮食产量增长多少",
    "打官司之前劝和成了多少",
]
# Milvus adds up in another order; scores that differ by less than this may change places.
TOLERANCE = 1e-3


class TestLocal(SearchContract):
    @pytest.fixture(scope="class")
    @classmethod
    def searching(cls):
        return LocalSearch(*small_index())


class TestMilvus(SearchContract):
    @pytest.fixture(scope="class")
    @classmethod
    def searching(cls, tmp_path_factory):
        uri, (vectors, words) = str(tmp_path_factory.mktemp("milvus") / "small.db"), small_index()
        publish(uri, "000001-aaaaaaaa", vectors, words)
        return MilvusSearch.open(uri, "000001-aaaaaaaa", words)


@pytest.fixture(scope="module")
def uri(sample_home, tmp_path_factory):
    """A file of Milvus Lite with the index of the samples."""
    uri = str(tmp_path_factory.mktemp("milvus") / "samples.db")
    assert main(["publish", "--search", uri, "--home", str(sample_home)]) == 0
    return uri


def test_both_give_the_same_first_ten(sample_home, uri):
    local, remote = Index.open(sample_home), Index.open(sample_home, search=uri)
    one_issuer = [card.report_id for card in local.store.cards if card.issuer == "云溪县"]
    for question in QUESTIONS:
        for scope in (None, one_issuer):
            here, there = local.search(question, 10, scope), remote.search(question, 10, scope)
            np.testing.assert_allclose([h.score for h in there], [h.score for h in here], atol=TOLERANCE)
            scores = {hit.chunk: hit.score for hit in here}
            assert all(abs(scores.get(hit.chunk, here[-1].score) - hit.score) <= TOLERANCE for hit in there)


def test_answers_are_the_same(sample_home, uri):
    here, there = Engine.open(Settings(home=sample_home)), Engine.open(Settings(home=sample_home, search=uri))
    for question in QUESTIONS:
        assert there.ask(question).text == here.ask(question).text


def test_the_alias_moves_when_a_version_is_whole_and_the_one_before_stays(tmp_path):
    uri, (vectors, words) = str(tmp_path / "versions.db"), small_index()
    builds = [f"00000{n}-aaaaaaaa" for n in (1, 2, 3)]
    before = None
    for build in builds:
        publish(uri, build, vectors, words)
        assert connect(uri).describe_alias(ALIAS)["collection_name"] == collection_of(build)
        if before:
            assert MilvusSearch.open(uri, before, words).by_words({"公证": 1.0}, 1, None)
        before = build
    with pytest.raises(SearchUnavailable, match="has no index 000001"):
        MilvusSearch.open(uri, builds[0], words)
    publish(uri, builds[2], vectors, words)
    assert sorted(connect(uri).list_collections()) == [collection_of(build) for build in builds[1:]]


def test_what_breaks_while_it_is_copied_leaves_the_alias_alone(tmp_path, monkeypatch):
    uri, (vectors, words) = str(tmp_path / "broken.db"), small_index()
    publish(uri, "000001-aaaaaaaa", vectors, words)

    def broken(*_):
        raise OSError("the line went dead")
        yield

    with monkeypatch.context() as patch:
        patch.setattr("index.milvus._entities", broken)
        with pytest.raises(SearchUnavailable, match="the line went dead"):
            publish(uri, "000002-aaaaaaaa", vectors, words)
    assert connect(uri).describe_alias(ALIAS)["collection_name"] == collection_of("000001-aaaaaaaa")
    publish(uri, "000002-aaaaaaaa", vectors, words)
    assert MilvusSearch.open(uri, "000002-aaaaaaaa", words).by_words({"公证": 1.0}, 1, None)


def test_a_version_that_was_not_published_is_said(sample_home, tmp_path):
    with pytest.raises(SearchUnavailable, match="python -m index publish --search"):
        Index.open(sample_home, search=str(tmp_path / "empty.db"))


def test_without_pymilvus_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(SearchUnavailable, match=r"\[milvus\]"):
        connect("http://127.0.0.1:19530")


def test_postings_by_chunk_are_those_by_term(sample_home):
    postings = LocalSearch.load(live_folder(sample_home)).words.postings
    chunks = postings.by_chunk(3, 40)
    for term in range(0, len(postings.keys), 97):
        rows, gains = postings.of_term(term)
        inside = (rows >= 3) & (rows < 40)
        expected = dict(zip(rows[inside].tolist(), gains[inside].tolist(), strict=True))
        assert {row: chunks[row - 3][term] for row in range(3, 40) if term in chunks[row - 3]} == expected
