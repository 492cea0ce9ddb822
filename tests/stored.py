"""A store of reports without an index of their words."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from corpus.types import Report
from index.store_writer import StoreWriter


def write_reports(folder: Path, *reports: Report) -> None:
    """Write reports without chunks into a folder, in place of what was there."""
    (folder / "reports.sqlite").unlink(missing_ok=True)
    with closing(StoreWriter(folder)) as writer:
        for report in reports:
            writer.add(report, [])
        writer.finish()
