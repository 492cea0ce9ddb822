from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.questions import BadQuestions, Question, read_questions
from qa.cli import main
from qa.evaluate import measure

ROOT = Path(__file__).parents[2]
QUESTION = "云溪县2024年办理法律援助多少件？"


def write(path, *rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_ask_for_people_and_for_programs(sample_home, capsys):
    assert main(["ask", QUESTION, "--home", str(sample_home)]) == 0
    assert "[1] 《" in capsys.readouterr().out
    assert main(["ask", "那2023年呢？", "--history", QUESTION, "--json", "--home", str(sample_home)]) == 0
    assert json.loads(capsys.readouterr().out)["scope"]["years"] == [2023]


def test_batch_keeps_the_order(sample_home, tmp_path):
    questions = [{"id": f"q{i}", "question": QUESTION, "history": ["前一个问题"]} for i in (3, 1, 2)]
    answers = tmp_path / "A.jsonl"
    write(tmp_path / "Q.jsonl", *questions)
    assert main(["batch", str(tmp_path / "Q.jsonl"), str(answers), "--home", str(sample_home)]) == 0
    assert [json.loads(line)["id"] for line in answers.read_text(encoding="utf-8").splitlines()] == ["q3", "q1", "q2"]


def test_a_batch_that_cannot_be_written_keeps_the_old_answers(sample_home, tmp_path, monkeypatch, capsys):
    write(tmp_path / "Q.jsonl", {"id": 1, "question": QUESTION})
    answers = write(tmp_path / "A.jsonl", {"old": True})

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert main(["batch", str(tmp_path / "Q.jsonl"), str(answers), "--home", str(sample_home)]) == 2
    assert "No space left" in capsys.readouterr().err
    assert json.loads(answers.read_text(encoding="utf-8")) == {"old": True}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("no json\n", "line 1"),
        ('{"id": 1, "question": "a"}\n\n{"id": 2}\n', "line 3"),
        ('{"id": 1, "question": "a", "history": "b"}\n', "history"),
        ("[1]\n", "line 1"),
    ],
)
def test_bad_questions_name_their_line(tmp_path, capsys, content, complaint):
    (tmp_path / "Q.jsonl").write_text(content, encoding="utf-8")
    with pytest.raises(BadQuestions, match=complaint):
        read_questions(tmp_path / "Q.jsonl")
    assert main(["eval", str(tmp_path / "Q.jsonl"), "--home", str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_missing_question_file_is_a_users_error(tmp_path, capsys):
    assert main(["batch", str(tmp_path / "none"), str(tmp_path / "A"), "--home", str(tmp_path)]) == 2
    assert "none" in capsys.readouterr().err


def test_eval_measures(sample_home, tmp_path, capsys):
    gold = {"type": "figure", "file": ["2024_云溪县_法治政府建设年度报告.txt"], "gold_values": ["571件"]}
    write(
        tmp_path / "Q.jsonl",
        {"id": 1, "question": QUESTION, "gold_quotes": ["办理法律援助571件"], **gold},
        {"id": 2, "question": "平川区2024年收到多少件", "type": "unanswerable", "file": []},
    )
    assert main(["eval", str(tmp_path / "Q.jsonl"), "--json", "--home", str(sample_home)]) == 0
    measures = json.loads(capsys.readouterr().out)
    assert measures["cite@1"] == measures["verbatim"] == measures["refused"] == 1.0
    assert measures["false_refusal"] == 0.0


def test_measures_see_a_wrong_quote(engine):
    answer = engine.ask(QUESTION)
    wrong = Question("1", QUESTION, kind="figure", files=("other.txt",), quotes=("法律援助571件",), values=("999件",))
    measures = measure([(wrong, answer)], engine.report)
    assert measures["cite@3"][0] == measures["headline"][0] == 0.0


def test_as_a_program(sample_home):
    command = [sys.executable, "-m", "qa", "ask", QUESTION, "--json", "--home", str(sample_home)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, env={"LC_ALL": "C", "PATH": ""})
    assert json.loads(done.stdout)["citations"]
