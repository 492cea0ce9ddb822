"""Train the model that says whether a question is answered at all, on questions and their near misses."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
from numpy.typing import NDArray

from index.answerable import NAMES
from index.features import Floats
from index.query import Ask
from index.search import Index
from index.train.cases import Case

_LOG = logging.getLogger(__name__)
_FOLDS = 5
_ROUNDS = 120
_SETTINGS = {
    "objective": "binary",
    "is_unbalance": True,
    "learning_rate": 0.03,
    "num_leaves": 15,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "num_threads": 1,
    "verbosity": -1,
}
# Shares of the answered questions that may be refused, for the table.
_REFUSED = (0.02, 0.05, 0.1)


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions about held-out reports.

    Attributes:
        rows: (q, features) float32.
        answered: (q,) int8, whether the report answers; the others are near misses.
        files: the report of each question.
    """

    rows: Floats
    answered: NDArray[np.int8]
    files: list[str]


def collect_answers(cases: Sequence[Case], near_misses: Mapping[str, str], by_file: Mapping[str, Index]) -> Answers:
    """Search for all questions and their near misses.

    Args:
        cases: the questions.
        near_misses: by the id of the question.
        by_file: for each report an index whose rankers were trained without it.
    """
    rows, answered, files = [], [], []
    for case in cases:
        file = case.question.passage.file
        asked = [(case.ask, 1)]
        if case.question.question_id in near_misses:
            asked.append((Ask(near_misses[case.question.question_id], year=case.ask.year), 0))
        for ask, label in asked:
            rows.append(_row(by_file[file], ask, case.report_ids))
            answered.append(label)
            files.append(file)
    _LOG.info("%d questions, %d of them near misses", len(rows), answered.count(0))
    return Answers(np.concatenate(rows), np.array(answered, dtype=np.int8), files)


def _row(index: Index, ask: Ask, report_ids: Sequence[str]) -> Floats:
    found = index.find(ask, report_ids)
    return index.answerable_features(found, index.clauses(found), report_ids)


def fit_answers(answers: Answers) -> lightgbm.Booster:
    """Train on all questions given."""
    data = lightgbm.Dataset(answers.rows, answers.answered, feature_name=list(NAMES))
    return lightgbm.train(_SETTINGS, data, _ROUNDS)


def answers_table(answers: Answers) -> str:
    """Return the certainty below which a share of the answered questions lies, and the near misses that lie there.

    By cross-validation over reports.
    """
    fold_of = {name: number % _FOLDS for number, name in enumerate(sorted(set(answers.files)))}
    fold = np.array([fold_of[name] for name in answers.files])
    certainty = np.zeros(len(fold))
    for number in range(_FOLDS):
        keep = fold != number
        if keep.any() and not keep.all():
            kept = [name for name, wanted in zip(answers.files, keep, strict=True) if wanted]
            model = fit_answers(Answers(answers.rows[keep], answers.answered[keep], kept))
            certainty[~keep] = model.predict(answers.rows[~keep])
    lines = ["| answered questions refused | near misses refused | certainty |", "|---|---|---|"]
    for share in _REFUSED:
        least = float(np.quantile(certainty[answers.answered == 1], share))
        refused = float((certainty[answers.answered == 0] < least).mean()) if (answers.answered == 0).any() else 0.0
        lines.append(f"| {share:.2f} | {refused:.3f} | {least:.3f} |")
    return "\n".join(lines) + "\n\n"
