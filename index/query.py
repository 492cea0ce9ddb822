"""A question made ready for searching: its terms, and what the thesaurus adds to them."""

from __future__ import annotations

from dataclasses import dataclass

from index.lexical import LexicalIndex, counted
from index.thesaurus import Expansion, Thesaurus
from index.words import Kind, kind_of, question_terms, terms

# What the thesaurus adds never counts more than half of what was typed.
_MOST_TRUST = 0.5
# What an earlier question was about counts this much beside the words of the present one; chosen, like the share of
# its direction in the search, on the dialogues of the training folder.
_CONTEXT_WEIGHT = 0.7
# A word found in this share of all chunks says nothing about one of them: its group is not trusted at all.
_COMMON_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Ask:
    """A question as the search takes it.

    Attributes:
        text: what is asked, without the names that scope already took out of it.
        context: an earlier question that this one goes on with, or "".
        year: the year asked about, or None.
    """

    text: str
    context: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for.

    Attributes:
        ask: the question.
        typed: terms of the question itself, with how often each occurs.
        added: terms of the expansions and of the context that the question does not have, with their weights.
        expansions: what the thesaurus added, and why.
    """

    ask: Ask
    typed: dict[str, float]
    added: dict[str, float]
    expansions: tuple[Expansion, ...]

    @property
    def weights(self) -> dict[str, float]:
        """All terms with their weights."""
        return {**self.added, **self.typed}


def make_query(ask: Ask, thesaurus: Thesaurus, words: LexicalIndex) -> Query:
    """Prepare a question for searching.

    Args:
        ask: the question.
        thesaurus: what people say for what reports say.
        words: tells how common a word is in the reports.
    """
    typed = counted(question_terms(ask.text))

    def trust(said: str) -> float:
        return _MOST_TRUST * max(0.0, 1 - _commonness(said, words) / _COMMON_SHARE)

    expansions = thesaurus.expand(ask.text, trust)
    added = {term: _CONTEXT_WEIGHT for term in terms(ask.context) if term not in typed}
    for expansion in expansions:
        for word in expansion.meant:
            # Single characters of added words would match everywhere; their pairs say what was meant.
            for term in terms(word):
                if term not in typed and kind_of(term) is not Kind.CHARACTER:
                    added[term] = max(expansion.weight, added.get(term, 0.0))
    return Query(ask, typed, added, expansions)


def _commonness(word: str, words: LexicalIndex) -> float:
    """Return an upper bound of the share of chunks that hold a word: that of its rarest pair of characters."""
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    shares = [words.share(pair) for pair in pairs]
    return min(shares, default=1.0)
