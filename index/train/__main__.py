"""`python -m index.train encoder | evaluate | folds | rankers --training FOLDER`."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.command import run
from index.encode import SHIPPED as ENCODER
from index.errors import EncoderUnavailable
from index.rank import SHIPPED as RANKERS
from index.train.encoder import train_encoder, train_fold_encoders
from index.train.evaluate import evaluation_table
from index.train.model_folder import load_encode
from index.train.ranker import train_rankers
from index.train.split import OTHER_FOLDS

FOLD_ENCODERS = Path("build/folds")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train or measure; returns the exit code."""
    args = _parser().parse_args(arguments)
    # The libraries' own notes are left out: they would drown the progress.
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    logging.getLogger("index.train").setLevel(logging.INFO)
    return run(lambda: int(args.command(args)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.train", description="Make the shipped weights again.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    encoder = commands.add_parser("encoder", help="train the encoder, then measure it")
    evaluate = commands.add_parser("evaluate", help="measure an encoder on the held-out reports")
    rankers = commands.add_parser("rankers", help="train the rankers of sentences and clauses on top of the encoder")
    encoder.set_defaults(command=_encoder)
    evaluate.set_defaults(command=_evaluate)
    rankers.set_defaults(command=_rankers)
    for command, out in ((encoder, ENCODER), (evaluate, ENCODER), (rankers, RANKERS)):
        command.add_argument("--training", type=Path, required=True, help="the training folder")
        command.add_argument("--out", type=Path, default=out, help="the model folder")
    folds = commands.add_parser("folds", help="train encoders that each leave a fold out, for `rankers`")
    folds.set_defaults(command=_folds)
    folds.add_argument("--training", type=Path, required=True, help="the training folder")
    folds.add_argument("--out", type=Path, default=FOLD_ENCODERS, help="where to put them (default build/folds)")
    rankers.add_argument("--folds", type=Path, default=FOLD_ENCODERS, help="where they are (default build/folds)")
    rankers.add_argument("--reports", type=Path, nargs="+", required=True, help="the reports that are asked about")
    return parser


def _encoder(args: argparse.Namespace) -> int:
    train_encoder(args.training, args.out)
    return _evaluate(args)


def _evaluate(args: argparse.Namespace) -> int:
    sys.stdout.write(evaluation_table(args.training, load_encode(args.out)))
    return 0


def _folds(args: argparse.Namespace) -> int:
    train_fold_encoders(args.training, args.out)
    return 0


def _rankers(args: argparse.Namespace) -> int:
    encoders = {fold: args.folds / f"without-{fold}" for fold in OTHER_FOLDS}
    for folder in encoders.values():
        if not folder.is_dir():
            raise EncoderUnavailable(str(folder), "python -m index.train folds makes it")
    sys.stdout.write(train_rankers(args.training, args.reports, args.out, encoders))
    return 0


if __name__ == "__main__":
    sys.exit(main())
