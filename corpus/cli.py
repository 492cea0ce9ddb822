"""The command line: `check` says what was recognised in report files, `export` gives one as JSON, `describe` mends it.

Exit codes: 0 done, 1 a bug, 2 something the user can mend (one line on standard error), 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.archive import ARCHIVES
from corpus.command import USER_ERROR, run
from corpus.descriptions import FACTS, Description, describe, read_descriptions, save_description
from corpus.duplicates import NearDuplicates, outline_of
from corpus.errors import UnreadableFile
from corpus.export import export_report
from corpus.ingest import Ingest, Outcome, export_ingest, ingest_failure, ingest_report
from corpus.read import find_report_files, read_report
from corpus.types import Report
from corpus.worker import Worker

_REBUILD = "The index follows with the next `python -m index build`."
_MOST_LISTED = 20


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    arguments = _parser().parse_args(argv)
    if arguments.command == "check":
        return run(lambda: _check(arguments.files, arguments.home, as_json=arguments.json))
    if arguments.command == "describe":
        return run(lambda: _describe(arguments))
    return run(lambda: _export(arguments.file))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus", description="Read report files as the index will.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="say what was recognised in each file, what was left out, and why")
    check.add_argument("files", nargs="+", metavar="FILE")
    check.add_argument("--json", action="store_true", help="one JSON object a line")
    export = commands.add_parser("export", help="print one parsed report as a JSON object")
    export.add_argument("file", metavar="FILE")
    describe = commands.add_parser(
        "describe", help="correct what was recognised of a report; it stands across rebuilds"
    )
    describe.add_argument("file", metavar="FILE")
    for name in FACTS:
        kind = int if name == "year" else str
        describe.add_argument(f"--{name.replace('_', '-')}", type=kind, metavar=name.upper(), help='"" for none')
    describe.add_argument("--clear", action="store_true", help="forget what was said of it before")
    for command in (check, describe):
        command.add_argument("--home", type=Path, default=Path("var"), metavar="DIR", help="home folder (default var)")
    return parser


def _describe(arguments: argparse.Namespace) -> int:
    """Keep the user's word on a report, and say what is known of it now."""
    path, home = Path(arguments.file), arguments.home
    report = read_report(path, path.name)
    known = Description() if arguments.clear else read_descriptions(home).get(report.report_id, Description())
    said = {name: getattr(arguments, name) for name in FACTS if getattr(arguments, name) is not None}
    save_description(home, report.report_id, replace(known, file=path.name, **said))
    described = describe(report, read_descriptions(home))
    sys.stdout.write("\n".join([*_facts(ingest_report(described)), _REBUILD]) + "\n")
    return 0


def _check(files: Sequence[str], home: Path, *, as_json: bool) -> int:
    """Say what was recognised in each file; one that cannot be read does not hide the others."""
    descriptions = read_descriptions(home)
    texts: dict[str, Report] = {}
    near = NearDuplicates(lambda key: texts[key].text)
    code = 0
    with Worker() as worker:
        for path, file in (found for name in files for found in _expand(name)):
            try:
                report = describe(worker.read_report(path, file), descriptions)
                found = _compare(report, texts, near)
            except UnreadableFile as error:
                code = USER_ERROR
                found = ingest_failure(error)
                sys.stderr.write("error: " + " ".join(str(error).split()) + "\n")
            shown = json.dumps(export_ingest(found), ensure_ascii=False) if as_json else "\n".join(_lines(found))
            sys.stdout.write(shown + "\n")
    return code


def _expand(file: str) -> list[tuple[Path, str]]:
    """Return a file, or the files in it if it is an archive, with their labels."""
    path = Path(file)
    if path.suffix.lower() not in ARCHIVES or not path.is_file():
        return [(path, file)]
    return [(found, str(path.parent / name)) for found, name in find_report_files([path])]


def _compare(report: Report, texts: dict[str, Report], near: NearDuplicates) -> Ingest:
    """Say what was recognised in a report, and which one before it says the same."""
    found, same = ingest_report(report), texts.get(report.report_id)
    if same is not None:
        return replace(found, outcome=Outcome.DUPLICATE, original=same.file, similarity=1.0)
    outline = outline_of(report)
    like = near.find(outline, lambda: report.text)
    if like is not None:
        return replace(found, outcome=Outcome.NEAR_DUPLICATE, original=texts[like[0]].file, similarity=like[1])
    texts[report.report_id] = report
    near.add(outline)
    return found


def _lines(found: Ingest) -> list[str]:
    """Put what was recognised on lines: what and from where, how much, and what to look at."""
    label = found.file if found.file.isprintable() else json.dumps(found.file, ensure_ascii=False)
    if found.outcome is Outcome.FAILED:
        return [f"{label}: not read: {found.reason}"]
    named = ("headings", "paragraphs", "characters", "figures", "tables", "exhibits")
    counts = ", ".join(f"{getattr(found, name)} {name}" for name in named)
    lines = [f"{label}: {found.title}", *(f"  {line}" for line in _facts(found)[1:]), f"  {counts}"]
    if found.captionless:
        lines.append(f"  {found.captionless} of the exhibits have no caption, so no question finds them")
    if found.pages.count:
        lines.append(f"  {_pages(found)}")
    if found.original:
        lines.append(f"  {found.outcome}: {found.original} says the same ({found.similarity or 0:.1%} alike)")
    return [*lines, *(f"  warning: {warning}" for warning in found.warnings)]


def _facts(found: Ingest) -> list[str]:
    """Say each fact with its origin; a guess with how far to trust it."""
    lines = []
    for fact in found.facts:
        trust = f"{fact.confidence:.0%}, from the {fact.origin}" if fact.guessed else "said by the user"
        lines.append(f"{fact.name.replace('_', ' ')}: {getattr(found, fact.name)} ({trust})")
    return lines


def _pages(found: Ingest) -> str:
    """Say how the text of the pages was come by."""
    pages = found.pages
    parts = [f"{pages.count} pages"]
    parts += [f"without text: {_numbers(pages.empty)}"] if pages.empty else []
    parts += [f"garbled and left out: {_numbers(pages.garbled)}"] if pages.garbled else []
    mean = f" (mean confidence {pages.confidence:.0%})" if pages.confidence is not None else ""
    parts += [f"read by OCR: {_numbers(pages.ocr)}{mean}"] if pages.ocr else []
    return ", ".join(parts)


def _numbers(pages: Sequence[int]) -> str:
    """List page numbers, the first twenty of many."""
    return " ".join(map(str, pages[:_MOST_LISTED])) + (" …" if len(pages) > _MOST_LISTED else "")


def _export(file: str) -> int:
    """Print one report."""
    with Worker() as worker:
        report = worker.read_report(Path(file), file)
    sys.stdout.write(json.dumps(export_report(report), ensure_ascii=False) + "\n")
    return 0
