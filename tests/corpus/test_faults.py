"""Damaged and hostile documents: each ends with one clear reason, and harms no other."""

import functools
import io
import zipfile

import pytest

from corpus.archive import member_names
from corpus.errors import UnreadableFile
from corpus.read import find_report_files, parse_report, read_report
from tests.corpus.documents import ofd, pack, paragraph, sheet_book, word

TITLE = "云川县2024年法治政府建设年度报告"
REPORT = f"{TITLE}\n一、主要成效\n全年办结三百件。\n".encode()
DOCUMENT = word(paragraph(TITLE) + paragraph("全年办结三百件。"))


def reason(data, file):
    with pytest.raises(UnreadableFile) as caught:
        parse_report(data, file)
    assert "\n" not in str(caught.value)
    return caught.value.reason


@functools.cache
def bomb():
    """Half a megabyte that unpacks to 400."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a.txt", "w") as member:
        for _ in range(400):
            member.write(bytes(1_000_000))
    return stream.getvalue()


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE w SYSTEM "http://example.com/w.dtd">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(declaration, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<w>x</w>'.encode(encoding)
    assert "XML entities" in reason(pack({"word/document.xml": xml}), "a.docx")
    book = {"xl/workbook.xml": xml, "xl/_rels/workbook.xml.rels": "<r/>"}
    assert "XML entities" in reason(pack(book), "a.xlsx")
    assert "XML entities" in reason(pack({"OFD.xml": xml}), "a.ofd")


@pytest.mark.parametrize(
    ("data", "file"),
    [(DOCUMENT, "a.docx"), (ofd(["一"] * 200), "a.ofd"), (sheet_book("<row/>" * 500), "a.xlsx")],
    ids=["docx", "ofd", "xlsx"],
)
def test_documents_cut_in_half(data, file):
    assert "damaged or incomplete" in reason(data[: len(data) // 2], file)


@pytest.mark.parametrize(
    ("data", "file", "words"),
    [
        (b"plain words", "a.docx", "damaged or incomplete"),
        (pack({"a.xml": "<a/>"}), "a.docx", "no Word document"),
        (pack({"a.xml": "<a/>"}), "a.xlsx", "no spreadsheet"),
        (pack({"word/document.xml": "<w:p"}), "a.docx", "well-formed"),
        (pack({"OFD.xml": "<OFD/>"}), "a.ofd", "names no document"),
        (b"plain words", "a.doc", "no Word, WPS or Excel document"),
        (word(""), "a.docx", "no words"),
    ],
)
def test_documents_that_are_not_what_their_name_says(data, file, words):
    assert words in reason(data, file)


def test_a_document_that_is_a_page():
    page = b"<!DOCTYPE html><html><body><script>alert('x')</script><p>\xe5\x8a\x9e\xe7\xbb\x93</p></body></html>"
    assert parse_report(page, "a.docx").text == "办结"


def test_a_password_is_named():
    data = bytearray(DOCUMENT)
    for signature, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        data[at + flag] |= 1
    assert "password" in reason(bytes(data), "a.docx")


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    assert "unpacks to 400 MB" in reason(bomb(), "a.docx")
    (tmp_path / "a.zip").write_bytes(bomb())
    with pytest.raises(UnreadableFile, match="unpacks to 400 MB"):
        read_report(tmp_path / "a.zip", "a.zip")


def test_a_member_that_lies_about_its_size_is_refused():
    data = bytearray(pack({"word/document.xml": b"<w/>" + b" " * 50_000}))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature)
        data[at + place : at + place + 4] = (10).to_bytes(4, "little")
    assert reason(bytes(data), "a.docx")


def test_a_sheet_of_a_million_empty_rows():
    empty = "".join(f'<row r="{n}"/>' for n in range(3, 1_000_003))
    filled = '<row r="1"><c r="A1" t="inlineStr"><is><t>项目</t></is></c><c r="B1"><v>1</v></c></row>'
    last = '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>合计</t></is></c><c r="B1048576"><v>2</v></c></row>'
    report = parse_report(sheet_book(filled + empty + last), "a.xlsx")
    assert report.text == "项目\t1\n合计\t2"


def test_merged_cells_without_end():
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row><row r="5"><c r="B5"><v>1</v></c></row>'
    assert "甲" in parse_report(sheet_book(rows, merged), "a.xlsx").text


def test_scripts_of_a_page_are_not_read():
    page = "<html><body onload=x()><p>正文。</p><script>alert(1)</script><svg><text>图</text></svg></body></html>"
    assert parse_report(page.encode(), "a.html").text == "正文。"


def test_an_archive_of_reports(tmp_path):
    inner = pack({"b.txt": REPORT})
    parts = {
        "2024/a.txt": REPORT,
        "b.docx": DOCUMENT,
        "c.zip": inner,
        "__MACOSX/a.txt": b"x",
        ".d": b"x",
        "e.exe": b"MZ",
    }
    (tmp_path / "all.zip").write_bytes(pack(parts))
    found = {name: path for path, name in find_report_files([tmp_path])}
    assert list(found) == ["all.zip/2024/a.txt", "all.zip/b.docx", "all.zip/c.zip", "all.zip/e.exe"]
    assert read_report(found["all.zip/2024/a.txt"], "all.zip/2024/a.txt").title == TITLE
    assert read_report(found["all.zip/b.docx"], "all.zip/b.docx").file == "all.zip/b.docx"
    with pytest.raises(UnreadableFile, match="archive inside an archive"):
        read_report(found["all.zip/c.zip"], "all.zip/c.zip")


@pytest.mark.parametrize("name", ["../out.txt", "/etc/passwd", "a/../../out.txt", "C:/out.txt", "..\\out.txt"])
def test_no_name_leads_out_of_an_archive(tmp_path, name):
    (tmp_path / "out.txt").write_bytes(REPORT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(pack({name: REPORT, "good.txt": REPORT}))
    found = find_report_files([tmp_path / "in"])
    refused = [(path, label) for path, label in found if not label.endswith("good.txt")]
    assert len(found) == 2
    for path, label in refused:
        with pytest.raises(UnreadableFile, match="leads out of the archive"):
            read_report(path, label)
    assert not (tmp_path / "good.txt").exists(), "nothing is ever written"


def test_an_archive_that_is_none_is_named(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"no archive")
    assert [name for _, name in find_report_files([tmp_path])] == ["a.zip"]
    with pytest.raises(UnreadableFile):
        read_report(tmp_path / "a.zip", "a.zip")


def test_names_in_gbk():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("x" * 8 + ".txt", REPORT)
    data = stream.getvalue().replace(b"x" * 8, "年度报告".encode("gbk"))
    assert member_names(data, "a.zip") == ("年度报告.txt",)
