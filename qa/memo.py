"""A conversation as a memo: questions, answers, and each quotation as a footnote; Markdown here, DOCX in `qa.docx`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.types import Answer, Citation

# An escaped sign, a marker, or the sign of bold words, read from left to right: a backslash may be escaped itself.
_SIGNS = re.compile(r"\\([!-/:-@\[-`{-~])|\[(\d{1,4})\]|\*\*")
_LIST_SIGN = re.compile(r"^(?:[-*]|\d+\.)\s+")
_TABLE_RULE = re.compile(r"^\|[\s:|-]+\|$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of plain words, with the citation that its footnote tells behind it, if any."""

    text: str
    citation: Citation | None = None


def memo_paragraphs(answer: Answer) -> Iterator[tuple[Piece, ...]]:
    r"""Yield the paragraphs of an answer as plain words with footnotes; lists and rows of tables are paragraphs.

    >>> from qa.types import Scope
    >>> cited = Citation(1, "r", "f", "t", "i", None, (), 1, None, 0, 2, "甲乙", 1.0)
    >>> answer = Answer("", "", r"- **甲**：\[1\]乙[1]。", None, None, (cited,), (), Scope(), "", 0.0)
    >>> [[piece.text for piece in pieces] for pieces in memo_paragraphs(answer)]
    [['甲：[1]乙', '。']]
    """
    cited = {citation.marker: citation for citation in answer.citations}
    for line in answer.text.splitlines():
        if not line.strip() or _TABLE_RULE.match(line.strip()):
            continue
        words = _LIST_SIGN.sub("", line.strip().lstrip("> "))
        if words.startswith("|"):
            words = "\u3000".join(cell.strip() for cell in words.strip("|").split("|"))
        pieces = tuple(_pieces(words, cited))
        if pieces:
            yield pieces


def footnote(citation: Citation) -> str:
    """Tell where a quotation stands, and the words themselves.

    >>> path = ("一、总体情况", "（一）复议。")
    >>> footnote(Citation(1, "r", "f", "法治报告", "云溪县", 2024, path, 9, 3, 0, 2, "受理9件。", 1.0))
    '云溪县《法治报告》，“（一）复议”，第9段，第3页：“受理9件。”'
    """
    title = citation.title if citation.title.startswith("《") else f"《{citation.title}》"
    parts = [f"{citation.issuer}{title}"]
    parts += [f"“{heading.strip().rstrip('。.')}”" for heading in citation.section[-1:]]
    parts += [f"第{citation.paragraph}段"] + ([f"第{citation.page}页"] if citation.page is not None else [])
    return f"{'，'.join(parts)}：“{' '.join(citation.quote.split())}”"


def memo_markdown(title: str, answers: Sequence[Answer]) -> str:
    """Write a conversation as Markdown with footnotes."""
    blocks = [f"# {_one_line(title)}"]
    for number, answer in enumerate(answers, start=1):
        blocks.append(f"## {_one_line(answer.question)}")
        if answer.headline:
            blocks.append(f"**{_escape(_one_line(answer.headline))}**")
        blocks.append(_with_notes(answer, number))
        blocks += [f"[^{number}-{c.marker}]: {_escape(footnote(c))}" for c in answer.citations]
    return "\n\n".join(blocks) + "\n"


def _with_notes(answer: Answer, number: int) -> str:
    """Return the text of an answer with its markers as references to footnotes of this question."""
    known = {citation.marker for citation in answer.citations}

    def note(sign: re.Match[str]) -> str:
        return f"[^{number}-{sign[2]}]" if sign[2] and int(sign[2]) in known else sign[0]

    return _SIGNS.sub(note, answer.text)


def _pieces(words: str, cited: dict[int, Citation]) -> Iterator[Piece]:
    """Take the signs of Markdown out of a line and part it at its markers."""
    run, start = "", 0
    for sign in _SIGNS.finditer(words):
        run += words[start : sign.start()] + (sign[1] or "")
        start = sign.end()
        if sign[2] and int(sign[2]) in cited:
            yield Piece(run, cited[int(sign[2])])
            run = ""
        elif sign[2]:
            run += sign[0]
    if run + words[start:]:
        yield Piece(run + words[start:])


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|~$])", r"\\\1", text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
