import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.decode import LARGEST_TEXT_BYTES, decode, guard_size, name_binary
from corpus.errors import UnreadableFile

TEXT = "云溪县2024年“八五”普法：增长5.6％。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-32"])
def test_encodings(encoding):
    assert decode(TEXT.encode(encoding), "a.txt").text == TEXT


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_both_byte_orders(mark, encoding):
    assert decode(mark + TEXT.encode(encoding), "a.txt").text == TEXT


def test_a_declared_encoding_is_tried_first():
    assert decode("法治".encode("big5"), "a.html", "big5").text == "法治"


def test_a_wrong_declaration_does_no_harm():
    assert decode(TEXT.encode(), "a.html", "ascii").text == TEXT
    assert decode(TEXT.encode(), "a.html", "no-such-encoding").text == TEXT


def test_control_characters_are_left_out():
    assert decode(("正文" * 200 + "\x00\x07").encode(), "a.txt").text == "正文" * 200


def test_a_cut_file_is_read_and_says_what_is_lost():
    decoded = decode((TEXT * 20).encode()[:-1], "a.txt")
    assert decoded.text.startswith(TEXT)
    assert decoded.damaged == 1


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n1 0 obj", "PDF"), (b"PK\x03\x04\x14\x00", "DOCX"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC"),
        (b"{\\rtf1\\ansi", "RTF"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\x1f\x8b\x08", "GZIP"),
    ],
)  # fmt: skip
def test_a_misnamed_file_is_named_for_what_it_is(data, name):
    assert name in name_binary(data)
    with pytest.raises(UnreadableFile, match=name) as caught:
        decode(data, "报告.txt")
    assert caught.value.file == "报告.txt"


def test_unknown_binary():
    with pytest.raises(UnreadableFile, match="binary"):
        decode(bytes(range(256)) * 20, "a.txt")


def test_sizes():
    guard_size(LARGEST_TEXT_BYTES, "a.txt")
    with pytest.raises(UnreadableFile, match=r"50\.0 MB and the limit is 20 MB"):
        guard_size(50_000_000, "a.txt", LARGEST_TEXT_BYTES)
    with pytest.raises(UnreadableFile, match="empty"):
        guard_size(0, "a.txt")


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused(data):
    try:
        decoded = decode(data, "a.txt")
    except UnreadableFile:
        return
    assert "\x00" not in decoded.text
