"""Train the rankers of sentences and clauses on questions about reports that the encoder has never seen."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import lightgbm
import numpy as np
from numpy.typing import NDArray

from index.build import build_index
from index.clauses import NAMES as CLAUSE_NAMES
from index.encode import Encoder
from index.features import NAMES as SENTENCE_NAMES
from index.features import Floats
from index.rank import Ranker, Rankers
from index.search import Index
from index.train.answers import Answers, answers_table, collect_answers, fit_answers
from index.train.cases import Case, cases_of
from index.train.evaluate import estimate
from index.train.sources import Question, read_near_misses, read_passages, read_questions
from index.train.split import HELD_OUT, fold_of

_LOG = logging.getLogger(__name__)
_FOLDS = 5
_ROUNDS = 120
_SETTINGS = {
    "objective": "lambdarank",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 50,
    "lambdarank_truncation_level": 10,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 1,
    "deterministic": True,
    "num_threads": 1,
    "verbosity": -1,
}


@dataclass(frozen=True, slots=True)
class Examples:
    """Candidate sentences of questions.

    Attributes:
        rows: (n, features) float32.
        right: (n,) int8, whether a sentence holds the answer.
        counts: (q,) int64, candidates of each question, one question after the other.
        files: the report of each question.
        passages: the passage of each question.
    """

    rows: NDArray[np.float32]
    right: NDArray[np.int8]
    counts: NDArray[np.int64]
    files: list[str]
    passages: list[str]

    def column(self, name: str) -> NDArray[np.float64]:
        """Return one feature of the sentences, (n,) float64."""
        return self.rows[:, SENTENCE_NAMES.index(name)].astype(np.float64)

    def of(self, keep: NDArray[np.bool_]) -> "Examples":
        """Return those of some questions, (q,) bool."""
        rows = np.repeat(keep, self.counts)
        kept = [i for i, wanted in enumerate(keep) if wanted]
        files, passages = [self.files[i] for i in kept], [self.passages[i] for i in kept]
        return Examples(self.rows[rows], self.right[rows], self.counts[keep], files, passages)


def train_rankers(training: Path, reports: Sequence[Path], out: Path, encoders: Mapping[int, Path]) -> str:
    """Train the rankers of sentences and clauses, and what says whether they answer, and write them.

    An encoder looks better on the questions it was trained on than it is, and a ranker would learn to trust it too
    much. The rankers are trained on the held-out reports, which the shipped encoder never saw; for the same reason the
    clauses are learned from sentences that were ranked without their report. Whether a question is answered takes more
    examples: there the other reports are searched too, each with an encoder that never saw it (cross-fitting,
    Chernozhukov et al. 2018).

    Args:
        training: the training folder.
        reports: folders with the report files that the questions are about.
        out: the folder to write.
        encoders: by fold the model folder of an encoder that never saw its reports; folds without one are left out.

    Returns:
        Tables in Markdown: how good each is on reports that it was trained without.
    """
    passages = read_passages(training)
    questions = read_questions(training, passages)
    wanted = {passage.file for passage in passages}
    files = [path for folder in reports for path in sorted(folder.glob("*.txt")) if path.name in wanted]
    with TemporaryDirectory() as home:
        index = _index(Path(home), files, Encoder.load(), _rankers())
        cases = list(cases_of(_of_fold(questions, HELD_OUT), index))
        sentences = _collect(cases, lambda case: _sentence_examples(index, case))
        ranks, models = cross_validate(sentences, SENTENCE_NAMES)
        by_file = {name: replace(index, _rankers=_rankers(model)) for name, model in models.items()}
        clauses = _collect(cases, lambda case: _clause_examples(by_file[case.question.passage.file], case))
        clause_ranks, clause_models = cross_validate(clauses, CLAUSE_NAMES)
        by_file = {
            name: replace(index, _rankers=_rankers(models[name], model)) for name, model in clause_models.items()
        }
        held_out = collect_answers(cases, read_near_misses(), by_file)
    sentence_model, clause_model = fit(sentences, SENTENCE_NAMES), fit(clauses, CLAUSE_NAMES)
    rankers = _rankers(sentence_model, clause_model)
    found = [_answers(_of_fold(questions, fold), files, path, rankers) for fold, path in encoders.items()]
    answers = Answers.joined([held_out, *found])
    out.mkdir(parents=True, exist_ok=True)
    sentence_model.save_model(str(out / "sentences.txt"))
    clause_model.save_model(str(out / "clauses.txt"))
    fit_answers(answers).save_model(str(out / "answers.txt"))
    return answers_table(answers) + _table(
        {
            "sentences in the order of their chunks": (
                first_ranks(np.zeros(len(sentences.right)), sentences),
                sentences,
            ),
            "sentences by meaning alone": (first_ranks(sentences.column("meaning"), sentences), sentences),
            "sentences by words alone": (first_ranks(sentences.column("words_all"), sentences), sentences),
            "sentences, ranked": (ranks, sentences),
            "clauses, ranked": (clause_ranks, clauses),
        }
    )


def _index(home: Path, files: Sequence[Path], encoder: Encoder, rankers: Rankers) -> Index:
    build_index(home, files, encoder)
    return Index.open(home, rankers=rankers)


def _of_fold(questions: Sequence[Question], fold: int) -> list[Question]:
    return [question for question in questions if fold_of(question.passage.file) == fold]


def _answers(questions: Sequence[Question], files: Sequence[Path], encoder: Path, rankers: Rankers) -> Answers:
    """Search for the questions of one fold with an encoder and rankers that never saw its reports."""
    with TemporaryDirectory() as home:
        index = _index(Path(home), files, Encoder.load(str(encoder)), rankers)
        by_file = {question.passage.file: index for question in questions}
        return collect_answers(list(cases_of(questions, index)), read_near_misses(), by_file)


def _rankers(sentences: lightgbm.Booster | None = None, clauses: lightgbm.Booster | None = None) -> Rankers:
    return Rankers(Ranker(sentences), Ranker(clauses), Ranker.untrained())


def _collect(cases: Sequence[Case], examples: Callable[[Case], tuple[Floats, NDArray[np.int8]]]) -> Examples:
    """Put together the candidates of all questions whose answer is among them."""
    found = [(case, *examples(case)) for case in cases]
    kept = [(case, rows, right) for case, rows, right in found if right.any()]
    _LOG.info("the answer is among the candidates of %d of %d questions", len(kept), len(found))
    return Examples(
        rows=np.concatenate([rows for _, rows, _ in kept]),
        right=np.concatenate([right for _, _, right in kept]),
        counts=np.array([len(rows) for _, rows, _ in kept], dtype=np.int64),
        files=[case.question.passage.file for case, _, _ in kept],
        passages=[case.question.passage.passage_id for case, _, _ in kept],
    )


def _sentence_examples(index: Index, case: Case) -> tuple[Floats, NDArray[np.int8]]:
    rows, found = index.features(case.ask, case.report_ids)
    return rows, np.array([case.begins_in(hit, hit.start, hit.end) for hit in found.sentences], dtype=np.int8)


def _clause_examples(index: Index, case: Case) -> tuple[Floats, NDArray[np.int8]]:
    found = index.find(case.ask, case.report_ids)
    clauses = index.clauses(found)
    right = [case.overlaps(clause.sentence, clause.start, clause.end) for clause in clauses.hits]
    return clauses.rows, np.array(right, dtype=np.int8)


def fit(examples: Examples, names: tuple[str, ...]) -> lightgbm.Booster:
    """Train on all examples given."""
    data = lightgbm.Dataset(examples.rows, examples.right, group=examples.counts, feature_name=list(names))
    return lightgbm.train(_SETTINGS, data, _ROUNDS)


def cross_validate(examples: Examples, names: tuple[str, ...]) -> tuple[NDArray[np.int64], dict[str, lightgbm.Booster]]:
    """Rank every question by a model that saw no question about its report.

    Returns:
        The rank of each question's first right candidate, from 1, (q,) int64; for each report the model without it.
    """
    files = sorted(set(examples.files))
    fold_of = {name: i % _FOLDS for i, name in enumerate(files)}
    fold = np.array([fold_of[name] for name in examples.files])
    scores = np.zeros(len(examples.right))
    models = [fit(examples.of(fold != number), names) for number in range(_FOLDS)]
    for number, model in enumerate(models):
        scores[np.repeat(fold == number, examples.counts)] = model.predict(examples.of(fold == number).rows)
    return first_ranks(scores, examples), {name: models[number] for name, number in fold_of.items()}


def first_ranks(scores: NDArray[np.float64], examples: Examples) -> NDArray[np.int64]:
    """Return the rank, from 1, of the best-placed right sentence of each question, (q,) int64."""
    ranks, begin = [], 0
    for count in examples.counts:
        part = slice(begin, begin + count)
        order = np.argsort(-scores[part], kind="stable")
        ranks.append(1 + int(np.flatnonzero(examples.right[part][order])[0]))
        begin += count
    return np.array(ranks, dtype=np.int64)


def _table(methods: dict[str, tuple[NDArray[np.int64], Examples]]) -> str:
    """Return recall and mean reciprocal rank with their intervals, a row for each method."""
    measures = {f"recall@{k}": k for k in (1, 3, 10)}
    lines = ["| reports left out | " + " | ".join([*measures, "MRR"]) + " |", "|---" * 5 + "|"]
    for name, (ranks, examples) in methods.items():
        values = [(ranks <= k).astype(np.float64) for k in measures.values()] + [1.0 / ranks]
        found = [estimate(value, examples.passages) for value in values]
        lines.append(f"| {name} | " + " | ".join(f"{x.mean:.3f} ({x.low:.3f}–{x.high:.3f})" for x in found) + " |")
    return "\n".join(lines) + "\n"
