"""A memo as a DOCX file with footnotes that Word and WPS count themselves.

A DOCX is a ZIP of XML parts (ECMA-376). These few are all that a text with headings and footnotes needs, so no library
stands between.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from qa.memo import Piece, footnote, memo_paragraphs
from qa.types import Answer

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# XML has no way to write these.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# Footnotes 0 and 1 are the lines that separate notes from the text; a program expects them.
_FIRST_NOTE = 2

_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_WORD}.footnotes+xml"/></Types>'
)
_ROOT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_PARTS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>'
)


def _style(key: str, name: str, size: int, more: str = "", kind: str = "paragraph") -> str:
    """Write a style; `size` is in half points."""
    paragraph = '<w:pPr><w:spacing w:before="160" w:after="80" w:line="360" w:lineRule="auto"/></w:pPr>'
    properties = f"<w:rPr>{more}<w:sz w:val='{size}'/><w:szCs w:val='{size}'/></w:rPr>"
    start = f'<w:style w:type="{kind}" w:styleId="{key}"' + (' w:default="1"' if key == "Normal" else "") + ">"
    return f'{start}<w:name w:val="{name}"/>{paragraph if kind == "paragraph" else ""}{properties}</w:style>'


# Songti for the text and Heiti for headings, as official documents have them.
_STYLES = (
    f"{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    + _style("Normal", "Normal", 24)
    + _style("Title", "Title", 36, '<w:rFonts w:eastAsia="黑体"/><w:b/>')
    + _style("Heading1", "heading 1", 28, '<w:rFonts w:eastAsia="黑体"/><w:b/>')
    + _style("FootnoteText", "footnote text", 18)
    + _style("FootnoteReference", "footnote reference", 24, '<w:vertAlign w:val="superscript"/>', "character")
    + "</w:styles>"
)
_MARK = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'


def memo_docx(title: str, answers: Sequence[Answer]) -> bytes:
    """Write a conversation as DOCX; equal conversations give equal bytes."""
    notes: list[str] = []
    body = [_paragraph("Title", _run(title))]
    for answer in answers:
        body.append(_paragraph("Heading1", _run(answer.question)))
        if answer.headline:
            body.append(_paragraph("Normal", _run(answer.headline, bold=True)))
        body += [_paragraph("Normal", "".join(_runs(pieces, notes))) for pieces in memo_paragraphs(answer)]
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "word/document.xml": f"{_HEAD}<w:document {_W}><w:body>{''.join(body)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _PARTS,
        "word/styles.xml": _STYLES,
        "word/footnotes.xml": _footnotes(notes),
    }
    return _zip(parts)


def _runs(pieces: Sequence[Piece], notes: list[str]) -> Iterator[str]:
    """Yield the runs of a paragraph; each citation's footnote is added to `notes`."""
    for piece in pieces:
        yield _run(piece.text)
        if piece.citation is not None:
            yield f'<w:r>{_MARK}<w:footnoteReference w:id="{_FIRST_NOTE + len(notes)}"/></w:r>'
            notes.append(footnote(piece.citation))


def _footnotes(notes: Sequence[str]) -> str:
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{sign}/></w:r></w:p></w:footnote>'
        for number, (kind, sign) in enumerate(
            (("separator", "separator"), ("continuationSeparator", "continuationSeparator"))
        )
    )
    lines += "".join(
        f'<w:footnote w:id="{number}">'
        + _paragraph("FootnoteText", f"<w:r>{_MARK}<w:footnoteRef/></w:r>" + _run(" " + note))
        + "</w:footnote>"
        for number, note in enumerate(notes, start=_FIRST_NOTE)
    )
    return f"{_HEAD}<w:footnotes {_W}>{lines}</w:footnotes>"


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str, *, bold: bool = False) -> str:
    words = escape(_CONTROL.sub(" ", text))
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _zip(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # A fixed date (the default of ZipInfo) keeps equal memos equal.
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, content.encode("utf-8"))
    return out.getvalue()
