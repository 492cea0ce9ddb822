"""What every command line of the project does alike: exit codes, one-line errors, Ctrl-C, UTF-8, limits of reading."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable

from corpus.errors import ReportQAError
from corpus.worker import Limits

USER_ERROR, INTERRUPTED = 2, 130


def run(command: Callable[[], int]) -> int:
    """Run a command and return its exit code: 0 done, 2 a user's error (one line on stderr), 130 after Ctrl-C.

    Any other exception is a bug: it goes through and Python ends with exit code 1 and a traceback.

    >>> run(lambda: 0)
    0
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = command()
        sys.stdout.flush()
        return code
    except ReportQAError as error:
        sys.stderr.write("error: " + " ".join(str(error).split()) + "\n")
        return USER_ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has gone; nothing is left to say, not even at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what reading one file may take."""
    usual = Limits()
    minutes, memory = usual.seconds / 60, usual.memory_mb
    parser.add_argument(
        "--read-minutes", type=float, default=minutes, metavar="N", help=f"for one file at most (default {minutes:g})"
    )
    parser.add_argument(
        "--read-memory", type=int, default=memory, metavar="MB", help=f"for one file at most (default {memory})"
    )


def limits_of(args: argparse.Namespace) -> Limits:
    """Return what those options say."""
    return Limits(seconds=args.read_minutes * 60, memory_mb=args.read_memory)
