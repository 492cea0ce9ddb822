"""What the user says of a report: title, issuer, kind, year, date and document number, kept in `HOME/metadata.json`.

A report is known there by the hash of its content, so the user's word stands across rebuilds, and when the file is
renamed, moved or packed into an archive. A new edition of the file is another report.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date as calendar_date
from pathlib import Path
from typing import Any

from corpus.errors import ReportQAError
from corpus.figures import find_figures
from corpus.types import Fact, Origin, Report

NAME = "metadata.json"
_LONGEST_VALUE = 200
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


class BadDescription(ReportQAError):
    """A description of a report cannot be used."""


@dataclass(frozen=True, slots=True)
class Description:
    """The user's word on a report; None leaves a fact as it was found, "" says that there is none.

    `file` is the name under which the report was last seen: only for people who read the list.
    """

    file: str = ""
    title: str | None = None
    issuer: str | None = None
    kind: str | None = None
    year: int | None = None
    date: str | None = None
    document_number: str | None = None


FACTS = tuple(entry.name for entry in fields(Description) if entry.name != "file")


def read_descriptions(home: Path) -> dict[str, Description]:
    """Read the descriptions by report id; none where there is no file.

    Raises:
        BadDescription: the file is damaged, or says something that cannot be.
    """
    path = home / NAME
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadDescription(f"{str(path)!r} cannot be read ({error}): mend or remove it") from error
    if not isinstance(entries, dict):
        raise BadDescription(f"{str(path)!r} is no list of reports by id: mend or remove it")
    return {str(key): _checked(key, entry, path) for key, entry in entries.items()}


def _checked(key: str, entry: object, path: Path) -> Description:
    """Make a description of what stands in the file."""
    if not isinstance(entry, dict) or not set(entry) <= {"file", *FACTS}:
        raise BadDescription(f"{str(path)!r}: the entry {key!r} has other facts than {', '.join(FACTS)}")
    for name, value in entry.items():
        if value is not None and not isinstance(value, int if name == "year" else str):
            raise BadDescription(f"{str(path)!r}: {name} of {key!r} cannot be {value!r}")
    return check_description(Description(**entry))


def check_description(description: Description) -> Description:
    """Return a description whose values can be.

    Raises:
        BadDescription: a year, date or text cannot be.
    """
    year, date = description.year, description.date
    if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise BadDescription(f"{year} is no year of a report: give one from {_FIRST_YEAR} to {_LAST_YEAR}")
    try:
        calendar_date.fromisoformat(date or "2000-01-01")
    except ValueError as error:
        raise BadDescription(f"{date!r} is no date: write it as 2025-03-01") from error
    for name, value in asdict(description).items():
        if (
            isinstance(value, str)
            and name != "file"
            and (len(value) > _LONGEST_VALUE or value != " ".join(value.split()))
        ):
            raise BadDescription(f"{name} cannot be {value!r}: one line of at most {_LONGEST_VALUE} characters")
    return description


def save_description(home: Path, report_id: str, description: Description) -> None:
    """Keep the user's word on a report; one that says nothing is removed.

    Raises:
        BadDescription: it cannot be, or the file cannot be read or written.
    """
    known = read_descriptions(home)
    known[report_id] = check_description(description)
    said = {key: _said(entry) for key, entry in known.items() if set(_said(entry)) - {"file"}}
    beside = home / f".{NAME}.new"
    try:
        home.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        beside.replace(home / NAME)
    except OSError as error:
        raise BadDescription(f"{str(home / NAME)!r} cannot be written: {error.strerror}") from error


def _said(description: Description) -> dict[str, str | int]:
    """Return what a description says, by name."""
    return {name: value for name, value in asdict(description).items() if value is not None}


def facts_said(description: Description | None) -> dict[str, str | int]:
    """Return the facts that a description gives."""
    return {name: value for name, value in _said(description).items() if name in FACTS} if description else {}


def describe(report: Report, descriptions: Mapping[str, Description]) -> Report:
    """Return a report with the user's word in the place of what was guessed; its figures follow the year.

    >>> report = Report("r", "a.txt", "", "报告", "", "", None, "", "", "", "报告", (), ())
    >>> described = describe(report, {"r": Description(issuer="云溪县", year=2024)})
    >>> described.issuer, described.year, [fact.name for fact in described.facts]
    ('云溪县', 2024, ['issuer', 'year'])
    """
    description = descriptions.get(report.report_id)
    said: dict[str, Any] = facts_said(description)
    if not said:
        return report
    kept = tuple(fact for fact in report.facts if fact.name not in said)
    facts = (*kept, *(Fact(name, Origin.USER, 1.0) for name in said))
    warnings = tuple(
        warning for warning in report.warnings if not any(f"the {name} is not" in warning for name in said)
    )
    described = replace(report, **said, facts=facts, warnings=warnings)
    return replace(described, figures=find_figures(described))
