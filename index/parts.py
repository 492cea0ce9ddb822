"""Vectors made by builds that did not end: the next build takes them up instead of making them again.

HOME/index/parts/KEY.npz          the vectors of one report; the key is a digest of the encoder and of all the texts
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import numpy as np

from index.portion import Vectors


class Parts:
    """The vectors kept in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, key: str) -> Vectors | None:
        """Return vectors that were kept; None if there are none, or not whole."""
        try:
            with np.load(self._folder / f"{key}.npz") as arrays:
                return Vectors(arrays["chunks"], arrays["sentences"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def save(self, key: str, vectors: Vectors) -> None:
        """Keep vectors; a file under its name is whole."""
        self._folder.mkdir(exist_ok=True)
        beside = self._folder / f".{key}.npz"
        np.savez(beside, chunks=vectors.chunks, sentences=vectors.sentences)
        beside.replace(self._folder / f"{key}.npz")

    def clear(self) -> None:
        """Forget them all."""
        shutil.rmtree(self._folder, ignore_errors=True)
