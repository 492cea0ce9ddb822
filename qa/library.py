"""The user's own reports in `HOME/reports`: put in, taken out; and facts corrected. A build makes the index follow.

Names come from the browser: a file is only ever found among those that are there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Any

from corpus.descriptions import FACTS, Description, facts_said, read_descriptions, save_description
from corpus.errors import ReportQAError
from corpus.read import parse_report
from corpus.readers import SUFFIXES
from corpus.types import Report
from qa.files import replace_file

_UNSAFE = re.compile(r"[^\w（）()〔〕-]+")
_NAME_CHARS = 80


class NotTaken(ReportQAError):
    """A file was not put among the reports."""


def reports_folder(home: Path) -> Path:
    """Return the folder of the user's own reports."""
    return home / "reports"


def own_files(home: Path) -> tuple[str, ...]:
    """Return the names of the user's own report files, sorted."""
    folder = reports_folder(home)
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_file() and path.suffix.lower() in SUFFIXES))


def add_report(home: Path, name: str, data: bytes) -> str:
    """Put a report among the user's own, if it can be read; returns the name it is kept under.

    Args:
        home: the home folder.
        name: the name that its user gave the file; only a label.
        data: the bytes of the file.

    Raises:
        NotTaken: if its kind is not read, or a report of this name is there already and says something else.
        UnreadableFile: if it holds no report.
        NotWritten: if the disk is full.
    """
    kept = safe_file_name(name)
    parse_report(data, kept)
    folder = reports_folder(home)
    path = folder / kept
    if kept in own_files(home) and path.read_bytes() != data:
        raise NotTaken(
            f"{kept!r} is there already and says something else; remove it first or give the file another name"
        )
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(path, lambda beside: beside.write_bytes(data))
    return kept


def remove_report(home: Path, name: str) -> None:
    """Take a report out of the user's own.

    Raises:
        NotTaken: if there is none of this name.
    """
    _own(home, name).unlink()


def known_facts(home: Path, report: Report) -> dict[str, str]:
    """Return the facts of a report by name, as its user last said them or else as they were found; "" for none.

    Raises:
        BadDescription: if what users said cannot be read.
    """
    said = facts_said(read_descriptions(home).get(report.report_id))
    return {name: str(said.get(name, getattr(report, name)) or "") for name in FACTS}


def correct_report(home: Path, report: Report, said: Mapping[str, str]) -> tuple[str, ...]:
    """Keep the user's word on a report; it counts from the next build on, and for all later ones.

    Args:
        home: the home folder.
        report: the report as it is indexed.
        said: facts by name; those that are as known, and names of no fact, change nothing.

    Returns:
        The names of the facts that were changed.

    Raises:
        NotTaken: if the year is no number.
        BadDescription: if a value cannot be, or cannot be kept.
    """
    known = known_facts(home, report)
    words = {name: " ".join(said[name].split()) for name in FACTS if name in said}
    changed = {name: word for name, word in words.items() if word != known[name]}
    year = changed.get("year")
    if year is not None and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise NotTaken(f"{year!r} is no year; write it as 2024")
    if changed:
        before = read_descriptions(home).get(report.report_id, Description())
        values: dict[str, Any] = {name: int(word) if name == "year" else word for name, word in changed.items()}
        save_description(home, report.report_id, replace(before, file=report.file, **values))
    return tuple(changed)


def safe_file_name(name: str) -> str:
    r"""Make a file name of the words of another one; its folders and odd signs are left out.

    Raises:
        NotTaken: if files of its kind are not read.

    >>> safe_file_name("../../2024_云溪县_年度 报告.TXT"), safe_file_name("C:\\x\\a:b.txt")
    ('2024_云溪县_年度_报告.txt', 'a_b.txt')
    """
    last = PurePath(name.replace("\\", "/")).name
    stem, dot, ending = last.rpartition(".")
    suffix = f".{ending.lower()}" if dot else ""
    if suffix not in SUFFIXES:
        raise NotTaken(f"{last!r} cannot be read; reports may be {', '.join(sorted(SUFFIXES))}")
    return (_UNSAFE.sub("_", stem).strip("_")[:_NAME_CHARS] or "report") + suffix


def _own(home: Path, name: str) -> Path:
    if name not in own_files(home):
        raise NotTaken(f"{name!r} is none of your own reports; those in other folders are changed there")
    return reports_folder(home) / name
