"""Saved web pages: the text of the report without the page around it, with headings, lists and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import lxml.html
from lxml import etree

from corpus.decode import decode
from corpus.errors import UnreadableFile
from corpus.readers.base import Block, Extract
from corpus.readers.pictures import inline_picture, read_alternative
from corpus.readers.text import encoding_warnings
from corpus.tables import Cell, is_layout, lay_out
from corpus.types import Exhibit, Picture, Table

# How many bytes at the start tell a page from a text.
_SNIFFED_BYTES = 2_048
_LOOKS_LIKE_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})
    |<\?xml[^>]{0,80}encoding=["']([A-Za-z0-9_-]{3,20})""",
    re.IGNORECASE | re.VERBOSE,
)
# GBK and GB2312 pages use characters of GB18030 all the same, which contains both.
_GB = frozenset({"gbk", "gb2312", "gb_2312-80", "x-gbk", "cp936"})
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")

_NEVER_PRINTED = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "svg", "canvas", "head", "nav", "aside"}
    | {"button", "select", "input", "textarea"}
)
_CHROME = frozenset({"header", "footer"})
# What sites call the parts of a page around its text; and how much text such a part holds at most.
_CHROME_NAMES = frozenset(
    {"header", "footer", "foot", "copyright", "nav", "navbar", "topnav", "breadcrumb", "breadcrumbs", "crumb", "crumbs"}
    | {"share", "qrcode", "sidebar", "toolbar", "related"}
)
_LONGEST_CHROME = 1_200
# A form is a search box, or, on many government sites, the whole page.
_LONGEST_SEARCH_FORM = 200
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {"address", "article", "blockquote", "body", "center", "div", "fieldset", "figure", "footer", "header"}
    | {"dd", "figcaption", "dl", "dt", "hr", "html", "li", "main", "ol", "p", "pre", "section", "ul"}
    | {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
    | set(_HEADINGS)
)
_CELLS = frozenset({"td", "th"})
_CONTAINERS = frozenset({"div", "section", "article", "main", "td", "center", "body"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What is left of a page when the containers of links are gone is the report with its title, date and source. Choosing
# one container for it, as many extractors do, would now and then lose the title or an annex.
_LINK_SHARE = 0.6
_FEWEST_LINKS = 4
_LONGEST_LINK_LIST = 3_000
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_BETWEEN_CHINESE = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n]\s*(?={_WIDE})")


class HtmlReader:
    """Reads HTML pages."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm")

    def recognises(self, data: bytes) -> bool:
        """Say whether the content begins as a page does."""
        return bool(_LOOKS_LIKE_HTML.search(data[:_SNIFFED_BYTES]))

    def read(self, data: bytes, file: str) -> Extract:
        """Read one block for each paragraph, heading, list item and table row."""
        decoded = decode(data, file, _declared_encoding(data))
        root = _parse(decoded.text)
        if root is None:
            raise UnreadableFile(file, "the page holds no text")
        title = _SPACE.sub(" ", root.findtext(".//title") or "").strip()
        _drop_links(root)
        page = _Page()
        page.add(root)
        headline = next((block.text for block in page.blocks if block.level == 1), "")
        return Extract(
            tuple(page.blocks),
            headline or title,
            tuple(page.tables),
            encoding_warnings(decoded),
            exhibits=tuple(page.exhibits),
            pictures=tuple(page.pictures.values()),
        )


def fragment_lines(fragment: str) -> list[str]:
    """Take the printed lines out of a piece of HTML.

    >>> fragment_lines("<p>增长<b>5.6%</b>。</p><script>x()</script>")
    ['增长5.6%。']
    """
    root = _parse(fragment)
    if root is None:
        return []
    page = _Page()
    page.add(root)
    return [block.text for block in page.blocks]


def _declared_encoding(data: bytes) -> str:
    """Read the encoding that a page names; the Chinese ones by their superset."""
    found = _DECLARED.search(data[:_SNIFFED_BYTES])
    name = (found[1] or found[2]).decode("ascii").lower() if found else ""
    return "gb18030" if name in _GB else name


def _parse(markup: str) -> lxml.html.HtmlElement | None:
    """Parse a page; None where it has no element at all."""
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(_XML_DECLARATION.sub("", markup), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _drop_links(root: lxml.html.HtmlElement) -> None:
    """Take out the containers that consist of links: menus, breadcrumbs and lists of other articles."""
    lengths: dict[etree._Element, tuple[int, int, int]] = {}
    doomed: list[lxml.html.HtmlElement] = []
    for _, element in etree.iterwalk(root, events=("end",)):
        if not isinstance(element.tag, str) or element.tag in _NEVER_PRINTED:
            continue
        total, linked, links = len((element.text or "").strip()), 0, 0
        for child in element:
            child_total, child_linked, child_links = lengths.pop(child, (0, 0, 0))
            total += child_total + len((child.tail or "").strip())
            linked, links = linked + child_linked, links + child_links
        if element.tag == "a":
            linked, links = total, 1
        lengths[element] = (total, linked, links)
        if element.tag in _CONTAINERS | {"ul", "ol", "table"} and _is_link_list(total, linked, links):
            doomed.append(element)
            lengths[element] = (0, 0, 0)
    for element in doomed:
        if element.getparent() is not None and element.tag != "body":
            element.drop_tree()


def _is_link_list(total: int, linked: int, links: int) -> bool:
    """Say whether a container with so many characters, in links and in all, is a list of links."""
    return links >= _FEWEST_LINKS and total <= _LONGEST_LINK_LIST and linked >= _LINK_SHARE * total


@dataclass(slots=True)
class _Page:
    """Collects what a page prints, walking its elements once and without recursion."""

    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    exhibits: list[Exhibit] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    _line: list[str] = field(default_factory=list)
    _pending: list[int] = field(default_factory=list)
    _level: int = 0
    _in_article: int = 0

    def add(self, root: lxml.html.HtmlElement) -> None:
        """Add all that an element prints."""
        walker = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walker:
            if event == "start":
                if self._is_skipped(element) or self._took_table(element):
                    walker.skip_subtree()
                    skipped = element
                else:
                    self._open(element)
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._close(element)
                if element is not root:
                    self._line.append(element.tail or "")
        self._flush()

    def _is_skipped(self, element: etree._Element) -> bool:
        """Say whether an element prints nothing, or only the page around the report."""
        if not isinstance(element.tag, str) or element.tag in _NEVER_PRINTED:
            return True
        if element.tag == "form":
            return len("".join(map(str, element.itertext())).strip()) <= _LONGEST_SEARCH_FORM
        chrome = not self._in_article and (element.tag in _CHROME or _is_named_chrome(element))
        return chrome or bool(_HIDDEN.search(element.get("style", "")))

    def _open(self, element: etree._Element) -> None:
        """Begin an element."""
        if element.tag in _BLOCKS or element.tag == "br":
            self._flush()
        self._level = _HEADINGS.get(str(element.tag), self._level)
        self._in_article += element.tag in {"article", "main"}
        if element.tag == "img":
            self._add_picture(element)
        self._line.append(element.text or "")

    def _close(self, element: etree._Element) -> None:
        """End an element."""
        if element.tag in _BLOCKS:
            self._flush()
        if element.tag in _HEADINGS:
            self._level = 0
        self._in_article -= element.tag in {"article", "main"}

    def _flush(self) -> None:
        """End a line of text."""
        text = _collapse("".join(self._line))
        self._line.clear()
        if text:
            self.blocks.append(Block(text, self._level, after_gap=True))
        if self._pending and self.blocks:
            last = self.blocks[-1]
            self.blocks[-1] = replace(last, exhibits=(*last.exhibits, *self._pending))
            self._pending.clear()

    def _add_picture(self, element: etree._Element) -> None:
        """Note a picture that is described, captioned or saved inside the page; others are the page's own ornaments."""
        source = element.get("src", "")
        picture = inline_picture(source)
        words = read_alternative(element.get("alt", "")) or read_alternative(element.get("title", ""))
        if picture is not None:
            self.pictures[picture.name] = picture
        self._pending.append(len(self.exhibits))
        self.exhibits.append(Exhibit("", words, image=picture.name if picture else ""))

    def _took_table(self, element: etree._Element) -> bool:
        """Add a table that holds cells of data; one that lays out the page is read as text."""
        if element.tag != "table" or element.find(".//table") is not None:
            return False
        rows = _read_rows(element)
        if is_layout(rows):
            return False
        self._flush()
        caption = element.find("caption")
        if caption is not None:
            self.blocks.append(Block(_collapse("".join(map(str, caption.itertext()))), after_gap=True))
        named = self.blocks[-1].text if caption is not None else ""
        laid = lay_out(rows)
        self.blocks.extend(Block(line, after_gap=True, table=len(self.tables)) for line in laid.lines)
        self.tables.append(Table(named, "", laid.rows))
        return True


def _is_named_chrome(element: etree._Element) -> bool:
    """Say whether an element is named like a part of the page around the text, and is as short as one."""
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
    if not _CHROME_NAMES.intersection(names) or element.find(".//h1") is not None:
        return False
    return len("".join(map(str, element.itertext())).strip()) <= _LONGEST_CHROME


def _read_rows(table: etree._Element) -> list[list[Cell]]:
    """Read a table's cells with the columns and rows that they go over."""
    return [
        [Cell(_cell_text(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in row if cell.tag in _CELLS]
        for row in table.iter("tr")
    ]


def _cell_text(cell: etree._Element) -> str:
    """Read what a cell prints; its line breaks print as spaces, and as nothing between Chinese characters."""
    pieces: list[str] = []
    walker = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walker:
        hidden = not isinstance(element.tag, str) or element.tag in _NEVER_PRINTED
        pieces.append("\n" if element.tag in _BLOCKS or element.tag == "br" else "")
        if event == "end":
            pieces.append((element.tail or "") if element is not cell else "")
        elif hidden:
            walker.skip_subtree()
        else:
            pieces.append(element.text or "")
    return _collapse("".join(pieces))


def _span(cell: etree._Element, name: str) -> int:
    """Read over how many columns or rows a cell goes."""
    span = cell.get(name, "1").strip()
    return min(int(span), 200) if span.isascii() and span.isdigit() and int(span) else 1


def _collapse(text: str) -> str:
    """Collapse white space as a browser does; a line break between Chinese characters prints nothing."""
    return _SPACE.sub(" ", _BETWEEN_CHINESE.sub("", text)).strip()
