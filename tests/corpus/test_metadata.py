import pytest

from corpus.metadata import find_body
from corpus.read import parse_report
from corpus.titles import read_file_name
from tests.corpus.conftest import SAMPLES

BODY = "各位代表：\n现在，我代表省人民政府，向大会报告工作，请予审议。\n一、工作回顾\n全省生产总值增长5.6%。"


def test_a_work_report_names_its_issuer_by_the_assembly(parse):
    report = parse(f"政府工作报告\n——2026年1月27日在云溪省第十四届人民代表大会第四次会议上\n云溪省省长 某某\n{BODY}")
    assert (report.issuer, report.kind, report.year) == ("云溪省", "政府工作报告", 2026)
    assert report.date == "2026-01-27"


def test_the_national_assembly_hears_the_state_council(parse):
    report = parse(f"政府工作报告\n——二〇二三年三月五日在第十四届全国人民代表大会第一次会议上\n国务院总理 某某\n{BODY}")
    assert (report.issuer, report.year, report.date) == ("国务院", 2023, "2023-03-05")


def test_a_labelled_date_and_source(parse):
    report = parse(
        "云溪县2024年统计公报",
        "来源:云溪县统计局 | 作者:某某 | 日期:2025-03-05 09:30 | 阅读:",
        "一、综合",
        "增长5%。",
    )
    assert (report.date, report.source, report.year) == ("2025-03-05", "云溪县统计局", 2024)
    assert "作者:某某" in report.text


def test_the_year_is_the_titles_and_not_that_of_the_date(parse):
    assert parse("2024年度云溪县工作总结", "日期:2025-03-05", "2023年以来成效明显。").year == 2024


@pytest.mark.parametrize("number", ["云政发〔2024〕12号", "云政发[2024]12号", "云政发（2024）12号", "云函【2024】3号"])
def test_document_numbers(parse, number):
    report = parse("云溪县2024年工作要点", number, "各镇人民政府：", "一、总体要求", "依据。")
    assert report.document_number == number


def test_a_document_that_the_body_cites_is_not_its_own(parse):
    body = "按照《关于做好有关工作的通知》（省政发〔2023〕5号）的要求，现将云溪县本年度有关情况向社会公布如下，"
    body += "请社会各界予以监督，并提出宝贵意见。"
    assert parse(f"云溪县2024年法治政府建设年度报告\n{body}").document_number == ""


def test_an_impossible_date_is_none(parse):
    assert parse("云溪县2024年工作总结\n日期:2025-13-45\n一、概况\n增长。").date == ""


def test_the_file_name_is_stronger_than_the_text():
    text = "云溪县2024年统计公报\n一、综合\n全县生产总值增长5.6%。"
    report = parse_report(text.encode(), "folder/2025_青岚区_政府工作报告.txt")
    assert (report.issuer, report.kind, report.year) == ("青岚区", "政府工作报告", 2025)
    assert report.title == "云溪县2024年统计公报"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_the_text_alone_says_what_the_file_name_says(parse, path):
    named = read_file_name(path.stem)
    report = parse(path.read_text(encoding="utf-8"))
    assert (report.issuer, report.kind, report.year) == (named.issuer, named.kind, named.year)


def test_the_body_begins_behind_the_head():
    lines = ["云溪县2024年报告", "来源:云溪县人民政府 | 日期:2025-01-01", "总体情况", "一、概况"]
    assert find_body(lines, [0] * 4) == 3
    assert find_body(["只有一行"], [0]) == 1
