"""One browser tab's conversation as a frozen value; every act of the user makes a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.errors import ReportQAError
from qa.types import EVERYTHING, Answer, Citation, Scope
from qa.ui.engine import Engine
from qa.ui.examples import next_questions
from qa.ui.figure_search import FigureSearch
from qa.ui.texts import DEFAULT_LANGUAGE, Texts, texts_for

QUESTION_CHARS = 500
_NO_SEARCH = FigureSearch()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer or the error it met; with neither, it is being answered.

    Attributes:
        within: what the user's filters narrowed it to, and `without` what was taken back of its own words.
        suggestions: what to ask next, or after a refusal what can be answered.
        verdict: what became of the user's judgement, or "".
    """

    question: str
    answer: Answer | None = None
    error: str | None = None
    within: Scope = EVERYTHING
    without: Scope = EVERYTHING
    suggestions: tuple[str, ...] = ()
    verdict: str = ""

    @property
    def pending(self) -> bool:
        """Whether the answer is still to come."""
        return self.answer is None and self.error is None


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A conversation that the browser keeps, without its answers."""

    key: str
    name: str
    count: int


class LinkState(StrEnum):
    """What became of a link to words: it holds, the words stand elsewhere now, or they are gone."""

    NONE = "none"
    MOVED = "moved"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Session:
    """What one browser tab shows.

    Attributes:
        shown: the citation open in the source pane, and `asked` what led to it.
        link: what became of the link that opened the page.
        within: the filters of the question box.
        key: under which the browser keeps the conversation, and `name` its name; "" before the first answer.
        kept: all conversations that the browser keeps.
        report_id: the report open in the reader, or "".
        filter: words that narrow the list of reports.
        figures: what is looked for among the figures.
        shown_figure: the sentence of the figure that was chosen there.
    """

    language: str = DEFAULT_LANGUAGE
    turns: tuple[Turn, ...] = ()
    shown: Citation | None = None
    asked: str = ""
    link: LinkState = LinkState.NONE
    within: Scope = EVERYTHING
    key: str = ""
    name: str = ""
    kept: tuple[KeptCard, ...] = ()
    report_id: str = ""
    filter: str = ""
    figures: FigureSearch = _NO_SEARCH
    shown_figure: Citation | None = None
    shown_indicator: str = ""

    @property
    def texts(self) -> Texts:
        """The words of the chosen language."""
        return texts_for(self.language)


def begin(session: Session, question: str, without: Scope = EVERYTHING) -> Session:
    """Add a question whose answer is to come; a blank one changes nothing.

    Args:
        session: the conversation.
        question: as typed.
        without: what of the question's own words is to narrow nothing.

    >>> [turn.question for turn in begin(Session(), " 调解多少件？ ").turns]
    ['调解多少件？']
    >>> begin(Session(), "  ") == Session()
    True
    """
    question = question.strip()[:QUESTION_CHARS]
    if not question:
        return session
    return replace(session, turns=(*settle(session).turns, Turn(question, within=session.within, without=without)))


def finish(session: Session, engine: Engine) -> Session:
    """Answer the question that is waiting and open its first citation."""
    if not session.turns or not session.turns[-1].pending:
        return session
    turn = session.turns[-1]
    history = tuple(turn.question for turn in session.turns[:-1] if turn.answer is not None)
    try:
        answer = engine.ask(turn.question, history, turn.within, turn.without)
        suggestions = next_questions(answer, engine.reports(), engine.report)
    except ReportQAError as error:
        return _with_last(session, replace(turn, error=str(error)), None)
    shown = answer.citations[0] if answer.citations and not answer.refused else None
    return _with_last(session, replace(turn, answer=answer, suggestions=suggestions), shown)


def settle(session: Session) -> Session:
    """Turn a question that never got its answer into one that met an error."""
    if not session.turns or not session.turns[-1].pending:
        return session
    failed = replace(session.turns[-1], error=session.texts.internal_error)
    return _with_last(session, failed, session.shown)


def drop(session: Session, turn: object, facet: object, value: object) -> Session:
    """Ask a question again without a part of what its own words narrowed it to; anything else changes nothing."""
    answer = answer_of(session, turn)
    if answer is None or facet not in ("issuers", "years", "kinds"):
        return session
    asked = session.turns[int(str(turn))]
    named = [one for one in getattr(answer.scope, str(facet)) if str(one) == str(value)]
    if not named:
        return session
    without = replace(asked.without, **{str(facet): (*getattr(asked.without, str(facet)), *named)})
    return begin(session, asked.question, without)


def judged(session: Session, turn: object, verdict: str) -> Session:
    """Say at an answer what became of the user's judgement."""
    if answer_of(session, turn) is None:
        return session
    number = int(str(turn))
    turns = [replace(one, verdict=verdict) if place == number else one for place, one in enumerate(session.turns)]
    return replace(session, turns=tuple(turns))


def answer_of(session: Session, turn: object) -> Answer | None:
    """Return the answer with a number that came from the browser, if there is one."""
    if not _is_number(turn) or int(str(turn)) >= len(session.turns):
        return None
    return session.turns[int(str(turn))].answer


def open_citation(session: Session, turn: object, marker: object) -> Session:
    """Open a citation by numbers that came from the browser; numbers of nothing change nothing."""
    answer = answer_of(session, turn)
    if answer is None or not _is_number(marker):
        return session
    found = [citation for citation in answer.citations if citation.marker == int(str(marker))]
    if not found:
        return session
    return replace(session, shown=found[0], asked=answer.resolved_question, link=LinkState.NONE)


def restart(session: Session) -> Session:
    """Forget the conversation; language and open report stay."""
    return replace(session, turns=(), shown=None, asked="", link=LinkState.NONE, key="", name="")


def _with_last(session: Session, turn: Turn, shown: Citation | None) -> Session:
    asked = turn.answer.resolved_question if turn.answer else turn.question
    return replace(session, turns=(*session.turns[:-1], turn), shown=shown, asked=asked, link=LinkState.NONE)


def _is_number(value: object) -> bool:
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 6
