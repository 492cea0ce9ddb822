"""Write the trained vectors as a folder that `SentenceTransformer(path)` loads without any other code."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from torch import Tensor

LEVELS = 127


def quantized(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Round each row to 8 bits: (tokens, dim) float32 -> (tokens, dim) int8 and the rows' steps (tokens,) float32."""
    steps = weight.abs().amax(dim=1).clamp(min=1e-12) / LEVELS
    return torch.round(weight / steps[:, None]).to(torch.int8), steps


def save_model(weight: Tensor, tokenizer: Tokenizer, folder: Path) -> None:
    """Write tokenizer and 8-bit vectors, then swap the folder in, so that it is loadable at all times.

    The loader multiplies each int8 row by its step (the names are those of model2vec) and computes in float32.

    Args:
        weight: (tokens, dim) float32.
        tokenizer: Gives the rows of `weight`.
        folder: Replaced if it is there; its README.md is kept.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".writing-") as place:
        fresh, old = Path(place, "fresh"), Path(place, "old")
        model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weight)])
        model.save(str(fresh), create_model_card=False)
        module = next(fresh.glob("**/model.safetensors")).parent
        rows, steps = quantized(weight)
        save_file({"embeddings": rows, "weights": steps}, module / "model.safetensors")
        tokenizer.save(str(module / "tokenizer.json"), pretty=False)
        for file in fresh.rglob("*"):
            file.chmod(0o755 if file.is_dir() else 0o644)
        if (folder / "README.md").exists():
            shutil.copy(folder / "README.md", fresh / "README.md")
        if folder.exists():
            folder.replace(old)
        fresh.replace(folder)


def load_encode(folder: Path) -> Callable[[list[str]], NDArray[np.float32]]:
    """Load a model folder; returns a function from texts to (texts, dim) float32, unit rows."""
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def encode(texts: list[str]) -> NDArray[np.float32]:
        return np.asarray(model.encode(texts, normalize_embeddings=True, show_progress_bar=False), dtype=np.float32)

    return encode
