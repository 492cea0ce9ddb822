"""Word documents: headings by style and numbering, tables, pictures, footnotes, tracked changes as accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from corpus.archive import Archive, has_member
from corpus.errors import UnreadableFile
from corpus.readers.base import NO_PROPERTIES, Block, Extract, Properties
from corpus.readers.docx_styles import Numbering, Styles, read_numbering, read_outline_level
from corpus.readers.docx_tables import read_table
from corpus.readers.pictures import make_picture, read_alternative
from corpus.readers.xml import Element, attribute, child, local_name, parse_xml
from corpus.tables import is_layout, lay_out
from corpus.types import Exhibit, Picture, Table

_DOCUMENT = "word/document.xml"
# What was taken out by a tracked change, is not printed, or is a second form of what is printed.
_NOT_PRINTED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "sectPr", "rt", "Fallback", "txbxContent"}
    | {"drawing", "pict", "object", "commentReference", "tbl", "sdtPr"}
)
_CONTAINERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body"})
_BREAK = "\n"
# English Metric Units, 360000 to the centimetre: smaller pictures are ornaments.
_SMALLEST_EXHIBIT_EMU = 720_000
_LONGEST_HEADING = 120


class DocxReader:
    """Reads Word documents (DOCX, DOCM)."""

    name = "docx"
    suffixes: tuple[str, ...] = (".docx", ".docm")

    def recognises(self, data: bytes) -> bool:
        """Say whether the content is an archive with a Word document in it."""
        return has_member(data, _DOCUMENT)

    def read(self, data: bytes, file: str) -> Extract:
        """Read one block for each paragraph and table row."""
        archive = Archive(data, file)
        if _DOCUMENT not in archive.names:
            raise UnreadableFile(file, "it is no Word document, whatever its name says; name it for what it is")
        document = _Document(archive, file)
        document.add(parse_xml(archive.read(_DOCUMENT), file))
        title = next((text for text in document.titles if text), "")
        return Extract(
            tuple(document.blocks),
            title,
            tuple(document.tables),
            tuple(document.warnings()),
            exhibits=tuple(document.exhibits),
            pictures=tuple(document.pictures.values()),
            properties=_read_properties(archive, file),
        )


def _read_properties(archive: Archive, file: str) -> Properties:
    """Read what the document says of itself."""
    data = archive.find("docProps/core.xml")
    if data is None:
        return NO_PROPERTIES
    found = {local_name(element): (element.text or "").strip() for element in parse_xml(data, file)}
    date = found.get("modified", "") or found.get("created", "")
    return Properties(found.get("title", ""), found.get("creator", ""), date[:10])


def _part(archive: Archive, name: str, file: str) -> Element | None:
    """Parse a part that may be missing."""
    data = archive.find(name)
    return None if data is None else parse_xml(data, file)


@dataclass(slots=True)
class _Document:
    """Collects what a document prints."""

    archive: Archive
    file: str
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    exhibits: list[Exhibit] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    _styles: Styles = field(init=False)
    _numbering: Numbering = field(init=False)
    _notes: dict[str, str] = field(init=False)
    _targets: dict[str, str] = field(init=False)
    _carried: str = ""
    _contents: int = 0
    _not_shown: int = 0

    def __post_init__(self) -> None:
        self._styles = Styles.of(_part(self.archive, "word/styles.xml", self.file))
        self._numbering = Numbering.of(_part(self.archive, "word/numbering.xml", self.file))
        self._notes = {**self._read_notes("footnote"), **self._read_notes("endnote")}
        relations = _part(self.archive, "word/_rels/document.xml.rels", self.file)
        inside = (e for e in relations if e.get("TargetMode") != "External") if relations is not None else ()
        self._targets = {e.get("Id", ""): e.get("Target", "") for e in inside}

    def _read_notes(self, kind: str) -> dict[str, str]:
        """Read the footnotes or endnotes by kind and id."""
        root = _part(self.archive, f"word/{kind}s.xml", self.file)
        notes = [note for note in root if not attribute(note, "type")] if root is not None else []
        return {
            kind + attribute(note, "id"): " ".join(filter(None, map(_plain_text, _paragraphs(note)))) for note in notes
        }

    def warnings(self) -> Iterator[str]:
        """Say what was left out."""
        if self._contents:
            yield f"a table of contents of {self._contents} lines was left out"
        if self._not_shown:
            yield f"{self._not_shown} pictures are in a format that browsers do not show, and are only named"

    def add(self, root: Element) -> None:
        """Add what an element prints, block by block."""
        for element in root:
            name = local_name(element)
            if name == "p":
                self._add_paragraph(element)
            elif name == "tbl":
                self._add_table(element)
            elif name in _CONTAINERS:
                self.add(element)

    def _add_paragraph(self, paragraph: Element) -> None:
        """Add a paragraph with its number, footnotes, pictures and text boxes."""
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        if self._styles.is_contents(style):
            self._contents += 1
            return
        calls: list[str] = []
        text = self._carried + "".join(_runs(paragraph, calls))
        self._carried = ""
        if child(properties, "rPr", "del") is not None:
            # The paragraph's end was taken out by a tracked change: the next paragraph goes on with it.
            self._carried = text
            return
        if text.strip():
            self._add_lines(self._label(properties, style) + text, self._level(properties, style, text))
            if self._styles.is_title(style):
                self.titles.append(" ".join(text.split()))
        for call in calls:
            if self._notes.get(call):
                self.blocks.append(Block(f"[{call.lstrip('fotend')}] {self._notes[call]}", after_gap=True))
        self._add_pictures(paragraph)
        for box in _text_boxes(paragraph):
            self.add(box)

    def _label(self, properties: Element | None, style: str) -> str:
        """Return the number that Word prints before a paragraph."""
        list_id, depth = read_numbering(properties)
        if not list_id:
            list_id, depth = self._styles.numbering(style)
        return self._numbering.next_label(list_id, depth) if list_id not in {"", "0"} else ""

    def _level(self, properties: Element | None, style: str, text: str) -> int:
        """Return a paragraph's heading level; text as long as a paragraph is no heading, whatever its style."""
        own = read_outline_level(properties)
        level = own if own is not None else self._styles.level(style)
        return level if len(text) <= _LONGEST_HEADING else 0

    def _add_lines(self, text: str, level: int) -> None:
        """Add the lines of a paragraph; tabs in them only lay it out."""
        lines = [" ".join(line.split("\t")).strip() for line in text.split(_BREAK)]
        lines = ["".join(lines)] if level else lines
        self.blocks.extend(Block(line, level, after_gap=True) for line in lines if line)

    def _add_table(self, element: Element) -> None:
        """Add a table; one that only lays out the page is read as text."""
        rows = read_table(element, _cell_text)
        if is_layout(rows):
            for cell in _cells(element):
                self.add(cell)
            return
        laid = lay_out(rows)
        self.blocks.extend(Block(line, after_gap=True, table=len(self.tables)) for line in laid.lines)
        self.tables.append(Table("", "", laid.rows))
        for cell in _cells(element):
            for paragraph in _paragraphs(cell):
                self._add_pictures(paragraph)

    def _add_pictures(self, paragraph: Element) -> None:
        """Note the pictures and charts of a paragraph at the block before them."""
        for drawing in paragraph.iter("{*}drawing", "{*}pict"):
            if not _is_exhibit(drawing):
                continue
            link = next(drawing.iter("{*}blip", "{*}imagedata"), None)
            target = self._targets.get(attribute(link, "embed") or attribute(link, "id"), "")
            data = self.archive.find(str(PurePosixPath("word", target))) if target else None
            picture = make_picture(data) if data is not None else None
            if picture is not None:
                self.pictures[picture.name] = picture
            elif link is not None:
                self._not_shown += 1
            named = next(drawing.iter("{*}docPr"), None)
            words = read_alternative(attribute(named, "descr") or attribute(named, "title"))
            self._add_exhibit(Exhibit("", words, image=picture.name if picture else ""))

    def _add_exhibit(self, exhibit: Exhibit) -> None:
        """Tie an exhibit to the block before it; at the very start to one that its description makes."""
        if not self.blocks:
            self.blocks.append(Block(exhibit.caption, after_gap=True))
        last = self.blocks[-1]
        marked = Block(
            last.text, last.level, after_gap=True, table=last.table, exhibits=(*last.exhibits, len(self.exhibits))
        )
        self.blocks[-1] = marked
        self.exhibits.append(exhibit)


