"""What is made of a question, and what the ranker sees of a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clauses import NAMES as CLAUSE_NAMES
from index.counts import count
from index.evaluate import estimate, measure_search
from index.features import NAMES
from index.fresh import terms_among
from index.lexical import LexicalIndex
from index.periods import agrees
from index.portion import Portion, Vectors
from index.query import Ask, make_query
from index.questions import Question
from index.rank import SHIPPED, Ranker
from index.search import STAGES, Index
from index.sentences import SentenceTable, SentenceWriter
from index.thesaurus import OWN_NAME, Thesaurus, read_groups
from index.types import ReportCard

WORDS = LexicalIndex.of(
    ["诉前调解成功1424件，", "公证事项148件", "应急演练509场次", "今年开展工作", "今年开展演练"] * 3
)


@pytest.fixture(scope="module")
def index(sample_home):
    return Index.open(sample_home)


def test_expansions_count_less_than_what_was_typed():
    query = make_query(Ask("打官司前劝和"), Thesaurus([("诉前调解", "打官司前劝和")]), WORDS)
    assert query.expansions[0].meant == ("诉前调解",)
    assert 0 < query.added["诉前"] <= 0.5
    assert max(query.added.values()) <= 0.5 <= min(query.typed.values())
    assert "调" not in query.added


def test_very_common_words_are_not_expanded():
    query = make_query(Ask("今年的演练"), Thesaurus([("今年", "本年度"), ("演练", "拉练")]), WORDS)
    assert query.expansions == ()


def test_the_context_counts_less_than_the_question():
    query = make_query(Ask("其中几件", context="公证事项"), Thesaurus([]), WORDS)
    assert query.weights["公证"] < query.weights["几"]


def test_longest_match_wins():
    thesaurus = Thesaurus([("甲乙", "丙丙"), ("甲乙丁", "戊戊")])
    assert [e.said for e in thesaurus.expand("甲乙丁", lambda _: 0.5)] == ["甲乙丁"]


def test_ones_own_thesaurus_is_added_and_its_broken_lines_named(tmp_path):
    (tmp_path / OWN_NAME).write_text("诉前调解\t打官司前劝和\n只有一个\n\n# 注\n太\t短的\n", encoding="utf-8")
    thesaurus = Thesaurus.load(tmp_path)
    assert [line.split(":")[0].split(", ")[1] for line in thesaurus.warnings] == ["line 2", "line 5"]
    assert thesaurus.expand("打官司前劝和", lambda _: 0.5)[0].meant == ("诉前调解",)


def test_ones_own_thesaurus_needs_no_rebuild(sample_home, tmp_path):
    import shutil

    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    (home / OWN_NAME).write_text("法律援助\t帮打官司不要钱\n", encoding="utf-8")
    found = Index.open(home).find(Ask("帮打官司不要钱办了几件"))
    assert [e.meant for e in found.query.expansions if e.said == "帮打官司不要钱"] == [("法律援助",)]
    assert "法律援助" in found.sentences[0].text


def test_a_thesaurus_that_is_no_text_is_a_warning(tmp_path):
    (tmp_path / OWN_NAME).write_bytes(b"\xff\xfe\x00bad")
    assert len(Thesaurus.load(tmp_path).warnings) == 1


@given(st.text(max_size=200))
def test_no_thesaurus_text_breaks_it(text):
    groups, warnings = read_groups(text, "own.tsv")
    assert all(len(group) >= 2 for group in groups)
    assert all(", line " in warning for warning in warnings)


def test_sentence_table_survives_a_round_trip(tmp_path, encoder):
    texts = ["甲乙丙。", "丁戊。", "己庚辛。"]
    spans = np.array([(0, 4), (4, 7), (0, 4)], dtype=np.int32)
    vectors = Vectors(encoder.passages(texts[:0]), encoder.passages(texts).astype(np.float16))
    batch, _ = count(texts)
    counted = terms_among(batch.keys, texts)
    portion = Portion(vectors, spans[:, 0], spans[:, 1], np.array([2, 0, 1]), counted)
    writer = SentenceWriter(tmp_path / "sentences", encoder.dimensions)
    writer.add("0" * 16, portion)
    places = np.arange(len(batch.keys), dtype=np.int32) + 7
    writer.finish([places])
    loaded = SentenceTable.load(tmp_path / "sentences")
    candidates = loaded.of_chunks([2, 1, 0])
    assert candidates.rows.tolist() == [2, 0, 1]
    assert candidates.owner.tolist() == [0, 2, 2]
    ids, owner = loaded.terms_of(np.array([0, 2]))
    first, third = (counted.ids[: counted.in_text[0]], counted.ids[-counted.in_text[2] :])
    assert ids.tolist() == [*places[first], *places[third]]
    assert owner.tolist() == [0] * len(first) + [1] * len(third)


@given(st.text(max_size=40), st.text(max_size=20), st.sampled_from([None, 2023, 2024]))
@settings(max_examples=50, deadline=None)
def test_features_are_finite_for_any_question(index, text, context, year):
    rows, found = index.features(Ask(text, context, year))
    assert rows.shape == (len(found.sentences), len(NAMES))
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()


def test_features_mean_what_they_say(index):
    rows, found = index.features(Ask("办理法律援助多少件", year=2024))
    best = next(i for i, hit in enumerate(found.sentences) if "办理法律援助571件" in hit.text)
    named = dict(zip(NAMES, rows[best].tolist(), strict=True))
    assert named["words_unit"] == 1.0
    assert named["asks_number"] == 1.0
    assert named["numbers"] >= 3
    assert named["words_all"] > 0.5


@pytest.mark.parametrize(("file", "names"), [("sentences.txt", NAMES), ("clauses.txt", CLAUSE_NAMES)])
def test_the_rankers_that_ship_fit_their_features(file, names):
    ranker = Ranker.load(SHIPPED / file, names)
    assert ranker.scores(np.zeros((2, len(names)), dtype=np.float32)).shape == (2,)
    assert ranker.scores(np.zeros((0, len(names)), dtype=np.float32)).shape == (0,)


def test_a_ranker_for_other_features_is_refused(tmp_path):
    with pytest.raises(OSError, match=r"index\.train rankers"):
        Ranker.load(SHIPPED / "sentences.txt", CLAUSE_NAMES)
    (tmp_path / "model.txt").write_text("no model", encoding="utf-8")
    with pytest.raises(OSError, match="no ranking model"):
        Ranker.load(tmp_path / "model.txt", NAMES)
    with pytest.raises(OSError, match="no ranking model"):
        Ranker.load(tmp_path / "none.txt", NAMES)


def test_clauses_are_slices_and_the_right_one_leads(index):
    found = index.find(Ask("物业服务纠纷多少件", year=2024))
    clauses = index.clauses(found).hits
    for clause in clauses:
        assert index.store.report(clause.sentence.chunk.report_id).text[clause.start : clause.end] == clause.text
    assert "物业服务纠纷" in max(clauses, key=lambda clause: clause.score).text


def test_without_sentences_there_are_no_clauses(index):
    assert index.clauses(index.find(Ask("无"), [])).hits == ()


def card(year, kind):
    return ReportCard("r", "f", "t", "i", kind, year, "", "", "", 1, ())


@pytest.mark.parametrize(
    ("year", "kind", "heading", "expected"),
    [
        (2023, "政府工作报告", "一、工作回顾", 1),
        (2024, "政府工作报告", "一、工作回顾", -1),
        (2024, "政府工作报告", "三、今年主要任务", 1),
        (2024, "法治政府建设年度报告", "一、主要举措和成效", 1),
        (2025, "法治政府建设年度报告", "三、下一步安排", 1),
        (2025, "政府工作报告", "三、2025年重点工作", 1),
        (2024, "政府工作报告", "四、结语", 0),
        (None, "政府工作报告", "一、工作回顾", 0),
    ],
)
def test_the_year_a_section_tells_about(year, kind, heading, expected):
    assert agrees(year, card(2024, kind), (heading,)) == expected


def test_stages_are_measured(index):
    question = Question(
        "1", "办理法律援助多少件", files=("2024_云溪县_法治政府建设年度报告.txt",), quotes=("办理法律援助571件",)
    )
    stages = measure_search(index, [question])
    assert set(stages) == set(STAGES)
    assert stages["ranked"]["recall@1"].mean == 1.0
    assert measure_search(index, [Question("2", "无", files=("none.txt",), quotes=("无",))]) == {}


def test_intervals_hold_the_mean():
    found = estimate(np.array([0.0, 1.0] * 50))
    assert found.low < found.mean == 0.5 < found.high
