"""The recipe of the shipped encoder: vocabulary, first vectors, neighbours in text, questions."""

import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from index.train.fit import FitSettings, fit
from index.train.model_folder import save_model
from index.train.pairs import AskSettings, Batch, cloze_batches, mixed, question_batches, thesaurus_batches
from index.train.sources import TrainingText, read_training_text
from index.train.split import OTHER_FOLDS
from index.train.start_vectors import WINDOW_TOKENS, first_vectors
from index.train.vocabulary import build_tokenizer, count_words
from index.train.wording import questions_from_clauses, thesaurus_by_word

logger = logging.getLogger(__name__)

GAP = [-1] * WINDOW_TOKENS


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that shapes the encoder.

    Attributes:
        tokens: size of the vocabulary.
        dim: length of a vector; 8-bit, so tokens x dim is the size in bytes.
        own_weight: how often a word of reports, questions and thesaurus counts, against once in laws and news.
        cloze_texts: pairs in a batch of unlabelled text.
        cloze: training on unlabelled text.
        asking: training on questions.
        seed: of everything drawn at random.
    """

    tokens: int = 50_000
    dim: int = 512
    own_weight: int = 20
    cloze_texts: int = 1024
    cloze: FitSettings = field(default_factory=lambda: FitSettings(steps=300))
    asking: FitSettings = field(default_factory=lambda: FitSettings(steps=600, learning_rate=1e-3, token_dropout=0.2))
    seed: int = 0


def train_encoder(training: Path, out: Path, recipe: Recipe | None = None) -> list[float]:
    """Train the encoder and write it to `out`.

    One thread: more of them share the work unevenly on a busy machine, and one adds up in the same order each time.

    Args:
        training: The training folder.
        out: The model folder, replaced when all is done.
        recipe: The shipped recipe unless given.

    Returns:
        The loss of every step, unlabelled text first.
    """
    recipe = recipe or Recipe()
    begin = time.monotonic()
    text = read_training_text(training)
    tokenizer, weight, losses = fit_to_text(text, recipe)
    losses += fit_to_questions(weight, tokenizer, text, recipe)
    save_model(weight, tokenizer, out)
    logger.info("wrote %s after %.0f s", out, time.monotonic() - begin)
    return losses


def train_fold_encoders(training: Path, out: Path, recipe: Recipe | None = None) -> None:
    """Train for each fold but the held-out one an encoder that never saw its reports, to search them without bias.

    What is learned from unlabelled text holds no report and is shared.

    Args:
        training: The training folder.
        out: The folder to write the model folders into.
        recipe: The shipped recipe unless given.
    """
    recipe = recipe or Recipe()
    text = read_training_text(training)
    tokenizer, weight, _ = fit_to_text(text, recipe)
    for fold in OTHER_FOLDS:
        own = weight.clone()
        fit_to_questions(own, tokenizer, text.without(fold), recipe)
        save_model(own, tokenizer, out / f"without-{fold}")
        logger.info("trained the encoder without fold %d", fold)


def fit_to_text(text: TrainingText, recipe: Recipe) -> tuple[Tokenizer, Tensor, list[float]]:
    """Make the vocabulary and train vectors on unlabelled text.

    Returns:
        The tokenizer; (tokens, dim) float32 vectors; the losses.
    """
    torch.set_num_threads(1)
    torch.manual_seed(recipe.seed)
    begin = time.monotonic()
    tokenizer = build_tokenizer(weighted_counts(text, recipe.own_weight), recipe.tokens)
    logger.info("%d tokens after %.0f s", tokenizer.get_vocab_size(), time.monotonic() - begin)
    stream = token_stream(tokenizer, text.documents)
    weight = torch.from_numpy(first_vectors(stream, tokenizer.get_vocab_size(), recipe.dim, recipe.seed))
    logger.info("first vectors from %d words after %.0f s", len(stream), time.monotonic() - begin)
    return tokenizer, weight, fit_to_neighbours(weight, tokenizer, text, recipe)


def weighted_counts(text: TrainingText, own_weight: int) -> Counter[str]:
    """Count words of all texts; those of reports, questions and thesaurus count more, since they are few."""
    own = [f"{passage.heading}\n{passage.text}" for passage in text.passages]
    own += [question.text for question in text.questions]
    own += [expression for group in text.thesaurus for expression in group]
    counts = count_words(text.documents)
    for word, count in count_words(own).items():
        counts[word] += own_weight * count
    return counts


def token_stream(tokenizer: Tokenizer, documents: Sequence[str], batch: int = 2000) -> NDArray[np.int32]:
    """Tokenise documents: (tokens,) int32, one after the other, parted by as many -1 as a window is wide."""
    pieces: list[NDArray[np.int32]] = []
    for begin in range(0, len(documents), batch):
        encodings = tokenizer.encode_batch_fast(list(documents[begin : begin + batch]))
        pieces += [np.array(encoding.ids + GAP, dtype=np.int32) for encoding in encodings]
    return np.concatenate(pieces)


def fit_to_neighbours(weight: Tensor, tokenizer: Tokenizer, text: TrainingText, recipe: Recipe) -> list[float]:
    """Train (tokens, dim) float32 vectors in place on unlabelled text; returns the losses."""
    rng = np.random.default_rng(recipe.seed)
    return fit(weight, tokenizer, cloze_batches(text.documents, recipe.cloze_texts, rng), recipe.cloze)


def fit_to_questions(weight: Tensor, tokenizer: Tokenizer, text: TrainingText, recipe: Recipe) -> list[float]:
    """Train (tokens, dim) float32 vectors in place on questions; returns the losses."""
    rng = np.random.default_rng(recipe.seed)
    return fit(weight, tokenizer, asking_batches(text, rng), recipe.asking)


def asking_batches(text: TrainingText, rng: np.random.Generator) -> Iterator[Batch]:
    """Mix written questions, questions made from clauses, and thesaurus groups."""
    thesaurus = thesaurus_by_word(text.thesaurus)
    made = questions_from_clauses(text.passages, rng)
    sources = (
        (0.5, question_batches(text.questions, text.passages, thesaurus, AskSettings(), rng)),
        (0.3, question_batches(made, text.passages, thesaurus, AskSettings(swap_share=0.4), rng)),
        (0.2, thesaurus_batches(text.thesaurus, 512, rng)),
    )
    return mixed(sources, rng)
