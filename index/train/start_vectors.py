"""Give every token a first vector from the unlabelled text: PPMI, cut to its main directions, weighted by rarity."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

WINDOW_TOKENS = 5
RARITY = 3e-4
MIN_COUNT = 0.9
_SLICE_TOKENS = 4_000_000


def first_vectors(stream: NDArray[np.int32], size: int, dim: int, seed: int) -> NDArray[np.float32]:
    """Place tokens by their neighbours, and let rare ones weigh more in the mean that stands for a text.

    Args:
        stream: (tokens,) int32, documents parted by `WINDOW_TOKENS` times -1.
        size: Number of tokens in the vocabulary.
        dim: Length of a vector.
        seed: Of the random start.

    Returns:
        (size, dim) float32; a row's length is its token's weight, zero for tokens that do not occur.
    """
    rows = main_directions(positive_pmi(cooccurrence(stream, size)), dim, seed)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    vectors: NDArray[np.float32] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    vectors *= rarity(stream, size)[:, None]
    return vectors


def cooccurrence(stream: NDArray[np.int32], size: int) -> sparse.csr_matrix:
    """Count which tokens stand at most `WINDOW_TOKENS` apart; nearer ones count more (1/distance).

    Args:
        stream: (tokens,) int32, documents parted by `WINDOW_TOKENS` times -1.
        size: Number of tokens in the vocabulary.

    Returns:
        (size, size) float32, symmetric.
    """
    counts = sparse.csr_matrix((size, size), dtype=np.float32)
    for begin in range(0, len(stream), _SLICE_TOKENS):
        part = stream[begin : begin + _SLICE_TOKENS]
        for distance in range(1, WINDOW_TOKENS + 1):
            left, right = part[:-distance], part[distance:]
            both = (left >= 0) & (right >= 0)
            weight = np.full(int(both.sum()), 1.0 / distance, dtype=np.float32)
            counts = counts + sparse.csr_matrix((weight, (left[both], right[both])), shape=(size, size))
    counts = counts + counts.T
    # What was seen together once, far apart, is chance: leaving it out shrinks the matrix to less than half.
    counts.data[counts.data < MIN_COUNT] = 0
    counts.eliminate_zeros()
    return counts


def positive_pmi(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """Turn counts into positive pointwise mutual information, contexts smoothed by the power 0.75.

    Levy, Goldberg and Dagan 2015, https://aclanthology.org/Q15-1016.
    """
    rows = np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
    contexts = rows**0.75
    pairs = counts.tocoo()
    expected = rows[pairs.row] * contexts[pairs.col] / contexts.sum()
    values = np.log(pairs.data / expected).astype(np.float32)
    keep = values > 0
    return sparse.csr_matrix((values[keep], (pairs.row[keep], pairs.col[keep])), shape=counts.shape)


def main_directions(matrix: sparse.csr_matrix, dim: int, seed: int) -> NDArray[np.float32]:
    """Factor a matrix by randomised subspace iteration; rows are scaled by the square root of the singular values.

    Halko, Martinsson and Tropp 2011, https://arxiv.org/abs/0909.4061.

    Returns:
        (rows, dim) float32, strongest direction first.
    """
    rng = np.random.default_rng(seed)
    basis = rng.standard_normal((matrix.shape[1], dim + 16)).astype(np.float32)
    for _ in range(3):
        basis, _ = np.linalg.qr(matrix @ basis)
        basis, _ = np.linalg.qr(matrix.T @ basis)
    left, strength, _ = np.linalg.svd(matrix @ basis, full_matrices=False)
    rows: NDArray[np.float32] = left[:, :dim] * np.sqrt(strength[:dim])
    return rows


def rarity(stream: NDArray[np.int32], size: int) -> NDArray[np.float32]:
    """Weight each token by `a / (a + p)`: smooth inverse frequency.

    Arora, Liang and Ma 2017, https://openreview.net/forum?id=SyK00v5xx.

    Returns:
        (size,) float32 between 0 and 1.
    """
    counts = np.bincount(stream[stream >= 0], minlength=size)
    weights: NDArray[np.float32] = (RARITY / (RARITY + counts / counts.sum())).astype(np.float32)
    return weights
