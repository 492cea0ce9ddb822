"""Command line of the index: build, info, search."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.command import run
from corpus.ingest import export_ingest
from index.build import build_index
from index.encode import Encoder
from index.errors import NoQuestions
from index.evaluate import measure_search
from index.manifest import Manifest, check_files, live_folder
from index.progress import TerminalProgress
from index.questions import read_questions
from index.search import Index
from index.store import Store
from index.summary import BuildSummary
from index.thesaurus import Thesaurus


def main(argv: Sequence[str] | None = None) -> int:
    """Run `python -m index`; returns the exit code."""
    args = _parser().parse_args(argv)
    return run(lambda: int(args.command(args)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Build and look into the index of reports.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser("build", help="build a new version of the index and make it live")
    build.add_argument("--reports", type=Path, nargs="+", default=[], metavar="DIR", help="folders or files to index")
    build.add_argument("--encoder", default="", metavar="DIR", help="folder of a sentence-transformers model")
    build.set_defaults(command=_build)

    info = commands.add_parser("info", help="say what the live index holds")
    info.add_argument("--verify", action="store_true", help="compare the checksums of all files")
    info.add_argument("--json", action="store_true", help="one JSON object")
    info.set_defaults(command=_info)

    search = commands.add_parser("search", help="show the chunks that fit some words best")
    search.add_argument("words")
    search.add_argument("--k", type=int, default=10, help="how many (default 10)")
    search.add_argument("--json", action="store_true", help="one JSON object a line")
    search.set_defaults(command=_search)

    evaluate = commands.add_parser("eval", help="measure the search on questions whose answers are known")
    evaluate.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    evaluate.add_argument("--json", action="store_true", help="one JSON object")
    evaluate.set_defaults(command=_evaluate)

    for command in (build, info, search, evaluate):
        command.add_argument("--home", type=Path, default=Path("var"), metavar="DIR", help="home folder (default var)")
    return parser


def _build(args: argparse.Namespace) -> int:
    progress = TerminalProgress()
    try:
        encoder = Encoder.load(args.encoder)
        summary = build_index(args.home, args.reports, encoder, progress=progress)
    finally:
        progress.close()
    sys.stdout.write("\n".join(summary_lines(summary)) + "\n")
    return 0


def summary_lines(summary: BuildSummary) -> list[str]:
    """Return what a build did, a line each: files left out first, the result last."""
    lines = [f"failed: {error}" for error in summary.failed]
    lines += [f"duplicate: {file!r} has the same content as {first!r}" for file, first in summary.duplicates]
    lines += [
        f"near duplicate: {near.file!r} says what {near.original!r} says ({near.similarity:.1%} alike) and was left out"
        for near in summary.near_duplicates
    ]
    lines += [f"warning: {file!r}: {warning}" for file, warning in summary.warnings]
    return [*lines, f"index {summary.build_id}: {summary.reports} reports, {summary.chunks} chunks"]


def _info(args: argparse.Namespace) -> int:
    folder = live_folder(args.home)
    manifest = Manifest.read(folder, args.home)
    check_files(folder, manifest, args.home, contents=args.verify)
    store = Store.open(folder, args.home)
    cards = store.cards
    if args.json:
        ingest = [export_ingest(found) for found in store.ingests()]
        lists = {"report_list": [asdict(card) for card in cards], "ingest": ingest}
        facts = {**asdict(manifest), "samples": manifest.samples, **lists}
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
        return 0
    facts = asdict(manifest) | {"samples": manifest.samples, "files": len(manifest.files)}
    lines = [f"{name}: {value}" for name, value in facts.items()]
    lines += [f"warning: {warning}" for warning in Thesaurus.load(args.home).warnings]
    lines += [f"{card.report_id}  {card.year or '----'}  {card.issuer}  {card.kind}  {card.file}" for card in cards]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _search(args: argparse.Namespace) -> int:
    for hit in Index.open(args.home).search(args.words, args.k):
        facts = {"rank": hit.rank, "score": round(hit.score, 4), **asdict(hit.chunk)}
        line = f"{hit.rank}. {hit.score:.3f} {' > '.join(hit.chunk.section_path)}\n   {hit.chunk.text}"
        sys.stdout.write((json.dumps(facts, ensure_ascii=False) if args.json else line) + "\n")
    return 0


def _evaluate(args: argparse.Namespace) -> int:
    questions = read_questions(args.questions)
    stages = measure_search(Index.open(args.home), questions)
    if not stages:
        raise NoQuestions(str(args.questions))
    if args.json:
        facts = {stage: {name: asdict(value) for name, value in found.items()} for stage, found in stages.items()}
        sys.stdout.write(json.dumps(facts) + "\n")
        return 0
    for stage, found in stages.items():
        cells = "  ".join(f"{name} {x.mean:.3f} ({x.low:.3f}-{x.high:.3f})" for name, x in found.items())
        sys.stdout.write(f"{stage:8s} {cells}\n")
    return 0
