"""The same indicator in other reports, and all mentions of a word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.read import parse_report
from qa.mentions import find_mentions, mentioned_word
from qa.related import is_same_indicator


def test_a_value_that_was_revised_later_is_shown_with_the_revision(engine):
    answer = engine.ask("2022年云溪县12345热线受理诉求多少件")
    assert "31,846件" in answer.headline
    assert "后来的报告作了调整" in answer.text
    later = answer.citations[-1]
    assert (later.year, "32,014件" in later.quote) == (2023, True)
    assert answer.figures[-1].citation == later.marker


def test_a_target_is_shown_beside_what_came_of_it(tmp_path, encoder):
    from index.build import build_index
    from qa.engine import Engine
    from qa.settings import Settings

    reports = tmp_path / "reports"
    reports.mkdir()
    plan = "一、2024年工作安排\n2024年主要预期目标是：城镇新增就业1200人。\n改造老旧小区12个。\n"
    outcome = "一、2024年工作回顾\n2024年，城镇新增就业1344人。\n改造老旧小区15个。\n"
    (reports / "2024_临川岭县_政府工作报告.txt").write_text("临川岭县2024年政府工作报告\n" + plan, encoding="utf-8")
    (reports / "2025_临川岭县_政府工作报告.txt").write_text("临川岭县2025年政府工作报告\n" + outcome, encoding="utf-8")
    build_index(tmp_path / "home", [reports], encoder)
    answer = Engine.open(Settings(home=tmp_path / "home")).ask("临川岭县2024年城镇新增就业完成多少人")
    assert "1344人" in answer.headline
    assert "当时的目标（2024年，临川岭县2024年政府工作报告）" in answer.text
    assert "1200人" in answer.citations[-1].quote


def test_a_total_of_several_years_says_so(tmp_path, encoder):
    from index.build import build_index
    from qa.engine import Engine
    from qa.settings import Settings

    text = "临川岭县2025年政府工作报告\n一、过去五年工作回顾\n2020—2024年接待游客1752万人次，旅游环境更好。\n"
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "2025_临川岭县_政府工作报告.txt").write_text(text, encoding="utf-8")
    build_index(tmp_path / "home", [reports], encoder)
    engine = Engine.open(Settings(home=tmp_path / "home"))
    assert "注意：这个数的时期是2020—2024年" in engine.ask("临川岭县2024年接待游客多少人次").text
    assert "注意" not in engine.ask("临川岭县接待游客多少人次").text


def test_indicators_are_the_same_only_if_nearly_all_their_words_are():
    assert is_same_indicator("国内生产总值增长", "国内生产总值 增长")
    assert not is_same_indicator("国内生产总值增长", "农业总产值增长")
    assert not is_same_indicator("件", "件数")


def test_all_mentions_are_counted_by_report(engine):
    answer = engine.ask("哪些报告提到“营商环境”？")
    texts = [engine.report(card.report_id).text for card in engine.reports()]
    counts = [text.count("营商环境") for text in texts if "营商环境" in text]
    assert answer.headline == f"{len(counts)}份报告，共{sum(counts)}处"
    assert len(answer.citations) == len(counts)
    assert [int(n) for n in re.findall(r"\| (\d+) \|", answer.text)] == counts


def test_a_word_that_stands_nowhere_is_refused(engine):
    answer = engine.ask("哪些报告提到“星际航行”？")
    assert answer.refused
    assert "“星际航行”没有在报告中出现" in answer.refusal


@pytest.mark.parametrize("question", ["提到的增长目标是多少", "报告里说的经验有哪些", "2024年办了多少件"])
def test_other_questions_ask_for_no_mentions(question):
    assert mentioned_word(question) == ""


@given(st.text(alphabet="甲乙A1％ ", min_size=1, max_size=8), st.text(alphabet="甲乙a１% \n", max_size=80))
def test_mentions_are_places_of_the_word(word, text):
    report = parse_report(f"云溪县2024年报告\n{text}".encode(), "a.txt")
    for found in find_mentions(word, [report]):
        for place in found.places:
            assert len(report.text[place : place + len(word)]) == len(word)
