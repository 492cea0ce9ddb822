"""Every table of the set is read cell by cell from every office format, and its numbers become figures."""

import pytest

from corpus.read import parse_file
from tests.tables import as_docx, as_html, as_xlsx, cell_accuracy, read_samples

SAMPLES = read_samples()
FORMATS = {"docx": as_docx, "html": as_html, "xlsx": as_xlsx}


@pytest.fixture(scope="module", params=FORMATS)
def report(request):
    return parse_file(FORMATS[request.param](SAMPLES), f"a.{request.param}").report


def test_the_set_is_large_enough():
    assert len(SAMPLES) >= 12
    assert sum("statutory" in sample.name for sample in SAMPLES) >= 3


def test_cells(report):
    wrong = [s.name for s in SAMPLES if cell_accuracy([s], report.tables) < 1]
    assert cell_accuracy(SAMPLES, report.tables) >= 0.98, wrong


def test_units_and_notes(report):
    found = {table.caption: table for table in report.tables}
    for sample in SAMPLES:
        assert found[sample.caption].unit == sample.unit
        assert found[sample.caption].notes == sample.notes


def test_a_table_stands_where_its_cells_are_printed(report):
    for table in report.tables:
        lines = report.text[table.start : table.end].split("\n")
        assert len(lines) == len(table.rows)
        for line, row in zip(lines, table.rows, strict=True):
            for column, cell in enumerate(line.split("\t")):
                assert cell in {"", row[column]}


@pytest.mark.parametrize(
    ("caption", "text", "unit", "indicator"),
    [
        ("表3", "38", "件", "行政处罚 2024年 办结"),
        ("表4", "22960", "万元", "收入 非税收入 决算数"),
        ("表5", "2.31", "亿元", "二、水利项目 东河水库 完成投资"),
        ("表10", "38.6", "亿元", "应收账款 2024年"),
        ("表11", "16428.35", "万元", "第二十条第(八)项 行政事业性收费 本年收费金额"),
        ("表11", "183602", "", "第二十条第(五)项 行政许可 本年处理决定数量"),
        ("表12", "156", "", "三、本年度办理结果 (七)总计 申请人情况 总计"),
    ],
)
def test_a_number_has_the_words_of_its_row_and_column(report, caption, text, unit, indicator):
    table = next(table for table in report.tables if table.caption.startswith(f"{caption} "))
    inside = [f for f in report.figures if table.start <= f.start < table.end and f.text == text]
    assert (unit, indicator) in {(figure.unit, figure.indicator) for figure in inside}


def test_a_merged_number_is_one_figure(report):
    assert [figure.text for figure in report.figures].count("183602") == 1
    assert all(report.text[figure.start : figure.end] == figure.text for figure in report.figures)


def test_rows_are_no_headings_and_no_prose(report):
    table = next(table for table in report.tables if table.caption.startswith("表11"))
    assert not [section for section in report.sections if table.start <= section.start < table.end]
