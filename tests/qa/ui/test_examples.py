"""Example questions suit the reports that are there."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qa.ui.examples import example_questions, newest_by_issuer
from tests.qa.ui.fakes import REPORTS, FakeEngine, make_report
from tests.qa.ui.hostile import texts


def test_questions_come_from_titles_and_headings():
    assert example_questions(REPORTS[:2]) == (
        "云溪县2024年在持续建设法治化营商环境方面有哪些主要举措？",
        "青岚区2024年还存在哪些不足？",
    )


def test_a_heading_that_names_no_action_is_asked_for_its_state():
    report = make_report("x", "某县", "某县公报\n三、工业和建筑业\n好。")
    assert example_questions([report]) == ("某县2024年工业和建筑业情况怎么样？",)


def test_plans_are_asked_for_as_plans():
    report = make_report("x", "某县", "某县报告\n一、2025年工作安排\n好。")
    assert example_questions([report]) == ("某县2024年的报告提出了哪些下一步安排？",)


def test_an_english_report_gives_an_english_question():
    report = make_report("x", "Yunxi County", "Report on the Rule of Law\nOne. Disputes")
    report = replace(report, sections=(replace(REPORTS[0].sections[0], heading="Settling disputes"),), year=None)
    assert example_questions([report]) == ("What does Yunxi County report about settling disputes?",)


def test_the_newest_report_of_each_issuer_comes_first():
    card = FakeEngine().reports()[0]
    cards = [
        replace(card, report_id=f"{issuer}{year}", issuer=issuer, year=year)
        for issuer, year in (("甲", 2022), ("甲", 2024), ("乙", 2023), ("乙", None))
    ]
    assert [chosen.report_id for chosen in newest_by_issuer(cards, 3)] == ["甲2024", "乙2023", "甲2022"]


@given(st.lists(texts, max_size=4))
def test_any_headings_give_distinct_questions_or_none(lines):
    report = make_report("x", "某县", "标题\n" + "\n".join(f"一、{line}" for line in lines))
    questions = example_questions([report, report, report])
    assert len(set(questions)) == len(questions)
    assert all(question.endswith(("？", "?")) for question in questions)
