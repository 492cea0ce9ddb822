"""What the user is told: scope, citations, figures and the answer that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports a question is about. An empty tuple means: not narrowed in this respect."""

    issuers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table: `text == report.text[start:end]`.

    Attributes:
        table: the table's caption, or "".
        row: the words at the head of its row, those of the lines that group the row in front.
        column: the words at the head of its column.
        unit: the unit that a head or the table gives, where the cell does not print it.
    """

    table: str
    row: str
    column: str
    text: str
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CitedExhibit:
    """A picture or chart that stands at a citation; it is shown, and nothing is read off it.

    `image` is the name under which the engine gives it, "" where the file holds none that can be shown.
    """

    label: str
    caption: str
    page: int | None
    image: str
    report_id: str
    citation: int


@dataclass(frozen=True, slots=True)
class Citation:
    """One quotation: `quote == report.text[start:end]`, always; `marker` (from 1) stands as [1] in the answer."""

    marker: int
    report_id: str
    file: str
    title: str
    issuer: str
    year: int | None
    section: tuple[str, ...]
    paragraph: int
    page: int | None
    start: int
    end: int
    quote: str
    score: float
    cell: TableCell | None = None


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """A figure of the answer with the marker of the citation that holds it."""

    text: str
    value: Decimal
    unit: str
    indicator: str
    period: str
    kind: str
    citation: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """What the thesaurus added to a question: looked for `meant` because the question says `said`."""

    said: str
    meant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer or an honest no.

    Attributes:
        resolved_question: the question as it was understood, with what earlier questions left unsaid.
        text: Markdown with markers [1]; every sentence of it is quoted or says why there is no answer.
        headline: the short answer as printed in the report ("2422件"), or None.
        refusal: why there is no answer, or None where there is one.
        expansions: words that were looked for besides those of the question.
        citations: best first. With a refusal: the nearest passages, which do not answer.
    """

    question: str
    resolved_question: str
    text: str
    headline: str | None
    refusal: str | None
    citations: tuple[Citation, ...]
    figures: tuple[CitedFigure, ...]
    scope: Scope
    index_build: str
    elapsed_ms: float
    expansions: tuple[Expansion, ...] = ()
    exhibits: tuple[CitedExhibit, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the question was not answered."""
        return self.refusal is not None
