"""The user's word on a report stands in the place of guesses, across rebuilds and renames."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cli import main
from corpus.descriptions import BadDescription, Description, describe, read_descriptions, save_description
from corpus.read import parse_file
from corpus.types import Origin

REPORT = "工作情况说明\n一、主要成效\n全年办结300件，上年办结280件。\n".encode()


def test_a_described_report():
    report = parse_file(REPORT, "说明.txt").report
    assert report.issuer == ""
    described = describe(report, {report.report_id: Description(issuer="云川县", year=2023, title="云川县工作情况")})
    assert (described.issuer, described.year, described.title) == ("云川县", 2023, "云川县工作情况")
    facts = {fact.name: fact for fact in described.facts}
    assert {facts[name].origin for name in ("issuer", "year", "title")} == {Origin.USER}
    assert not facts["issuer"].guessed
    assert not [warning for warning in described.warnings if "issuer" in warning or "year" in warning]
    assert described.text == report.text
    assert {figure.period for figure in described.figures} == {"2023年", "2022年"}, "figures follow the year"


def test_what_is_not_said_stays_as_it_was_found():
    report = parse_file(REPORT, "2024_云川县_情况说明.txt").report
    assert describe(report, {}) is report
    assert describe(report, {report.report_id: Description(kind="情况说明")}).year == 2024


facts = st.fixed_dictionaries(
    {},
    optional={
        "title": st.text("甲乙丙abc《》 ", max_size=20).map(lambda text: " ".join(text.split())),
        "year": st.integers(1900, 2100),
        "date": st.dates().map(lambda day: day.isoformat()),
    },
)


@given(st.dictionaries(st.sampled_from("abcdef"), facts.map(lambda said: Description("a.txt", **said)), max_size=4))
def test_what_is_saved_is_read_again(tmp_path_factory, descriptions):
    home = tmp_path_factory.mktemp("home")
    for key, description in descriptions.items():
        save_description(home, key, description)
    said = {key: found for key, found in descriptions.items() if found != Description("a.txt")}
    assert read_descriptions(home) == said


@pytest.mark.parametrize(
    ("description", "words"),
    [
        (Description(year=99), "no year"),
        (Description(date="2024年"), "no date"),
        (Description(title="长" * 201), "at most 200"),
        (Description(issuer="两\n行"), "one line"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, description, words):
    with pytest.raises(BadDescription, match=words):
        save_description(tmp_path, "a", description)
    assert read_descriptions(tmp_path) == {}


@pytest.mark.parametrize("content", ["{", "[]", '{"a": 1}', '{"a": {"colour": "x"}}', '{"a": {"year": "2024"}}'])
def test_a_damaged_file_is_named(tmp_path, content):
    (tmp_path / "metadata.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadDescription, match=r"metadata\.json"):
        read_descriptions(tmp_path)


def test_the_command(tmp_path, capsys):
    path = tmp_path / "说明.txt"
    path.write_bytes(REPORT)
    home = ["--home", str(tmp_path / "home")]
    assert main(["describe", str(path), "--issuer", "云川县", "--year", "2023", *home]) == 0
    assert main(["describe", str(path), "--document-number", "云政〔2023〕1号", *home]) == 0
    capsys.readouterr()
    renamed = path.rename(tmp_path / "另名.txt")
    assert main(["check", "--json", str(renamed), *home]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["issuer"], found["year"], found["document_number"]) == ("云川县", 2023, "云政〔2023〕1号")
    assert {"name": "issuer", "origin": "user", "confidence": 1.0, "guessed": False} in found["facts"]
    assert main(["describe", str(renamed), "--clear", *home]) == 0
    assert "said by the user" not in capsys.readouterr().out
    assert read_descriptions(tmp_path / "home") == {}
    assert main(["describe", str(renamed), "--date", "gestern", *home]) == 2
