"""The parsed report: frozen types whose every place is an offset pair into one stored text.

Reading order is dependency order. Offsets count Python characters of `Report.text`; `end` is exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


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
class Paragraph:
    """One paragraph of the text; `number` counts from 1. Paragraphs never overlap and cover every printed character."""

    number: int
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption and unit line; `rows` hold the cells' text, heads first."""

    caption: str
    unit: str
    rows: tuple[tuple[str, ...], ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture or chart: its label and caption, the page, and the name of its image file."""

    label: str
    caption: str
    page: int | None = None
    image: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its meaning: value and unit, what it measures, for which period, and as what kind of statement."""

    value: Decimal
    unit: str
    text: str
    indicator: str
    period: str
    kind: str
    start: int
    end: int


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
