from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.clauses import clause_spans
from index.types import Chunk, ClauseHit, SentenceHit
from qa.headline import pick_headline


def clauses(text, scores):
    chunk = Chunk(0, "r", (), 0, len(text), text)
    sentence = SentenceHit(chunk, 0, len(text), text, 1.0, 1)
    spans = clause_spans(text, 0, len(text))
    return [ClauseHit(sentence, s, e, text[s:e], score) for (s, e), score in zip(spans, scores, strict=True)]


def test_a_short_clause_takes_in_what_it_is_about():
    text = "全年受理申请25件，办结13件，群众对答复的满意率100%，没有一件进入诉讼。"
    headline = pick_headline(clauses(text, [0.2, 0.9, 0.1, 0]))
    assert headline.text == "全年受理申请25件，办结13件，群众对答复的满意率100%"


def test_a_clause_that_says_enough_stands_alone():
    text = "全县各级人民调解委员会全年共排查和调处各类矛盾纠纷4506件，成功率98.6%。"
    assert pick_headline(clauses(text, [0.9, 0.2])).best.text == pick_headline(clauses(text, [0.9, 0.2])).text


def test_nothing_comes_of_nothing():
    assert pick_headline([]) is None


@given(st.text(alphabet="甲乙丙1，、（）。；9,% ", max_size=120), st.integers(0, 5))
def test_clauses_and_headlines_are_slices(text, best):
    spans = clause_spans(text, 0, len(text))
    assert all(text[s:e].strip() == text[s:e] != "" for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    found = clauses(text, [float(i == best) for i in range(len(spans))])
    headline = pick_headline(found)
    if headline:
        assert text[headline.start : headline.end] == headline.text
        assert any(c.text in headline.text for c in found)


def test_only_a_fitting_clause_is_the_answer():
    found = clauses("增长目标略微调低，国内生产总值增长7.5%，留有余地。", [0.9, 0.5, 0.1])
    assert pick_headline(found, [found[1]]).best.text == "国内生产总值增长7.5%"
    assert pick_headline(found).best.text == "增长目标略微调低"
