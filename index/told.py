"""What is said to people about builds and versions, a line each."""

from __future__ import annotations

from index.history import BuildLog
from index.summary import BuildSummary, Changes
from index.versions import Version

# Of the first build of a big folder every file is new.
_MOST_LINES = 20


def summary_lines(summary: BuildSummary) -> list[str]:
    """Return what a build did, a line each: files left out first, the result last."""
    lines = [f"failed: {error}" for error in summary.failed]
    lines += [f"duplicate: {file!r} has the same content as {first!r}" for file, first in summary.duplicates]
    lines += [f"warning: {file!r}: {warning}" for file, warning in summary.warnings]
    lines += _few(change_lines(summary.changes))
    lines += [f"note: {note}" for note in summary.findings.notes]
    lines += [f"still without its answer: {question}" for question in summary.findings.missing]
    lines += [f"lost its answer: {question}" for question in summary.findings.lost]
    facts = f"index {summary.build_id}: {summary.reports} reports, {summary.chunks} chunks"
    if not summary.live:
        facts += "; held back, not live: python -m index rollback " + summary.build_id + " takes it live all the same"
    return [*lines, f"{facts} ({_counts(summary.changes)})"]


def change_lines(changes: Changes) -> list[str]:
    """Return the files that differ, a line each."""
    lines = [f"added: {file!r}" for file in changes.added]
    lines += [f"changed: {file!r}" for file in changes.changed]
    lines += [f"renamed: {old!r} -> {new!r}" for old, new in changes.renamed]
    return lines + [f"removed: {file!r}" for file in changes.removed]


def version_lines(version: Version) -> list[str]:
    """Return what is known of a version: one line, then its changes and notes."""
    mark = "*" if version.live else " "
    lines = [f"{mark} {version.build_id}  {version.created}  {version.reports} reports, {version.chunks} chunks"]
    if version.log is not None:
        lines[0] += f"  {_log(version.log)}"
        notes = [f"failed: {file!r}: {reason}" for file, reason in version.log.failed]
        notes += [f"note: {note}" for note in version.log.notes]
        lines += [f"    {line}" for line in (*_few(change_lines(version.log.changes)), *notes)]
    return lines


def _few(lines: list[str]) -> list[str]:
    return lines if len(lines) <= _MOST_LINES else [*lines[:_MOST_LINES], f"and {len(lines) - _MOST_LINES} more files"]


def _log(log: BuildLog) -> str:
    by = f"{log.started_by} ({log.user})" if log.user else log.started_by
    return f"{by}, {log.seconds:.1f} s, {_counts(log.changes)}"


def _counts(changes: Changes) -> str:
    """Count the changes.

    >>> _counts(Changes(added=("a.txt",), unchanged=7))
    '1 added, 0 changed, 0 renamed, 0 removed, 7 unchanged'
    """
    counts = {"added": changes.added, "changed": changes.changed, "renamed": changes.renamed}
    counts |= {"removed": changes.removed}
    return ", ".join([*(f"{len(files)} {what}" for what, files in counts.items()), f"{changes.unchanged} unchanged"])
