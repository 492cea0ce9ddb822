"""Whether a question is answered: words that stand in other reports only, and the certainty that follows."""

from __future__ import annotations

import pytest

from index.answerable import NAMES, answerable_features
from index.lexical import LexicalIndex
from index.query import Ask, Query
from index.rows import Rows
from index.search import Index
from index.words import question_terms


@pytest.fixture(scope="module")
def words():
    return LexicalIndex.of(["受理行政复议25件", "办理法律援助31件", "办理公证148件"])


def value(words, question, rows, name):
    query = Query(Ask(question), dict.fromkeys(question_terms(question), 1.0), {}, ())
    return float(answerable_features(query, [], [], words, rows)[0, NAMES.index(name)])


def test_a_word_of_other_reports_is_told_from_one_of_none(words):
    own, other = Rows.of([range(1)]), Rows.of([range(1, 2)])
    assert value(words, "公证", own, "elsewhere_pair") == 1.0
    assert value(words, "公证", Rows.of([range(2, 3)]), "elsewhere_pair") == 0.0
    assert value(words, "仲裁", own, "unknown_pair") == 1.0
    assert value(words, "法律援助", other, "elsewhere_word") == 0.0
    assert value(words, "法律援助", None, "elsewhere_word") == 0.0


def test_a_question_on_what_the_report_tells_is_more_certain(sample_home):
    index = Index.open(sample_home)
    report_id = next(c.report_id for c in index.store.cards if (c.issuer, c.year) == ("云溪县", 2024))

    def certainty(question):
        found = index.find(Ask(question), [report_id])
        return index.certainty(found, index.clauses(found), [report_id])

    assert 0 <= certainty("森林覆盖率是多少") < certainty("办理法律援助多少件") <= 1
