"""How the bench measures: medians of jobs that take turns, and steps in processes of their own, with their memory."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Cost:
    """What a step took: wall seconds, and megabytes of memory beyond those before it.

    `mapped` of the megabytes are pages of files, which the system takes back when it needs them; `query` is the median
    seconds of a question, where the step asks some.
    """

    seconds: float
    megabytes: float
    mapped: float = 0.0
    chunks: int = 0
    query: float = 0.0


def in_turn(jobs: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median seconds of each job; the jobs take turns, so that a slow minute slows them all."""
    seen: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(rounds):
        for name, job in jobs.items():
            seen[name].append(seconds_of(job))
    return {name: statistics.median(times) for name, times in seen.items()}


def seconds_of(job: Callable[[], object]) -> float:
    """Return how long a job takes."""
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun


def cost_of(job: Callable[[], object]) -> Cost:
    """Return what a job takes in this process; the memory is the peak while it ran."""
    before, (anonymous, mapped) = _peak(), _now()
    seconds = seconds_of(job)
    after_anonymous, after_mapped = _now()
    held = after_anonymous - anonymous + after_mapped - mapped
    return Cost(seconds, max(_peak() - before, held), after_mapped - mapped)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _now() -> tuple[float, float]:
    """Return megabytes of (memory of its own, pages of files) of this process; zeros where Linux does not tell."""
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    except OSError:
        return 0.0, 0.0
    return int(lines["RssAnon"].split()[0]) / 1024, int(lines["RssFile"].split()[0]) / 1024


def step(*arguments: str) -> Cost:
    """Run a step of `tests.bench.steps` in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.steps", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def answer_parent(cost: Cost) -> None:
    """Print what a step cost, for `step` to read."""
    sys.stdout.write(json.dumps(asdict(cost)) + "\n")


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write rows under heads, in columns."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    for row in [head, *rows]:
        say("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
