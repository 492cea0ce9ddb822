"""OFD documents (GB/T 33190-2016): text by page in reading order, with its place on the page, and pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.archive import Archive, has_member
from corpus.errors import UnreadableFile
from corpus.readers.base import Block, Extract, Properties
from corpus.readers.page_lines import Page, PrintedLine, page_blocks
from corpus.readers.pictures import make_picture
from corpus.readers.xml import Element, attribute, child, children, local_name, parse_xml
from corpus.types import Exhibit, PageFacts, Picture

_ENTRY = "OFD.xml"
_MOST_PAGES = 2_000
# Millimetres: smaller pictures are ornaments, and seals.
_SMALLEST_EXHIBIT_MM = 45.0
_A4_MM = (210.0, 297.0)
# Objects on one line stand this close to its base line, in character heights.
_SAME_LINE = 0.5
# Between objects further apart than this, in character heights, stands a space.
_SPACE = 0.8


class OfdReader:
    """Reads OFD documents."""

    name = "ofd"
    suffixes: tuple[str, ...] = (".ofd",)

    def recognises(self, data: bytes) -> bool:
        """Say whether the content is an archive with the entry of an OFD document in it."""
        return has_member(data, _ENTRY)

    def read(self, data: bytes, file: str) -> Extract:
        """Read one block for each paragraph of each page."""
        archive = Archive(data, file)
        body = child(parse_xml(archive.read(_ENTRY), file), "DocBody")
        root = child(body, "DocRoot")
        if root is None or not root.text:
            raise UnreadableFile(file, "the OFD names no document")
        document = _Document(archive, root.text.strip().lstrip("/"), file)
        named = {local_name(element): (element.text or "").strip() for element in children(body, "DocInfo")}
        document = _Document(archive, root.text.strip().lstrip("/"), file)
        info = child(body, "DocInfo")
        named = (
            {local_name(element): (element.text or "").strip() for element in info if element.text}
            if info is not None
            else {}
        )
        pages = list(document.pages())
        blocks = page_blocks(pages)
        exhibits = _tie(blocks, document.exhibits)
        facts = PageFacts(len(pages), tuple(page.number for page in pages if not page.lines))
        properties = Properties(named.get("Title", ""), named.get("Author", ""), named.get("ModDate", "")[:10])
        warnings = (f"{len(facts.empty)} of {facts.count} pages hold no text",) if facts.empty else ()
        return Extract(
            tuple(blocks), "", (), warnings, facts, tuple(exhibits), tuple(document.pictures.values()), properties
        )


def _tie(blocks: list[Block], exhibits: list[tuple[float, Exhibit]]) -> list[Exhibit]:
    """Tie each exhibit to the last block that stands above it on its page, or before that page."""
    for number, (top, exhibit) in enumerate(exhibits):
        above = [
            at
            for at, block in enumerate(blocks)
            if block.lines and (block.lines[0].box.page, block.lines[0].box.top) <= (exhibit.page or 0, top)
        ]
        at = above[-1] if above else 0
        if blocks:
            block = blocks[at]
            blocks[at] = Block(
                block.text,
                block.level,
                block.page,
                block.after_gap,
                lines=block.lines,
                exhibits=(*block.exhibits, number),
            )
    return [exhibit for _, exhibit in exhibits]


@dataclass(slots=True)
class _Document:
    """Reads the pages of a document one by one."""

    archive: Archive
    part: str
    file: str
    exhibits: list[tuple[float, Exhibit]] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    _media: dict[str, str] = field(default_factory=dict)

    def pages(self) -> Iterator[Page]:
        """Yield the pages in order."""
        root = parse_xml(self.archive.read(self.part), self.file)
        folder = posixpath.dirname(self.part)
        common = child(root, "CommonData")
        for resource in children(root, "CommonData"):
            if local_name(resource) in {"DocumentRes", "PublicRes"} and resource.text:
                self._add_media(_join(folder, resource.text))
        usual = _box(child(common, "PageArea", "PhysicalBox")) or (0.0, 0.0, *_A4_MM)
        for number, entry in enumerate(children(root, "Pages")[:_MOST_PAGES], start=1):
            page = parse_xml(self.archive.read(_join(folder, attribute(entry, "BaseLoc"))), self.file)
            size = (_box(child(page, "Area", "PhysicalBox")) or usual)[2:]
            yield Page(number, size[0], size[1], tuple(self._lines(page, number, size[1])))

    def _add_media(self, part: str) -> None:
        """Note the image files that a resource part names."""
        data = self.archive.find(part)
        if data is None:
            return
        root = parse_xml(data, self.file)
        folder = _join(posixpath.dirname(part), root.get("BaseLoc", "") or ".")
        for media in root.iter("{*}MultiMedia"):
            name = child(media, "MediaFile")
            if name is not None and name.text:
                self._media[media.get("ID", "")] = _join(folder, name.text)

    def _lines(self, page: Element, number: int, height: float) -> Iterator[PrintedLine]:
        """Yield the lines of a page from top to bottom, and note its pictures."""
        objects: list[PrintedLine] = []
        for element in page.iter("{*}TextObject", "{*}ImageObject"):
            box = _box_of(attribute(element, "Boundary"))
            if box is None:
                continue
            if local_name(element) == "ImageObject":
                self._add_picture(element, box, number, height)
            else:
                printed = _printed(element, box)
                objects += [printed] if printed else []
        objects.sort(key=lambda line: (line.base, line.x0))
        yield from _join_objects(objects)

    def _add_picture(self, element: Element, box: tuple[float, ...], number: int, height: float) -> None:
        """Note a picture that is no ornament."""
        if max(box[2:]) < _SMALLEST_EXHIBIT_MM:
            return
        data = self.archive.find(self._media.get(attribute(element, "ResourceID"), ""))
        picture = make_picture(data) if data else None
        if picture:
            self.pictures[picture.name] = picture
        self.exhibits.append((box[1] / height, Exhibit("", "", number, picture.name if picture else "")))


def _join(folder: str, name: str) -> str:
    """Resolve a part's name; one that begins with a slash counts from the archive's root."""
    name = name.strip()
    return posixpath.normpath(name.lstrip("/") if name.startswith("/") else posixpath.join(folder, name))


def _box(element: Element | None) -> tuple[float, ...] | None:
    """Read a rectangle written as an element's text."""
    return _box_of(element.text or "") if element is not None else None


