"""`make bench`: each figure is a ratio of two medians, taken in turn in one run on the same index and machine.

Absolute times differ from machine to machine and from minute to minute; a ratio of two things timed in turn does not.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import rjieba

from corpus.readers.pdf.reader import PdfReader
from index.build import SAMPLES, build_index
from index.encode import Encoder
from index.query import Ask
from index.search import Index
from qa.engine import Engine
from qa.settings import Settings
from qa.understand import understand
from tests.bench.tiny import tiny_transformer
from tests.corpus.layouts import lay_out

ROUNDS = 15
_PDF_REPORTS = 4
QUESTIONS = [
    "办理法律援助多少件",
    "打官司之前劝和成了多少",
    "民告官败诉的占多少",
    "主动公开政府信息多少条",
    "今年有哪些短板",
    "粮食产量增长多少",
]


def main() -> int:
    """Run all benchmarks over a folder of reports (first argument; default: the samples) and print the ratios."""
    folders = [Path(argument) for argument in sys.argv[1:]] or [SAMPLES]
    with tempfile.TemporaryDirectory() as home:
        encoder = Encoder.load()
        begun = time.perf_counter()
        build_index(Path(home), folders, encoder)
        built = time.perf_counter() - begun
        index, engine = Index.open(Path(home)), Engine.open(Settings(home=Path(home)))
        texts = [index.store.chunk(row).text for row in range(index.manifest.chunks)]
        say(f"{os.cpu_count()} cores, {index.manifest.reports} reports, {len(texts)} chunks")
        say(f"build: {len(texts) / built:.0f} chunks a second")
        bench_queries(index, engine, texts)
        bench_encoding(encoder, texts[:512])
        bench_pdf([index.store.report(card.report_id).text for card in index.store.cards[:_PDF_REPORTS]])
    return 0


def bench_pdf(texts: Sequence[str]) -> None:
    """Compare reading reports laid out as PDF, to paragraphs with places, with the bare text by pdfplumber."""
    if importlib.util.find_spec("pdfplumber") is None:
        say("pdfplumber is not installed: no comparison with it (the extra [bench] has it)")
        return
    files = [lay_out(text, header="政务公开")[0] for text in texts]
    plumber = importlib.import_module("pdfplumber")

    def bare(file: bytes) -> None:
        with plumber.open(io.BytesIO(file)) as pdf:
            for page in pdf.pages:
                page.extract_text()

    times = in_turn(
        {
            "ours": lambda: [PdfReader().read(file, "a.pdf") for file in files],
            "pdfplumber": lambda: [bare(file) for file in files],
        },
        rounds=3,
    )
    say(f"reading PDF: {times['pdfplumber'] / times['ours']:.1f} x as fast as pdfplumber's bare text")


def bench_queries(index: Index, engine: Engine, texts: Sequence[str]) -> None:
    """Compare the search, and the whole answer, with a bare BM25 query of segmented words over the same chunks."""
    bare = bm25s.BM25()
    bare.index([rjieba.cut(text) for text in texts], show_progress=False)

    def bare_query(question: str) -> None:
        bare.retrieve([rjieba.cut(question)], k=min(10, len(texts)), show_progress=False)

    jobs: dict[str, Callable[[], object]] = {
        "bare BM25 query": lambda: [bare_query(question) for question in QUESTIONS],
        "understanding, searches, ranking": lambda: [_find(index, question) for question in QUESTIONS],
        "whole answer": lambda: [engine.ask(question) for question in QUESTIONS],
    }
    peer = txtai_search(index.encoder, texts)
    if peer is not None:
        jobs["txtai hybrid search"] = lambda: [peer(question) for question in QUESTIONS]
    times = in_turn(jobs)
    unit = times["bare BM25 query"]
    for name, seconds in times.items():
        say(f"{name}: {seconds / unit:.1f} x a bare BM25 query ({1000 * seconds / len(QUESTIONS):.2f} ms)")


def _find(index: Index, question: str) -> object:
    understood = understand(question, (), index.store.cards)
    return index.find(Ask(understood.topic))


def txtai_search(encoder: Encoder, texts: Sequence[str]) -> Callable[[str], object] | None:
    """Return the hybrid search of txtai over the same chunks with the same encoder; None where it is not installed."""
    if importlib.util.find_spec("txtai") is None:
        say("txtai is not installed: no comparison with it (the extra [bench] has it)")
        return None
    embeddings = importlib.import_module("txtai").Embeddings(
        method="external",
        transform=lambda asked: encoder.queries(asked) if isinstance(asked, list) else encoder.queries([asked])[0],
        hybrid=True,
    )
    embeddings.index([(number, text, None) for number, text in enumerate(texts)])
    return lambda question: embeddings.search(question, 10)


def bench_encoding(encoder: Encoder, texts: Sequence[str]) -> None:
    """Compare the shipped encoder with a tiny 4-layer transformer on the same texts."""
    with tempfile.TemporaryDirectory() as folder:
        tiny = Encoder.load(str(tiny_transformer(Path(folder), layers=4)))
        times = in_turn(
            {"shipped": lambda: encoder.passages(texts), "tiny": lambda: tiny.passages(texts)},
            rounds=3,
        )
    say(f"encoding: {times['tiny'] / times['shipped']:.0f} x as fast as a tiny 4-layer transformer")


def in_turn(jobs: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median seconds of each job; the jobs take turns, so that a slow minute slows them all."""
    seen: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(rounds):
        for name, job in jobs.items():
            begun = time.perf_counter()
            job()
            seen[name].append(time.perf_counter() - begun)
    return {name: statistics.median(times) for name, times in seen.items()}


def say(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
