"""The parsed report: frozen types whose every place is an offset pair into one stored text.

Reading order is dependency order. Offsets count Python characters of `Report.text`; `end` is exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it, sub-sections included.

    `heading == text[start : start + len(heading)]`, so a heading that runs into its paragraph ("一是…。") is cut where
    its own sentence ends. `path` holds the headings from the outermost one down to this one.
    """

    heading: str
    level: int
    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, as fractions of the page's width and height from its top left corner.

    `page` counts the pages of the file from 1.
    """

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or a cell of a table: where it stands on the page, and which stretch of the text it prints."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the text; `number` counts from 1. Paragraphs never overlap and cover every printed character.

    Attributes:
        number: its place among the paragraphs.
        start: offset of its first character.
        end: offset behind its last one.
        page: the page of the file on which it begins, where the format has pages.
        page_label: the number printed on that page, where it is another one.
        lines: its printed lines in reading order, where the format places text on pages.
    """

    number: int
    start: int
    end: int
    page: int | None = None
    page_label: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption and unit line; `rows` hold the cells' text, heads first.

    A cell that is merged over several columns or rows is repeated in each of them. The text prints it once: there,
    `text[start:end]` holds a line for each row, with a tab between two cells.

    Attributes:
        caption: the line above that names it.
        unit: the unit that a line above gives to all of it.
        rows: its cells.
        page: the page on which it begins, where the format has pages.
        start: offset of its first row.
        end: offset behind its last one.
        notes: the lines right below it that explain it.
    """

    caption: str
    unit: str
    rows: tuple[tuple[str, ...], ...]
    page: int | None = None
    start: int = 0
    end: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture or chart: what is printed about it, and the name of its image; nothing is ever read off it as fact.

    Attributes:
        label: the number under which the text speaks of it (图1), or "".
        caption: the line that names it, label included; without one the heading it stands under, or "".
        page: the page it stands on, where the format has pages.
        image: the name under which the index keeps its image; "" where the file holds none that can be shown.
        start: offset of the caption, or of the paragraph it stands at.
        end: offset behind that, and behind the line that tells the words inside it (图中文字：…).
    """

    label: str
    caption: str
    page: int | None = None
    image: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """The image of an exhibit: `name` is made of its content, so the same picture has the same name everywhere."""

    name: str
    data: bytes


class Kind(StrEnum):
    """What a figure says about its indicator.

    `RESULT` is a level that was reached and `TARGET` one that is aimed at. `CHANGE` is against a year or a state before
    (增长5.5%). `SHARE` is a level stated as a part of a whole (%, ‰, 成, 分之), `RANK` a place in an order (第11位).
    A figure of a plan is a target, whatever its unit: 增长6%左右 is what is aimed at.
    """

    RESULT = "result"
    TARGET = "target"
    CHANGE = "change"
    SHARE = "share"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its meaning: what it measures, for which period, as what kind of statement, and part of what.

    `parent` is the index, in the report's ledger, of the figure that this one is a part of. `adds_up` is set on a
    figure whose parts are listed: whether they add up to it; None where the list does not claim to be complete.
    """

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    scale: Decimal
    text: str
    indicator: str
    period: str
    kind: Kind
    start: int
    end: int
    parent: int | None = None
    adds_up: bool | None = None


class Origin(StrEnum):
    """Where a fact about a report was found, the most trusted first."""

    USER = "user"
    FILE_NAME = "file name"
    TITLE = "title"
    TEXT = "text"
    PROPERTIES = "properties"


@dataclass(frozen=True, slots=True)
class Fact:
    """Where one of a report's facts comes from; its value is the report's field of this name.

    `confidence` is 1 for what the user said. Else it is the share of reports for which such a guess was right, rounded
    down: see `corpus.metadata`.
    """

    name: str
    origin: Origin
    confidence: float

    @property
    def guessed(self) -> bool:
        """Whether the program guessed it."""
        return self.origin is not Origin.USER


@dataclass(frozen=True, slots=True)
class PageFacts:
    """How the text of a file's pages was come by. Pages count from 1; `count` is 0 for formats without pages.

    Attributes:
        count: how many pages the file has.
        empty: pages with no text of their own that were not read by OCR either.
        garbled: pages whose text is no text (wrong characters) and that were not read by OCR either; left out.
        ocr: pages read by OCR, because they had no text or a garbled one.
        confidence: mean confidence of the OCR over its characters, 0 to 1; None where there was no OCR.
    """

    count: int = 0
    empty: tuple[int, ...] = ()
    garbled: tuple[int, ...] = ()
    ocr: tuple[int, ...] = ()
    confidence: float | None = None


NO_PAGES = PageFacts()


@dataclass(frozen=True, slots=True)
class Report:
    """One report, parsed. `text` is stored once; everything else points into it.

    `report_id` is the start of the file's SHA-256, so the same content has the same id under any name. `file` is the
    path relative to the folder that was read, with forward slashes. Unknown facts are empty strings (`year`: None).
    """

    report_id: str
    file: str
    sha256: str
    title: str
    issuer: str
    kind: str
    year: int | None
    date: str
    document_number: str
    source: str
    text: str
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    figures: tuple[Figure, ...] = ()
    warnings: tuple[str, ...] = ()
    pages: PageFacts = NO_PAGES
    facts: tuple[Fact, ...] = ()
