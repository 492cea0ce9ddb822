"""`make bench`: each figure is a ratio of two medians, taken in turn in one run on the same machine.

Absolute times differ from machine to machine and from minute to minute; a ratio of two things timed in turn does not.

    python -m tests.bench [REPORTS ...]                     the search over some reports (default: the samples)
    python -m tests.bench --sizes 10000 100000 [--keep DIR]  what happens as an index grows, over synthetic reports
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import io
import os
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
from tests.bench.measure import in_turn, say
from tests.bench.peers import installed, txtai
from tests.bench.questions import QUESTIONS
from tests.bench.scale import bench_scale
from tests.bench.tiny import tiny_transformer
from tests.corpus.layouts import lay_out

_PDF_REPORTS = 4


def main() -> int:
    """Run the benchmarks that the arguments name and print the ratios."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("reports", type=Path, nargs="*", default=[SAMPLES])
    parser.add_argument("--sizes", type=int, nargs="+", default=[], metavar="CHUNKS")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where indexes are kept and found again")
    args = parser.parse_args()
    if args.sizes:
        with tempfile.TemporaryDirectory() as folder:
            bench_scale(args.keep or Path(folder), args.sizes)
    else:
        bench_reports(args.reports)
    return 0


def bench_reports(folders: Sequence[Path]) -> None:
    """Compare the search over some reports with a bare BM25 query and with a peer."""
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
    if installed("txtai"):
        peer = txtai(index.encoder, texts)
        jobs["txtai hybrid search"] = lambda: [peer(question) for question in QUESTIONS]
    else:
        say("txtai is not installed: no comparison with it (the extra [bench] has it)")
    times = in_turn(jobs)
    unit = times["bare BM25 query"]
    for name, seconds in times.items():
        say(f"{name}: {seconds / unit:.1f} x a bare BM25 query ({1000 * seconds / len(QUESTIONS):.2f} ms)")


def _find(index: Index, question: str) -> object:
    understood = understand(question, (), index.store.cards)
    return index.find(Ask(understood.topic))


def bench_encoding(encoder: Encoder, texts: Sequence[str]) -> None:
    """Compare the shipped encoder with a tiny 4-layer transformer on the same texts."""
    with tempfile.TemporaryDirectory() as folder:
        tiny = Encoder.load(str(tiny_transformer(Path(folder), layers=4)))
        times = in_turn(
            {"shipped": lambda: encoder.passages(texts), "tiny": lambda: tiny.passages(texts)},
            rounds=3,
        )
    say(f"encoding: {times['tiny'] / times['shipped']:.0f} x as fast as a tiny 4-layer transformer")


if __name__ == "__main__":
    sys.exit(main())
