"""Made-up documents for the tests, put together part by part, so that each part can be as odd as a test needs."""

from __future__ import annotations

import html
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(body: str, **parts: str | bytes) -> bytes:
    """A Word document with this body; `parts` are further ones by name: styles, numbering, footnotes, rels."""
    named = {"rels": "word/_rels/document.xml.rels", "core": "docProps/core.xml"}
    files: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {_WORD} {_MORE}><w:body>{body}</w:body></w:document>"
    }
    for name, content in parts.items():
        key = named.get(name) or (f"word/{name}.xml" if "/" not in name else name)
        files[key] = content
    return pack(files)


def part(name: str, inner: str) -> str:
    return f"<w:{name} {_WORD}>{inner}</w:{name}>"


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def picture(width: int = 40, height: int = 30, colour: bytes = b"\x80\x20\x20") -> bytes:
    """A small PNG."""
    rows = b"".join(b"\0" + colour * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def drawing(relation: str, size: int = 3_000_000, description: str = "") -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="{size}" cy="{size}"/><wp:docPr id="1" name="图片 1" '
        f'descr="{description}"/><a:blip r:embed="{relation}"/></wp:inline></w:drawing></w:r></w:p>'
    )


def relations(targets: Mapping[str, str]) -> str:
    inner = "".join(f'<Relationship Id="{key}" Target="{target}"/>' for key, target in targets.items())
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def sheet_book(rows: str, merged: str = "", strings: Sequence[str] = ()) -> bytes:
    """A workbook with one sheet of these rows, as XML."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return pack(
        {
            "xl/workbook.xml": f"<workbook {main} {relation}><sheets>"
            '<sheet name="收支" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations({"rId1": "worksheets/sheet1.xml"}),
            "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{rows}</sheetData>{merged}</worksheet>",
            "xl/sharedStrings.xml": f"<sst {main}>{''.join(f'<si><t>{text}</t></si>' for text in strings)}</sst>",
        }
    )


def ofd(paragraphs: Sequence[str], per_line: int = 38, per_page: int = 12, image: bytes = b"") -> bytes:
    """An OFD document: lines of A4 pages under a running head and above a page number."""
    size = 4.2
    lines: list[tuple[str, float]] = []
    for number, text in enumerate(paragraphs):
        indent = 2 if number else 0
        first = per_line - indent
        pieces = [text[:first], *(text[at : at + per_line] for at in range(first, len(text), per_line))]
        lines += [(piece, 20 + (indent * size if not at else 0)) for at, piece in enumerate(pieces)]
    pages = [lines[at : at + per_page] for at in range(0, len(lines), per_page)]
    listed = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    resource = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>" if image else ""
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {_OFD}><ofd:DocBody><ofd:DocInfo><ofd:Author>云川县人民政府</ofd:Author></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData>{area}{resource}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    if image:
        parts["Doc_0/Res/a.png"] = image
        parts["Doc_0/DocumentRes.xml"] = (
            f'<ofd:Res {_OFD} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image">'
            "<ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
        )
    for number, page in enumerate(pages):
        objects = [_text_object("云川县人民政府公报", 90, 12, 3.5), _text_object(f"— {number + 1} —", 100, 285, 3.5)]
        objects += [_text_object(text, x, 30 + 6 * at, size) for at, (text, x) in enumerate(page)]
        if image and not number:
            objects.append('<ofd:ImageObject ID="9" ResourceID="7" Boundary="40 150 90 60"/>')
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {_OFD}><ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return pack(parts)


def _text_object(text: str, x: float, y: float, size: float) -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} {len(text) * size} {size}" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size * 0.85}">{html.escape(text)}</ofd:TextCode></ofd:TextObject>'
    )
