"""Turning text into vectors: the one importer of `sentence_transformers`.

The import takes seconds, so it happens when an encoder is loaded and not before: commands that only read the index
stay quick.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SHIPPED = Path(__file__).parent / "models" / "encoder"
_BATCH = 256
_SAMPLE_BYTES = 1 << 20


class Encoder:
    """A sentence-transformers model with what the manifest remembers of it.

    Attributes:
        name: the folder or name it was asked for by; "shipped" for the model that comes with the project.
        dimensions: length of a vector.
        fingerprint: changes whenever the model's files change.
    """

    def __init__(self, model: SentenceTransformer, name: str, fingerprint: str) -> None:
        self._model = model
        self.name = name
        self.fingerprint = fingerprint
        self.dimensions = int(model.get_embedding_dimension() or 0)

    @classmethod
    def load(cls, name: str = "") -> Encoder:
        """Load the shipped encoder, or the one in the folder `name`.

        Raises:
            EncoderUnavailable: if there is no such model, or its files are damaged.
        """
        folder = Path(name) if name else SHIPPED
        if not folder.is_dir():
            raise EncoderUnavailable(name or "shipped", f"there is no folder {str(folder)!r}")
        # A model folder is complete in itself; these keep the libraries from asking a hub about it.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError, TypeError, AttributeError) as error:
            raise EncoderUnavailable(name or "shipped", str(error).splitlines()[0]) from error
        return cls(model, name or "shipped", fingerprint(folder))

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode passages; returns (n, dim) float32, unit rows."""
        return self._unit(self._model.encode_document(list(texts), batch_size=_BATCH, show_progress_bar=False))

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode questions; returns (n, dim) float32, unit rows."""
        return self._unit(self._model.encode_query(list(texts), batch_size=_BATCH, show_progress_bar=False))

    def _unit(self, vectors: NDArray[np.generic]) -> NDArray[np.float32]:
        rows = np.asarray(vectors, dtype=np.float32).reshape(-1, self.dimensions)
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        # A text without one known token has no direction: it stays at zero and is similar to nothing.
        unit: NDArray[np.float32] = np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)
        return unit


def fingerprint(folder: Path) -> str:
    """Return 16 hexadecimal digits that change with any file of a model folder (name, size, first and last megabyte).

    Reading no more keeps start-up quick with models of several gigabytes. Texts about the model do not count.
    """
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md"):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            digest.update(file.read(_SAMPLE_BYTES))
            file.seek(max(0, size - _SAMPLE_BYTES))
            digest.update(file.read())
    return digest.hexdigest()[:16]
