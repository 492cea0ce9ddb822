"""The learned models of the search: the one importer of `lightgbm` (LambdaMART, Burges 2010)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np
from numpy.typing import NDArray

SHIPPED = Path(__file__).parent / "models" / "ranker"


class Ranker:
    """Scores sentences or clauses by their features; a higher score is better."""

    def __init__(self, booster: lightgbm.Booster | None) -> None:
        self._booster = booster

    @classmethod
    def untrained(cls) -> Ranker:
        """Return a ranker that keeps everything in the order it comes in."""
        return cls(None)

    @classmethod
    def load(cls, path: Path, names: tuple[str, ...]) -> Ranker:
        """Load a model.

        Args:
            path: the model's file.
            names: the features it must have been trained on.

        Raises:
            OSError: if it is missing or no model, or if it was trained on other features.
        """
        try:
            booster = lightgbm.Booster(model_file=str(path))
        except lightgbm.basic.LightGBMError as error:
            raise OSError(f"{path.name} is no ranking model: {error}") from error
        if tuple(booster.feature_name()) != names:
            raise OSError(f"{path} was trained on other features; train it again: python -m index.train rankers")
        return cls(booster)

    def scores(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return a score for each row of features: (m, features) float32 to (m,) float64."""
        if len(rows) == 0 or self._booster is None:
            return np.zeros(len(rows))
        return np.asarray(self._booster.predict(rows, num_threads=1), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Rankers:
    """The models that belong together: each is trained on what the one before it says.

    Attributes:
        sentences: ranks sentences.
        clauses: ranks clauses by features that hold their sentence's score.
        answers: says how likely it is, 0 to 1, that the best of them answer at all.
    """

    sentences: Ranker
    clauses: Ranker
    answers: Ranker