def _runs(element: Element, calls: list[str]) -> Iterator[str]:
    """Yield what the runs of a paragraph print; `calls` gathers the footnotes called."""
    for inner in element:
        name = local_name(inner)
        if name in _NOT_PRINTED or not name:
            continue
        if name == "r" and child(inner, "rPr", "vanish") is not None:
            continue
        if name == "t":
            yield inner.text or ""
        elif name in {"tab", "ptab"}:
            yield "\t"
        elif name in {"br", "cr"}:
            yield "" if attribute(inner, "type") in {"page", "column"} else _BREAK
        elif name == "noBreakHyphen":
            yield "-"
        elif name in {"footnoteReference", "endnoteReference"}:
            calls.append(name.removesuffix("Reference") + attribute(inner, "id"))
            yield f"[{attribute(inner, 'id')}]"
        else:
            yield from _runs(inner, calls)


def _plain_text(paragraph: Element) -> str:
    """Return what a paragraph prints, on one line."""
    return " ".join("".join(_runs(paragraph, [])).split())


def _paragraphs(element: Element) -> Iterator[Element]:
    """Yield the paragraphs inside an element, those of nested tables and content controls too."""
    for inner in element:
        if local_name(inner) == "p":
            yield inner
        elif local_name(inner) in _CONTAINERS | {"tbl", "tr", "tc"}:
            yield from _paragraphs(inner)


def _cells(table: Element) -> Iterator[Element]:
    """Yield the cells of a table."""
    for inner in table:
        if local_name(inner) == "tc":
            yield inner
        elif local_name(inner) in _CONTAINERS | {"tr"}:
            yield from _cells(inner)


def _cell_text(cell: Element) -> list[str]:
    """Return the paragraphs of a cell."""
    return [_plain_text(paragraph) for paragraph in _paragraphs(cell)]


def _text_boxes(paragraph: Element) -> Iterator[Element]:
    """Yield the text boxes of a paragraph; one that is written twice, for old programs too, once."""
    for box in paragraph.iter("{*}txbxContent"):
        above = {local_name(element) for element in box.iterancestors()}
        if not above & {"Fallback", "del"}:
            yield box


def _is_exhibit(drawing: Element) -> bool:
    """Say whether a drawing holds a picture or chart, and no ornament."""
    if any(local_name(element) == "Fallback" for element in drawing.iterancestors()):
        return False
    extent = next(drawing.iter("{*}extent"), None)
    sizes = [int(size) for size in (attribute(extent, "cx"), attribute(extent, "cy")) if size.isdigit()]
    holds = next(drawing.iter("{*}blip", "{*}imagedata", "{*}chart", "{*}relIds"), None)
    return holds is not None and (not sizes or max(sizes) >= _SMALLEST_EXHIBIT_EMU)
