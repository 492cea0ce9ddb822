"""What decides how a report is read, cut and counted, as one number: reports read otherwise are read again.

Nobody needs to remember to raise a version: any change of the sources that read, cut and count, or of a library they
use, changes the number. Too many reports read again cost minutes; one not read again would be wrong.
"""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from re import match

import corpus

_DISTRIBUTION = "report-qa"
_HERE = Path(__file__).parent
_OWN = ("build", "chunks", "counts", "draft", "fresh", "ledger", "sentences", "split", "store", "words")


@cache
def reading_fingerprint() -> str:
    """Return 16 hexadecimal digits that change with the program that reads and cuts reports."""
    sources = [*sorted(Path(corpus.__file__).parent.rglob("*.py")), *(_HERE / f"{name}.py" for name in _OWN)]
    digest = hashlib.sha256(f"{sys.version_info[:2]}\n{_libraries()}".encode())
    for path in sources:
        digest.update(f"\0{path.name}\0".encode())
        # Line endings differ between check-outs and read alike.
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def _libraries() -> str:
    """Return the versions of the libraries that the project declares; none where it is not installed."""
    try:
        declared = [line for line in requires(_DISTRIBUTION) or [] if "extra ==" not in line]
    except PackageNotFoundError:
        return ""
    names = [found[0] for line in declared if (found := match(r"[\w.-]+", line))]
    return " ".join(f"{name}={_version(name)}" for name in sorted(names))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
