"""Synthetic reports: sentences of the samples, shuffled, with other numbers, under other names. The same every time."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Sequence
from itertools import accumulate, count, pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.read import Parsed
from corpus.sentences import sentence_spans
from corpus.types import Paragraph, Report, Section
from index.build import SAMPLES
from index.encode import Encoder

# A report of so many sentences has so many chunks, about; real work reports have 60 to 200.
_SENTENCES, _CHUNKS = 500, 95
_SECTIONS = 8
_NOISE = 0.1
_NUMERALS = "一二三四五六七八九十"
_FIRST, _SECOND, _RANK = "青云海松柏石清金玉安永长新福临", "溪岭川港原湖山泉台桥河林阳宁城", ("县", "区", "市")
_YEARS = range(2015, 2025)
# Numbers vary, as those of real reports do; years stay.
_NUMBER = re.compile(r"(?<![\d.])(?!20\d\d年)\d[\d,]*")


def write_reports(folder: Path, chunks: int) -> None:
    """Write reports that together give about so many chunks, a file each, 64 files a folder.

    Args:
        folder: where to.
        chunks: how many; a report gives some 95.
    """
    sentences, headings = sample_sentences(), _headings()
    draw = random.Random(0)
    places = [a + b + rank for rank, a, b in product(_RANK, _FIRST, _SECOND)]
    names = ((place, year) for year in count(_YEARS.stop - 1, -1) for place in places)
    for number in range(max(1, round(chunks / _CHUNKS))):
        place, year = next(names)
        inside = folder / f"{number // 64:04d}"
        inside.mkdir(parents=True, exist_ok=True)
        text = _report(draw, place, year, sentences, headings)
        (inside / f"{year}_{place}_法治政府建设年度报告.txt").write_text(text, encoding="utf-8")


def write_one_more(folder: Path, number: int) -> None:
    """Write a report that `write_reports` does not; another number gives another one."""
    place = f"新{_FIRST[number]}县"
    text = _report(random.Random(number + 1), place, _YEARS.stop, sample_sentences(), _headings())
    (folder / f"{_YEARS.stop}_{place}_法治政府建设年度报告.txt").write_text(text, encoding="utf-8")


def sample_sentences() -> list[str]:
    """Return the sentences of the samples that end like one, in order, each once."""
    found: dict[str, None] = {}
    for path in sorted(SAMPLES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for start, end in sentence_spans(line, 0, len(line)):
                if line[start:end].endswith("。") and end - start > 12:
                    found[re.sub(r"^（.）|^[一二三四五六七八九十]+、", "", line[start:end])] = None
    return list(found)


def _headings() -> list[str]:
    lines = (line for path in sorted(SAMPLES.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines())
    return list(dict.fromkeys(line[2:] for line in lines if re.match(r"[一二三四五六七八九]、.{3,15}$", line)))


def _report(draw: random.Random, place: str, year: int, sentences: list[str], headings: list[str]) -> str:
    lines = [f"{place}{year}年法治政府建设年度报告", f"来源：{place}人民政府"]
    for section in range(_SECTIONS):
        lines.append(f"{_NUMERALS[section]}、{draw.choice(headings)}")
        left = _SENTENCES // _SECTIONS
        while left > 0:
            size = draw.randint(2, 8)
            chosen = draw.choices(sentences, k=size)
            lines.append("".join(_NUMBER.sub(lambda found: _other_number(draw, found.group()), s) for s in chosen))
            left -= size
    return "\n".join(lines) + "\n"


def _other_number(draw: random.Random, number: str) -> str:
    """Return a number of the same shape."""
    return "".join(str(draw.randint(1, 9)) if c.isdigit() else c for c in number)


def read_quickly(path: Path, name: str) -> Parsed:
    """Read a synthetic report without looking for figures: reading is timed elsewhere and grows with the files only."""
    raw = path.read_bytes()
    text, digest = raw.decode(), hashlib.sha256(raw).hexdigest()
    lines = text.splitlines(keepends=True)
    bounds = [*accumulate(map(len, lines), initial=0)]
    heads = [at for at, line in zip(bounds, lines, strict=False) if re.match(r"[一二三四五六七八九十]、", line)]
    sections = []
    for start, end in pairwise([*heads, len(text)]):
        heading = text[start : text.index("\n", start)]
        sections.append(Section(heading, 1, (heading,), start, end))
    year, place, kind = path.stem.split("_")
    spans = pairwise(bounds)
    report = Report(
        *(digest[:16], name, digest, lines[0].strip(), place, kind, int(year), "", "", "", text),
        sections=tuple(sections),
        paragraphs=tuple(Paragraph(number, start, end - 1) for number, (start, end) in enumerate(spans, start=1)),
    )
    return Parsed(report)


class QuickEncoder(Encoder):
    """The shipped encoder for sentences that differ by more than numbers; what is longer is mixed from them.

    A million chunks would take the encoder itself as long as all the rest. It averages the vectors of tokens, so a
    chunk lies near the average of its sentences, by length; a noise of a tenth stands for the other numbers.
    """

    def __init__(self, model: Any, name: str, fingerprint: str) -> None:
        super().__init__(model, name, fingerprint)
        self._places: dict[str, int] = {}
        self._vectors = np.empty((0, self.dimensions), dtype=np.float32)
        self._draw = np.random.default_rng(0)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode passages; returns (n, dim) float32, unit rows."""
        parts = [re.findall(r"[^\n。]+。?", _NUMBER.sub("1", text)) or [""] for text in texts]
        flat = [part for found in parts for part in found]
        places = self._known(flat)
        lengths = np.array([len(part) or 1 for part in flat], dtype=np.float32)
        first = np.cumsum([0, *map(len, parts)])[:-1]
        mixed = np.add.reduceat(self._vectors[places] * lengths[:, None], first)
        mixed /= np.maximum(np.linalg.norm(mixed, axis=1, keepdims=True), 1e-9)
        mixed += _NOISE / np.sqrt(self.dimensions) * self._draw.standard_normal(mixed.shape, dtype=np.float32)
        return self._unit(mixed)

    def _known(self, parts: Sequence[str]) -> list[int]:
        """Return where the vectors of parts are, those of new ones encoded first."""
        new = [part for part in dict.fromkeys(parts) if part not in self._places]
        if new:
            self._places.update(zip(new, range(len(self._places), len(self._places) + len(new)), strict=True))
            self._vectors = np.concatenate([self._vectors, super().passages(new)])
        return [self._places[part] for part in parts]
