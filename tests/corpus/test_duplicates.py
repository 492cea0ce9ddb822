"""The same report in two formats is found; reports that only share their forms are not."""

from dataclasses import replace
from random import Random

from corpus.cli import main
from corpus.duplicates import NearDuplicates, outline_of, shingles, similarity
from corpus.read import parse_file
from corpus.types import PageFacts
from tests.corpus.conftest import SAMPLES
from tests.corpus.documents import paragraph, word

NAME = "2024_云溪县_法治政府建设年度报告"


def as_word(text):
    return word("".join(paragraph(line) for line in text.splitlines()))


def finder(*reports):
    texts = {report.report_id: report.text for report in reports}
    near = NearDuplicates(texts.__getitem__)
    for report in reports:
        near.add(outline_of(report))
    return near


def test_one_report_in_two_formats():
    text = (SAMPLES / f"{NAME}.txt").read_text(encoding="utf-8")
    first = parse_file(text.encode(), f"{NAME}.txt").report
    second = parse_file(as_word(text), f"{NAME}.docx").report
    found = finder(first).find(outline_of(second), lambda: second.text)
    assert found is not None
    assert found[0] == first.report_id
    assert found[1] >= 0.99


def test_the_samples_are_all_different():
    reports = [parse_file(path.read_bytes(), path.name).report for path in sorted(SAMPLES.glob("*.txt"))]
    near = finder(*reports[:-1])
    assert near.find(outline_of(reports[-1]), lambda: reports[-1].text) is None
    assert max(similarity(shingles(a.text), shingles(b.text)) for a in reports for b in reports if a is not b) < 0.5


def test_another_year_is_another_report():
    text = "一、收到申请情况\n" + "".join(f"第{n}项制度落实{n * 7}次。" for n in range(60))
    first = parse_file(f"云川县2023年信息公开年度报告\n{text}".encode(), "2023_云川县_信息公开年报.txt").report
    second = parse_file(f"云川县2024年信息公开年度报告\n{text}".encode(), "2024_云川县_信息公开年报.txt").report
    assert similarity(shingles(first.text), shingles(second.text)) > 0.9
    assert finder(first).find(outline_of(second), lambda: second.text) is None


def test_a_report_that_cannot_be_the_same_is_not_even_looked_up():
    text = (SAMPLES / f"{NAME}.txt").read_text(encoding="utf-8")
    here, copy = (parse_file(text.encode(), f"{name}.txt").report for name in (NAME, f"{NAME}-副本"))
    other = replace(here, report_id="other", year=2020)
    near = NearDuplicates({here.report_id: here.text}.__getitem__)
    near.expect(("云溪县", 2024), lambda: outline_of(here))
    assert near.find(outline_of(other), lambda: other.text) is None
    assert not near.may_hold(("云溪县", 2024))
    assert near.find(outline_of(copy), lambda: copy.text) == (here.report_id, 1.0)
    assert near.may_hold(("云溪县", 2024))
    assert near.may_hold(("", None))
    assert not near.may_hold(("云川县", 2024))


def test_check_says_which_file_says_the_same(tmp_path, capsys):
    text = (SAMPLES / f"{NAME}.txt").read_text(encoding="utf-8")
    for suffix, data in ((".txt", text.encode()), (".docx", as_word(text)), ("-副本.txt", text.encode())):
        (tmp_path / f"{NAME}{suffix}").write_bytes(data)
    files = [str(tmp_path / f"{NAME}{suffix}") for suffix in (".txt", ".docx", "-副本.txt")]
    assert main(["check", *files, "--home", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert f"near duplicate: {files[0]} says the same (100.0% alike)" in out
    assert f"duplicate: {files[0]} says the same" in out.split("near duplicate")[1]


def misread(text, share):
    """Put wrong characters into a text, as OCR does."""
    random = Random(3)
    return "".join("日" if random.random() < share and c not in "\n。" and n > 40 else c for n, c in enumerate(text))


def test_a_scan_with_its_errors_is_found():
    text = (SAMPLES / f"{NAME}.txt").read_text(encoding="utf-8")
    first = parse_file(text.encode(), f"{NAME}.txt").report
    read = parse_file(misread(text, 0.03).encode(), f"{NAME}.txt").report
    scan = replace(read, pages=PageFacts(3, ocr=(1, 2, 3), confidence=0.98))
    assert similarity(shingles(first.text), shingles(scan.text)) < 0.8
    assert finder(first).find(outline_of(scan), lambda: scan.text)[0] == first.report_id
    assert finder(scan).find(outline_of(first), lambda: first.text)[0] == scan.report_id
    assert finder(first).find(outline_of(read), lambda: read.text) is None
    unknown = replace(scan, year=None)
    assert finder(first).find(outline_of(unknown), lambda: unknown.text) is None
