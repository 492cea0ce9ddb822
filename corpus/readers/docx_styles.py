"""What Word's styles and numbering say of a paragraph: its heading level, and the number that Word prints before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.readers.xml import Element, attribute, child, local_name

# Heading levels that the outline knows; Word has nine, and 10 says body text.
_DEEPEST_LEVEL = 6
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录)\s*(?:[1-9]|heading|标题)?$", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "标题"})
_PLACEHOLDER = re.compile(r"%([1-9])")
_LONGEST_CHAIN = 12
_CHINESE = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_CHINESE_FORMATS = frozenset(
    {"chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand"}
    | {"japaneseCounting", "japaneseDigitalTenThousand", "ideographDigital", "koreanDigital", "chineseLegalSimplified"}
)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its name, the outline level it gives (0: none), and its numbering."""

    name: str = ""
    based_on: str = ""
    level: int | None = None
    list_id: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _ListLevel:
    """How a list prints the numbers of one depth."""

    form: str
    pattern: str
    start: int
    spaced: bool


@dataclass(slots=True)
class Styles:
    """The styles of a document."""

    _styles: dict[str, Style] = field(default_factory=dict)
    _default: str = ""

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """Read the part with the styles; a document without it has none."""
        styles = cls()
        for element in root if root is not None else ():
            if local_name(element) == "style" and attribute(element, "type") == "paragraph":
                properties = child(element, "pPr")
                list_id, depth = read_numbering(properties)
                name = attribute(child(element, "name"), "val")
                key = attribute(element, "styleId")
                based_on = attribute(child(element, "basedOn"), "val")
                styles._styles[key] = Style(name, based_on, read_outline_level(properties), list_id, depth)
                if attribute(element, "default") in {"1", "true"}:
                    styles._default = key
        return styles

    def chain(self, key: str) -> Iterator[Style]:
        """Yield a style and those it is based on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(key or self._default)
            if style is None:
                return
            yield style
            if not style.based_on:
                return
            key = style.based_on

    def level(self, key: str) -> int:
        """Return the heading level of a style, 0 for body text."""
        for style in self.chain(key):
            named = _HEADING_NAME.match(style.name)
            if named:
                return min(int(named[1]), _DEEPEST_LEVEL)
            if style.level is not None:
                return style.level
        return 0

    def is_title(self, key: str) -> bool:
        """Say whether a style is the one for the document's title."""
        first = next(self.chain(key), Style())
        return first.name.strip().lower() in _TITLE_NAMES

    def is_contents(self, key: str) -> bool:
        """Say whether a style is one for the lines of a table of contents."""
        return bool(_CONTENTS_NAME.match(next(self.chain(key), Style()).name.strip()))

    def numbering(self, key: str) -> tuple[str, int]:
        """Return the list and the depth in it that a style gives, or ("", 0)."""
        return next(((style.list_id, style.depth) for style in self.chain(key) if style.list_id), ("", 0))


def read_outline_level(properties: Element | None) -> int | None:
    """Read the outline level that paragraph properties give; 0 for body text, None where they say nothing."""
    value = attribute(child(properties, "outlineLvl"), "val")
    if not value.isdigit():
        return None
    return min(int(value) + 1, _DEEPEST_LEVEL) if int(value) < 9 else 0


def read_numbering(properties: Element | None) -> tuple[str, int]:
    """Read the list and the depth in it that paragraph properties give, or ("", 0)."""
    numbering = child(properties, "numPr")
    depth = attribute(child(numbering, "ilvl"), "val")
    return attribute(child(numbering, "numId"), "val"), int(depth) if depth.isdigit() else 0


@dataclass(slots=True)
class Numbering:
    """Counts the lists of a document along and prints their numbers."""

    _levels: dict[str, dict[int, _ListLevel]] = field(default_factory=dict)
    _abstract_of: dict[str, str] = field(default_factory=dict)
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """Read the part with the numbering; a document without it numbers nothing."""
        numbering = cls()
        for element in root if root is not None else ():
            if local_name(element) == "abstractNum":
                levels = (inner for inner in element if local_name(inner) == "lvl")
                key = attribute(element, "abstractNumId")
                numbering._levels[key] = {_number(level, "ilvl"): _read_level(level) for level in levels}
            elif local_name(element) == "num":
                numbering._add_list(element)
        return numbering

    def _add_list(self, element: Element) -> None:
        """Note which definition a list follows, and where it begins to count anew."""
        key = attribute(element, "numId")
        self._abstract_of[key] = attribute(child(element, "abstractNumId"), "val")
        for override in element:
            start = attribute(child(override, "startOverride"), "val")
            if local_name(override) == "lvlOverride" and start.isdigit():
                self._restarts.setdefault(key, {})[_number(override, "ilvl")] = int(start)

    def next_label(self, list_id: str, depth: int) -> str:
        """Count on and return the number that Word prints, with what it puts behind it; "" for bullets."""
        abstract = self._abstract_of.get(list_id, "")
        levels = self._levels.get(abstract, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        restart = self._restarts.get(list_id, {}).pop(depth, None)
        counts[depth] = restart if restart is not None else counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form in {"bullet", "none"}:
            return ""

        def print_one(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            form = levels[other].form if other in levels else "decimal"
            return format_number(counts.get(other, levels[other].start if other in levels else 1), form)

        label = _PLACEHOLDER.sub(print_one, level.pattern)
        return label + " " if level.spaced and label[-1:].isascii() and label.strip() else label


def _read_level(element: Element) -> _ListLevel:
    """Read how a list prints one depth."""
    start = attribute(child(element, "start"), "val")
    return _ListLevel(
        attribute(child(element, "numFmt"), "val") or "decimal",
        attribute(child(element, "lvlText"), "val"),
        int(start) if start.isdigit() else 1,
        attribute(child(element, "suff"), "val") != "nothing",
    )


def _number(element: Element, name: str) -> int:
    """Read a whole number from an attribute; 0 where it is none."""
    value = attribute(element, name)
    return int(value) if value.isdigit() else 0


def format_number(number: int, form: str) -> str:
    """Write a number in one of Word's formats.

    >>> [format_number(12, form) for form in ("decimal", "chineseCounting", "lowerLetter", "upperRoman")]
    ['12', '十二', 'l', 'XII']
    """
    if form in _CHINESE_FORMATS and 0 < number < 100:
        tens, ones = divmod(number, 10)
        head = ("" if tens == 1 else _CHINESE[tens]) + "十" if tens else ""
        return head + (_CHINESE[ones] if ones else "")
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if form.endswith("Letter") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman") and 0 < number < 40:
        roman = _roman(number)
        return roman.upper() if form.startswith("upper") else roman
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    """Write a small number in Roman numerals."""
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters
