"""What a user might pick instead, over the same chunks same encoder: txtai (hybrid), LangChain (FAISS and BM25).

Each builder takes texts and returns a search for the best ten; what it keeps in memory is part of what is measured.
"""

from __future__ import annotations

import importlib
import importlib.util
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import rjieba

from index.backend import LocalSearch
from index.encode import Encoder
from index.lexical import LexicalIndex
from index.query import Ask, make_query
from index.thesaurus import Thesaurus
from index.vectors import VectorIndex

Search = Callable[[str], object]
_ENCODED_AT_ONCE = 512


def report_qa(encoder: Encoder, texts: Sequence[str]) -> Search:
    """Index and search by this project's two searches, fused; sentences and ranking come on top of it elsewhere."""
    folder = Path(tempfile.mkdtemp())
    LexicalIndex.of(texts).save(folder / "words")
    vectors = np.empty((len(texts), encoder.dimensions), dtype=np.float16)
    for start in range(0, len(texts), _ENCODED_AT_ONCE):
        batch = texts[start : start + _ENCODED_AT_ONCE]
        vectors[start : start + len(batch)] = encoder.passages(batch)
    VectorIndex.of(vectors).save(folder / "vectors.faiss")
    local, thesaurus = LocalSearch.load(folder), Thesaurus([])

    def search(question: str) -> object:
        weights = make_query(Ask(question), thesaurus, local.words).weights
        return local.by_words(weights, 50, None), local.by_meaning(encoder.queries([question])[0], 50, None)

    return search


def txtai(encoder: Encoder, texts: Sequence[str]) -> Search:
    """Index and search by txtai's hybrid of dense vectors and BM25."""
    embeddings = importlib.import_module("txtai").Embeddings(
        method="external",
        transform=lambda asked: encoder.queries(asked) if isinstance(asked, list) else encoder.queries([asked])[0],
        hybrid=True,
    )
    embeddings.index([(number, text, None) for number, text in enumerate(texts)])
    return lambda question: embeddings.search(question, 10)


def langchain(encoder: Encoder, texts: Sequence[str]) -> Search:
    """Index and search by LangChain's FAISS store and its BM25 retriever, with segmented words."""
    base = importlib.import_module("langchain_core.embeddings").Embeddings

    class Given(base):  # type: ignore[misc, valid-type]
        def embed_documents(self, asked: list[str]) -> list[list[float]]:
            return encoder.passages(asked).tolist()

        def embed_query(self, asked: str) -> list[float]:
            return encoder.queries([asked])[0].tolist()

    store = importlib.import_module("langchain_community.vectorstores").FAISS.from_texts(list(texts), Given())
    retriever = importlib.import_module("langchain_community.retrievers").BM25Retriever.from_texts(
        list(texts), preprocess_func=rjieba.cut, k=10
    )
    return lambda question: (store.similarity_search(question, 10), retriever.invoke(question))


# By name: the package to be installed, and the builder.
PEERS: dict[str, tuple[str, Callable[[Encoder, Sequence[str]], Search]]] = {
    "report-qa": ("numpy", report_qa),
    "txtai": ("txtai", txtai),
    "langchain": ("langchain_community", langchain),
}


def installed(name: str) -> bool:
    """Tell whether a peer can be measured here."""
    return importlib.util.find_spec(PEERS[name][0]) is not None
