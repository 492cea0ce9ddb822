"""Arriving by a link to words."""

from corpus.errors import ReportQAError
from qa.permalink import fingerprint
from qa.ui.arrive import arrive
from qa.ui.ask_tab import show_source
from qa.ui.session import LinkState, Session
from tests.qa.ui.fakes import REPORTS, FakeEngine
from tests.qa.ui.html_check import Checked

QUOTE = "应诉45件，审结42件，败诉3件，败诉率7.1%。"
START = REPORTS[0].text.index(QUOTE)


def query(report="yunxi", start=START, words=QUOTE):
    return {"report": report, "start": str(start), "end": str(start + len(words)), "sha": fingerprint(words)}


def test_a_link_opens_its_words():
    session = arrive(Session(), query(), FakeEngine())
    assert (session.shown.start, session.link) == (START, LinkState.NONE)
    assert Checked(show_source(session, FakeEngine())).marked == [QUOTE]


def test_words_of_a_report_that_was_replaced_are_found_and_said_to_have_moved():
    session = arrive(Session(), query(report="gone", start=3), FakeEngine())
    assert session.link is LinkState.MOVED
    checked = Checked(show_source(session, FakeEngine()))
    assert "".join(checked.marked) == QUOTE
    assert "有过改动" in checked.line


def test_words_that_no_report_holds_are_said_to_be_gone():
    session = arrive(Session(), query(words="应诉46件"), FakeEngine())
    assert session.link is LinkState.LOST
    assert "现有的报告中没有这句话" in Checked(show_source(session, FakeEngine())).line


class GoneEngine(FakeEngine):
    def reports(self):
        raise ReportQAError("the index is gone")


def test_without_an_index_a_link_leads_nowhere():
    assert arrive(Session(), query(report="gone"), GoneEngine()).link is LinkState.LOST


def test_another_address_changes_nothing():
    assert arrive(Session(), {"lang": "en"}, FakeEngine()) == Session()
