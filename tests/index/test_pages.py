"""A report indexed from PDF answers with the page, and its quotes can be marked on it."""

import pytest

from corpus.geometry import quote_boxes
from corpus.read import read_report
from index.build import SAMPLES, build_index
from qa.engine import Engine
from qa.settings import Settings
from tests.corpus.layouts import lay_out
from tests.corpus.test_pdf_exhibits import LINES, begun, caption, draw_flow

NAME = "2024_云溪县_法治政府建设年度报告"


@pytest.fixture(scope="module")
def home(tmp_path_factory, encoder):
    folder = tmp_path_factory.mktemp("pages")
    text = (SAMPLES / f"{NAME}.txt").read_text(encoding="utf-8")
    (folder / f"{NAME}.pdf").write_bytes(lay_out(text, header="云溪县人民政府", first_label=11)[0])
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 cut")
    summary = build_index(folder / "home", [folder], encoder)
    assert [error.file for error in summary.failed] == ["broken.pdf"]
    return folder


@pytest.fixture(scope="module")
def engine(home):
    return Engine.open(Settings(home=home / "home"))


def test_what_was_parsed_is_what_is_stored(engine, home):
    wanted = read_report(home / f"{NAME}.pdf", f"{NAME}.pdf")
    assert engine.report(wanted.report_id) == wanted
    assert any(paragraph.page_label for paragraph in wanted.paragraphs)


def test_an_answer_names_the_page_of_its_quote(engine):
    answer = engine.ask("云溪县2024年办理法律援助案件多少件")
    citation = answer.citations[0]
    report = engine.report(citation.report_id)
    assert "571件" in answer.text
    assert citation.page == quote_boxes(report, citation.start, citation.end)[0].page


def test_a_question_finds_a_chart_and_the_answer_shows_it(tmp_path, encoder):
    layout = begun()
    draw_flow(layout)
    caption(layout, "图1 行政执法流程图")
    layout.paragraph("二、行政复议", indent=0)
    layout.paragraph(LINES[1])
    (tmp_path / "2024_云溪县_法治政府建设年度报告.pdf").write_bytes(layout.bytes())
    build_index(tmp_path / "home", [tmp_path], encoder)
    engine = Engine.open(Settings(home=tmp_path / "home"))
    answer = engine.ask("云溪县有没有行政执法流程图")
    (exhibit,) = answer.exhibits
    assert (exhibit.caption, exhibit.page) == ("图1 行政执法流程图", 1)
    assert engine.picture(exhibit.image).startswith(b"\x89PNG")
