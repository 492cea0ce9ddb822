"""Serve the page: settings, an index if there is none yet, the engine, the page."""

from __future__ import annotations

import sys

from corpus.command import run
from index.progress import TerminalProgress
from index.told import summary_lines
from qa.engine import Engine
from qa.settings import Settings


def main() -> int:
    """Serve until interrupted; returns the exit code."""
    settings = Settings.from_arguments()
    engine, summary = Engine.open_or_build(settings, TerminalProgress())
    lines = [*(summary_lines(summary) if summary else []), *(f"warning: {line}" for line in engine.warnings)]
    # Gradio takes seconds to import: only a server needs it, and only once there is something to serve.
    from qa.ui import build_ui, launch_options

    sys.stdout.write("\n".join([*lines, f"http://{settings.host}:{settings.port}"]) + "\n")
    sys.stdout.flush()
    build_ui(engine).launch(**launch_options(settings.host, settings.port, engine))
    return 0


if __name__ == "__main__":
    sys.exit(run(main))
