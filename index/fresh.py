"""A report that is new to the index: read, cut, counted and embedded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.duplicates import Outline, outline_of
from corpus.sentences import sentence_spans
from corpus.types import Report
from index.chunks import Chunking, Piece, Span, cut_report
from index.encode import Encoder
from index.parts import Parts
from index.portion import Portion, Terms, Vectors
from index.words import term_keys

_ENCODE_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Cut:
    """A report with its chunks, the sentences of each, and what finds its near-duplicates."""

    report: Report
    pieces: tuple[Piece, ...]
    spans: tuple[tuple[Span, ...], ...]
    outline: Outline

    @classmethod
    def of(cls, report: Report, chunking: Chunking) -> Cut:
        """Cut a report."""
        pieces = tuple(cut_report(report, chunking))
        spans = tuple(tuple(sentence_spans(report.text, p.start, p.end)) for p in pieces)
        return cls(report, pieces, spans, outline_of(report))

    @property
    def sentences(self) -> list[str]:
        """The texts of all sentences."""
        return [self.report.text[start:end] for spans in self.spans for start, end in spans]

    @property
    def lexical_texts(self) -> list[str]:
        """What the word search sees of each chunk."""
        return [lexical_text(self.report, piece) for piece in self.pieces]


def lexical_text(report: Report, piece: Piece) -> str:
    """Return what the word search sees of a chunk: title and headings in front, since questions name them."""
    return "\n".join([report.title, *piece.section_path, report.text[piece.start : piece.end]])


def dense_text(report: Report, piece: Piece) -> str:
    """Return what the encoder sees of a chunk: its innermost headings in front."""
    return "\n".join([*piece.section_path[-2:], report.text[piece.start : piece.end]])


def portion_of(cut: Cut, vectors: Vectors, vocabulary: NDArray[np.uint64]) -> Portion:
    """Return what a report adds to the index but for its words.

    Args:
        cut: the report.
        vectors: of its chunks and sentences.
        vocabulary: (t,) uint64, ascending, the keys of the terms of its chunks.
    """
    spans = np.array([span for chunk in cut.spans for span in chunk], dtype=np.int32).reshape(-1, 2)
    return Portion(
        vectors=vectors,
        starts=spans[:, 0],
        ends=spans[:, 1],
        in_chunk=np.array([len(chunk) for chunk in cut.spans], dtype=np.int64),
        sentence_terms=terms_among(vocabulary, cut.sentences),
    )


def terms_among(vocabulary: NDArray[np.uint64], texts: Sequence[str]) -> Terms:
    """Return the terms of texts by their places in a vocabulary; a term that is not in it is left out.

    A sentence has a word that none of its report's chunks has only where it was cut out of one. Leaving that out
    whatever other reports have makes the same of a report in every index.

    >>> from index.words import key_of
    >>> vocabulary = np.array(sorted(map(key_of, "公证件")), dtype=np.uint64)
    >>> found = terms_among(vocabulary, ["公证", "诉讼"])
    >>> found.ids.tolist(), found.in_text.tolist()
    ([1, 2], [2, 0])
    """
    keys, owner = term_keys(texts)
    ids = np.searchsorted(vocabulary, keys)
    known = np.append(vocabulary, np.uint64(0))[ids] == keys
    cells = np.unique(owner[known] * len(vocabulary) + ids[known])
    in_text = np.bincount(cells // max(1, len(vocabulary)), minlength=len(texts))
    return Terms((cells % max(1, len(vocabulary))).astype(np.int32), in_text)


class Embedder:
    """Makes the vectors of reports, and remembers them until the build has ended well.

    Attributes:
        dimensions: length of a vector.
    """

    def __init__(self, encoder: Encoder, parts: Parts) -> None:
        self._encoder = encoder
        self._parts = parts
        self.dimensions = encoder.dimensions

    def vectors(self, cut: Cut, tick: Callable[[], None]) -> Vectors:
        """Embed the chunks and sentences of a report; `tick` is called every few hundred of them."""
        chunks = [dense_text(cut.report, piece) for piece in cut.pieces]
        sentences = cut.sentences
        key = self._key(chunks, sentences)
        found = self._parts.load(key)
        if found is not None and (len(found.chunks), len(found.sentences)) == (len(chunks), len(sentences)):
            return found
        made = Vectors(self._embed(chunks, tick), self._embed(sentences, tick))
        self._parts.save(key, made)
        return made

    def _key(self, *texts: Sequence[str]) -> str:
        digest = hashlib.sha256(self._encoder.fingerprint.encode())
        for text in (text for group in texts for text in ("", *group)):
            digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
        return digest.hexdigest()

    def _embed(self, texts: Sequence[str], tick: Callable[[], None]) -> NDArray[np.float16]:
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float16)
        for start in range(0, len(texts), _ENCODE_AT_ONCE):
            tick()
            batch = texts[start : start + _ENCODE_AT_ONCE]
            vectors[start : start + len(batch)] = self._encoder.passages(batch)
        return vectors
