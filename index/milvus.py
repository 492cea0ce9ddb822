"""Both searches on a Milvus server: the one importer of `pymilvus`, which comes with the extra [milvus].

A version is a collection of its own. The alias names the newest one that is whole, and moves there in one step. BM25 is
an inner product of sparse vectors: a chunk's has what it gains by each term, a question's has weight times rarity.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.backend import Found
from index.errors import SearchUnavailable
from index.lexical import LexicalIndex
from index.rows import Rows
from index.vectors import VectorIndex

if TYPE_CHECKING:
    from pymilvus import MilvusClient

ALIAS = "report_qa"
_PREFIX = f"{ALIAS}_"
# Every vector is compared up to here; beyond, Milvus chooses an index.
_EXACT_UP_TO = 50_000
# Chunks whose postings are gathered at once, and those sent at once.
_GATHERED, _SENT = 1 << 16, 1000
# The collection that was live before stays, for readers that still have it open.
_KEPT = 2


class MilvusSearch:
    """Searches the collection of one version.

    Args:
        client: connected.
        collection: of the version.
        words: the version's own, which knows the terms.
    """

    def __init__(self, client: MilvusClient, collection: str, words: LexicalIndex) -> None:
        self._client = client
        self._collection = collection
        self._words = words

    @classmethod
    def open(cls, uri: str, build_id: str, words: LexicalIndex) -> MilvusSearch:
        """Connect to the collection of a version.

        Args:
            uri: a server (`http://host:19530`) or a file of Milvus Lite (`folder/name.db`).
            build_id: the version.
            words: of the same version.

        Raises:
            SearchUnavailable: if there is no server, or the version was not published there.
        """
        client = connect(uri)
        with _translated(uri):
            if not client.has_collection(collection_of(build_id)):
                raise SearchUnavailable(uri, f"it has no index {build_id}")
            client.load_collection(collection_of(build_id))
        return cls(client, collection_of(build_id), words)

    def __len__(self) -> int:
        with _translated(self._collection):
            return int(self._client.get_collection_stats(self._collection)["row_count"])

    def by_meaning(self, direction: NDArray[np.float32], k: int, rows: Rows | None) -> Found:
        """Find the chunks nearest to a direction."""
        return self._search("meaning", direction.tolist(), k, rows)

    def by_words(self, weights: Mapping[str, float], k: int, rows: Rows | None) -> Found:
        """Find the chunks with the best BM25 score."""
        factors = {term: float(factor) for term, factor in self._words.factors(weights).items() if factor > 0}
        return [(row, score) for row, score in self._search("words", factors, k, rows) if score > 0] if factors else []

    def _search(self, field: str, query: list[float] | dict[int, float], k: int, rows: Rows | None) -> Found:
        if k < 1 or (rows is not None and not len(rows)):
            return []
        with _translated(self._collection):
            (hits,) = self._client.search(
                self._collection, [query], anns_field=field, limit=k, filter=row_filter(rows), output_fields=["row"]
            )
        return sorted(((int(hit["row"]), float(hit["distance"])) for hit in hits), key=lambda hit: (-hit[1], hit[0]))


def publish(uri: str, build_id: str, vectors: VectorIndex, words: LexicalIndex) -> None:
    """Copy the searching side of a version to Milvus, and move the alias there when it is whole.

    Args:
        uri: as for `MilvusSearch.open`.
        build_id: the version; one that is there already is made again.
        vectors: of its chunks.
        words: of its chunks.

    Raises:
        SearchUnavailable: if there is no server or it refuses.
    """
    client, collection = connect(uri), collection_of(build_id)
    with _translated(uri):
        if collection in (live := _live(client)):
            return
        client.drop_collection(collection)
        _create(client, collection, vectors)
        for entities in _entities(vectors, words):
            client.insert(collection, entities)
        client.flush(collection)
        client.load_collection(collection)
        move = client.alter_alias if live else client.create_alias
        move(collection, ALIAS)
        ours = sorted(name for name in client.list_collections() if name.startswith(_PREFIX))
        for name in ours[:-_KEPT]:
            if name not in {collection, *live}:
                client.drop_collection(name)


def connect(uri: str) -> MilvusClient:
    """Connect to a server, or open a file of Milvus Lite.

    Raises:
        SearchUnavailable: if `pymilvus` is not installed or nothing answers.
    """
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise SearchUnavailable(uri, "pymilvus is not installed; install the extra [milvus]") from error
    with _translated(uri):
        return MilvusClient(uri)


def collection_of(build_id: str) -> str:
    """Return the name of a version's collection.

    >>> collection_of("000002-0a1b2c3d")
    'report_qa_000002_0a1b2c3d'
    """
    return _PREFIX + build_id.replace("-", "_")


def row_filter(rows: Rows | None) -> str:
    """Return the condition of Milvus for some rows; "" for all.

    >>> row_filter(Rows.of([range(2, 5), range(7, 8)]))
    '(row >= 2 and row < 5) or (row >= 7 and row < 8)'
    """
    spans = zip(rows.starts.tolist(), rows.stops.tolist(), strict=True) if rows is not None else ()
    return " or ".join(f"(row >= {start} and row < {stop})" for start, stop in spans)


@contextmanager
def _translated(uri: str) -> Iterator[None]:
    from pymilvus import MilvusException

    try:
        yield
    except (MilvusException, OSError) as error:
        reason = getattr(error, "message", "") or str(error)
        raise SearchUnavailable(uri, reason.splitlines()[0]) from error


def _live(client: MilvusClient) -> set[str]:
    """Return the collection that the alias names, if there is one."""
    ours = [name for name in client.list_collections() if name.startswith(_PREFIX)]
    return {name for name in ours if ALIAS in client.list_aliases(name)["aliases"]}


def _create(client: MilvusClient, collection: str, vectors: VectorIndex) -> None:
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("row", DataType.INT64, is_primary=True)
    schema.add_field("meaning", DataType.FLOAT_VECTOR, dim=vectors.dimensions)
    schema.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
    kinds = client.prepare_index_params()
    kind = "FLAT" if len(vectors) <= _EXACT_UP_TO else "AUTOINDEX"
    kinds.add_index("meaning", index_type=kind, metric_type="IP")
    kinds.add_index("words", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
    client.create_collection(collection, schema=schema, index_params=kinds, consistency_level="Strong")


def _entities(vectors: VectorIndex, words: LexicalIndex) -> Iterator[list[dict[str, Any]]]:
    """Yield all chunks, as many at a time as are sent at once."""
    for start in range(0, len(vectors), _GATHERED):
        stop = min(start + _GATHERED, len(vectors))
        gains = words.postings.by_chunk(start, stop)
        for first in range(start, stop, _SENT):
            last = min(first + _SENT, stop)
            sparse = gains[first - start : last - start]
            pairs = zip(range(first, last), vectors.rows(first, last), sparse, strict=True)
            yield [{"row": row, "meaning": meaning, "words": by_term} for row, meaning, by_term in pairs]
