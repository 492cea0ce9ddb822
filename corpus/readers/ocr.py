"""Reading text off page images: the one importer of `rapidocr`, which comes with the extra `[ocr]`.

Its models (PP-OCR, Chinese and English) lie inside its package; nothing is ever downloaded.
"""

from __future__ import annotations

import importlib.util
import logging
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.readers.pdf.spans import Span

DOTS_PER_INCH = 200
HOW_TO_INSTALL = "install the extra that reads pictures: pip install 'report-qa[ocr]'"
# More pixels cost twice the time and read no better.
_LONGEST_SIDE = 2_000
_POINTS = 72 / DOTS_PER_INCH
_MODELS = {
    "Det.model_path": "PP-OCRv6_det_small.onnx",
    "Cls.model_path": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec.model_path": "PP-OCRv6_rec_small.onnx",
}
# Lines below are noise: a stamp, a speck, a logo.
_LEAST_CONFIDENCE = 0.5
# A page turned by more degrees was not laid straight on the scanner but put there on purpose.
_LARGEST_TILT = 10.0
_FEWEST_TILTED = 3
_LONG_LINE = 3.0
# Sizes that differ by less are one: boxes round letters are not exact.
_SAME_SIZE = 0.25


_HAN = "[\u4e00-\u9fff]"
_HALF_MARK = re.compile(rf"(?<={_HAN})[,;:!?()]|(?<=[%0-9A-Za-z)”》])[,;:!?)](?={_HAN})|[(](?={_HAN})|[,;](?={_HAN})")
_FULL = str.maketrans(",;:!?()", "，；：！？（）")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read off one page image: its size in points, its lines, and how sure the reading is.

    `confidence` is the mean over all characters, 0 to 1; 0 where there are none.
    """

    width: float
    height: float
    spans: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A line as it was found: its text, confidence, and corners (4, 2) in points, clockwise from the top left."""

    text: str
    confidence: float
    corners: NDArray[np.float64]


class _Output(Protocol):
    """What the engine gives: for each line its text, its score, and its corners; None for no lines."""

    txts: tuple[str, ...] | None
    scores: tuple[float, ...] | None
    boxes: NDArray[np.float32] | None


def is_available() -> bool:
    """Say whether the extra `[ocr]` is installed, with its models."""
    return importlib.util.find_spec("rapidocr") is not None and all(path.is_file() for path in _model_paths())


def read_picture(pixels: NDArray[np.uint8]) -> Reading:
    """Read the text of a page image, (height, width, 3) uint8 RGB at about `DOTS_PER_INCH`.

    A page that lies slightly askew is set straight for the reading order; the places stay those on the image.

    Raises:
        MemoryError: the limit of the process is too low for the models.
    """
    result = _run(np.ascontiguousarray(pixels[:, :, ::-1]))
    height, width = pixels.shape[0] * _POINTS, pixels.shape[1] * _POINTS
    found = [
        _Found(text, float(score), np.asarray(box, dtype=np.float64) * _POINTS)
        for text, score, box in zip(result.txts or (), result.scores or (), _boxes(result), strict=True)
        if text.strip() and score >= _LEAST_CONFIDENCE
    ]
    letters = sum(len(line.text) for line in found)
    confidence = sum(line.confidence * len(line.text) for line in found) / letters if letters else 0.0
    return Reading(width, height, tuple(_straighten(found, width, height)), round(confidence, 4))


def _run(pixels: NDArray[np.uint8]) -> _Output:
    """Run the engine; that it lacks memory is said as Python says it."""
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError

    try:
        return _engine()(pixels)
    except ONNXRuntimeError as error:
        if "bad_alloc" in str(error) or "allocate" in str(error):
            raise MemoryError from error
        raise


def _boxes(result: _Output) -> Iterable[NDArray[np.float32]]:
    return () if result.boxes is None else result.boxes


def _model_paths() -> list[Path]:
    """Give where the models lie, without importing the package."""
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin or "").parent / "models" if spec else Path()
    return [folder / name for name in _MODELS.values()]


@lru_cache(maxsize=1)
def _engine() -> Callable[[NDArray[np.uint8]], _Output]:
    """Load the models, once a process."""
    import rapidocr

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    models = dict(zip(_MODELS, map(str, _model_paths()), strict=True))
    options = {"Global.use_cls": False, "Global.log_level": "error", "Global.max_side_len": _LONGEST_SIDE}
    engine: Callable[[NDArray[np.uint8]], _Output] = rapidocr.RapidOCR(params={**models, **options})
    return engine


def _straighten(found: Sequence[_Found], width: float, height: float) -> list[Span]:
    """Make spans of the lines, turned by the tilt of the page about its middle; marks stay where the image has them."""
    tilt = _tilt(found)
    cosine, sine = math.cos(-tilt), math.sin(-tilt)
    turn = np.array([[cosine, -sine], [sine, cosine]])
    middle = np.array([width / 2, height / 2])
    spans = [_to_span(line, (line.corners - middle) @ turn.T + middle) for line in found]
    usual = median(span.em for span in spans) if spans else 0.0
    return [_snap(span, usual) for span in spans]


def _tilt(found: Sequence[_Found]) -> float:
    """Measure how far the lines of a page rise or fall, in radians."""
    angles = []
    for line in found:
        run, rise = line.corners[1] - line.corners[0]
        if run > _LONG_LINE * np.linalg.norm(line.corners[3] - line.corners[0]):
            angles.append(math.atan2(rise, run))
    tilt = median(angles) if len(angles) >= _FEWEST_TILTED else 0.0
    return tilt if abs(tilt) <= math.radians(_LARGEST_TILT) else 0.0


def _to_span(line: _Found, corners: NDArray[np.float64]) -> Span:
    """Make a span of a line: its place when the page is straight, and the box that marks it on the image."""
    x0, x1 = float(corners[[0, 3], 0].mean()), float(corners[[1, 2], 0].mean())
    top, bottom = float(corners[:2, 1].mean()), float(corners[2:, 1].mean())
    (left, upper), (right, lower) = line.corners.min(axis=0).tolist(), line.corners.max(axis=0).tolist()
    text = full_width(" ".join(line.text.split()))
    units = sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)
    em = (x1 - x0) / units if units >= _LONG_LINE else (bottom - top) * 0.8
    return Span(text, x0, top, x1, bottom, em, (left, upper, right, lower))


def full_width(text: str) -> str:
    """Give the marks beside Chinese characters their full width, which the models tell apart by chance.

    >>> full_width("(一)增长5.6%,投资1,300亿元")
    '（一）增长5.6%，投资1,300亿元'
    """
    return _HALF_MARK.sub(lambda found: found[0].translate(_FULL), text)


def _snap(span: Span, usual: float) -> Span:
    """Give a span the usual size if it is near."""
    em = usual if abs(span.em - usual) < _SAME_SIZE * usual else span.em
    return Span(span.text, span.x0, span.top, span.x1, span.bottom, em, span.mark)
