"""What a build did, and what its gate found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.errors import UnreadableFile


@dataclass(frozen=True, slots=True)
class Changes:
    """How a version differs from the one before; files by name.

    Attributes:
        renamed: (name before, name now) of reports whose content is the same.
        unchanged: how many reports are as they were.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether all reports are as they were."""
        return not (self.added or self.changed or self.removed or self.renamed)

    @classmethod
    def between(cls, before: Mapping[str, str], now: Mapping[str, str]) -> Changes:
        """Compare two versions.

        Args:
            before: the id of each report by the name of its file.
            now: the same of the newer version.

        >>> Changes.between({"a": "1", "b": "2", "c": "3", "d": "4"}, {"a": "1", "b": "9", "e": "4", "f": "5"})
        Changes(added=('f',), changed=('b',), removed=('c',), renamed=(('d', 'e'),), unchanged=1)
        """
        gone = {report_id: file for file, report_id in before.items() if file not in now}
        new = [file for file in now if file not in before]
        renamed = {file: gone[now[file]] for file in new if now[file] in gone}
        was = set(renamed.values())
        return cls(
            added=tuple(file for file in new if file not in renamed),
            changed=tuple(file for file in now if file in before and before[file] != now[file]),
            removed=tuple(file for file in gone.values() if file not in was),
            renamed=tuple((old, new) for new, old in renamed.items()),
            unchanged=sum(before.get(file) == report_id for file, report_id in now.items()),
        )


@dataclass(frozen=True, slots=True)
class Findings:
    """What the gate found that a person should know.

    Attributes:
        lost: fixed questions that the version before answers and the new one does not.
        missing: fixed questions that neither answers.
        notes: changed figures, reports with fewer chunks, and the like; a sentence each.
    """

    lost: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build did.

    Attributes:
        build_id: the new version; the live one if nothing has changed.
        live: whether that version is live now; False: the gate holds it back, see `findings`.
        duplicates: (file left out, file of the same content that is indexed).
        failed: files that could not be read, each with its error.
        warnings: (file, warning) of files that were read all the same.
    """

    build_id: str
    reports: int
    chunks: int
    live: bool
    changes: Changes
    duplicates: tuple[tuple[str, str], ...]
    failed: tuple[UnreadableFile, ...]
    warnings: tuple[tuple[str, str], ...]
    findings: Findings
