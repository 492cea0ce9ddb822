"""Cut text into the units that the product embeds and compares: sentences, and chunks of whole sentences."""

import re

CHUNK_CHARS = 250
_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;\n”』」）)]*")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text start and end, in characters.

    >>> [text[a:b] for text in ["粮食增产。就业稳定；物价平稳"] for a, b in sentence_spans(text)]
    ['粮食增产。', '就业稳定；', '物价平稳']
    """
    return [match.span() for match in _SENTENCE.finditer(text) if match.group().strip()]


def chunk_spans(text: str, limit_chars: int = CHUNK_CHARS) -> list[tuple[int, int]]:
    """Pack whole sentences into chunks of at most `limit_chars`; a longer sentence is a chunk by itself.

    >>> chunk_spans("粮食增产。就业稳定；物价平稳", limit_chars=10)
    [(0, 10), (10, 14)]
    """
    chunks: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if chunks and end - chunks[-1][0] <= limit_chars:
            chunks[-1] = (chunks[-1][0], end)
        else:
            chunks.append((start, end))
    return chunks


def span_of(spans: list[tuple[int, int]], position: int) -> int:
    """Return the index of the span that holds a character, or of the last span that starts before it."""
    return max((index for index, (start, _) in enumerate(spans) if start <= position), default=0)


def with_heading(heading: str, body: str) -> str:
    """Put a chunk's heading path in front of its words, as the product does before embedding."""
    return f"{heading}\n{body}" if heading else body
