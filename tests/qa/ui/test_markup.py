"""The Markdown of an answer: markers become buttons, nothing else becomes HTML of its own."""

from hypothesis import example, given

from qa.markdown import escape
from qa.ui.markup import answer_html, plain_html
from tests.qa.ui.hostile import texts
from tests.qa.ui.html_check import Checked, folded

LABELS = {1: "出处一", 12: "出处十二"}


def test_only_markers_of_citations_become_buttons():
    checked = Checked(answer_html("甲[1]乙[2]丙[12][1]丁[0]", LABELS, 3))
    assert [(b["data-marker"], b["data-turn"]) for b in checked.acts("cite")] == [("1", "3"), ("12", "3"), ("1", "3")]
    assert checked.line == "甲[1]乙[2]丙[12][1]丁[0]"


def test_a_marker_in_report_text_is_no_marker():
    checked = Checked(answer_html(f"{escape('见[1]和[12]')} [1]", LABELS, 0))
    assert len(checked.acts("cite")) == 1
    assert checked.line == "见[1]和[12] [1]"


def test_markers_stand_in_bold_lists_quotes_and_tables():
    text = "**甲[1]**\n\n- 乙[1]\n\n> 丙[1]\n\n| 丁 | 戊 |\n|---|--:|\n| 己[1] | 庚 |"
    html = answer_html(text, LABELS, 0)
    assert len(Checked(html).acts("cite")) == 4
    assert all(f"<{name}>" in html for name in ("strong", "li", "blockquote", "table"))


def test_lines_of_a_paragraph_stay_lines():
    assert "甲<br" in answer_html("甲\n乙", {}, 0)


@given(texts)
@example("<img src=x onerror=alert(1)>")
@example("| a |\n|---|\n| <b> |")
def test_no_text_injects_html(text):
    Checked(answer_html(text, LABELS, 0))


@given(texts)
@example("1) 甲")
@example("见[1]")
def test_escaped_report_text_is_shown_as_it_is(text):
    checked = Checked(answer_html(escape(text), LABELS, 0))
    assert checked.line == folded(text)
    assert not checked.buttons


@given(texts)
def test_own_words_with_code_stay_words(text):
    assert folded(Checked(plain_html(text)).text.replace("`", "")) == folded(text.replace("`", ""))