def _box_of(text: str) -> tuple[float, ...] | None:
    """Read "x y width height", in millimetres; None for what is no rectangle."""
    try:
        numbers = tuple(map(float, text.split()))
    except ValueError:
        return None
    return numbers if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0 else None


def _printed(element: Element, box: tuple[float, ...]) -> PrintedLine | None:
    """Read what a text object prints and where; None for nothing and for hidden text."""
    codes = [code for code in element if local_name(code) == "TextCode"]
    text = "".join(code.text or "" for code in codes)
    if not text.strip() or attribute(element, "Visible") == "false":
        return None
    try:
        size = float(attribute(element, "Size") or box[3])
        base = box[1] + float(attribute(codes[0], "Y") or box[3])
    except ValueError:
        return None
    return PrintedLine(text, box[0], box[1], box[0] + box[2], box[1] + box[3], base, min(size, box[3]))


def _join_objects(objects: list[PrintedLine]) -> Iterator[PrintedLine]:
    """Join the objects on one base line, from left to right."""
    run: list[PrintedLine] = []
    for printed in objects:
        if run and abs(printed.base - run[0].base) > _SAME_LINE * max(printed.size, run[0].size):
            yield _join_run(run)
            run = []
        run.append(printed)
    if run:
        yield _join_run(run)


def _join_run(run: list[PrintedLine]) -> PrintedLine:
    """Join the objects of one line."""
    run.sort(key=lambda printed: printed.x0)
    text, right = "", run[0].x0
    for printed in run:
        text += " " * (bool(text) and printed.x0 - right > _SPACE * printed.size) + printed.text
        right = max(right, printed.x1)
    return PrintedLine(
        text,
        run[0].x0,
        min(printed.top for printed in run),
        right,
        max(printed.bottom for printed in run),
        run[0].base,
        max(printed.size for printed in run),
    )
