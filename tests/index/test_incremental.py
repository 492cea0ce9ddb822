"""A build after changes equals one from scratch, to the byte or row, and reads and embeds only what is new."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.build import BuildOptions, build_index
from index.chunks import Chunking
from index.errors import IndexDamaged
from index.live import open_live
from index.manifest import live_folder
from index.search import Index
from index.store import Store
from index.versions import prune, roll_back

REPORT = "测试县{year}年法治政府建设年度报告\n一、主要成效\n（一）调解。全年诉前调解成功{n}件，比上年增长5%。\n{more}\n"
ANEW = BuildOptions(anew=True)


def write(folder: Path, year: int, n: int = 1424, more: str = "", name: str = "") -> Path:
    path = folder / (name or f"{year}_测试县_法治政府建设年度报告.txt")
    path.write_text(REPORT.format(year=year, n=n, more=more), encoding="utf-8")
    return path


class Counting:
    """An encoder that counts the texts it embeds."""

    def __init__(self, encoder):
        self._encoder = encoder
        self.name, self.fingerprint, self.dimensions = encoder.name, encoder.fingerprint, encoder.dimensions
        self.texts: list[str] = []

    def passages(self, texts):
        self.texts += texts
        return self._encoder.passages(texts)

    def queries(self, texts):
        return self._encoder.queries(texts)


@pytest.fixture
def counting(encoder):
    return Counting(encoder)


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for year in (2021, 2022, 2023, 2024):
        write(folder, year, n=year % 100 * 10, more=f"二、安排\n办理公证{year}件，应急演练{year - 2000}场次。")
    return folder


@pytest.fixture
def home(tmp_path, reports, encoder):
    build_index(tmp_path / "home", [reports], encoder)
    return tmp_path / "home"


def files_of(home: Path) -> dict[str, object]:
    folder = live_folder(home)
    names = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.name not in {"manifest.json", "log.json"}]
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in names}
    return {**found, "reports.sqlite": rows_of(folder / "reports.sqlite")}


def rows_of(path: Path) -> dict[str, list[str]]:
    """The rows of all tables: where they lie in the file depends on what was there before."""
    with closing(sqlite3.connect(path)) as store:
        schema = store.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
        tables = [name for name, sql in schema if sql.startswith("CREATE TABLE")]
        rows = {table: sorted(map(repr, store.execute(f"SELECT * FROM {table}"))) for table in tables}
    ingests = map(repr, Store.open(path.parent, path).ingests())
    return {"schema": list(map(repr, schema)), "ingests": list(ingests), **rows}


def same_as_anew(home: Path, reports: Path, encoder, chunking: Chunking | None = None) -> None:
    """The live version is, file by file, the one that a build without a version before makes."""
    other = home.with_name("from-scratch")
    build_index(other, [reports], encoder, chunking, options=ANEW)
    made, scratch = files_of(home), files_of(other)
    assert made.keys() == scratch.keys()
    assert [name for name in made if made[name] != scratch[name]] == []


def test_nothing_new_makes_no_new_version(home, reports, counting):
    before = live_folder(home)
    summary = build_index(home, [reports], counting)
    assert summary.changes.is_empty
    assert summary.changes.unchanged == 4
    assert (summary.build_id, summary.reports) == (before.name, 4)
    assert live_folder(home) == before
    assert counting.texts == []


def test_an_added_report_is_all_that_is_embedded(home, reports, counting, encoder):
    # In the middle of the order, with words that no other report has.
    added = write(reports, 2023, 77, "三、粮食\n粮食总产量达到八万吨。", "2022_测试县_统计公报.txt")
    summary = build_index(home, [reports], counting)
    assert summary.changes.added == (added.name,)
    assert (summary.changes.unchanged, summary.reports) == (4, 5)
    assert any("粮食" in text for text in counting.texts)
    assert not any("2021" in text for text in counting.texts)
    same_as_anew(home, reports, encoder)
    assert "八万吨" in Index.open(home).search("粮食总产量", 1)[0].chunk.text


def test_a_changed_report_is_read_again(home, reports, counting, encoder):
    changed = write(reports, 2022, 999, "四、其他\n信访事项32件。")
    summary = build_index(home, [reports], counting)
    assert (summary.changes.changed, summary.changes.added, summary.changes.removed) == ((changed.name,), (), ())
    assert not any("2021" in text for text in counting.texts)
    same_as_anew(home, reports, encoder)
    assert not Index.open(home).search("公证2022件", 1)[0].chunk.text.startswith("公证2022件")


def test_a_removed_report_disappears_with_its_words(home, reports, counting, encoder):
    gone = reports / "2021_测试县_法治政府建设年度报告.txt"
    gone.unlink()
    summary = build_index(home, [reports], counting)
    assert summary.changes.removed == (gone.name,)
    assert counting.texts == []
    same_as_anew(home, reports, encoder)
    assert not len(Index.open(home)._words.ids(["2021"]))


def test_a_renamed_report_keeps_its_vectors_and_takes_its_new_facts(home, reports, counting, encoder):
    old = reports / "2021_测试县_法治政府建设年度报告.txt"
    new = old.rename(reports / "2026_山前县_工作总结.txt")
    summary = build_index(home, [reports], counting)
    assert summary.changes.renamed == ((old.name, new.name),)
    assert (summary.changes.added, summary.changes.removed) == ((), ())
    assert counting.texts == []
    assert [card.file for card in Index.open(home).store.cards][-1] == new.name
    same_as_anew(home, reports, encoder)


def test_many_changes_at_once(home, reports, encoder):
    for round_number, year in enumerate((2021, 2023, 2022, 2024)):
        write(reports, year, round_number, "五、新词\n" + "甲乙丙丁戊己庚辛"[round_number:] + "九件。")
        write(reports, 2030 + round_number)
        (reports / f"{2029 + round_number}_测试县_法治政府建设年度报告.txt").unlink(missing_ok=True)
        build_index(home, [reports], encoder)
    same_as_anew(home, reports, encoder)


def test_a_duplicate_takes_the_place_of_the_first(home, reports, encoder):
    first = reports / "2021_测试县_法治政府建设年度报告.txt"
    (reports / "zz.txt").write_bytes(first.read_bytes())
    assert build_index(home, [reports], encoder).duplicates == (("zz.txt", first.name),)
    first.unlink()
    assert build_index(home, [reports], encoder).changes.renamed == ((first.name, "zz.txt"),)
    same_as_anew(home, reports, encoder)


@pytest.mark.parametrize("how", ["chunking", "reading", "damage"])
def test_another_recipe_takes_nothing_over(home, reports, counting, encoder, monkeypatch, how):
    chunking = None
    if how == "chunking":
        chunking = Chunking(100, 10)
    elif how == "reading":
        monkeypatch.setattr("index.build.reading_fingerprint", lambda: "another program")
    else:
        path = live_folder(home) / "sentences/vectors/00000.npy"
        path.write_bytes(path.read_bytes()[:-2] + b"xx")
    before = live_folder(home)
    summary = build_index(home, [reports], counting, chunking)
    assert any("2021" in text for text in counting.texts)
    assert live_folder(home) != before
    assert summary.changes.unchanged == 4
    same_as_anew(home, reports, encoder, chunking)


@pytest.mark.parametrize(
    "name",
    [
        *("vectors.faiss", "words/rows.npy", "words/norms.npy", "reports.sqlite", "sentences/ends.npy"),
        "sentences/vectors/00000.npy",
    ],
)
def test_a_damaged_index_is_made_again_though_nothing_is_new(home, reports, encoder, name):
    before = live_folder(home)
    whole = (before / name).read_bytes()
    (before / name).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    build_index(home, [reports], encoder)
    assert live_folder(home) != before
    assert (live_folder(home) / name).read_bytes() == whole
    same_as_anew(home, reports, encoder)


@pytest.fixture
def a_file_each(monkeypatch):
    """The vectors of sentences of each report stand in a file of their own."""
    monkeypatch.setattr("index.parted._REPORTS", 1)


def test_what_stays_is_shared_with_the_version_before(a_file_each, home, reports, encoder):
    before, kept = live_folder(home), "sentences/vectors/{:05d}.npy"
    write(reports, 2023, 77, name="2022_测试县_统计公报.txt")
    build_index(home, [reports], encoder)
    now = live_folder(home)
    # The new one comes third of all.
    assert [(now / kept.format(i)).samefile(before / kept.format(i)) for i in range(4)] == [True, True, False, False]
    assert (now / kept.format(4)).samefile(before / kept.format(3))
    same_as_anew(home, reports, encoder)
    # Neither needs the other: each is whole, its checksums compared, when the other is gone.
    prune(home, keep=1)
    assert not before.exists()
    assert open_live(home, contents=True).manifest.reports == 5


def test_damage_to_a_shared_file_is_found_and_mended(a_file_each, home, reports, encoder):
    before = live_folder(home)
    write(reports, 2025, 77)
    build_index(home, [reports], encoder)
    shared = live_folder(home) / "sentences/vectors/00000.npy"
    shared.write_bytes(shared.read_bytes()[:-1] + b"x")
    # It is damaged in both versions: there is no way back to one, and none of it is in what is built next.
    with pytest.raises(IndexDamaged, match="checksum"):
        roll_back(home, before.name)
    write(reports, 2026, 78)
    build_index(home, [reports], encoder)
    assert open_live(home, contents=True).manifest.reports == 6
    same_as_anew(home, reports, encoder)


def test_a_reader_that_fails_stops_no_other_report(home, reports, encoder, monkeypatch):
    from corpus.read import read_parsed

    def failing(path, name):
        if "2025" in name:
            raise IndexError("list index out of range")
        return read_parsed(path, name)

    monkeypatch.setattr("corpus.worker.read_parsed", failing)
    write(reports, 2025)
    write(reports, 2026)
    summary = build_index(home, [reports], encoder)
    assert summary.reports == 5
    assert "IndexError" in str(summary.failed[0])


def test_a_file_that_vanishes_while_it_is_read_is_named(home, reports, encoder, monkeypatch):
    gone = write(reports, 2025)
    write(reports, 2026)

    def vanish(stage, done, total, file=""):
        if stage == "read":
            gone.unlink(missing_ok=True)

    summary = build_index(home, [reports], encoder, progress=vanish)
    assert [error.file for error in summary.failed] == [gone.name]
    assert summary.reports == 5


def test_what_a_failed_build_embedded_is_not_embedded_again(tmp_path, reports, counting, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("index.draft.VectorIndex.save", full)
        with pytest.raises(Exception, match="No space left"):
            build_index(tmp_path / "home", [reports], counting)
    assert counting.texts
    counting.texts.clear()
    assert build_index(tmp_path / "home", [reports], counting).reports == 4
    assert counting.texts == []
    assert not (tmp_path / "home" / "index" / "parts").exists()
