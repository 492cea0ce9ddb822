"""XML inside office documents, parsed so that it can neither reach outside nor grow: DTDs are refused."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.errors import UnreadableFile

Element = etree._Element
_WITHOUT_ENTITIES: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}


def parse_xml(data: bytes, file: str) -> Element:
    """Parse one part of a document.

    Raises:
        UnreadableFile: it is no XML, or declares entities: no office program writes such, and bombs are made of them.
    """
    _refuse_entities(data, file)
    try:
        root = etree.fromstring(data, etree.XMLParser(**_WITHOUT_ENTITIES, remove_comments=True, remove_pis=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(file, "the document is damaged: a part of it is no well-formed XML") from error
    return root


def iterate_xml(data: bytes, tags: tuple[str, ...], file: str) -> Iterator[Element]:
    """Yield the elements with these local names, one after another, and forget each: for parts with a million rows."""
    _refuse_entities(data, file)
    walker = etree.iterparse(
        io.BytesIO(data), events=("end",), tag=[f"{{*}}{name}" for name in tags], **_WITHOUT_ENTITIES
    )
    try:
        for _, element in walker:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(file, "the document is damaged: a part of it is no well-formed XML") from error


def _refuse_entities(data: bytes, file: str) -> None:
    """Refuse a part with a DTD, in whatever encoding."""
    if b"<!DOCTYPE" in data.replace(b"\x00", b""):
        raise UnreadableFile(file, "it declares XML entities, which no office program writes; it may be an attack")


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; the empty string for what is no element."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its local name, whatever its namespace; the empty string without it."""
    if element is None:
        return ""
    plain = element.get(name)
    if plain is not None:
        return str(plain)
    ending = "}" + name
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith(ending)), "")


def child(element: Element | None, *names: str) -> Element | None:
    """Follow a path of local names downwards; None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = next((inner for inner in element if local_name(inner) == name), None)
    return element


def children(element: Element | None, *names: str) -> tuple[Element, ...]:
    """Return the elements at the end of a path of local names; none where a part of the path is missing."""
    found = child(element, *names)
    return tuple(found) if found is not None else ()
