"""Steps of the bench that are measured in a process of their own: `python -m tests.bench.steps STEP HOME [CHUNKS]`."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

from index.build import build_index
from index.encode import Encoder
from index.search import Index
from qa.engine import Engine
from qa.settings import Settings
from tests.bench.corpus import QuickEncoder, read_quickly
from tests.bench.measure import Cost, answer_parent, cost_of, in_turn
from tests.bench.peers import PEERS, Search
from tests.bench.questions import QUESTIONS


def build_quickly(home: Path) -> Cost:
    """Build the index of HOME/reports without looking for figures and with few texts encoded: a million in minutes."""
    with patch("index.build.Worker.read_parsed", lambda _, path, name: read_quickly(path, name)):
        return _build(home, QuickEncoder.load())


def build_as_users_do(home: Path) -> Cost:
    """Build the index of HOME/reports, or add what is new there, with the reader and the encoder that users have."""
    return _build(home, Encoder.load())


def _build(home: Path, encoder: Encoder) -> Cost:
    cost = cost_of(lambda: build_index(home, [home / "reports"], encoder))
    return replace(cost, chunks=Index.open(home).manifest.chunks)


def first_answer(home: Path) -> Cost:
    """Open an index and answer the first question; the encoder is there already, since all sizes share it."""
    encoder = Encoder.load()
    with patch("index.encode.Encoder.load", lambda *_: encoder):
        return cost_of(lambda: Engine.open(Settings(home=home)).ask(QUESTIONS[0]))


def many_answers(home: Path) -> Cost:
    """Answer all questions twice: what a server holds in memory after a while."""
    encoder = Encoder.load()
    with patch("index.encode.Encoder.load", lambda *_: encoder):
        return cost_of(lambda: _ask_all(Engine.open(Settings(home=home))))


def _ask_all(engine: Engine) -> None:
    for question in QUESTIONS * 2:
        engine.ask(question)


def peer(name: str, home: Path) -> Cost:
    """Index the chunks of an index with a peer and ask it; `query` is the median time of a question."""
    encoder, index = Encoder.load(), Index.open(home)
    texts = [index.store.chunk(row).text for row in range(index.manifest.chunks)]
    searches: list[Search] = []
    cost = cost_of(lambda: searches.append(PEERS[name][1](encoder, texts)))
    times = in_turn({question: partial(searches[0], question) for question in QUESTIONS}, rounds=5)
    return replace(cost, chunks=len(texts), query=statistics.median(times.values()))


STEPS: dict[str, Callable[[Path], Cost]] = {
    "build-quickly": build_quickly,
    "build": build_as_users_do,
    "first": first_answer,
    "many": many_answers,
    **{name: partial(peer, name) for name in PEERS},
}


if __name__ == "__main__":
    answer_parent(STEPS[sys.argv[1]](Path(sys.argv[2])))
