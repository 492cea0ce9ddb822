"""Command line of the answers: ask, batch, eval, and of the figures."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.command import run
from corpus.errors import ReportQAError
from corpus.types import Kind
from index.ledger import FigureFilter
from index.live import open_live
from index.progress import TerminalProgress
from index.questions import Question, read_questions
from qa.engine import Engine
from qa.evaluate import measure
from qa.figures import figure_json, figure_table, list_figures, summary
from qa.files import replace_file
from qa.serialize import answer_json
from qa.settings import Settings
from qa.spreadsheet import write_csv, write_xlsx
from qa.types import Answer


class UnknownKind(ReportQAError):
    """No figure can be of such a kind."""


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

    figures = _add_figures(commands)

    for command in (ask, batch, evaluate, figures):
        command.add_argument("--home", type=Path, default=Path("var"), metavar="DIR", help="home folder (default var)")
    for command in (ask, batch, evaluate):
        command.add_argument("--encoder", default="", metavar="DIR", help="folder of the encoder the index was made by")
    return parser


def _add_figures(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    figures = commands.add_parser("figures", help="list the figures of the reports, or take them to a spreadsheet")
    figures.add_argument("--report", default="", metavar="TEXT", help="words of the report's title or file, or its id")
    figures.add_argument("--issuer", default="", metavar="NAME", help="part of the issuer's name")
    figures.add_argument("--year", type=int, metavar="YEAR", help="year of the report")
    figures.add_argument("--indicator", default="", metavar="WORDS", help="words that all stand in the indicator")
    figures.add_argument("--period", default="", metavar="TEXT", help="part of the figure's period")
    figures.add_argument("--kind", default="", metavar="KIND", help=f"one of {', '.join(Kind)}")
    figures.add_argument("--json", action="store_true", help="one JSON object a line")
    figures.add_argument("--csv", type=Path, metavar="FILE", help="write them to a CSV file")
    figures.add_argument("--xlsx", type=Path, metavar="FILE", help="write them to an Excel file")
    figures.set_defaults(command=_figures)
    return figures


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
    added = [f"找的还有 {'、'.join(e.meant)}，由 {e.said} 扩展" for e in answer.expansions]
    return "\n".join(filter(None, [answer.headline, answer.text, *sources, *added]))


def _batch(args: argparse.Namespace) -> int:
    pairs = _answers(args)
    lines = [_one_line(answer_json(answer, question.key)) + "\n" for question, answer in pairs]
    replace_file(args.answers, lambda beside: beside.write_text("".join(lines), encoding="utf-8"))
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


def _figures(args: argparse.Namespace) -> int:
    kind = _kind(args.kind) if args.kind else None
    wanted = FigureFilter(args.report, args.issuer, args.year, args.indicator, args.period, kind)
    version = open_live(args.home)
    figures = list(list_figures(version.store, wanted))
    if args.csv is not None:
        write_csv(args.csv, figures)
    if args.xlsx is not None:
        write_xlsx(args.xlsx, figures)
    written = [str(path) for path in (args.csv, args.xlsx) if path is not None]
    if args.json:
        sys.stdout.writelines(_one_line(figure_json(placed)) + "\n" for placed in figures)
    elif figures and not written:
        sys.stdout.write("\n".join(figure_table(figures)) + "\n")
    # Programs read standard output: what is said to people goes beside it.
    told = sys.stderr if args.json else sys.stdout
    told.write(summary(figures) + (f" -> {', '.join(written)}" if written else "") + "\n")
    return 0


def _kind(name: str) -> Kind:
    try:
        return Kind(name.strip().lower())
    except ValueError as error:
        raise UnknownKind(f"there is no kind {name!r} of figures: give one of {', '.join(Kind)}") from error


def _one_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
