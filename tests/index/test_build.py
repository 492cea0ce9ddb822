"""Builds: what they refuse, what they leave behind, and what a damaged index says."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields
from hashlib import sha256

import pytest
from filelock import FileLock

from corpus.errors import NoReports
from index.build import SAMPLES, BuildOptions, build_index
from index.chunks import Chunking
from index.cli import main
from index.encode import Encoder
from index.errors import BuildRunning, EncoderUnavailable, IndexDamaged, IndexMismatch, IndexMissing, IndexNotWritten
from index.manifest import FORMAT_VERSION, Manifest, live_folder, versions_folder
from index.postings import Postings
from index.search import Index
from index.sentences import SentenceTable
from index.store_writer import SCHEMA

ANEW = BuildOptions(anew=True)
REPORT = "测试县2024年法治政府建设年度报告\n一、主要成效\n（一）调解。全年诉前调解成功1424件。\n"


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "2024_测试县_法治政府建设年度报告.txt").write_text(REPORT, encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path, reports, encoder):
    build_index(tmp_path / "home", [reports], encoder)
    return tmp_path / "home"


def test_a_build_says_what_it_did_and_goes_on_past_bad_files(tmp_path, reports, encoder):
    (reports / "empty.txt").write_bytes(b"")
    (reports / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (reports / "same again.txt").write_text(REPORT, encoding="utf-8")
    (reports / '它\'s "名" 📄 ..%2f.txt').write_text(REPORT + "二、安排\n继续努力。\n", encoding="utf-8")
    summary = build_index(tmp_path / "home", [reports], encoder)
    assert summary.reports == 2
    assert sorted(error.file for error in summary.failed) == ["binary.txt", "empty.txt"]
    assert [file for file, _ in summary.duplicates] == ["same again.txt"]


def test_no_report_at_all_is_an_error(tmp_path, encoder):
    with pytest.raises(NoReports, match="nowhere"):
        build_index(tmp_path / "home", [tmp_path / "nowhere"], encoder)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "empty.txt").write_bytes(b"")
    with pytest.raises(NoReports, match=r"empty\.txt"):
        build_index(tmp_path / "home", [tmp_path / "bad"], encoder)
    assert not list((tmp_path / "home").rglob("*.faiss"))


def test_a_build_remembers_its_folders(home, reports, encoder):
    (reports / "2023_测试县_法治政府建设年度报告.txt").write_text(REPORT.replace("2024", "2023"), encoding="utf-8")
    assert build_index(home, encoder=encoder).reports == 2


def test_a_home_without_reports_gets_the_samples(tmp_path, encoder):
    build_index(tmp_path / "home", encoder=encoder)
    index = Index.open(tmp_path / "home")
    assert index.manifest.samples
    assert len(index.store.cards) == len(list(SAMPLES.glob("*.txt")))


def test_reports_in_the_home_folder_replace_the_samples(tmp_path, reports, encoder):
    build_index(tmp_path / "home", encoder=encoder)
    shutil.copytree(reports, tmp_path / "home" / "reports")
    assert build_index(tmp_path / "home", encoder=encoder).reports == 1
    assert not Index.open(tmp_path / "home").manifest.samples


def test_a_failed_write_leaves_the_index_as_it_was(home, reports, encoder, monkeypatch):
    before = live_folder(home)

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.draft.StoreWriter.add", full)
    with pytest.raises(IndexNotWritten, match="No space left"):
        build_index(home, [reports], encoder, options=ANEW)
    assert live_folder(home) == before
    assert [p.name for p in versions_folder(home).iterdir()] == [before.name]


def test_an_interrupted_build_leaves_nothing_behind(home, reports, encoder, monkeypatch):
    before = live_folder(home)

    def interrupted(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("index.build.file_facts", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build_index(home, [reports], encoder, options=ANEW)
    assert [p.name for p in versions_folder(home).iterdir()] == [before.name]
    assert Index.open(home).manifest.build_id == before.name


def test_a_second_writer_is_told_to_wait(home, reports, encoder):
    before = live_folder(home)
    with FileLock(home / "index" / "build.lock"), pytest.raises(BuildRunning, match="another build"):
        build_index(home, [reports], encoder)
    assert live_folder(home) == before
    assert build_index(home, [reports], encoder).reports == 1


def test_what_a_killed_build_left_is_cleaned_up(home, reports, encoder):
    left = versions_folder(home) / ".000002-abc.building"
    left.mkdir()
    (left / "reports.sqlite").write_bytes(b"half")
    build_index(home, [reports], encoder)
    assert not left.exists()


def test_old_versions_go_and_the_one_before_stays(home, reports, encoder):
    for _ in range(3):
        build_index(home, [reports], encoder, options=ANEW)
    names = {p.name for p in versions_folder(home).iterdir()}
    assert len(names) == 2
    assert live_folder(home).name == max(names)


def test_the_same_reports_give_the_same_chunks(home, reports, encoder):
    first = [hit.chunk for hit in Index.open(home).search("调解", 5)]
    build_index(home, [reports], encoder, options=ANEW)
    assert [hit.chunk for hit in Index.open(home).search("调解", 5)] == first


def test_no_index_names_the_command(tmp_path):
    with pytest.raises(IndexMissing, match="python -m index build --home"):
        Index.open(tmp_path)


@pytest.mark.parametrize("name", ["reports.sqlite", "vectors.faiss", "words/rows.npy", "manifest.json"])
def test_an_index_cut_in_half_is_refused(home, name):
    path = live_folder(home) / name
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(IndexDamaged, match=r"python -m index build"):
        Index.open(home)
    path.unlink()
    with pytest.raises(IndexDamaged):
        Index.open(home)


def test_garbage_of_the_right_size_is_found_by_checksum(home, capsys):
    path = live_folder(home) / "vectors.faiss"
    path.write_bytes(b"x" * path.stat().st_size)
    assert main(["info", "--home", str(home), "--verify"]) == 2
    assert "checksum" in capsys.readouterr().err


def test_a_pointer_to_nowhere_is_refused(home):
    (home / "index" / "LIVE").write_text("../../etc\n", encoding="utf-8")
    with pytest.raises(IndexDamaged, match="LIVE"):
        Index.open(home)


def change_manifest(home, **facts):
    path = live_folder(home) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | facts), encoding="utf-8")


def test_another_format_version_is_refused(home):
    change_manifest(home, format_version=99)
    with pytest.raises(IndexMismatch, match=r"format version 99.*python -m index build"):
        Index.open(home)


def test_a_build_mends_an_index_of_another_layout_and_keeps_its_reports(home, encoder):
    folder = live_folder(home)
    shutil.rmtree(folder / "words")
    (folder / "reports.sqlite").write_bytes(b"of another release")
    change_manifest(home, format_version=FORMAT_VERSION - 1, files={})
    with pytest.raises(IndexMismatch, match=r"python -m index build"):
        Index.open(home)
    build_index(home, encoder=encoder)
    assert [card.issuer for card in Index.open(home).store.cards] == ["测试县"]


def test_another_layout_has_another_format_version():
    """An older index is to be told as such and not as damaged: raise FORMAT_VERSION, then write down the new number."""
    layout = [SCHEMA, *(field.name for part in (Manifest, Postings, SentenceTable) for field in fields(part))]
    assert (FORMAT_VERSION, sha256("\n".join(layout).encode()).hexdigest()[:8]) == (7, "302008b8")


def test_another_encoder_is_refused(home):
    change_manifest(home, encoder_fingerprint="0" * 16)
    with pytest.raises(IndexMismatch, match=r"encoder.*python -m index build"):
        Index.open(home)


def test_an_encoder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(EncoderUnavailable, match="no folder"):
        Encoder.load(str(tmp_path / "none"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(EncoderUnavailable):
        Encoder.load(str(tmp_path / "empty"))


def test_chunk_settings_are_in_the_manifest(tmp_path, reports, encoder):
    build_index(tmp_path / "home", [reports], encoder, Chunking(max_chars=100, tiny_chars=10))
    manifest = Index.open(tmp_path / "home").manifest
    assert (manifest.chunk_max_chars, manifest.chunk_tiny_chars) == (100, 10)
