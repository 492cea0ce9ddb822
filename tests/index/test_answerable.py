"""Whether a question is answered: words that stand in other reports only, and the certainty that follows."""

from __future__ import annotations

import numpy as np
import pytest

from index.answerable import NAMES, answerable_features
from index.clauses import NAMES as CLAUSE_NAMES
from index.features import NAMES as SENTENCE_NAMES
from index.found import Clauses, Found
from index.lexical import LexicalIndex
from index.query import Ask, Query
from index.rows import Rows
from index.search import Index
from index.thesaurus import Expansion
from index.types import Chunk, SentenceHit
from index.words import question_terms


@pytest.fixture(scope="module")
def words():
    return LexicalIndex.of(["受理行政复议25件", "办理法律援助31件", "办理公证148件"])


def value(words, question, rows, name):
    query = Query(Ask(question), dict.fromkeys(question_terms(question), 1.0), {}, ())
    return value_of(words, query, (), rows, name)


def value_of(words, query, sentences, rows, name):
    nothing = np.full(len(SENTENCE_NAMES), np.nan, dtype=np.float32)
    found = Found(query, np.zeros(1, dtype=np.float32), sentences, nothing)
    no_clauses = Clauses((), np.empty((0, len(CLAUSE_NAMES)), dtype=np.float32))
    return float(answerable_features(found, no_clauses, words, rows)[0, NAMES.index(name)])


def test_a_word_of_other_reports_is_told_from_one_of_none(words):
    own, other = Rows.of([range(1)]), Rows.of([range(1, 2)])
    assert value(words, "公证", own, "elsewhere_pair") == 1.0
    assert value(words, "公证", Rows.of([range(2, 3)]), "elsewhere_pair") == 0.0
    assert value(words, "仲裁", own, "elsewhere_pair") == 0.0
    assert value(words, "法律援助", other, "elsewhere_word") == 0.0
    assert value(words, "法律援助", None, "elsewhere_word") == 0.0


def test_a_question_on_what_the_report_tells_is_more_certain(sample_home):
    index = Index.open(sample_home)
    report_id = next(c.report_id for c in index.store.cards if (c.issuer, c.year) == ("云溪县", 2024))

    def certainty(question):
        found = index.find(Ask(question), [report_id])
        return index.certainty(found, index.clauses(found), [report_id])

    assert 0 <= certainty("森林覆盖率是多少") < certainty("办理法律援助多少件") <= 1


def test_a_word_that_is_said_in_other_words_is_not_missed():
    words = LexicalIndex.of(["办理法律援助12件", "法援中心成立"])
    text = "办理法律援助12件"
    hit = SentenceHit(Chunk(0, "r", (), 0, len(text), text), 0, len(text), text, 1.0, 1)

    def missed(expansions):
        query = Query(Ask("法援"), dict.fromkeys(question_terms("法援"), 1.0), {}, expansions)
        return value_of(words, query, (hit,), None, "not_in_first_pair")

    assert missed(()) == 1.0
    assert missed((Expansion("法援", ("法律援助",), 0.5),)) == 0.0
