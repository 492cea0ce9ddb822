"""What the tabs show when the engine cannot: a sentence, never an exception."""

from dataclasses import replace

import gradio as gr

from corpus.errors import ReportQAError
from qa.ui.ask_tab import show_conversation, show_source
from qa.ui.blocks import event_value
from qa.ui.reports_tab import show_list, show_reader
from qa.ui.session import Session
from tests.qa.ui.fakes import REPORTS, FakeEngine, cite
from tests.qa.ui.html_check import Checked


class BrokenEngine(FakeEngine):
    """An engine whose index has gone."""

    def reports(self):
        raise ReportQAError("the index <x> is gone; build it again.")


def test_a_missing_index_is_a_sentence_in_both_tabs():
    for html in (show_conversation(Session(), BrokenEngine()), show_list(Session(), BrokenEngine())):
        assert "the index <x> is gone; build it again." in Checked(html).line


def test_a_report_that_is_gone_is_a_sentence_in_both_panes():
    gone = replace(cite(REPORTS[0], "应诉45件"), report_id="<gone>")
    for html in (
        show_source(Session(shown=gone), FakeEngine()),
        show_reader(Session(report_id="<gone>"), FakeEngine()),
    ):
        assert "这份报告打不开了。 no report has the id '<gone>'" in Checked(html).line


def test_panes_say_what_they_are_for_while_nothing_is_open():
    assert "点击答案里的编号" in Checked(show_source(Session(), FakeEngine())).line
    assert "点击左侧的报告" in Checked(show_reader(Session(), FakeEngine())).line


def test_samples_are_announced_only_while_they_are_all_there_is():
    assert "示例报告" in Checked(show_list(Session(), FakeEngine())).line
    assert "示例报告" not in Checked(show_list(Session(), FakeEngine(samples=False))).line


def test_events_from_the_browser_may_carry_anything():
    assert event_value(gr.EventData(None, {"turn": 3}), "turn") == "3"
    for sent in (None, [], "turn", {"marker": 1}):
        assert event_value(gr.EventData(None, sent), "turn") is None
