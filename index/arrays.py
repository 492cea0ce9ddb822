"""Arrays written to disk a few rows at a time, so that a build need not hold what it has already worked out."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

# The header of a .npy file with any number of rows fits; it is written last, when that number is known.
HEADER_BYTES = 128


class ArrayWriter:
    """Writes one .npy file, row by row; the same bytes as `numpy.save` of the whole.

    Attributes:
        rows: how many were added.
    """

    def __init__(self, path: Path, dtype: DTypeLike, width: int | None = None) -> None:
        """Begin a file.

        Args:
            path: where; must not exist.
            dtype: of the numbers.
            width: numbers in a row; None: the array has one dimension.
        """
        self._file = path.open("xb")
        self._file.write(bytes(HEADER_BYTES))
        self._dtype = np.dtype(dtype)
        self._width = width
        self.rows = 0

    def add(self, rows: NDArray[Any]) -> None:
        """Append rows."""
        self._file.write(np.ascontiguousarray(rows, dtype=self._dtype).view(np.uint8).data)
        self.rows += len(rows)

    def finish(self) -> None:
        """Write the header and end the file."""
        shape = (self.rows,) if self._width is None else (self.rows, self._width)
        facts = {"descr": np.lib.format.dtype_to_descr(self._dtype), "fortran_order": False, "shape": shape}
        header = io.BytesIO()
        np.lib.format.write_array_header_1_0(header, facts)
        with self._file:
            self._file.seek(0)
            self._file.write(header.getvalue())

    def close(self) -> None:
        """Let go of the file; one that is not finished is no array."""
        # What a full disk did not take is not asked for again.
        with suppress(OSError):
            self._file.close()
