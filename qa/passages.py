"""The sentence that stands at a place of a report, as if a search had found it."""

from __future__ import annotations

from corpus.sentences import sentence_spans
from index.store import Store
from index.types import SentenceHit


def sentence_at(store: Store, report_id: str, place: int) -> SentenceHit | None:
    """Return the sentence at an offset of a report's text; None where no chunk holds it (a bare heading)."""
    chunks = map(store.chunk, store.rows_of(report_id))
    chunk = next((c for c in chunks if c.start <= place < c.end), None)
    if chunk is None:
        return None
    text = store.report(report_id).text
    start, end = next((s, e) for s, e in sentence_spans(text, chunk.start, chunk.end) if place < e)
    return SentenceHit(chunk, start, end, text[start:end], 0.0, 1)
