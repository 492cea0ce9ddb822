"""What a build keeps of each file: the ingest report, pictures, the user's word; a report twice is indexed once."""

import json

import pytest

from corpus.descriptions import Description, save_description
from corpus.ingest import Ingest, Outcome, export_ingest, import_ingest, ingest_report
from corpus.read import parse_file
from index.build import build_index
from index.cli import main
from index.errors import UnknownPicture
from index.manifest import live_folder
from index.pictures import read_picture
from index.plan import plan_build
from index.progress import silent
from index.store import Store
from tests.corpus.documents import drawing, pack, paragraph, picture, relations, word
from tests.corpus.layouts import lay_out, scan

TITLE = "云川县2024年法治政府建设年度报告"
LINES = [TITLE, "一、行政执法", *(f"第{n}项工作办结{n}00件，群众满意度稳步提升。" for n in range(1, 9)), "二、复议情况"]
TEXT = "\n".join([*LINES, "表1 复议办理情况", "单位：件", "类别\t2024年", "处罚类\t38", "许可类\t9"])
PICTURE = drawing("rId1") + paragraph("图1 行政执法流程图")
RELS = {"rels": relations({"rId1": "media/a.png"}), "word/media/a.png": picture()}
WORD = word("".join(map(paragraph, LINES)) + PICTURE + paragraph("以上情况。"), **RELS)


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def store_of(home):
    return Store.open(live_folder(home), home)


def test_each_file_has_its_ingest_report(tmp_path, reports, encoder):
    (reports / "a.txt").write_text(TEXT, encoding="utf-8")
    (reports / "b.txt").write_text(TEXT, encoding="utf-8")
    (reports / "c.html").write_text(
        "<html><body>" + "".join(f"<p>{x}</p>" for x in TEXT.splitlines()), encoding="utf-8"
    )
    (reports / "d.docx").write_bytes(b"no document")
    (reports / "e.zip").write_bytes(pack({"f.txt": "海川县2023年政府工作报告\n一、回顾\n完成投资3亿元。"}))
    summary = build_index(tmp_path / "home", [reports], encoder)
    assert summary.reports == 2
    assert [(near.file, near.original) for near in summary.near_duplicates] == [("c.html", "a.txt")]
    found = {ingest.file: ingest for ingest in store_of(tmp_path / "home").ingests()}
    outcomes = {file: (ingest.outcome, ingest.original) for file, ingest in found.items()}
    assert outcomes == {
        "a.txt": (Outcome.READ, ""),
        "b.txt": (Outcome.DUPLICATE, "a.txt"),
        "c.html": (Outcome.NEAR_DUPLICATE, "a.txt"),
        "d.docx": (Outcome.FAILED, ""),
        "e.zip/f.txt": (Outcome.READ, ""),
    }
    assert (found["a.txt"].tables, found["a.txt"].headings) == (1, 2)
    assert "damaged" in found["d.docx"].reason


def test_the_ingest_report_of_the_command(tmp_path, reports, encoder, capsys):
    (reports / "a.txt").write_text(TEXT, encoding="utf-8")
    build_index(tmp_path / "home", [reports], encoder)
    assert main(["info", "--json", "--home", str(tmp_path / "home")]) == 0
    assert json.loads(capsys.readouterr().out)["ingest"][0]["file"] == "a.txt"


def test_pictures_are_kept_with_every_version(tmp_path, reports, encoder):
    home = tmp_path / "home"
    (reports / "a.docx").write_bytes(WORD)
    build_index(home, [reports], encoder)
    (reports / "b.txt").write_text("海川县2023年政府工作报告\n一、回顾\n完成投资3亿元。", encoding="utf-8")
    build_index(home, [reports], encoder)
    exhibit = next(e for card in store_of(home).cards for e in store_of(home).report(card.report_id).exhibits)
    assert (exhibit.label, exhibit.caption) == ("图1", "图1 行政执法流程图")
    assert read_picture(live_folder(home), exhibit.image) == picture()


@pytest.mark.parametrize("name", ["../reports.sqlite", "0" * 16 + ".png", "", "a.png", "0" * 16 + ".png/../x"])
def test_no_other_file_is_given_as_a_picture(sample_home, name):
    with pytest.raises(UnknownPicture):
        read_picture(live_folder(sample_home), name)


def test_the_users_word_stands_across_rebuilds(tmp_path, reports, encoder):
    home = tmp_path / "home"
    (reports / "a.txt").write_text(TEXT, encoding="utf-8")
    build_index(home, [reports], encoder)
    (before,) = store_of(home).cards
    save_description(home, before.report_id, Description(issuer="云川新区", year=2023))
    build_index(home, [reports], encoder)
    (reports / "a.txt").rename(reports / "另名.txt")
    build_index(home, [reports], encoder)
    (after,) = store_of(home).cards
    assert (after.file, after.issuer, after.year) == ("另名.txt", "云川新区", 2023)
    assert {fact.name for fact in after.facts if not fact.guessed} == {"issuer", "year"}
    save_description(home, before.report_id, Description())
    build_index(home, [reports], encoder)
    assert store_of(home).cards[0].issuer == "云川县"


def test_an_ingest_report_is_read_as_it_was_written():
    report = parse_file(WORD, "a.docx").report
    for ingest in (ingest_report(report), Ingest("b", Outcome.FAILED, reason="why"), Ingest("c", Outcome.DUPLICATE)):
        assert import_ingest(json.loads(json.dumps(export_ingest(ingest)))) == ingest


def test_the_same_report_is_indexed_in_the_format_that_is_read_best(tmp_path, reports, encoder):
    home = tmp_path / "home"
    (reports / "a.pdf").write_bytes(lay_out("\n".join(LINES))[0])
    build_index(home, [reports], encoder)
    (reports / "b.docx").write_bytes(WORD)
    summary = build_index(home, [reports], encoder)
    assert [card.file for card in store_of(home).cards] == ["b.docx"]
    assert [(near.file, near.original) for near in summary.near_duplicates] == [("a.pdf", "b.docx")]
    assert not build_index(home, [reports], encoder).changes.added
    assert [card.file for card in store_of(home).cards] == ["b.docx"]


def test_a_scan_is_planned_last(reports):
    pdf = lay_out(TEXT)[0]
    (reports / "a.pdf").write_bytes(scan(pdf, dots_per_inch=40))
    (reports / "b.pdf").write_bytes(pdf)
    (reports / "c.txt").write_text(TEXT, encoding="utf-8")
    plan = plan_build([reports], {}, silent)
    assert [file.name for file in plan.files] == ["c.txt", "b.pdf", "a.pdf"]
