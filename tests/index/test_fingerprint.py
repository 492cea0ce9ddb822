"""The fingerprint of reading covers whatever has a part in what a report becomes."""

from __future__ import annotations

from index import fingerprint


def test_it_covers_what_cuts_counts_and_stores():
    names = {path.stem for path in fingerprint._imported_from("draft")}
    assert {"draft", "fresh", "chunks", "split", "words", "counts", "store", "ledger", "sentences"} <= names
    assert not names & {"search", "rank", "gate", "watch", "cli"}


def test_it_changes_with_a_source_and_with_a_library(tmp_path, monkeypatch):
    before = fingerprint.reading_fingerprint()
    monkeypatch.setattr(fingerprint, "_libraries", lambda: "lxml=0.1")
    other = fingerprint.reading_fingerprint.__wrapped__()
    assert other != before
    (tmp_path / "draft.py").write_text("from index.words import terms\n", encoding="utf-8")
    (tmp_path / "words.py").write_text("terms = 1\n", encoding="utf-8")
    monkeypatch.setattr(fingerprint, "_HERE", tmp_path)
    changed = fingerprint.reading_fingerprint.__wrapped__()
    (tmp_path / "words.py").write_text("terms = 2\n", encoding="utf-8")
    assert len({other, changed, fingerprint.reading_fingerprint.__wrapped__()}) == 3
