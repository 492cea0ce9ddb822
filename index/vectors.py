"""Nearest vectors: the one importer of `faiss`, whose rough edges end here.

FAISS pads missing results with row -1, returns ties in any order, answers a wrong dimension with an empty
`AssertionError` and a missing file with a bare `RuntimeError`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.rows import Rows

# Up to here every vector is compared: 5 ms at most. Beyond, an inverted file says which ones are worth it.
_EXACT_UP_TO = 50_000
# Cells of the inverted file for the square root of the number of vectors, and the vectors a cell is trained on.
_CELLS, _TRAINED_ON = 2, 39
# Cells are looked into until about so many vectors are compared: three tenths of 100,000, a thirtieth of a million. For
# each vector asked for, so many of those found there are compared at 16 bits.
_LOOKED_AT, _COMPARED = 32_000, 4
# So few rows are compared one and all.
_FEW_ROWS = 4096
# Cells are trained anew when there are so many times as many vectors as then, or so many times fewer.
_REUSED = 1.5
_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Earlier:
    """The file of an index of much the same vectors, whose cells are taken over and not trained anew.

    Attributes:
        places: (m,) int32, the row that each of its rows has now; -1 for one that is gone.
    """

    path: Path
    places: NDArray[np.int32]


class VectorIndex:
    """Inner-product search over (n, dim) unit rows, kept as 16-bit numbers and mapped from their file.

    Half the bytes are half the time, and the first 60 of 8,000 report chunks came out the same as with 32 bits. A large
    index has 8-bit codes in an inverted file too: the rows that these find are compared again at 16 bits.

    Args:
        vectors: all rows at 16 bits.
        cells: the inverted file of a large index.
    """

    def __init__(self, vectors: faiss.Index, cells: faiss.Index | None = None) -> None:
        self._vectors = vectors
        self._cells = cells

    @classmethod
    def of(
        cls,
        vectors: NDArray[np.float32] | NDArray[np.float16],
        exact_up_to: int = _EXACT_UP_TO,
        earlier: Earlier | None = None,
    ) -> VectorIndex:
        """Index vectors, (n, dim) with unit rows; row numbers are their positions.

        Args:
            vectors: taken a part at a time, so they may be mapped from a file.
            exact_up_to: more vectors than this get an inverted file.
            earlier: tells the cells of vectors that it holds already.
        """
        count, dimensions = vectors.shape
        index = faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        for start in range(0, count, _AT_ONCE):
            # Its codes are the numbers at 16 bits as they are.
            part = np.ascontiguousarray(vectors[start : start + _AT_ONCE], dtype=np.float16)
            index.add_sa_codes(part.view(np.uint8))
        return cls(index, _cells_of(vectors, earlier) if count > exact_up_to else None)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Map an index file, and that of its cells beside it where there is one.

        Raises:
            OSError: if there is no such file or it is no FAISS index.
        """
        cells = _cells_beside(path)
        return cls(_map(path), _map(cells) if cells.is_file() else None)

    def save(self, path: Path) -> None:
        """Write the index file, and that of its cells beside it.

        Raises:
            OSError: if the disk is full or the folder cannot be written.
        """
        try:
            faiss.write_index(self._vectors, str(path))
            if self._cells is not None:
                faiss.write_index(self._cells, str(_cells_beside(path)))
        except RuntimeError as error:
            raise OSError(f"{path.name} cannot be written ({error})") from error

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._vectors.d)

    def __len__(self) -> int:
        return int(self._vectors.ntotal)

    def halves(self, rows: NDArray[np.int64] | slice) -> NDArray[np.float16]:
        """Return some vectors as they are kept, (m, dim) float16.

        >>> VectorIndex.of(np.eye(2, dtype=np.float32)).halves(slice(1, 2)).tolist()
        [[0.0, 1.0]]
        """
        flat = faiss.downcast_index(self._vectors)
        codes = faiss.rev_swig_ptr(flat.codes.data(), len(self) * flat.code_size)  # type: ignore[attr-defined]
        # A copy: what lies in the memory of FAISS is gone with its index.
        return np.array(codes.view(np.float16).reshape(len(self), self.dimensions)[rows])

    def rows(self, start: int, stop: int) -> NDArray[np.float32]:
        """Return vectors as they are kept, (stop - start, dim) float32."""
        return np.asarray(self._vectors.reconstruct_n(start, stop - start), dtype=np.float32)

    def search(self, query: NDArray[np.float32], k: int, rows: Rows | None = None) -> list[tuple[int, float]]:
        """Return up to `k` (row, inner product) pairs, best first, ties by row.

        Args:
            query: (dim,) float32.
            k: how many.
            rows: the only rows that may be found; None allows all.

        Raises:
            ValueError: if the query has another dimension than the index.

        >>> index = VectorIndex.of(np.eye(3, dtype=np.float32))
        >>> index.search(np.array([0, 1, 0], dtype=np.float32), k=2, rows=Rows.of([range(1, 3)]))
        [(1, 1.0), (2, 0.0)]
        """
        if query.shape != (self.dimensions,):
            raise ValueError(f"a query of shape {query.shape} for vectors of {self.dimensions} dimensions")
        allowed = len(self) if rows is None else len(rows)
        if allowed == 0 or k < 1:
            return []
        if self._cells is None:
            options = None if rows is None else faiss.SearchParameters(sel=self._selector(rows))  # type: ignore[call-arg]
            scores, found = self._vectors.search(query[None, :], min(k, allowed), params=options)
            near, similar = found[0][found[0] >= 0], scores[0][found[0] >= 0]
        else:
            near = rows.numbers() if rows is not None and allowed <= _FEW_ROWS else self._near(query, k, rows, allowed)
            similar = self._vectors.reconstruct_batch(near) @ query
        order = np.lexsort((near, -similar))[:k]
        return [(int(near[i]), float(similar[i])) for i in order]

    def _near(self, query: NDArray[np.float32], k: int, rows: Rows | None, allowed: int) -> NDArray[np.int64]:
        """Return rows among which are most of the nearest `k`, by 8-bit codes.

        The fewer rows are allowed, the more cells are looked into, so that as many vectors are compared as without.
        """
        assert self._cells is not None
        cells = faiss.extract_index_ivf(self._cells)
        options = faiss.SearchParametersIVF(  # type: ignore[call-arg]
            nprobe=min(cells.nlist, math.ceil(_LOOKED_AT * cells.nlist / allowed)),
            sel=None if rows is None else self._selector(rows),
        )
        _, found = cells.search(query[None, :], min(k * _COMPARED, allowed), params=options)
        return np.asarray(found[0][found[0] >= 0], dtype=np.int64)

    def _selector(self, rows: Rows) -> faiss.IDSelector:
        if len(rows.starts) == 1:
            return faiss.IDSelectorRange(int(rows.starts[0]), int(rows.stops[0]))
        return faiss.IDSelectorBitmap(np.packbits(rows.mask(len(self)), bitorder="little"))  # type: ignore[call-arg, arg-type]


