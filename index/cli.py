"""Command line of the index: build, watch and manage versions, look into the live one."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.command import USER_ERROR, add_limits, limits_of, run
from corpus.errors import ReportQAError
from corpus.ingest import export_ingest
from index.backend import LocalSearch
from index.build import BuildOptions, build_index, report_folders
from index.encode import Encoder
from index.errors import BuildRunning, NoQuestions
from index.evaluate import measure_search
from index.live import open_live
from index.milvus import publish
from index.progress import TerminalProgress
from index.questions import read_questions
from index.search import Index
from index.summary import BuildSummary
from index.thesaurus import Thesaurus
from index.told import summary_lines, version_lines
from index.versions import KEPT, list_versions, prune, roll_back
from index.watch import Watch


def main(argv: Sequence[str] | None = None) -> int:
    """Run `python -m index`; returns the exit code."""
    args = _parser().parse_args(argv)
    return run(lambda: int(args.command(args)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description="Build and look into the index of reports.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    changing = _add_changing(commands)

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

    for command in (*changing, info, search, evaluate):
        command.add_argument("--home", type=Path, default=Path("var"), metavar="DIR", help="home folder (default var)")
    return parser


def _add_changing(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
) -> tuple[argparse.ArgumentParser, ...]:
    """Add the commands that make, choose and remove versions."""
    build = commands.add_parser("build", help="build a new version of the index and make it live")
    watch = commands.add_parser("watch", help="build again whenever reports have come, changed or gone")
    for command in (build, watch):
        command.add_argument("--reports", type=Path, nargs="+", default=[], metavar="DIR", help="folders to index")
        command.add_argument("--encoder", default="", metavar="DIR", help="folder of a sentence-transformers model")
        command.add_argument("--keep", type=int, default=KEPT, metavar="N", help=f"versions to keep (default {KEPT})")
        add_limits(command)
    build.add_argument("--accept", action="store_true", help="go live even if a fixed question has lost its answer")
    build.add_argument("--anew", action="store_true", help="take nothing over from the version before")
    build.set_defaults(command=_build)
    watch.add_argument(
        "--settle", type=float, default=10.0, metavar="SECONDS", help="quiet before a build (default 10)"
    )
    watch.add_argument("--poll", type=float, default=5.0, metavar="SECONDS", help="between two looks (default 5)")
    watch.set_defaults(command=_watch)

    versions = commands.add_parser("versions", help="list the versions, how they came about and what they changed")
    versions.add_argument("--json", action="store_true", help="one JSON object a line")
    versions.set_defaults(command=_versions)

    rollback = commands.add_parser("rollback", help="make another version live; without ID the one before")
    rollback.add_argument("id", nargs="?", default="", metavar="ID")
    rollback.set_defaults(command=_rollback)

    clear = commands.add_parser("prune", help="remove old versions that nobody reads")
    clear.add_argument("--keep", type=int, default=KEPT, metavar="N", help=f"versions to keep (default {KEPT})")
    clear.set_defaults(command=_prune)

    publishing = commands.add_parser("publish", help="copy the live index to the Milvus server that is to search it")
    publishing.add_argument(
        "--search", required=True, metavar="URI", help="http://host:19530, or a file of Milvus Lite"
    )
    publishing.set_defaults(command=_publish)
    return build, watch, versions, rollback, clear, publishing


def _build(args: argparse.Namespace) -> int:
    options = BuildOptions(args.accept, args.anew, keep=args.keep, limits=limits_of(args))
    summary = _build_shown(args.home, args.reports, Encoder.load(args.encoder), options)
    # Nobody may read what a nightly job says; its exit code is looked at.
    return 0 if summary.live else USER_ERROR


def _build_shown(home: Path, folders: Sequence[Path], encoder: Encoder, options: BuildOptions) -> BuildSummary:
    """Build with progress on the terminal, and say what was done."""
    progress = TerminalProgress()
    try:
        summary = build_index(home, folders, encoder, progress=progress, options=options)
    finally:
        progress.close()
    _say(summary_lines(summary))
    return summary


def _say(lines: Sequence[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _watch(args: argparse.Namespace) -> int:
    """Build now if anything is new, then after every change; only Ctrl-C ends it."""
    encoder = Encoder.load(args.encoder)
    watch = Watch(lambda: args.reports or [*report_folders(args.home)], args.settle, args.poll)
    for is_due in watch.turns():
        if not is_due:
            continue
        try:
            options = BuildOptions(started_by="watch", keep=args.keep, limits=limits_of(args))
            _build_shown(args.home, args.reports, encoder, options)
        except BuildRunning as error:
            # Another build is at it: what it does not see is still due at the next look.
            _say([f"{error}"])
            continue
        except ReportQAError as error:
            _say([f"error: {error}"])
        watch.done()
    return 0


def _versions(args: argparse.Namespace) -> int:
    versions = list_versions(args.home)
    if args.json:
        _say([json.dumps(asdict(version), ensure_ascii=False) for version in versions])
    else:
        _say([line for version in versions for line in version_lines(version)])
    return 0


def _rollback(args: argparse.Namespace) -> int:
    _say([f"index {roll_back(args.home, args.id)} is live"])
    return 0


def _prune(args: argparse.Namespace) -> int:
    _say([f"removed {build_id}" for build_id in prune(args.home, args.keep)])
    return 0


def _info(args: argparse.Namespace) -> int:
    version = open_live(args.home, contents=args.verify)
    manifest, store = version.manifest, version.store
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


def _publish(args: argparse.Namespace) -> int:
    version = open_live(args.home)
    local, build_id = LocalSearch.load(version.folder), version.manifest.build_id
    publish(args.search, build_id, local.vectors, local.words)
    sys.stdout.write(f"index {build_id} is searched at {args.search}\n")
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
