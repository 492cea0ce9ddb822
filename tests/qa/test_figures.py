"""The figures command: what it lists, and that its files read back as what stands in the reports."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures import find_figures
from corpus.read import parse_report
from corpus.types import Kind
from index.build import build_index
from index.ledger import FigureFilter
from index.store import Store
from qa.cli import main
from qa.figures import figure_table, list_figures
from qa.spreadsheet import COLUMNS, _csv_cell, write_csv, write_xlsx
from tests.stored import write_reports

TITLE = "平山区2024年法治政府建设年度报告"
BODY = """{title}
一、调解
（一）成效。全年调解成功2297件，其中：人民调解1000件、行政调解1200件、司法调解90件。投资完成16.40亿元，增长5.5%。
二、收支
单位：万元
项目\t2023年\t2024年
=HYPERLINK("http://x")\t-2.39\t1,424
@收入\t三分之一\t100000000000000000
"""
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "＠x",
    " =1",
    "\t=1",
    "\r=1",
    "\ufeff=1",
    "#N/A",
    "\x07=1",
    "1\x1b[31m",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory, encoder):
    """An index of two reports of one district; the parts of one figure do not add up."""
    reports = tmp_path_factory.mktemp("reports")
    for year in ("2023", "2024"):
        text = BODY.format(title=TITLE.replace("2024", year))
        (reports / f"{year}_平山区_法治政府建设年度报告.txt").write_text(text, encoding="utf-8")
    build_index(reports / "home", [reports], encoder)
    return reports / "home"


@pytest.fixture
def figures(home, capsys):
    """Run the command; returns (exit code, standard output, standard error)."""

    def run(*options):
        code = main(["figures", *map(str, options), "--home", str(home)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def rows(figures):
    """Run the command for programs; returns the objects."""
    return lambda *options: [json.loads(line) for line in figures("--json", *options)[1].splitlines()]


@pytest.fixture
def placed(tmp_path):
    """Place the figures of a made-up report without an index of its words."""

    def place(text, file="2024_平山区_法治政府建设年度报告.txt", **changes):
        report = parse_report(text.encode(), file)
        report = replace(report, figures=find_figures(report))
        report = replace(report, figures=tuple(replace(figure, **changes) for figure in report.figures))
        write_reports(tmp_path, report)
        return list(list_figures(Store.open(tmp_path, tmp_path), FigureFilter()))

    return place


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_xlsx(path):
    sheet = openpyxl.load_workbook(path)["figures"]
    cells = list(sheet.iter_rows())
    names = [cell.value for cell in cells[0]]
    return [dict(zip(names, row, strict=True)) for row in cells[1:]]


def test_the_table_names_report_period_indicator_kind_and_place(figures):
    code, out, err = figures("--year", 2024, "--indicator", "投资")
    assert (code, err) == (0, "")
    line = next(line for line in out.splitlines() if "16.40亿元" in line)
    for fact in (TITLE, "2024年", "投资", "result", "¶3", "（一）成效"):
        assert fact in line


def test_json_has_the_figure_and_its_place(rows):
    found = next(row for row in rows("--year", "2024") if row["text"] == "16.40亿元")
    assert {name: found[name] for name in ("value", "low", "high", "unit", "scale", "period", "kind")} == {
        "value": "16.40", "low": None, "high": None, "unit": "亿元", "scale": "100000000", "period": "2024年",
        "kind": "result",
    }  # fmt: skip
    assert found["section"] == ["一、调解", "（一）成效"]
    assert (found["issuer"], found["year"], found["file"]) == ("平山区", 2024, "2024_平山区_法治政府建设年度报告.txt")
    assert found["sentence"] == "投资完成16.40亿元，增长5.5%。"
    assert found["sentence"][found["sentence"].index("16.40亿元") :].startswith(found["text"])


def test_json_parents_are_found_by_position(rows):
    found = rows("--report", "2024")
    part = next(row for row in found if row["text"] == "1000件")
    assert (found[part["parent"]]["text"], part["parent_text"]) == ("2297件", "2297件")
    assert [row["position"] for row in found] == list(range(len(found)))


def test_filters_narrow_and_join(rows):
    everything = rows()
    assert {row["year"] for row in rows("--year", "2023")} == {2023}
    assert {row["year"] for row in rows("--report", "平山区 2024")} == {2024}
    assert rows("--report", everything[0]["report_id"]) == [row for row in everything if row["year"] == 2023]
    assert rows("--issuer", "平山") == everything
    assert rows("--issuer", "青岚") == []
    assert {row["kind"] for row in rows("--kind", "change")} == {"change"}
    assert {row["period"] for row in rows("--period", "２０２３")} == {"2023年"}
    mediated = rows("--indicator", "成功 调解", "--year", "2024")
    assert "2297件" in {row["text"] for row in mediated}
    assert all("调解" in row["indicator"] and "成功" in row["indicator"] for row in mediated)


def test_no_figure_is_said_and_no_error(figures, tmp_path):
    code, out, err = figures("--indicator", "没有这个指标")
    assert (code, err) == (0, "")
    assert "no figure fits" in out
    code, out, err = figures("--indicator", "没有这个指标", "--json")
    assert (code, out) == (0, "")
    assert "no figure fits" in err
    assert figures("--indicator", "没有这个指标", "--csv", tmp_path / "a.csv", "--xlsx", tmp_path / "a.xlsx")[0] == 0
    assert read_csv(tmp_path / "a.csv") == read_xlsx(tmp_path / "a.xlsx") == []


def test_parts_that_do_not_add_up_are_flagged_everywhere(figures, rows, tmp_path):
    code, out, _ = figures("--year", 2024, "--csv", tmp_path / "a.csv", "--xlsx", tmp_path / "a.xlsx")
    assert code == 0
    assert "1 whose listed parts do not add up" in out
    flagged = [line for line in figures("--year", 2024)[1].splitlines() if line.endswith("≠ parts")]
    assert len(flagged) == 1
    assert "2297件" in flagged[0]
    assert [row["text"] for row in rows("--year", "2024") if row["adds_up"] is False] == ["2297件"]
    assert [row["text"] for row in read_csv(tmp_path / "a.csv") if row["adds_up"] == "FALSE"] == ["2297件"]
    cells = [row for row in read_xlsx(tmp_path / "a.xlsx") if row["adds_up"].value is False]
    assert [row["text"].value for row in cells] == ["2297件"]
    assert cells[0]["title"].fill.fgColor.rgb == "00FFF2CC"


def test_csv_and_xlsx_read_back_as_the_json(figures, rows, tmp_path):
    figures("--csv", tmp_path / "a.csv", "--xlsx", tmp_path / "a.xlsx")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    expected, from_csv, from_xlsx = rows(), read_csv(tmp_path / "a.csv"), read_xlsx(tmp_path / "a.xlsx")
    assert len(from_csv) == len(from_xlsx) == len(expected)
    assert list(from_csv[0]) == list(from_xlsx[0]) == list(COLUMNS)
    for wanted, line, cells in zip(expected, from_csv, from_xlsx, strict=True):
        for name in ("title", "file", "issuer", "unit", "period", "kind", "report_id"):
            assert line[name] == (cells[name].value or "") == wanted[name]
        for name in ("year", "paragraph", "start", "end"):
            assert int(line[name]) == cells[name].value == wanted[name]
        for name in ("value", "scale"):
            assert Decimal(line[name]) == Decimal(str(cells[name].value)) == Decimal(wanted[name])
        assert cells["sentence"].value == wanted["sentence"]
        assert cells["section"].value == " > ".join(wanted["section"])
        assert (line["parent"] or None) == cells["parent"].value == wanted["parent_text"]


def test_xlsx_numbers_are_numbers_where_they_stay_exact(figures, tmp_path):
    figures("--year", 2024, "--xlsx", tmp_path / "a.xlsx")
    values = {row["text"].value: row["value"] for row in read_xlsx(tmp_path / "a.xlsx")}
    assert (values["16.40亿元"].value, values["16.40亿元"].data_type) == (16.4, "n")
    assert (values["-2.39"].value, values["1,424"].value) == (-2.39, 1424)
    assert values["100000000000000000"].value == 10**17


def test_decimals_that_excel_would_change_are_text(placed, tmp_path):
    long = Decimal("1234567890.1234567")
    write_xlsx(tmp_path / "a.xlsx", placed(f"{TITLE}\n一、成效\n办结97件。", value=long))
    (row,) = read_xlsx(tmp_path / "a.xlsx")
    assert (row["value"].value, row["value"].data_type) == (str(long), "s")


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_become_a_formula(placed, tmp_path, words):
    found = placed(f"{TITLE}\n一、成效\n办结97件。", indicator=words, unit=words)
    write_csv(tmp_path / "a.csv", found)
    write_xlsx(tmp_path / "a.xlsx", found)
    (line,), (cells,) = read_csv(tmp_path / "a.csv"), read_xlsx(tmp_path / "a.xlsx")
    for name in ("indicator", "unit"):
        assert line[name].lstrip("\x07\x1b\ufeff \t\r")[0] not in "=+-@＝＋－＠"
        assert line[name].removeprefix("'") == words
        assert cells[name].data_type == "s"
        assert cells[name].quotePrefix == line[name].startswith("'")


def test_formulas_in_a_report_stay_words(figures, tmp_path):
    figures("--csv", tmp_path / "a.csv", "--xlsx", tmp_path / "a.xlsx")
    for line in read_csv(tmp_path / "a.csv"):
        for name, cell in line.items():
            assert name in {"value", "low", "high"} or not cell.startswith(("=", "+", "-", "@"))
    assert any(line["text"] == "'-2.39" and line["value"] == "-2.39" for line in read_csv(tmp_path / "a.csv"))
    sentences = {row["sentence"].value: row["sentence"].data_type for row in read_xlsx(tmp_path / "a.xlsx")}
    assert sentences['=HYPERLINK("http://x")\t-2.39\t1,424'] == "s"
    assert not {row[name].data_type for row in read_xlsx(tmp_path / "a.xlsx") for name in COLUMNS} & {"f", "e"}


@given(st.text())
def test_csv_words_come_back_and_never_begin_a_formula(words):
    cell = _csv_cell(words)
    assert cell in {words, "'" + words}
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("option", ["--csv", "--xlsx"])
def test_a_file_that_cannot_be_written_keeps_the_old_one(figures, tmp_path, monkeypatch, option):
    path = tmp_path / "old"
    path.write_text("as it was", encoding="utf-8")

    def full(self, _content):
        Path.open(self, "wb").close()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    code, out, err = figures(option, path)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "No space left" in err
    assert [(found.name, found.read_text(encoding="utf-8")) for found in tmp_path.iterdir()] == [("old", "as it was")]


def test_a_workbook_needs_no_temporary_folder(figures, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert figures("--xlsx", tmp_path / "a.xlsx")[0] == 0
    assert read_xlsx(tmp_path / "a.xlsx")


@pytest.mark.parametrize("option", ["--csv", "--xlsx"])
def test_places_that_are_none_to_write_to(figures, tmp_path, option):
    for path in (tmp_path / "none" / "a", tmp_path, ""):
        code, _, err = figures(option, path)
        assert (code, err.count("\n")) == (2, 1)
        assert "cannot be written" in err


def test_user_errors_are_one_line(figures, tmp_path, capsys):
    code, _, err = figures("--kind", "goal")
    assert (code, err.count("\n")) == (2, 1)
    assert all(kind.value in err for kind in Kind)
    assert main(["figures", "--home", str(tmp_path)]) == 2
    assert "python -m index build" in capsys.readouterr().err


def test_report_text_cannot_steer_the_terminal(placed):
    lines = figure_table(placed(f"{TITLE}\n一、成效\n办结97件。", indicator="\x1b[2J清\n屏" * 30))
    assert len(lines) == 2
    assert all(character.isprintable() for line in lines for character in line)
