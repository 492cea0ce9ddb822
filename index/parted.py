"""Rows of numbers in several files, so that a version shares with the one before it those that are the same.

The id of a report alone says whether a file ends behind it (content-defined cutting: Muthitacharoen et al. 2001, "A
low-bandwidth network file system"). So one report more changes one file, wherever in the order it comes, and a build
from scratch makes the same files. A file is never changed once it is written: two versions may have the same one.

FOLDER/bounds.npy                 (p + 1,) int64, the first row of each file, and the number of rows
FOLDER/00000.npy ...              (rows, dim) float16
"""

from __future__ import annotations

import mmap
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import HEADER_BYTES, ArrayWriter
from index.disk import share

# Reports in a file, about: some 70 MB of vectors of sentences. Smaller files take longer to open, larger ones to write.
_REPORTS = 128
_BOUNDS = "bounds.npy"

Halves = NDArray[np.float16]


class PartedRows:
    """(n, dim) float16, mapped from the files that `PartWriter` wrote.

    Attributes:
        folder: where they are.
        bounds: (p + 1,) int64, as in their folder.
    """

    def __init__(self, folder: Path) -> None:
        """Map the files.

        Raises:
            OSError: if one is missing.
            ValueError: if they do not belong together.
        """
        self.folder, self.bounds = folder, np.load(folder / _BOUNDS)
        self._width = int(np.load(folder / _name(0), mmap_mode="r").shape[1])
        self._parts = [_map(folder / _name(part), self._width) for part in range(len(self.bounds) - 1)]
        if [len(part) for part in self._parts] != np.diff(self.bounds).tolist():
            raise ValueError(f"the files in {folder.name} do not belong together")

    def __len__(self) -> int:
        return int(self.bounds[-1])

    def __getitem__(self, rows: NDArray[np.int64]) -> Halves:
        """Return some rows, (m,) to (m, dim)."""
        found = np.empty((len(rows), self._width), dtype=np.float16)
        parts = np.searchsorted(self.bounds, rows, side="right") - 1
        edges = [0, *(np.flatnonzero(parts[1:] != parts[:-1]) + 1).tolist(), len(rows)]
        for start, stop in pairwise(edges if len(rows) else []):
            part = parts[start]
            found[start:stop] = self._parts[part][rows[start:stop] - self.bounds[part]]
        return found

    def span(self, rows: range) -> Halves:
        """Return the rows of a report as they are in their file, without a copy."""
        if not rows:
            return np.empty((0, self._width), dtype=np.float16)
        part = int(np.searchsorted(self.bounds, rows.start, side="right")) - 1
        first = int(self.bounds[part])
        return self._parts[part][rows.start - first : rows.stop - first]

    def file_of(self, rows: range) -> Path | None:
        """Return the file that holds these rows and no others; None if there is none."""
        part = int(np.searchsorted(self.bounds, rows.start, side="right")) - 1
        is_whole = part < len(self._parts) and rows == range(*self.bounds[part : part + 2].tolist())
        return self.folder / _name(part) if is_whole else None


class PartWriter:
    """Writes the files, report by report; those that an earlier version has are shared with it.

    Attributes:
        shared: the file of the earlier version that each of those that were not written is.
    """

    def __init__(self, folder: Path, width: int, earlier: PartedRows | None = None) -> None:
        folder.mkdir()
        self._folder, self._width, self._earlier = folder, width, earlier
        self._file: ArrayWriter | None = None
        self._taken: list[tuple[range, Halves]] = []
        self._bounds, self._rows = [0], 0
        self.shared: dict[Path, Path] = {}

    def add(self, report_id: str, rows: Halves, taken: range | None = None) -> None:
        """Append the rows of a report.

        Args:
            report_id: tells where files end.
            rows: (m, dim) float16.
            taken: where they are in the earlier version; None if they are new.
        """
        if taken is not None and self._file is None:
            self._taken.append((taken, rows))
        elif len(rows):
            self._write(rows)
        self._rows += len(rows)
        if self._rows > self._bounds[-1] and int(report_id[:8], 16) % _REPORTS == 0:
            self._end()

    def _write(self, *more: Halves) -> ArrayWriter:
        """Write rows behind those that wait for being shared: they are not a whole file."""
        file = self._file = self._file or ArrayWriter(self._path, np.float16, self._width)
        for rows in (*(rows for _, rows in self._taken), *more):
            file.add(rows)
        self._taken.clear()
        return file

    @property
    def _path(self) -> Path:
        return self._folder / _name(len(self._bounds) - 1)

    def _end(self) -> None:
        same = self._same() if self._file is None else None
        if same is None:
            self._write().finish()
        else:
            share(same, self._path)
            self.shared[self._path] = same
        self._file = None
        self._taken.clear()
        self._bounds.append(self._rows)

    def _same(self) -> Path | None:
        """Return the file of the earlier version that holds just what would be written."""
        spans = [span for span, _ in self._taken if span]
        if self._earlier is None or not spans or any(first.stop != second.start for first, second in pairwise(spans)):
            return None
        return self._earlier.file_of(range(spans[0].start, spans[-1].stop))

    def finish(self) -> None:
        """End the last file."""
        if self._rows > self._bounds[-1] or len(self._bounds) == 1:
            self._end()
        np.save(self._folder / _BOUNDS, np.array(self._bounds, dtype=np.int64))

    def close(self) -> None:
        """Let go of the file in hand."""
        if self._file is not None:
            self._file.close()


def _name(part: int) -> str:
    return f"{part:05d}.npy"


def _map(path: Path, width: int) -> Halves:
    """Map a file as `ArrayWriter` writes it; `numpy.load` takes ten times as long, and there may be hundreds."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return np.frombuffer(mapped, np.float16, offset=HEADER_BYTES).reshape(-1, width)
