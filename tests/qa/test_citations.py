"""Citations as they are pasted into documents, word for word, and links that still find their words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Paragraph, Report, Section
from qa.citations import bibtex, cite_span, gb7714, official_reference
from qa.occurrences import mention_spans, shared_term
from qa.permalink import fingerprint, follow, link_query, read_link

TEXT = "2024年云溪县法治报告\n一、总体情况\n全年办理法律援助571件。收到复议申请156件，受理141件。"
REPORT = Report(
    "28a96bb92fe226d5", "a.txt", "", "2024年云溪县法治报告", "云溪县", "法治政府建设年度报告", 2024, "2025-02-08",
    "云政发〔2025〕3号", "云溪县人民政府办公室", TEXT, (Section("一、总体情况", 1, ("一、总体情况",), 13, len(TEXT)),),
    (Paragraph(1, 0, 12), Paragraph(2, 13, 19), Paragraph(3, 20, len(TEXT), 7)),
)  # fmt: skip
START = TEXT.index("全年")
CITED = cite_span(REPORT, START, START + 13)
ONLINE = replace(REPORT, source="https://example.invalid/a%20b_c", document_number="")
NO_DATE = replace(ONLINE, date="", source="")
BARE = replace(REPORT, date="", source="", document_number="", year=None, issuer="")


def test_a_span_is_cited_with_its_place():
    assert CITED.quote == "全年办理法律援助571件。"
    assert (CITED.section, CITED.paragraph, CITED.page) == (("一、总体情况",), 3, 7)


@pytest.mark.parametrize(
    ("report", "page", "written"),
    [
        (REPORT, 7, "云溪县. 2024年云溪县法治报告: 云政发〔2025〕3号[R]. [出版地不详]: 云溪县人民政府办公室, 2025: 7."),
        (REPORT, None, "云溪县. 2024年云溪县法治报告: 云政发〔2025〕3号[R]. [出版地不详]: 云溪县人民政府办公室, 2025."),
        (ONLINE, 7, "云溪县. 2024年云溪县法治报告[R/OL]. 2025: 7(2025-02-08)[2026-11-26]. https://example.invalid/a%20b_c."),
        (ONLINE, None, "云溪县. 2024年云溪县法治报告[R/OL]. (2025-02-08)[2026-11-26]. https://example.invalid/a%20b_c."),
        (NO_DATE, 7, "云溪县. 2024年云溪县法治报告[R]. [出版地不详: 出版者不详], [2024]: 7."),
        (BARE, None, "2024年云溪县法治报告[R]. [出版地不详: 出版者不详], [出版年不详]."),
    ],
)  # fmt: skip
def test_gb7714(report, page, written):
    assert gb7714(replace(CITED, page=page), report, "2026-11-26") == written


@pytest.mark.parametrize(
    ("report", "written"),
    [
        (REPORT, "《2024年云溪县法治报告》（云政发〔2025〕3号，2025年2月8日）"),
        (replace(REPORT, document_number=""), "《2024年云溪县法治报告》（2025年2月8日）"),
        (replace(REPORT, date=""), "《2024年云溪县法治报告》（云政发〔2025〕3号，2024年）"),
        (replace(BARE, title="《决定》"), "《决定》"),
        (replace(BARE, title=""), "《a.txt》"),
    ],
)
def test_official_reference(report, written):
    assert official_reference(report) == written


def test_bibtex():
    assert bibtex(CITED, REPORT) == (
        "@techreport{report-28a96bb9-20,\n"
        "  title = {2024年云溪县法治报告},\n"
        "  institution = {云溪县},\n"
        "  year = {2025},\n"
        "  type = {法治政府建设年度报告},\n"
        "  number = {云政发〔2025〕3号},\n"
        "  date = {2025-02-08},\n"
        "  note = {第3段，第7页}\n"
        "}"
    )
    assert "  url = {https://example.invalid/a%20b_c},\n" in bibtex(CITED, ONLINE)


def test_signs_of_tex_are_no_signs_in_bibtex():
    entry = bibtex(CITED, replace(BARE, title="5% & {a}_b\\c $x$\n#1"))
    assert "  title = {5\\% \\& \\{a\\}\\_b\\textbackslash{}c \\$x\\$ \\#1},\n" in entry


def link_of(citation):
    query = link_query(citation).removeprefix("?")
    return read_link(dict(part.split("=") for part in query.split("&")))


def test_a_link_leads_back_to_its_words():
    assert follow(link_of(CITED), [REPORT]) == (REPORT, START)


def test_a_link_finds_its_words_at_another_place_and_in_another_report():
    moved = replace(REPORT, report_id="new", text="新的开头。" + TEXT)
    other = replace(REPORT, report_id="other", text="无关的话。")
    assert follow(link_of(CITED), [other, moved]) == (moved, START + 5)
    same = replace(REPORT, text="加" + TEXT)
    assert follow(link_of(CITED), [same]) == (same, START + 1)


def test_a_link_whose_words_were_changed_leads_nowhere():
    changed = replace(REPORT, text=TEXT.replace("571", "572"))
    assert follow(link_of(CITED), [changed]) is None
    assert follow(link_of(CITED), []) is None


@given(st.dictionaries(st.sampled_from(["report", "start", "end", "sha", "lang"]), st.one_of(st.none(), st.text())))
def test_addresses_may_hold_anything(query):
    link = read_link(query)
    assert link is None or link.end > link.start


@pytest.mark.parametrize(("start", "end"), [("5", "5"), ("9", "5"), ("0", "30000"), ("-1", "5"), ("²", "5")])
def test_a_link_to_no_words_is_none(start, end):
    assert read_link({"report": "x", "start": start, "end": end, "sha": fingerprint("x")}) is None


def test_mentions_are_the_rarest_of_the_longest_shared_words():
    assert shared_term("云溪县2024年法律援助多少件？", "全年办理法律援助571件。", TEXT) == "法律援助"
    assert shared_term("有多少？", "全年办理法律援助571件。", TEXT) == ""
    assert mention_spans("甲乙甲乙", "甲乙") == ((0, 2), (2, 4))
    assert mention_spans("甲乙", "") == ()
    assert mention_spans("a.b", ".") == ((1, 2),)


@given(st.text(max_size=30), st.text(max_size=60))
def test_a_shared_term_stands_in_both(asked, quote):
    term = shared_term(asked, quote, quote)
    assert term in asked
    assert term in quote
    assert all(quote[a:b] == term for a, b in mention_spans(quote, term))
