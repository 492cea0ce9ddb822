"""The source pane: the report's own words, the quote marked, the citation to take away."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Paragraph, Section
from qa.ui.source import render_paragraph, render_source, render_text
from qa.ui.takeaway import citation_text
from qa.ui.texts import CHINESE, ENGLISH
from tests.qa.ui.fakes import REPORTS, cite, make_report
from tests.qa.ui.hostile import names, texts
from tests.qa.ui.html_check import Checked, folded

YUNXI = REPORTS[0]


def test_the_quote_is_marked_in_its_surroundings():
    citation = cite(YUNXI, "应诉45件，审结42件，败诉3件，败诉率7.1%。")
    checked = Checked(render_source(citation, YUNXI, CHINESE))
    assert "".join(checked.marked) == citation.quote
    assert "四、定分止争：化解行政争议和社会矛盾 （二）应诉质量稳中有进 复制原句" in checked.line
    assert "云溪县 · 2024年 · 第17段" in checked.line
    assert "依照有关规定，现公布云溪县2024年度法治政府建设情况。" in checked.line


def test_a_quote_over_two_paragraphs_is_marked_in_both():
    quote = "3,115万元，占应清偿额的97.2%。\n三、规范用权：提高制度、决策和执法水平\n（一）制发文件"
    checked = Checked(render_source(cite(YUNXI, quote), YUNXI, CHINESE))
    assert "".join(checked.marked) == quote.replace("\n", "")
    assert len(checked.marked) == 3


def test_a_quote_that_differs_from_the_report_is_not_shown_as_one():
    citation = replace(cite(YUNXI, "败诉3件"), quote="败诉2件")
    checked = Checked(render_source(citation, YUNXI, CHINESE))
    assert not checked.marked
    assert "与报告原文不一致" in checked.line
    assert [button["data-text"] for button in checked.acts("copy")] == [citation_text(citation, YUNXI, CHINESE)]


def test_the_buttons_copy_quote_and_citation():
    citation = cite(YUNXI, "败诉3件")
    checked = Checked(render_source(citation, YUNXI, CHINESE))
    quote, source, standard, official, entry = (button["data-text"] for button in checked.acts("copy"))
    assert quote == "败诉3件"
    assert source == (
        "云溪县：《2024年云溪县法治政府建设年度报告》（2025年2月8日），"
        "“四、定分止争：化解行政争议和社会矛盾”“（二）应诉质量稳中有进”，第17段。"
    )
    assert standard.startswith("云溪县. 2024年云溪县法治政府建设年度报告[R]. ")
    assert official == "《2024年云溪县法治政府建设年度报告》（2025年2月8日）"
    assert entry.startswith("@techreport{report-yunxi-")
    assert checked.acts("copylink")[0]["data-text"].startswith("?report=yunxi&start=")


def test_other_places_that_speak_of_the_same_are_marked_and_counted():
    checked = Checked(render_source(cite(YUNXI, "办理法律援助571件"), YUNXI, CHINESE, "法律援助多少件？"))
    assert "“法律援助”" not in checked.line, "it stands there once"
    quote = "行政复议申请增长71.4%"
    html = render_source(cite(YUNXI, quote), YUNXI, CHINESE, "行政复议怎么样？")
    assert "“行政复议”在本报告中出现 2 处‹1/2›" in Checked(html).line
    assert html.count('class="rq-mention"') == 2
    assert [button["data-step"] for button in Checked(html).acts("mention")] == ["-1", "1"]


def test_a_citation_without_date_names_year_and_page():
    report = replace(YUNXI, date="")
    citation = replace(cite(YUNXI, "败诉3件"), section=(), page=9, title="《决定》")
    assert citation_text(citation, report, CHINESE) == "云溪县：《决定》（2024年），第17段，第9页。"
    assert citation_text(replace(citation, year=None), report, ENGLISH) == "云溪县: 《决定》, paragraph 17, page 9."


def test_a_title_with_a_footnote_sign_is_the_title():
    report = make_report("x", "某县", "某县公报[1]\n某县公报已经印发给各有关单位执行。", title="某县公报")
    assert render_text(report).count("rq-title") == 1


def test_headings_are_headings_and_run_in_headings_are_bold():
    html = render_text(YUNXI)
    assert (
        '<p class="rq-p rq-heading rq-level-1" role="heading" aria-level="3" data-number="4">一、总体情况</p>' in html
    )
    assert '<b class="rq-run-in">（三）推进多元解纷。</b>人民调解' in html
    assert '<p class="rq-p rq-title" data-number="1">' in html


@given(text=texts, cuts=st.lists(st.integers(0, 200), min_size=2, max_size=4), heading=st.integers(0, 200))
def test_a_paragraph_shows_its_slice_and_marks_its_quote(text, cuts, heading):
    first, last, start, end = (min(cut, len(text)) for cut in (cuts * 2)[:4])
    first, last, start, end = min(first, last), max(first, last), min(start, end), max(start, end)
    length = min(heading, last - first)
    section = Section(text[first : first + length], 1, (), first, last)
    report = make_report("x", "县", text, sections=(section,), paragraphs=(Paragraph(1, first, last),))
    checked = Checked(render_paragraph(report, report.paragraphs[0], {first: section}, (start, end)))
    assert checked.text.removeprefix("\n") == text[first:last]
    assert "".join(checked.marked) == text[max(first, start) : max(first, start, min(last, end))]


@given(text=texts, spans=st.lists(st.integers(0, 60), min_size=8, max_size=8, unique=True).map(sorted))
def test_mentions_change_no_character(text, spans):
    edges = [min(edge, len(text)) for edge in spans]
    mark, mentions = (edges[2], edges[5]), [(edges[0], edges[1]), (edges[3], edges[4]), (edges[4], edges[7])]
    report = make_report("x", "县", text, sections=(), paragraphs=(Paragraph(1, 0, len(text)),))
    checked = Checked(render_paragraph(report, report.paragraphs[0], {}, mark, [m for m in mentions if m[0] < m[1]]))
    assert checked.text.removeprefix("\n") == text
    assert "".join(checked.marked) == text[edges[2] : edges[5]]


@given(text=texts, name=names, date=names, section=st.lists(names, max_size=2))
def test_nothing_of_a_report_injects_html(text, name, date, section):
    report = make_report(name, name, f"{name}\n{text}", title=name, date=date, file=name)
    path = tuple(section)
    citation = replace(cite(REPORTS[0], "败诉3件"), title=name, issuer=name, section=path, quote=report.text, start=0)
    checked = Checked(render_source(replace(citation, end=len(report.text)), report, CHINESE))
    assert folded(text) in checked.line
    assert "".join(checked.marked) == report.text.replace("\n", "")
