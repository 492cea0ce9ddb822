import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.cli import main
from corpus.errors import ReportQAError
from corpus.worker import Worker
from tests.corpus.conftest import SAMPLES

SAMPLE = str(SAMPLES / "2024_云溪县_法治政府建设年度报告.txt")
KEYS = [
    "file", "ok", "title", "issuer", "kind", "year", "date", "document_number", "headings", "paragraphs",
    "characters", "figures", "warnings", "error", "source", "outcome", "report_id", "original", "similarity", "tables",
    "exhibits", "exhibits_without_caption", "pages", "pages_empty", "pages_garbled", "pages_ocr", "ocr_confidence",
    "facts",
]  # fmt: skip


def test_check_says_what_was_recognised(capsys):
    assert main(["check", SAMPLE]) == 0
    out = capsys.readouterr().out
    assert "year: 2024 (98%, from the file name)" in out
    for fact in (SAMPLE, "2024年云溪县法治政府建设年度报告", "云溪县", "2025-02-08", "33 headings", "36 paragraphs"):
        assert fact in out


def test_check_for_programs(capsys):
    assert main(["check", "--json", SAMPLE]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == KEYS
    assert (found["ok"], found["issuer"], found["year"], found["error"]) == (True, "云溪县", 2024, "")


def test_a_bad_file_does_not_hide_the_others(tmp_path, capsys):
    bad = tmp_path / "bad'\n.txt"
    bad.write_bytes(b"%PDF-1.4")
    assert main(["check", "--json", str(bad), SAMPLE]) == 2
    captured = capsys.readouterr()
    first, second = map(json.loads, captured.out.splitlines())
    assert list(first) == KEYS
    assert (first["ok"], second["ok"]) == (False, True)
    assert "PDF" in first["error"]
    assert captured.err.startswith("error: ")
    assert captured.err.count("\n") == 1
    assert main(["check", str(bad), SAMPLE]) == 2
    assert "not read: the PDF is damaged" in capsys.readouterr().out


def test_export_is_one_object(capsys):
    assert main(["export", SAMPLE]) == 0
    report = json.loads(capsys.readouterr().out)
    assert {"file", "title", "text", "sections", "paragraphs", "tables", "exhibits"} <= set(report)
    assert {"issuer", "kind", "year", "date", "document_number", "figures", "warnings"} <= set(report)
    assert set(report["sections"][0]) >= {"heading", "level", "start", "end"}
    assert set(report["paragraphs"][0]) == {"number", "start", "end", "page", "page_label", "boxes"}
    for section in report["sections"]:
        assert report["text"].startswith(section["heading"], section["start"])


def test_export_of_figures(capsys):
    assert main(["export", SAMPLE]) == 0
    report = json.loads(capsys.readouterr().out)
    names = ["text", "value", "low", "high", "unit", "scale", "indicator", "period", "kind", "start", "end", "parent"]
    for figure in report["figures"]:
        assert list(figure) == [*names, "adds_up"]
        assert report["text"][figure["start"] : figure["end"]] == figure["text"]
    aid = next(figure for figure in report["figures"] if figure["text"] == "571件")
    assert [aid[name] for name in ("value", "low", "unit", "scale", "kind")] == ["571", None, "件", "1", "result"]
    bound = next(figure for figure in report["figures"] if figure["text"] == "40%以上")
    assert (bound["low"], bound["high"]) == ("40", None)
    assert main(["check", "--json", SAMPLE]) == 0
    assert json.loads(capsys.readouterr().out)["figures"] == len(report["figures"])


def test_export_of_tables(capsys):
    main(["export", str(SAMPLES / "2023_松原岭县_国民经济和社会发展统计公报.txt")])
    table = json.loads(capsys.readouterr().out)["tables"][0]
    assert table["caption"] == "表1 2023年居民消费价格比上年涨跌幅度"
    assert table["unit"] == "%"
    assert table["rows"][1] == ["居民消费价格", "0.4", "0.5", "0.2"]


def test_export_of_a_missing_file(tmp_path, capsys):
    assert main(["export", str(tmp_path / "no.txt")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: ")
    assert captured.err.count("\n") == 1


def test_only_the_projects_own_errors_are_caught(monkeypatch, capsys):
    def fail(error: BaseException):
        def read(self: Worker, path: Path, file: str):
            raise error

        return read

    monkeypatch.setattr(Worker, "read_report", fail(ReportQAError("one\ntwo")))
    assert main(["export", SAMPLE]) == 2
    assert capsys.readouterr().err == "error: one two\n"
    monkeypatch.setattr(Worker, "read_report", fail(KeyboardInterrupt()))
    assert main(["export", SAMPLE]) == 130
    monkeypatch.setattr(Worker, "read_report", fail(RuntimeError("bug")))
    with pytest.raises(RuntimeError):
        main(["export", SAMPLE])


def test_a_wrong_command_is_a_users_error(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["no-such-command"])
    assert caught.value.code == 2


def test_as_a_program_in_a_locale_without_chinese():
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "corpus", "check", SAMPLE, "missing.txt"],
        capture_output=True,
        cwd=root,
        env=environment,
        check=False,
    )
    assert done.returncode == 2
    assert "云溪县" in done.stdout.decode("utf-8")
    assert done.stderr.decode("utf-8").startswith("error: ")
    assert b"Traceback" not in done.stderr
