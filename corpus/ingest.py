"""The ingest report: what was recognised in each file, what was left out, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus.errors import UnreadableFile
from corpus.export import export_fact
from corpus.types import NO_PAGES, Fact, Origin, PageFacts, Report


class Outcome(StrEnum):
    """What became of a file."""

    READ = "read"
    DUPLICATE = "duplicate"
    NEAR_DUPLICATE = "near duplicate"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ingest:
    """What was recognised in a file, and what became of it.

    Attributes:
        file: the file as the user named it.
        outcome: what became of it.
        reason: why it could not be read; "" otherwise.
        original: the file whose content it repeats; "" otherwise.
        similarity: how alike it is to that one, 0 to 1; None where it repeats none.
        paragraphs: how many paragraphs it has; the other counts likewise.
        captionless: exhibits without a caption, which no question finds.
        pages: how the text of its pages was come by.
        facts: where its facts come from.
        warnings: what was left out or should be looked at.
    """

    file: str
    outcome: Outcome
    report_id: str = ""
    title: str = ""
    issuer: str = ""
    kind: str = ""
    year: int | None = None
    date: str = ""
    document_number: str = ""
    source: str = ""
    headings: int = 0
    paragraphs: int = 0
    characters: int = 0
    figures: int = 0
    tables: int = 0
    exhibits: int = 0
    captionless: int = 0
    pages: PageFacts = NO_PAGES
    facts: tuple[Fact, ...] = ()
    warnings: tuple[str, ...] = ()
    reason: str = ""
    original: str = ""
    similarity: float | None = None


def ingest_report(report: Report) -> Ingest:
    """Say what was recognised in a report."""
    return Ingest(
        file=report.file,
        outcome=Outcome.READ,
        report_id=report.report_id,
        title=report.title,
        issuer=report.issuer,
        kind=report.kind,
        year=report.year,
        date=report.date,
        document_number=report.document_number,
        source=report.source,
        headings=len(report.sections),
        paragraphs=len(report.paragraphs),
        characters=len(report.text),
        figures=len(report.figures),
        tables=len(report.tables),
        exhibits=len(report.exhibits),
        captionless=sum(not exhibit.caption for exhibit in report.exhibits),
        pages=report.pages,
        facts=report.facts,
        warnings=report.warnings,
    )


def ingest_failure(error: UnreadableFile) -> Ingest:
    """Say why a file could not be read."""
    return Ingest(file=error.file, outcome=Outcome.FAILED, reason=error.reason)


def export_ingest(ingest: Ingest) -> dict[str, Any]:
    """Turn an ingest report into values that JSON can hold. Keys are only ever added, never renamed."""
    return {
        "file": ingest.file,
        "ok": ingest.outcome is not Outcome.FAILED,
        "title": ingest.title,
        "issuer": ingest.issuer,
        "kind": ingest.kind,
        "year": ingest.year,
        "date": ingest.date,
        "document_number": ingest.document_number,
        "headings": ingest.headings,
        "paragraphs": ingest.paragraphs,
        "characters": ingest.characters,
        "figures": ingest.figures,
        "warnings": list(ingest.warnings),
        "error": ingest.reason,
        "source": ingest.source,
        "outcome": ingest.outcome.value,
        "report_id": ingest.report_id,
        "original": ingest.original,
        "similarity": ingest.similarity,
        "tables": ingest.tables,
        "exhibits": ingest.exhibits,
        "exhibits_without_caption": ingest.captionless,
        "pages": ingest.pages.count,
        "pages_empty": list(ingest.pages.empty),
        "pages_garbled": list(ingest.pages.garbled),
        "pages_ocr": list(ingest.pages.ocr),
        "ocr_confidence": ingest.pages.confidence,
        "facts": [export_fact(fact) for fact in ingest.facts],
    }


def import_ingest(values: dict[str, Any]) -> Ingest:
    """Make an ingest report of what `export_ingest` gave."""
    names = (
        "title",
        "issuer",
        "kind",
        "year",
        "date",
        "document_number",
        "source",
        "headings",
        "paragraphs",
        "characters",
    )
    return Ingest(
        values["file"],
        Outcome(values["outcome"]),
        values["report_id"],
        **{name: values[name] for name in names},
        figures=values["figures"],
        tables=values["tables"],
        exhibits=values["exhibits"],
        captionless=values["exhibits_without_caption"],
        pages=PageFacts(
            values["pages"],
            tuple(values["pages_empty"]),
            tuple(values["pages_garbled"]),
            tuple(values["pages_ocr"]),
            values["ocr_confidence"],
        ),
        facts=tuple(Fact(fact["name"], Origin(fact["origin"]), fact["confidence"]) for fact in values["facts"]),
        warnings=tuple(values["warnings"]),
        reason=values["error"],
        original=values["original"],
        similarity=values["similarity"],
    )
