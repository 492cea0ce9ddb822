"""Fit token vectors so that a question lies near the text that answers it: contrastive loss, plain torch loop."""

import logging
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from index.train.pairs import Batch

logger = logging.getLogger(__name__)

MEAN_DECAY, SQUARE_DECAY = 0.9, 0.999


@dataclass(frozen=True, slots=True)
class FitSettings:
    """How long and how hard to train."""

    steps: int
    learning_rate: float = 2e-3
    dims: tuple[int, ...] = (512, 256, 128, 64)
    temperature: float = 0.05
    token_dropout: float = 0.1
    warmup_share: float = 0.05
    seed: int = 0


class RowAdam:
    """Adam for the rows that a batch touches: others keep their moments, so a step costs as little as its batch.

    Kingma and Ba 2015, https://arxiv.org/abs/1412.6980; `torch.optim.SparseAdam` computes the same, more slowly.
    """

    def __init__(self, weight: Tensor) -> None:
        self._weight = weight
        self._mean = torch.zeros_like(weight)
        self._square = torch.zeros_like(weight)
        self._steps = 0

    def step(self, rows: Tensor, gradient: Tensor, learning_rate: float) -> None:
        """Move `rows` (rows,) int64 of the weight against their gradient (rows, dim) float32."""
        self._steps += 1
        mean = self._mean[rows].lerp_(gradient, 1 - MEAN_DECAY)
        square = self._square[rows].lerp_(gradient.square(), 1 - SQUARE_DECAY)
        self._mean[rows], self._square[rows] = mean, square
        mean = mean / (1 - MEAN_DECAY**self._steps)
        square = square / (1 - SQUARE_DECAY**self._steps)
        self._weight[rows] -= learning_rate * mean / (square.sqrt() + 1e-8)


def embed(weight: Tensor, ids: Tensor, offsets: Tensor) -> Tensor:
    """Average token vectors: weight (tokens, dim), ids and offsets of `to_bags` -> (texts, dim) float32."""
    return functional.embedding_bag(ids, weight, offsets, mode="mean")


def to_bags(
    tokenizer: Tokenizer, texts: Sequence[str], dropout: float, rng: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Tokenise texts and drop a share of their tokens at random.

    Returns:
        ids (tokens,) int64 of all texts in a row, and offsets (texts,) int64 where each text starts.
    """
    encodings = [encoding.ids or [0] for encoding in tokenizer.encode_batch_fast(list(texts))]
    lengths = np.array([len(ids) for ids in encodings])
    ids = np.concatenate([np.asarray(ids, dtype=np.int64) for ids in encodings])
    kept = rng.random(len(ids)) >= dropout
    starts = np.cumsum(lengths) - lengths
    kept[starts + rng.integers(0, lengths)] = True  # a text never loses its last token
    offsets = np.concatenate([[0], np.cumsum(np.add.reduceat(kept, starts))[:-1]])
    return torch.from_numpy(ids[kept]), torch.from_numpy(offsets)


def contrastive_loss(queries: Tensor, candidates: Tensor, targets: Tensor, settings: FitSettings) -> Tensor:
    """Average InfoNCE over nested prefixes of the vectors.

    Multiple negatives: Henderson et al. 2017, https://arxiv.org/abs/1705.00652.
    Nested prefixes: Kusupati et al. 2022 (Matryoshka), https://arxiv.org/abs/2205.13147.

    Args:
        queries: (queries, dim) float32.
        candidates: (candidates, dim) float32.
        targets: (queries,) int64, each query's row among the candidates; all other rows are its negatives.
        settings: Prefix lengths and temperature.
    """
    losses = []
    for dim in settings.dims:
        left = functional.normalize(queries[:, :dim], dim=1)
        right = functional.normalize(candidates[:, :dim], dim=1)
        losses.append(functional.cross_entropy(left @ right.T / settings.temperature, targets))
    return torch.stack(losses).mean()


def batch_gradient(
    weight: Tensor, tokenizer: Tokenizer, batch: Batch, settings: FitSettings, rng: np.random.Generator
) -> tuple[float, Tensor, Tensor]:
    """Compute the loss of a batch and its gradient for the tokens that occur in it; the others' is zero.

    Returns:
        The loss, the tokens (rows,) int64 in ascending order, and their gradient (rows, dim) float32.
    """
    left, left_offsets = to_bags(tokenizer, batch.queries, settings.token_dropout, rng)
    right, right_offsets = to_bags(tokenizer, batch.candidates, settings.token_dropout, rng)
    rows, places = torch.unique(torch.cat([left, right]), return_inverse=True)
    table = weight[rows].requires_grad_(True)
    queries = embed(table, places[: len(left)], left_offsets)
    candidates = embed(table, places[len(left) :], right_offsets)
    loss = contrastive_loss(queries, candidates, torch.from_numpy(batch.targets), settings)
    (gradient,) = torch.autograd.grad(loss, table)
    return loss.item(), rows, gradient


def fit(weight: Tensor, tokenizer: Tokenizer, batches: Iterator[Batch], settings: FitSettings) -> list[float]:
    """Train `weight` in place with Adam, linear warm-up and cosine decay.

    Args:
        weight: (tokens, dim) float32.
        tokenizer: Gives the rows of `weight`.
        batches: At least `settings.steps` batches.
        settings: Length, rate and seed.

    Returns:
        The loss of every step.
    """
    rng = np.random.default_rng(settings.seed)
    optimizer = RowAdam(weight)
    warmup = max(1, int(settings.steps * settings.warmup_share))
    losses: list[float] = []
    begin = time.monotonic()
    for step, batch in zip(range(settings.steps), batches, strict=False):
        decay = 0.5 * (1 + math.cos(math.pi * step / settings.steps))
        loss, rows, gradient = batch_gradient(weight, tokenizer, batch, settings, rng)
        optimizer.step(rows, gradient, settings.learning_rate * min((step + 1) / warmup, decay))
        losses.append(loss)
        if (step + 1) % 200 == 0:
            mean = float(np.mean(losses[-200:]))
            logger.info("step %d of %d, loss %.3f, %.0f s", step + 1, settings.steps, mean, time.monotonic() - begin)
    return losses
