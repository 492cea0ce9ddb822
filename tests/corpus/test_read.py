from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.decode import LARGEST_TEXT_BYTES
from corpus.errors import NoReports, UnreadableFile
from corpus.read import find_report_files, parse_report, read_report
from tests.corpus.conftest import SAMPLES
from tests.corpus.strategies import texts

REPORT = "云溪县2024年法治政府建设年度报告\n一、主要成效\n全年办结三百件。\n"


def squeeze(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_samples_keep_every_character(path):
    report = read_report(path, path.name)
    assert squeeze(report.text) == squeeze(path.read_text(encoding="utf-8"))
    assert report.warnings == ()


def test_paragraphs_are_the_lines(parse):
    report = parse(REPORT)
    lines = ["云溪县2024年法治政府建设年度报告", "一、主要成效", "全年办结三百件。"]
    assert [report.text[paragraph.start : paragraph.end] for paragraph in report.paragraphs] == lines
    assert [paragraph.number for paragraph in report.paragraphs] == [1, 2, 3]


def test_the_same_content_has_the_same_id_under_any_name():
    first, second = parse_report(REPORT.encode(), "a.txt"), parse_report(REPORT.encode(), "b/c.txt")
    assert first.report_id == second.report_id == first.sha256[:16]
    assert (first.file, second.file) == ("a.txt", "b/c.txt")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_give_the_same_text(encoding):
    assert parse_report(REPORT.encode(encoding), "a.txt").text == parse_report(REPORT.encode(), "a.txt").text


@pytest.mark.parametrize(
    "file", ["../../etc/passwd", "a b.txt", "'\"`$(x).txt", "报告🎉.txt", "a\nb.txt", "", "a\x00b", "C:\\x\\y.txt"]
)
def test_a_file_name_is_only_a_label(file):
    report = parse_report(REPORT.encode(), file)
    assert report.file == file
    assert report.issuer == "云溪县"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"), (b" \n\t ", "no words"), ("１２３ 45。".encode(), "no words"), (b"%PDF-1.5 ...", "PDF"),
        (b"PK\x03\x04", "DOCX"),
        (b"\x00\x01\x02" * 50, "binary"), (b"a" * (LARGEST_TEXT_BYTES + 1), "limit is 20 MB"),
        ("下载\n打印\n".encode(), "no words"),
    ],
)  # fmt: skip
def test_files_that_are_no_reports(data, reason):
    with pytest.raises(UnreadableFile, match=reason):
        parse_report(data, "a.txt")


def test_a_file_that_cannot_be_opened(tmp_path, monkeypatch):
    with pytest.raises(UnreadableFile, match="no such file"):
        read_report(tmp_path / "a.txt", "a.txt")
    (tmp_path / "b.txt").write_text(REPORT, encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFile, match="no permission") as caught:
        read_report(tmp_path / "b.txt", "b.txt")
    assert isinstance(caught.value.__cause__, PermissionError)


def test_a_folder_and_an_impossible_name(tmp_path):
    with pytest.raises(UnreadableFile):
        read_report(tmp_path, "folder")
    with pytest.raises(UnreadableFile, match="no file can have this name"):
        read_report(Path("a\x00b.txt"), "a")


def test_a_huge_file_is_refused_without_reading_it(tmp_path, monkeypatch):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(400_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("read"))
    with pytest.raises(UnreadableFile, match=r"400\.0 MB"):
        read_report(path, "huge.txt")


def test_one_line_of_two_megabytes():
    report = parse_report(("一是办结《事项》三百件，" * 60_000).encode(), "a.txt")
    assert len(report.paragraphs) == 1
    assert any("line breaks" in warning for warning in report.warnings)


def test_page_furniture_goes_and_the_text_behind_it_stays(parse):
    lines = ("云溪县2024年报告", "【字号：", "大", "】", "第一段。", "打印本页", "关闭窗口", "全文在此一行。")
    report = parse(*lines)
    assert report.text == "云溪县2024年报告\n第一段。\n全文在此一行。"


def test_html_and_markdown_reports():
    page = "<html><body><h1>云溪县2024年报告</h1><h2>一、成效</h2><p>办结三百件。</p>"
    page += "<h3>（一）许可</h3><p>十二件。</p></body></html>"
    report = parse_report(page.encode(), "page.txt")
    assert [(section.level, section.heading) for section in report.sections] == [(1, "一、成效"), (2, "（一）许可")]
    report = parse_report("# 云溪县2024年报告\n\n## 成效\n\n一是快。二是好。\n\n## 问题\n\n少。".encode(), "a.md")
    assert [(section.level, section.heading) for section in report.sections] == [
        (1, "成效"), (2, "一是快"), (2, "二是好"), (1, "问题"),
    ]  # fmt: skip


def test_tables_stay_in_the_text(sample):
    report = sample("2023_松原岭县_国民经济和社会发展统计公报")
    assert [table.caption[:2] for table in report.tables] == ["表1", "表2", "表3", "表4"]
    assert report.tables[3].unit == "万元"
    assert "一般公共预算收入\t58326\t9.2" in report.text


def test_reports_are_found(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.HTML", "d.xyz", "e.zip", ".hidden.txt", ".git/e.txt", "f.txt.bak"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(REPORT, encoding="utf-8")
    (tmp_path / "outside.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "in" / "inner.txt").symlink_to(tmp_path / "in" / "b.txt")
    (tmp_path / "in" / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    found = find_report_files([tmp_path / "in", tmp_path / "outside.txt"])
    assert [name for _, name in found] == ["a.md", "b.txt", "e.zip", "inner.txt", "outside.txt", "sub/c.HTML"]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(NoReports, match="nowhere"):
        find_report_files([tmp_path, tmp_path / "nowhere"])
    assert find_report_files([tmp_path]) == []


@settings(max_examples=150, deadline=None)
@given(texts)
def test_paragraphs_partition_the_text(text):
    try:
        report = parse_report(text.encode(), "a.txt")
    except UnreadableFile:
        return
    covered = [offset for paragraph in report.paragraphs for offset in range(paragraph.start, paragraph.end)]
    assert covered == [offset for offset, character in enumerate(report.text) if character != "\n"]
    assert all(report.text[paragraph.start : paragraph.end].strip() for paragraph in report.paragraphs)
    assert set(squeeze(report.text)) <= set(text)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | texts.map(str.encode), st.sampled_from(["a.txt", "a.md", "a.html", ""]))
def test_no_bytes_break_the_parser(data, file):
    try:
        report = parse_report(data, file)
    except UnreadableFile as error:
        assert error.reason
    else:
        assert report.text.strip()
