"""Say it in other words: thesaurus swaps for any text, and questions made from a report's own clauses."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from index.train.sources import Passage, Question

Rng = np.random.Generator
Thesaurus = Mapping[str, tuple[str, ...]]

_LONGEST_WORD = 10
_CLAUSE = re.compile(r"[^，。！？；：、,;:!?\n]{6,40}")
_UNIT = "元|件|人次|人|个|项|公里|吨|户|亩|家|次|名|起|条|部|倍|斤"
_FIGURE = re.compile(rf"(?<![A-Za-z0-9.])[0-9０-９][0-9０-９.．,，]*[%％‰]?[万亿]*(?:{_UNIT})?")
_ASKED = ("多少", "多少", "几个", "有多少", "是多少")


def thesaurus_by_word(groups: Sequence[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Map each expression of two or more characters to its group; the first group that has it wins.

    >>> thesaurus_by_word([("行政诉讼", "民告官")])["民告官"]
    ('行政诉讼', '民告官')
    """
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for word in group:
            if len(word) > 1:
                found.setdefault(word, group)
    return found


def swap_words(text: str, thesaurus: Thesaurus, share: float, rng: Rng) -> str:
    """Replace a share of the expressions that the thesaurus knows by another one of their group.

    Reads from the left and takes the longest expression that fits.
    """
    pieces: list[str] = []
    at = 0
    while at < len(text):
        length = next((n for n in range(_LONGEST_WORD, 1, -1) if text[at : at + n] in thesaurus), 1)
        word = text[at : at + length]
        if length > 1 and rng.random() < share:
            group = thesaurus[word]
            word = group[int(rng.integers(len(group)))]
        pieces.append(word)
        at += length
    return "".join(pieces)


def questions_from_clauses(passages: Sequence[Passage], rng: Rng) -> list[Question]:
    """Make a question of every clause: its first figure gives way to a question word, other clauses stay keywords.

    The written questions reach only some of a report's words; these reach the rest.
    """
    questions = []
    for passage in passages:
        for clause in _CLAUSE.finditer(passage.text):
            asked = _ASKED[int(rng.integers(len(_ASKED)))]
            text = _FIGURE.sub(asked, clause.group(), count=1)
            questions.append(Question(text, clause.group(), clause.start(), passage))
    return questions
