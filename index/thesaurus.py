"""The thesaurus of policy language: what people say, what reports say, and how far to trust the one for the other.

A line is a group, tab-separated, official wording first. The shipped one is extended by `HOME/thesaurus.tsv`, which
is read whenever an index is opened: no vector depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.fold import fold

SHIPPED = Path(__file__).parent / "data" / "thesaurus.tsv"
OWN_NAME = "thesaurus.tsv"
_MOST_MEMBERS, _LONGEST = 20, 30


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words added to a question.

    Attributes:
        said: the words of the question, folded.
        meant: the other members of the groups they are in, official wording first.
        weight: 0 to 0.5, in proportion to the words of the question itself.
    """

    said: str
    meant: tuple[str, ...]
    weight: float


class Thesaurus:
    """Groups of words of one meaning, looked up by longest match.

    Attributes:
        warnings: broken lines of the user's file, each named by its number.
    """

    def __init__(self, groups: Iterable[tuple[str, ...]], warnings: tuple[str, ...] = ()) -> None:
        self._groups: dict[str, list[tuple[str, ...]]] = {}
        for group in groups:
            for word in group:
                self._groups.setdefault(word, []).append(group)
        self._longest = max(map(len, self._groups), default=0)
        self.warnings = warnings

    @classmethod
    def load(cls, home: Path) -> Thesaurus:
        """Read the shipped thesaurus and the user's own; broken lines of either are skipped."""
        groups, _ = read_groups(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)
        own = home / OWN_NAME
        try:
            added, warnings = read_groups(own.read_text(encoding="utf-8-sig"), str(own))
        except FileNotFoundError:
            added, warnings = [], []
        except (OSError, UnicodeDecodeError) as error:
            added, warnings = [], [f"{own} cannot be read: {error}"]
        return cls([*added, *groups], tuple(warnings))

    def expand(self, text: str, trust: Callable[[str], float]) -> tuple[Expansion, ...]:
        """Return what to look for besides the words of a question.

        Args:
            text: the question.
            trust: weight of an expansion of some words; 0 leaves it out.

        >>> thesaurus = Thesaurus([("诉前调解", "打官司前调解")])
        >>> thesaurus.expand("打官司前调解成了多少", lambda said: 0.5)
        (Expansion(said='打官司前调解', meant=('诉前调解',), weight=0.5),)
        """
        folded = fold(text)
        expansions = []
        for said in self._matches(folded):
            others = [word for group in self._groups[said] for word in group if word not in folded]
            meant, weight = tuple(dict.fromkeys(others)), trust(said)
            if meant and weight > 0:
                expansions.append(Expansion(said, meant, weight))
        return tuple(expansions)

    def _matches(self, folded: str) -> list[str]:
        """Return the longest known words of a text from left to right, none inside another."""
        found, place = [], 0
        while place < len(folded):
            ends = range(min(len(folded), place + self._longest), place + 1, -1)
            word = next((folded[place:end] for end in ends if folded[place:end] in self._groups), None)
            place += len(word) if word else 1
            if word:
                found.append(word)
        return list(dict.fromkeys(found))


def read_groups(text: str, name: str) -> tuple[list[tuple[str, ...]], list[str]]:
    r"""Read groups, a line each; returns (groups, warnings about lines that were skipped).

    >>> read_groups("诉前调解\t打官司前调解\n只有一个\n", "own.tsv")
    ([('诉前调解', '打官司前调解')], ['own.tsv, line 2: a group needs two to 20 words of 2 to 30 characters, skipped'])
    """
    groups, warnings = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        group = tuple(dict.fromkeys(fold(word) for word in line.split("\t") if word.strip()))
        if 2 <= len(group) <= _MOST_MEMBERS and all(2 <= len(word) <= _LONGEST for word in group):
            groups.append(group)
        else:
            limits = f"two to {_MOST_MEMBERS} words of 2 to {_LONGEST} characters"
            warnings.append(f"{name}, line {number}: a group needs {limits}, skipped")
    return groups, warnings
