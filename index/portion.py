"""What one report adds to the arrays of an index, made anew or taken over from the version before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of some texts, numbered within their report or as in the version that it is taken over from.

    Attributes:
        ids: int32, one text after the other, ascending within each.
        in_text: (texts,) int64, how many different ones each text has.
    """

    ids: NDArray[np.int32]
    in_text: Counts


@dataclass(frozen=True, slots=True)
class Vectors:
    """Unit vectors of a report's c chunks and s sentences: (c, dim) and (s, dim) float16."""

    chunks: NDArray[np.float16]
    sentences: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Portion:
    """The rows of one report but for the words of its chunks.

    Attributes:
        starts: (s,) int32, where the sentences begin in the report's text.
        ends: (s,) int32.
        in_chunk: (c,) int64, how many sentences each chunk has.
        taken: rows of its sentences in the version that it is taken over from; None if it is new.
    """

    vectors: Vectors
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    in_chunk: Counts
    sentence_terms: Terms
    taken: range | None = None


def joined(arrays: Sequence[NDArray[Any]], dtype: type[np.generic]) -> NDArray[Any]:
    """Join arrays one after the other; none give an empty one.

    >>> joined([], np.int32).shape
    (0,)
    """
    return np.concatenate([*arrays, np.empty(0, dtype=dtype)]).astype(dtype, copy=False)
