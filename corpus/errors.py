"""The root of all errors of the project, and those of reading report files.

A message is one sentence that says what happened, with which value, and what to do next. The command line and the
page catch `ReportQAError` alone; anything else is a bug.
"""

from __future__ import annotations


class ReportQAError(Exception):
    """Any error that a person can do something about."""


class UnreadableFile(ReportQAError):
    """A report file cannot be read at all.

    Args:
        file: the file as the user named it.
        reason: why, as a clause without a full stop.
    """

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file!r} cannot be read: {reason}")
        self.file = file
        self.reason = reason

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[str, str]]:
        # Exceptions are pickled by their message, which is not what this one is made of.
        return UnreadableFile, (self.file, self.reason)


class NoReports(ReportQAError):
    """A folder holds no report that could be read, or does not exist."""
