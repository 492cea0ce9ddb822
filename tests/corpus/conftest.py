from collections.abc import Callable
from pathlib import Path

import pytest

import corpus
from corpus.read import parse_report
from corpus.types import Report

SAMPLES = Path(corpus.__file__).parent / "samples"


@pytest.fixture
def sample() -> Callable[[str], Report]:
    """Read one of the fictional reports that ship with the project."""

    def read(name: str) -> Report:
        return parse_report((SAMPLES / f"{name}.txt").read_bytes(), f"{name}.txt")

    return read


@pytest.fixture
def parse() -> Callable[..., Report]:
    """Parse lines as the file `a.txt`, whose name says nothing."""
    return lambda *lines: parse_report("\n".join(lines).encode(), "a.txt")
