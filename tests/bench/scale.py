"""What happens as an index grows: synthetic reports, sizes set beside each other in one run."""

from __future__ import annotations

import importlib.metadata
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from unittest.mock import patch

import numpy as np

from index.backend import LocalSearch
from index.encode import Encoder
from index.manifest import live_folder
from index.search import Index
from qa.engine import Engine
from qa.settings import Settings
from tests.bench.corpus import sample_sentences, write_one_more, write_reports
from tests.bench.measure import Cost, in_turn, say, step, table
from tests.bench.peers import PEERS, installed
from tests.bench.questions import QUESTIONS

# Openings and added reports, each in a process of its own, and the size at which reports are added and the peers are
# set beside this project.
_OPENINGS, _ADDED = 5, 3
_PEER_SIZE = 100_000
_AT_ONCE = 1 << 15


def bench_scale(folder: Path, sizes: Sequence[int]) -> None:
    """Measure indexes of some sizes against the smallest one.

    Args:
        folder: where reports and indexes are put; what is there already is not made again.
        sizes: chunks, about.
    """
    homes = {size: folder / str(size) for size in sorted(sizes)}
    costs = {size: _prepare(home, size) for size, home in homes.items()}
    _say_sizes(homes, costs)
    _say_openings(homes)
    _say_questions(homes)
    for home in homes.values():
        _say_recall(home)
    at = min(homes, key=lambda size: abs(size - _PEER_SIZE))
    _say_one_more(folder / f"{at}-whole", at)
    _say_peers(homes[at])


def _prepare(home: Path, size: int) -> Cost | None:
    """Write reports and build their index, unless they are there; None where nothing was built."""
    if not (home / "reports").is_dir():
        write_reports(home / "reports", size)
    return None if (home / "index" / "LIVE").is_file() else step("build-quickly", str(home))


def _say_sizes(homes: dict[int, Path], costs: dict[int, Cost | None]) -> None:
    rows = []
    for size, home in homes.items():
        chunks, cost, used = Index.open(home).manifest.chunks, costs[size], step("many", str(home))
        disk = sum(path.stat().st_size for path in live_folder(home).rglob("*") if path.is_file())
        build = f"{cost.seconds:.0f} s, {cost.megabytes:.0f} MB" if cost else "was there"
        held = f"{1e6 * (used.megabytes - used.mapped) / chunks:.0f}"
        rows.append((f"{chunks}", build, f"{disk / chunks:.0f}", held, f"{1e6 * used.mapped / chunks:.0f}"))
    say("index: bytes a chunk on disk; after 40 questions in memory of its own, and in pages mapped from files")
    table(("chunks", "build", "disk", "memory", "mapped"), rows)


def _say_openings(homes: dict[int, Path]) -> None:
    """Compare opening an index and answering the first question, in a new process each time, the sizes in turn."""
    seen: dict[int, list[float]] = {size: [] for size in homes}
    for _ in range(_OPENINGS):
        for size, home in homes.items():
            seen[size].append(step("first", str(home)).seconds)
    _say_ratios("open and first answer", {size: float(np.median(times)) for size, times in seen.items()})


def _say_questions(homes: dict[int, Path]) -> None:
    encoder = Encoder.load()
    with patch("index.encode.Encoder.load", lambda *_: encoder):
        engines = {size: Engine.open(Settings(home=home)) for size, home in homes.items()}
    times = in_turn({f"{size}": partial(_ask_all, engine) for size, engine in engines.items()})
    _say_ratios("a question, whole answer", {int(size): t / len(QUESTIONS) for size, t in times.items()})


def _ask_all(engine: Engine) -> None:
    for question in QUESTIONS:
        engine.ask(question)


def _say_ratios(what: str, seconds: dict[int, float]) -> None:
    unit = next(iter(seconds.values()))
    cells = (f"{size}: {1000 * time:.1f} ms ({time / unit:.2f} x)" for size, time in seconds.items())
    say(f"{what}: {', '.join(cells)}")


def _say_recall(home: Path) -> None:
    """Say how many of the nearest ten chunks are found, compared with all vectors; of equally near ones any counts."""
    vectors, encoder = LocalSearch.load(live_folder(home)).vectors, Encoder.load()
    queries = encoder.queries([*QUESTIONS, *sample_sentences()[::10]])
    best = np.full((len(queries), 10), -1, dtype=np.float32)
    for start in range(0, len(vectors), _AT_ONCE):
        scores = queries @ vectors.rows(start, min(start + _AT_ONCE, len(vectors))).T
        best = -np.sort(-np.concatenate([best, scores], axis=1), axis=1)[:, :10]
    found = [[score for _, score in vectors.search(query, 50)[:10]] for query in queries]
    hits = np.mean([np.array(scores) >= least - 1e-5 for scores, least in zip(found, best[:, -1], strict=True)])
    say(f"{len(vectors)} chunks, {len(queries)} queries: recall@10 of the vector search {hits:.3f} against all vectors")


def _say_one_more(home: Path, size: int) -> None:
    """Compare adding one report with the whole build, both with the reader and the encoder that users have."""
    shutil.rmtree(home, ignore_errors=True)
    write_reports(home / "reports", size)
    whole = step("build", str(home))
    added = []
    for number in range(_ADDED):
        write_one_more(home / "reports", number)
        added.append(step("build", str(home)).seconds)
    one = float(np.median(added))
    share = f"{100 * one / whole.seconds:.1f} % of the whole build of {whole.chunks} chunks"
    say(f"one report more: {share} ({one:.1f} of {whole.seconds:.0f} s)")
    shutil.rmtree(home)


def _say_peers(home: Path) -> None:
    rows = []
    for name, (package, _) in PEERS.items():
        if not installed(name):
            say(f"{name} is not installed: no comparison with it (the extra [bench] has it)")
            continue
        cost = step(name, str(home))
        version = importlib.metadata.version(package.replace("_", "-")) if name != "report-qa" else ""
        times = (f"{cost.seconds:.1f} s", f"{1000 * cost.query:.2f} ms", f"{cost.megabytes:.0f} MB")
        rows.append((f"{name} {version}".strip(), *times))
        chunks = cost.chunks
    say(f"the same {chunks} chunks, the same encoder; memory beyond that of encoder and texts, at its peak")
    table(("", "build", "query", "memory"), rows)
