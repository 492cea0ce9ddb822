"""Page images are read by OCR, on this machine alone, and say so; without it they are reported, never passed over."""

import hashlib
import io
import unicodedata

import numpy as np
import pytest
from PIL import Image, ImageDraw

from corpus.errors import UnreadableFile
from corpus.geometry import quote_boxes
from corpus.page_images import page_png
from corpus.pdfium import open_pdf
from corpus.pictures import to_png
from corpus.read import parse_report
from corpus.readers import ocr
from corpus.readers.scans import name_pages
from corpus.worker import Worker
from tests.corpus.layouts import CHINESE_FONTS, Layout, lay_out, scan

LINES = (
    "云溪县2024年法治政府建设年度报告",
    "一、主要工作成效",
    "全年办理法律援助案件571件，调解矛盾纠纷2297件，成功率达到98.6%，群众满意度稳步提升。",
    "二、存在的问题",
    "执法力量仍然不足，少数部门学法用法不够主动，基层法治建设还需要继续加强。",
)
needs_ocr = pytest.mark.skipif(not ocr.is_available(), reason="the extra [ocr] is not installed")
needs_font = pytest.mark.skipif(not CHINESE_FONTS, reason="no font with Chinese is installed to draw page images with")


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", "".join(text.split()))


@pytest.fixture(scope="module")
def paper() -> bytes:
    return lay_out("\n".join(LINES))[0]


@pytest.fixture(scope="module")
def read(paper):
    """The paper read from a scan that lies askew, with the network guard of all tests in force."""
    return parse_report(scan(paper, degrees=1.0), "a.pdf")


@needs_ocr
@needs_font
def test_a_scan_askew_is_read_with_its_headings(read):
    assert fold(read.text) == fold("".join(LINES))
    assert [section.heading for section in read.sections] == [LINES[1], LINES[3]]
    assert (read.pages.count, read.pages.ocr, read.pages.empty) == (1, (1,), ())
    assert read.pages.confidence > 0.9
    assert any("read by OCR" in warning and ": 1 (" in warning for warning in read.warnings)


@needs_ocr
@needs_font
def test_boxes_of_a_scan_lie_where_the_words_are(read, paper):
    printed = parse_report(paper, "b.pdf")
    for wanted, found in zip(printed.paragraphs, read.paragraphs, strict=True):
        for one, other in zip(wanted.lines, found.lines, strict=True):
            # The scan is turned by one degree about the middle of the page.
            assert other.box.x0 == pytest.approx(one.box.x0, abs=0.02)
            assert other.box.top == pytest.approx(one.box.top, abs=0.02)
            assert other.box.x1 == pytest.approx(one.box.x1, abs=0.02)


@needs_ocr
@needs_font
def test_a_picture_and_a_garbled_page_are_read_too(monkeypatch, paper):
    with open_pdf(paper, "a.pdf") as pdf:
        picture = to_png(pdf.image(1, 200))
    reading = ocr.Reading(595.3, 841.9, ocr.read_picture(_top(picture)).spans, 0.97)
    monkeypatch.setattr(ocr, "read_picture", lambda pixels: reading)
    from_picture = parse_report(picture, "a.png")
    assert fold(from_picture.text).startswith(fold(LINES[0]))
    assert from_picture.pages.ocr == (1,)
    monkeypatch.setattr("corpus.readers.pdf.reader.is_garbled", lambda glyphs: True)
    garbled = parse_report(paper, "a.pdf")
    assert garbled.text == from_picture.text
    assert (garbled.pages.garbled, garbled.pages.ocr, garbled.pages.confidence) == ((), (1,), 0.97)


def _top(picture: bytes):
    """Give the upper part of a page image, with its title."""
    return np.asarray(Image.open(io.BytesIO(picture)))[:320]


def test_a_garbled_page_is_never_indexed_as_text(monkeypatch, paper):
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    layout = Layout(header="")
    layout.title(LINES[0])
    layout.new_page()
    layout.paragraph("乱码的一页" * 9)
    monkeypatch.setattr("corpus.readers.pdf.reader.is_garbled", lambda glyphs: any(g.text == "乱" for g in glyphs))
    report = parse_report(layout.bytes(), "a.pdf")
    assert report.text == LINES[0]
    assert report.pages.garbled == (2,)
    assert any("garbled: 2; install" in warning for warning in report.warnings)
    monkeypatch.setattr("corpus.readers.pdf.reader.is_garbled", lambda glyphs: True)
    with pytest.raises(UnreadableFile, match=r"characters are garbled.*install"):
        parse_report(paper, "a.pdf")


def test_a_picture_without_the_extra_says_what_to_install(monkeypatch):
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    with pytest.raises(UnreadableFile, match=r"it is a picture; install .*\[ocr\]"):
        parse_report(blank(10, 10), "a.png")


@needs_ocr
@pytest.mark.parametrize(
    ("name", "cut", "reason"), [("a.png", 0.5, "damaged"), ("a.png", 1.0, "no words"), ("a.jpg", 0.0, "is none")]
)
def test_pictures_that_are_no_pages(name, cut, reason):
    data = blank(200, 200)
    with pytest.raises(UnreadableFile, match=reason):
        parse_report(data[: int(cut * len(data))] or b"text", name)


@needs_ocr
@pytest.mark.parametrize("side", [11_000, 20_000])
def test_a_tiny_file_with_a_huge_picture_is_refused(side):
    with pytest.raises(UnreadableFile, match="too large"):
        parse_report(blank(side, side), "a.png")


def blank(width: int, height: int) -> bytes:
    packed = io.BytesIO()
    Image.new("1", (width, height), 1).save(packed, "PNG")
    return packed.getvalue()


def test_pages_are_drawn_from_the_original_file_alone(tmp_path, paper):
    path = tmp_path / "a.pdf"
    path.write_bytes(paper)
    report = parse_report(paper, "a.pdf")
    with Worker() as worker:
        image = Image.open(io.BytesIO(worker.call(page_png, path, report.sha256, 1, 600, file="a.pdf")))
    assert image.width <= 600
    (box,) = quote_boxes(report, 0, len(LINES[0]))
    across, down = image.size
    inside = image.convert("L").crop(
        (int(box.x0 * across), int(box.top * down), int(box.x1 * across), int(box.bottom * down))
    )
    assert not CHINESE_FONTS or inside.getextrema()[0] < 100
    for page in (0, 2):
        with pytest.raises(UnreadableFile, match=f"no page {page}"):
            page_png(path, report.sha256, page, 600)
    path.write_bytes(paper + b"\n")
    with pytest.raises(UnreadableFile, match="has changed"):
        page_png(path, report.sha256, 1, 600)
    path.unlink()
    with pytest.raises(UnreadableFile, match="not there any more"):
        page_png(path, report.sha256, 1, 600)


def test_pictures_are_drawn_and_texts_are_not(tmp_path):
    picture = tmp_path / "a.png"
    drawing = Image.new("RGB", (900, 300), "white")
    ImageDraw.Draw(drawing).rectangle((10, 10, 50, 50), fill="black")
    drawing.save(picture)
    digest = hashlib.sha256(picture.read_bytes()).hexdigest()
    assert Image.open(io.BytesIO(page_png(picture, digest, 1, 300))).size == (300, 100)
    text = tmp_path / "a.txt"
    text.write_text("正文", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="no pages to draw"):
        page_png(text, hashlib.sha256(text.read_bytes()).hexdigest(), 1, 300)


def test_runs_of_pages_are_named_by_their_ends():
    assert name_pages([3, 1, 2, 9]) == "1-3, 9"
