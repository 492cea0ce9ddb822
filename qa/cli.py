"""Command line of the answers: ask, batch, eval."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.command import run
from corpus.errors import ReportQAError
from index.progress import TerminalProgress
from index.questions import Question, read_questions
from qa.engine import Engine
from qa.evaluate import measure
from qa.serialize import answer_json
from qa.settings import Settings
from qa.types import Answer


class NotWritten(ReportQAError):
    """A result could not be written."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `python -m qa`; returns the exit code."""
    args = _parser().parse_args(argv)
    return run(lambda: int(args.command(args)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m qa", description="Ask questions over the indexed reports.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", help="answer one question")
    ask.add_argument("question")
    ask.add_argument("--history", nargs="+", default=[], metavar="QUESTION", help="earlier questions, oldest first")
    ask.add_argument("--json", action="store_true", help="one JSON object")
    ask.set_defaults(command=_ask)

    batch = commands.add_parser("batch", help="answer a file of questions into a file of answers")
    batch.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    batch.add_argument("answers", type=Path, metavar="ANSWERS.jsonl")
    batch.set_defaults(command=_batch)

    evaluate = commands.add_parser("eval", help="measure the answers to questions whose right answers are known")
    evaluate.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    evaluate.add_argument("--json", action="store_true", help="one JSON object")
    evaluate.set_defaults(command=_evaluate)

    for command in (ask, batch, evaluate):
        command.add_argument("--home", type=Path, default=Path("var"), metavar="DIR", help="home folder (default var)")
        command.add_argument("--encoder", default="", metavar="DIR", help="folder of the encoder the index was made by")
    return parser


def _engine(args: argparse.Namespace) -> Engine:
    return Engine.open(Settings(home=args.home, encoder=args.encoder))


def _ask(args: argparse.Namespace) -> int:
    answer = _engine(args).ask(args.question, args.history)
    sys.stdout.write((_one_line(answer_json(answer)) if args.json else _readable(answer)) + "\n")
    return 0


def _readable(answer: Answer) -> str:
    sources = [
        f"[{c.marker}] 《{c.title}》{' > '.join(c.section)} 第{c.paragraph}段  {c.file}:{c.start}-{c.end}"
        for c in answer.citations
    ]
    return "\n".join(filter(None, [answer.headline, answer.text, "", *sources]))


def _batch(args: argparse.Namespace) -> int:
    pairs = _answers(args)
    lines = [_one_line(answer_json(answer, question.key)) + "\n" for question, answer in pairs]
    beside = args.answers.with_name(f".{args.answers.name}.part")
    try:
        # Written beside and renamed: a full disk leaves the answers of an earlier run as they were.
        beside.write_text("".join(lines), encoding="utf-8")
        beside.replace(args.answers)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise NotWritten(f"{str(args.answers)!r} cannot be written: {error.strerror}") from error
    return 0


def _evaluate(args: argparse.Namespace) -> int:
    engine = _engine(args)
    measures = measure(_answers(args, engine), engine.report)
    if args.json:
        sys.stdout.write(_one_line({name: round(value, 4) for name, (value, _) in measures.items()}) + "\n")
    else:
        sys.stdout.writelines(f"{name:18s} {value:.3f}  (n={count})\n" for name, (value, count) in measures.items())
    return 0


def _answers(args: argparse.Namespace, engine: Engine | None = None) -> list[tuple[Question, Answer]]:
    questions = read_questions(args.questions)
    engine = engine or _engine(args)
    progress = TerminalProgress()
    pairs = []
    for done, question in enumerate(questions, start=1):
        pairs.append((question, engine.ask(question.text, question.history)))
        progress("answer", done, len(questions))
    progress.close()
    return pairs


def _one_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
