"""`python -m index.train encoder --training FOLDER --out index/models/encoder`."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from index.train.encoder import train_encoder
from index.train.evaluate import evaluation_table
from index.train.model_folder import load_encode


def main(arguments: Sequence[str] | None = None) -> int:
    """Train or measure; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m index.train", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help_text in (("encoder", "train the encoder"), ("evaluate", "measure it on held-out reports")):
        command = commands.add_parser(name, help=help_text)
        command.add_argument("--training", type=Path, required=True, help="the training folder")
        command.add_argument("--out", type=Path, default=Path("index/models/encoder"), help="the model folder")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if chosen.command == "encoder":
        train_encoder(chosen.training, chosen.out)
    sys.stdout.write(evaluation_table(chosen.training, load_encode(chosen.out)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
