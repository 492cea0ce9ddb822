"""The user's own reports: what is put in is kept under a harmless name, and only what is there can be changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from qa.library import NotTaken, add_report, own_files, remove_report, safe_file_name

TEXT = "云溪县2024年统计公报\n一、综合\n生产总值118.46亿元。".encode()


def test_a_report_is_put_in_and_taken_out(tmp_path):
    assert add_report(tmp_path, "../../a b.txt", TEXT) == "a_b.txt"
    assert add_report(tmp_path, "a b.txt", TEXT) == "a_b.txt", "the same once more changes nothing"
    assert own_files(tmp_path) == ("a_b.txt",)
    assert (tmp_path / "reports" / "a_b.txt").read_bytes() == TEXT
    remove_report(tmp_path, "a_b.txt")
    assert own_files(tmp_path) == ()


def test_what_is_no_report_is_refused(tmp_path):
    with pytest.raises(NotTaken, match="exe"):
        add_report(tmp_path, "a.exe", TEXT)
    with pytest.raises(UnreadableFile):
        add_report(tmp_path, "a.txt", b"")
    add_report(tmp_path, "a.txt", TEXT)
    with pytest.raises(NotTaken, match="already"):
        add_report(tmp_path, "a.txt", TEXT + b"x")
    assert own_files(tmp_path) == ("a.txt",)


@pytest.mark.parametrize("name", ["", "..", "../a.txt", "/etc/passwd", "b.txt", "a.txt\0"])
def test_only_what_is_there_can_be_taken_out(tmp_path, name):
    add_report(tmp_path, "a.txt", TEXT)
    with pytest.raises(NotTaken):
        remove_report(tmp_path, name)
    assert own_files(tmp_path) == ("a.txt",)


@given(st.text(max_size=60))
def test_any_name_becomes_a_harmless_one(name):
    kept = safe_file_name(name + ".txt")
    assert kept.endswith(".txt")
    assert not set(kept) & set('/\\:*?"<>|\0\n')
    assert not kept.startswith(".")
