"""The user's own reports in `HOME/reports`: put in, renamed, taken out. A build makes the index follow.

Names come from the browser: a file is only ever found among those that are there, and a new name is made of safe signs.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from corpus.errors import ReportQAError
from corpus.read import parse_report
from corpus.readers import SUFFIXES
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


def rename_report(home: Path, name: str, year: int | None, issuer: str, kind: str) -> str:
    """Say year, issuer and kind of a report by its file name, which is where they are read from.

    Returns:
        The new name.

    Raises:
        NotTaken: if there is no such report, a fact is missing, or the new name is taken.
    """
    path = _own(home, name)
    if year is None or not issuer.strip() or not kind.strip():
        raise NotTaken("year, issuer and kind are all needed to name a report by them")
    facts = (str(year), issuer, kind)
    new = safe_file_name("_".join(re.sub(r"[_/\\]", "", fact) for fact in facts) + path.suffix)
    if new != name and new in own_files(home):
        raise NotTaken(f"{new!r} is there already; remove it first")
    path.rename(path.with_name(new))
    return new


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
