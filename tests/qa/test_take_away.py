"""Conversations kept and exported, and judgements: what is written comes back, what comes back may be anything."""

import io
import json
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.checks import Check, read_checks
from qa.docx import memo_docx
from qa.feedback import Feedback, add_feedback, write_checks
from qa.files import NotWritten
from qa.keep import NoConversation, dump_answers, load_answers
from qa.markdown import escape
from qa.memo import memo_markdown, memo_paragraphs
from qa.types import Answer, Citation, CitedFigure, Expansion, Scope

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CITED = Citation(1, "r1", "a.txt", "法治报告", "云溪县", 2024, ("一、复议",), 9, 3, 0, 6, "受理9件。", 0.5)
FIGURE = CitedFigure("9件", Decimal("9.0"), "件", "受理", "2024年", "result", 1)
ANSWER = Answer(
    "受理多少？", "受理多少？", "受理9件。[1]", "9件", None, (CITED,), (FIGURE,), Scope(("云溪县",), (2024,)), "b1",
    3.0, (Expansion("受理", ("收到",)),),
)  # fmt: skip
TABLE = replace(
    ANSWER, text="| 范围 | 原文 |\n|---|---|\n| 云溪县 | 9件 [1] |\n\n- **甲**：见\\[1\\]与[7]", headline=None
)


def test_answers_come_back_as_they_were_kept():
    assert load_answers(dump_answers([ANSWER, TABLE])) == (ANSWER, TABLE)
    assert str(load_answers(dump_answers([ANSWER]))[0].figures[0].value) == "9.0"


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)


@given(json_values)
def test_what_is_no_conversation_is_named_so(value):
    if value != []:
        with pytest.raises(NoConversation):
            load_answers(json.dumps(value))


@given(st.sampled_from(sorted(json.loads(dump_answers([ANSWER]))[0])), json_values)
def test_one_wrong_field_is_found(name, value):
    facts = json.loads(dump_answers([ANSWER]))[0]
    facts[name] = value
    try:
        (answer,) = load_answers(json.dumps([facts]))
    except NoConversation:
        return
    assert dump_answers([answer])


@pytest.mark.parametrize("text", ["", "[", "[" * 100_000, "null", '["x"]'])
def test_broken_json_is_named_so(text):
    with pytest.raises(NoConversation):
        load_answers(text)


def test_a_memo_in_markdown_has_footnotes():
    text = memo_markdown("标题\n二", [ANSWER, TABLE])
    assert text.startswith("# 标题 二\n\n## 受理多少？\n\n**9件**\n\n受理9件。[^1-1]\n\n[^1-1]: 云溪县《法治报告》")
    assert "9件 [^2-1] |" in text
    assert "见\\[1\\]与[7]" in text, "what is no marker stays"


def parts(data):
    with ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def words(element):
    return "".join(run.text or "" for run in element.iter(f"{W}t"))


def test_a_memo_in_docx_has_real_footnotes():
    found = parts(memo_docx("标题", [ANSWER, TABLE]))
    body = found["word/document.xml"]
    assert [words(p) for p in body.iter(f"{W}p")] == [
        *(
            "标题",
            "受理多少？",
            "9件",
            "受理9件。",
            "受理多少？",
            "范围\u3000原文",
            "云溪县\u30009件 ",
            "甲：见[1]与[7]",
        ),
    ]
    references = [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")]
    notes = {note.get(f"{W}id"): words(note) for note in found["word/footnotes.xml"].iter(f"{W}footnote")}
    assert references == ["2", "3"]
    assert [notes[one] for one in references] == [" 云溪县《法治报告》，“一、复议”，第9段，第3页：“受理9件。”"] * 2
    targets = {one.get("Target") for one in found["word/_rels/document.xml.rels"]}
    assert {f"word/{target}" for target in targets} <= set(found)
    assert memo_docx("标题", [ANSWER]) == memo_docx("标题", [ANSWER])


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_words_make_a_readable_file(quote, title):
    cited = replace(CITED, quote=quote, title=title)
    answer = replace(ANSWER, text=f"{escape(quote)}[1]", question=title, citations=(cited,))
    assert parts(memo_docx(title, [answer]))
    assert memo_markdown(title, [answer])
    shown = "".join(piece.text for pieces in memo_paragraphs(answer) for piece in pieces)
    kept = "".join(quote.split())
    assert "".join(shown.split()) == kept or quote.lstrip()[:1] in "|>" or len(quote.splitlines()) > 1


GOOD = Feedback("2026-11-26T04:00:00+00:00", "受理多少？", (), True, "", "9件", "9件", "b1")


def test_judgements_become_checks(tmp_path):
    home = tmp_path / "home"
    assert write_checks(tmp_path) == 0
    for one in (GOOD, replace(GOOD, question="另一问", good=False, reason="数字不对", expected="")):
        add_feedback(home, one)
    assert len((home / "feedback.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert write_checks(home) == 1
    assert read_checks(home) == (Check("受理多少？", ("9件",)),)
    add_feedback(home, replace(GOOD, question="那去年呢？", history=("受理多少？",)))
    assert write_checks(home) == 1
    add_feedback(home, replace(GOOD, expected="问" * 9999))
    assert len((home / "feedback.jsonl").read_text(encoding="utf-8")) < 4000


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritten):
        add_feedback(tmp_path / "file", GOOD)