def _cells_of(vectors: NDArray[np.float32] | NDArray[np.float16], earlier: Earlier | None) -> faiss.Index:
    """Return the inverted file of vectors, with those of an earlier one that stay left where they are."""
    count = len(vectors)
    if earlier is not None and (moved := _moved(earlier, count)) is not None:
        _put(moved, vectors, np.setdiff1d(np.arange(count), earlier.places))
        return moved
    cells = _trained(vectors)
    _put(cells, vectors, np.arange(count))
    return cells


def _trained(vectors: NDArray[np.float32] | NDArray[np.float16]) -> faiss.Index:
    """Return an empty inverted file whose cells are the clusters of an even sample of the vectors."""
    count, dimensions = vectors.shape
    cells = max(1, int(_CELLS * math.sqrt(count)))
    index = faiss.index_factory(dimensions, f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT)
    sample = np.unique(np.linspace(0, count - 1, min(count, cells * _TRAINED_ON)).astype(np.int64))
    index.train(np.ascontiguousarray(vectors[sample], dtype=np.float32))
    return index


def _moved(earlier: Earlier, count: int) -> faiss.Index | None:
    """Return the cells of an earlier index with what stays in them; None if it has none, or they suit another count.

    Args:
        earlier: the index.
        count: how many vectors there will be.
    """
    path = _cells_beside(earlier.path)
    if not path.is_file():
        return None
    # Read and not mapped: what is mapped cannot be changed.
    index = faiss.read_index(str(path))
    if index.ntotal != len(earlier.places) or not 1 / _REUSED < count / index.ntotal < _REUSED:
        return None
    for lists, cell, ids, codes in _lists(index):
        rows = earlier.places[ids]
        stays = rows >= 0
        left = int(stays.sum())
        ids[:left], codes[:left] = rows[stays], codes[stays]
        lists.resize(cell, left)
    index.ntotal = int((earlier.places >= 0).sum())
    return index


def _put(cells: faiss.Index, vectors: NDArray[np.float32] | NDArray[np.float16], new: NDArray[np.int64]) -> None:
    """Put the vectors of new rows into their cells, which takes most of the time, and each cell into order."""
    for start in range(0, len(new), _AT_ONCE):
        rows = new[start : start + _AT_ONCE]
        cells.add_with_ids(np.ascontiguousarray(vectors[rows], dtype=np.float32), rows)
    for _, _, ids, codes in _lists(cells):
        if (ids[1:] < ids[:-1]).any():
            order = np.argsort(ids)
            ids[:], codes[:] = ids[order], codes[order]


def _lists(
    index: faiss.Index,
) -> Iterator[tuple[faiss.InvertedLists, int, NDArray[np.int64], NDArray[np.uint8]]]:
    """Yield (all lists, cell, rows in it, their codes) of an inverted file in memory; the arrays are its own."""
    lists = faiss.extract_index_ivf(index).invlists
    assert lists is not None
    for cell in range(lists.nlist):
        if size := lists.list_size(cell):
            codes = faiss.rev_swig_ptr(lists.get_codes(cell), size * lists.code_size)
            yield lists, cell, faiss.rev_swig_ptr(lists.get_ids(cell), size), codes.reshape(size, -1)


def _cells_beside(path: Path) -> Path:
    return path.with_suffix(".cells")


def _map(path: Path) -> faiss.Index:
    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise OSError(f"{path.name} is no vector index") from error
