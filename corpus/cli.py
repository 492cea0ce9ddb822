"""The command line: `check` says what was recognised in report files, `export` gives one as JSON.

Exit codes: 0 done, 1 a bug, 2 something the user can mend (one line on standard error), 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.command import USER_ERROR, run
from corpus.errors import UnreadableFile
from corpus.export import check_report, check_unreadable, export_report
from corpus.worker import Worker


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    arguments = _parser().parse_args(argv)
    if arguments.command == "check":
        return run(lambda: _check(arguments.files, as_json=arguments.json))
    return run(lambda: _export(arguments.file))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus", description="Read report files as the index will.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="say in one line a file what was recognised")
    check.add_argument("files", nargs="+", metavar="FILE")
    check.add_argument("--json", action="store_true", help="one JSON object a line")
    export = commands.add_parser("export", help="print one parsed report as a JSON object")
    export.add_argument("file", metavar="FILE")
    return parser


def _check(files: Sequence[str], *, as_json: bool) -> int:
    """Print one line a file; a file that cannot be read does not hide the others."""
    code = 0
    with Worker() as worker:
        for file in files:
            try:
                found = check_report(worker.read_report(Path(file), file))
            except UnreadableFile as error:
                code = USER_ERROR
                found = check_unreadable(error)
                sys.stderr.write("error: " + " ".join(str(error).split()) + "\n")
            sys.stdout.write((json.dumps(found, ensure_ascii=False) if as_json else _line(found)) + "\n")
    return code


def _line(found: dict[str, Any]) -> str:
    """Put what was recognised on one line."""
    label = json.dumps(found["file"], ensure_ascii=False) if not found["file"].isprintable() else found["file"]
    if not found["ok"]:
        return f"{label}: not read: {found['error']}"
    facts = ", ".join(str(found[name]) for name in ("issuer", "kind", "year", "date", "document_number") if found[name])
    named = ("headings", "paragraphs", "characters", "figures")
    counts = ", ".join(f"{found[name]} {name}" for name in named)
    warnings = "".join(f"; warning: {warning}" for warning in found["warnings"])
    return f"{label}: {found['title']} ({facts}); {counts}{warnings}"


def _export(file: str) -> int:
    """Print one report."""
    with Worker() as worker:
        report = worker.read_report(Path(file), file)
    sys.stdout.write(json.dumps(export_report(report), ensure_ascii=False) + "\n")
    return 0
