"""Train the model that says whether a question is answered at all, on questions and their near misses."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
from numpy.typing import NDArray

from index.answerable import NAMES, asks_number
from index.features import Floats
from index.query import Ask
from index.search import Index
from index.train.cases import Case

# More of these never makes an answer less likely, or more likely, whatever the questions at hand seem to say: near
# misses were written beside a passage and share words with it, which those of users need not.
_FOR = re.compile(
    r"^(?:sentence|clause|number)_(?:score|level)$|^number_lead$|^rarest_"
    r"|^best_\w+_(?:chunk_(?:words|meaning|fused)|meaning|meaning_beside|added|heading_words|names_year|sentence_score"
    r"|words_(?!density|lead)\w+|numbers_shared|(?:period|change|percent|money)_agrees)$"
)
_AGAINST = re.compile(r"^(?:elsewhere|spread_elsewhere|not_in)_|_(?:chunk|sentence)_rank$")
_LOG = logging.getLogger(__name__)
_FOLDS = 5
_ROUNDS = 250
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
    "monotone_constraints": [int(bool(_FOR.search(name))) - int(bool(_AGAINST.search(name))) for name in NAMES],
}
# Shares of the answered questions that may be refused, for the table.
_REFUSED = (0.02, 0.04, 0.06, 0.1)


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions for a number about reports that encoder and rankers never saw.

    Attributes:
        rows: (q, features) float32.
        answered: (q,) int8, whether the report answers; the others are near misses.
        files: the report of each question.
    """

    rows: Floats
    answered: NDArray[np.int8]
    files: list[str]

    @classmethod
    def joined(cls, parts: Sequence["Answers"]) -> "Answers":
        """Put several together."""
        return cls(
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.answered for part in parts]),
            [name for part in parts for name in part.files],
        )


def collect_answers(cases: Sequence[Case], near_misses: Mapping[str, str], by_file: Mapping[str, Index]) -> Answers:
    """Search for all questions for a number and their near misses: only such questions are refused for what they find.

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
        for ask, label in ((ask, label) for ask, label in asked if asks_number(ask.text)):
            rows.append(_row(by_file[file], ask, case.report_ids))
            answered.append(label)
            files.append(file)
    _LOG.info("%d questions, %d of them near misses", len(rows), answered.count(0))
    return Answers(np.array(rows, np.float32).reshape(-1, len(NAMES)), np.array(answered, dtype=np.int8), files)


def _row(index: Index, ask: Ask, report_ids: Sequence[str]) -> Floats:
    found = index.find(ask, report_ids)
    return index.answerable_features(found, index.clauses(found), report_ids)


def fit_answers(answers: Answers) -> lightgbm.Booster:
    """Train on all questions given."""
    return _fit(answers.rows, answers.answered)


def _fit(rows: Floats, answered: NDArray[np.int8]) -> lightgbm.Booster:
    data = lightgbm.Dataset(rows, answered, feature_name=list(NAMES))
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
            certainty[~keep] = _fit(answers.rows[keep], answers.answered[keep]).predict(answers.rows[~keep])
    lines = ["| answered questions refused | near misses refused | certainty |", "|---|---|---|"]
    answered, missed = (certainty[answers.answered == label] for label in (1, 0))
    for share in _REFUSED:
        least = float(np.quantile(answered, share)) if len(answered) else 0.0
        refused = float((missed < least).mean()) if len(missed) else 0.0
        lines.append(f"| {share:.2f} | {refused:.3f} | {least:.3f} |")
    return "\n".join(lines) + "\n\n"
