"""Errors of the search side; each says what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import ReportQAError


def rebuild_command(home: Path) -> str:
    """Return the command that makes the index of `home` again.

    >>> rebuild_command(Path("var"))
    'python -m index build --home var'
    """
    return f"python -m index build --home {home}"


class IndexMissing(ReportQAError):
    """There is no index in the home folder yet."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"there is no index in {str(home)!r} yet; make one: {rebuild_command(home)}")


class IndexMismatch(ReportQAError):
    """The index was made by another encoder or in another format than this program uses."""

    def __init__(self, home: Path, what: str, found: object, wanted: object) -> None:
        super().__init__(
            f"the index in {str(home)!r} has {what} {found!r}, this program needs {wanted!r}; "
            f"make it again: {rebuild_command(home)}"
        )


class IndexDamaged(ReportQAError):
    """A file of the index is missing, cut short or not what its manifest says."""

    def __init__(self, home: Path, reason: str) -> None:
        super().__init__(f"the index in {str(home)!r} is damaged: {reason}; make it again: {rebuild_command(home)}")


class EncoderUnavailable(ReportQAError):
    """The encoder cannot be loaded from where it should be."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"the encoder {name!r} cannot be loaded: {reason}; give the folder of a sentence-transformers model "
            "with --encoder, or leave it out for the one that ships"
        )


class UnknownReport(ReportQAError):
    """A report id that is not in this index."""

    def __init__(self, report_id: str) -> None:
        super().__init__(f"no report {report_id!r} in this index; `python -m index info` lists them")


class IndexNotWritten(ReportQAError):
    """The new index could not be written; the one before is untouched."""

    def __init__(self, home: Path, error: OSError) -> None:
        # numpy tells of a full disk without saying so: bytes requested and written, and no error number.
        reason = error.strerror or f"the disk may be full ({error})"
        super().__init__(
            f"no new index could be written in {str(home)!r}: {reason}; the one that was there is as it was"
        )


class BuildRunning(ReportQAError):
    """Another process builds the index of the same home folder."""

    def __init__(self, home: Path, holder: str = "") -> None:
        who = f" ({holder})" if holder else ""
        super().__init__(f"another build of the index in {str(home)!r} is running{who}; wait until it has ended")


class BuildCancelled(ReportQAError):
    """Somebody has cancelled the build."""

    def __init__(self, home: Path) -> None:
        super().__init__(f"the build of the index in {str(home)!r} was cancelled; the one that was there is as it was")


class GateClosed(ReportQAError):
    """A new version failed the check before going live; it was thrown away."""

    def __init__(self, home: Path, reason: str) -> None:
        super().__init__(
            f"the new index in {str(home)!r} failed its check and was thrown away: {reason}; "
            f"the one that was there is as it was; build without taking anything over: {rebuild_command(home)} --anew"
        )


class BadChecks(ReportQAError):
    """The file of fixed questions is not what it should be."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"the fixed questions in {str(path)!r} are not usable: {reason}; mend the file or remove it")


class UnknownVersion(ReportQAError):
    """A version id that is not in this home folder."""

    def __init__(self, home: Path, build_id: str, there: Sequence[str]) -> None:
        wanted = f"version {build_id!r}" if build_id else "version before the live one"
        super().__init__(f"there is no {wanted} in {str(home)!r}; there are: {', '.join(there) or 'none'}")


class NoQuestions(ReportQAError):
    """A file of questions has none about the indexed reports."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file!r} has no question with a gold quote from a report of this index")
