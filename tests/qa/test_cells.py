"""A question answered from a table names table, row and column; one for a picture leads to it."""

import pytest

from index.build import build_index
from index.types import Chunk, SentenceHit
from qa.cells import is_head
from qa.engine import Engine
from qa.serialize import answer_json
from qa.settings import Settings
from tests.corpus.documents import drawing, paragraph, picture, relations, word
from tests.tables import as_html, read_samples

BODY = paragraph("云川县2024年法治政府建设年度报告") + paragraph("一、行政执法")
BODY += paragraph("全县规范行政执法行为，公开执法流程。") + drawing("rId1") + paragraph("图1 行政执法流程图")
WORD = word(BODY, rels=relations({"rId1": "media/a.png"}), **{"word/media/a.png": picture()})


@pytest.fixture(scope="module")
def tables_engine(tmp_path_factory, encoder):
    home = tmp_path_factory.mktemp("home")
    folder = home / "reports"
    folder.mkdir()
    (folder / "2024_青川县_统计汇编报告.html").write_bytes(as_html(read_samples()))
    (folder / "2024_云川县_法治政府建设年度报告.docx").write_bytes(WORD)
    build_index(home, [folder], encoder)
    return Engine.open(Settings(home=home))


@pytest.mark.parametrize(
    ("question", "headline", "table", "row", "column"),
    [
        ("青川县2024年行政处罚类行政复议案件办结多少件", "38（件）", "表3", "行政处罚", "2024年 办结"),
        ("青川县2024年行政处罚类行政复议案件新收多少件", "41（件）", "表3", "行政处罚", "2024年 新收"),
        ("青川县非税收入决算数是多少", "22960（万元）", "表4", "收入 非税收入", "决算数"),
        ("青川县东河水库总投资多少", "8.75（亿元）", "表5", "二、水利项目 东河水库", "总投资"),
        ("青川县农村居民人均可支配收入是多少元", "19125（元）", "表2", "农村居民", "数额"),
    ],
)
def test_a_cell_answers(tables_engine, question, headline, table, row, column):
    answer = tables_engine.ask(question)
    assert answer.headline == headline
    citation = answer.citations[0]
    cell = citation.cell
    assert cell.table.startswith(f"{table} ")
    assert (cell.row, cell.column) == (row, column)
    text = tables_engine.report(citation.report_id).text
    assert text[cell.start : cell.end] == cell.text
    assert text[citation.start : citation.end] == citation.quote
    assert f"{cell.row}｜{cell.column}：" in answer.text.replace("\\", "")
    assert answer_json(answer)["citations"][0]["cell"]["column"] == column


def test_a_row_of_heads_is_told_from_one_of_values(tables_engine):
    report = next(r for card in tables_engine.reports() if (r := tables_engine.report(card.report_id)).tables)
    table = next(table for table in report.tables if table.caption.startswith("表3"))

    def is_head_at(line):
        start = table.start + report.text[table.start : table.end].index(line)
        chunk = Chunk(0, report.report_id, (), start, start + len(line), line)
        return is_head(report, SentenceHit(chunk, start, start + len(line), line, 1.0, 1))

    assert is_head_at("类别\t2023年")
    assert is_head_at("新收\t办结")
    assert not is_head_at("行政处罚\t35")


def test_a_picture_is_found_by_its_caption(tables_engine):
    answer = tables_engine.ask("云川县有没有执法流程图")
    (exhibit,) = answer.exhibits
    assert (exhibit.label, exhibit.caption) == ("图1", "图1 行政执法流程图")
    assert tables_engine.picture(exhibit.image) == picture()
    assert answer_json(answer)["exhibits"][0]["image"] == exhibit.image


def test_prose_has_no_cell(engine):
    answer = engine.ask("云溪县2024年行政调解了多少件")
    assert [citation.cell for citation in answer.citations] == [None] * len(answer.citations)
