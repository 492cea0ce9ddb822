"""One browser tab's conversation as a frozen value; every act of the user makes a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.errors import ReportQAError
from qa.types import Answer, Citation
from qa.ui.engine import Engine
from qa.ui.figure_search import FigureSearch
from qa.ui.texts import DEFAULT_LANGUAGE, Texts, texts_for

QUESTION_CHARS = 500
_NO_SEARCH = FigureSearch()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer or the error it met; with neither, it is being answered."""

    question: str
    answer: Answer | None = None
    error: str | None = None

    @property
    def pending(self) -> bool:
        """Whether the answer is still to come."""
        return self.answer is None and self.error is None


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
        report_id: the report open in the reader, or "".
        figures: what is looked for among the figures.
        shown_figure: the sentence of the figure that was chosen there.
    """

    language: str = DEFAULT_LANGUAGE
    turns: tuple[Turn, ...] = ()
    shown: Citation | None = None
    asked: str = ""
    link: LinkState = LinkState.NONE
    report_id: str = ""
    figures: FigureSearch = _NO_SEARCH
    shown_figure: Citation | None = None
    shown_indicator: str = ""

    @property
    def texts(self) -> Texts:
        """The words of the chosen language."""
        return texts_for(self.language)


def begin(session: Session, question: str) -> Session:
    """Add a question whose answer is to come; a blank one changes nothing.

    >>> [turn.question for turn in begin(Session(), " 调解多少件？ ").turns]
    ['调解多少件？']
    >>> begin(Session(), "  ") == Session()
    True
    """
    question = question.strip()[:QUESTION_CHARS]
    if not question:
        return session
    return replace(session, turns=(*settle(session).turns, Turn(question)))


def finish(session: Session, engine: Engine) -> Session:
    """Answer the question that is waiting and open its first citation."""
    if not session.turns or not session.turns[-1].pending:
        return session
    question = session.turns[-1].question
    history = tuple(turn.question for turn in session.turns[:-1] if turn.answer is not None)
    try:
        answer = engine.ask(question, history)
    except ReportQAError as error:
        return _with_last(session, Turn(question, error=str(error)), None)
    shown = answer.citations[0] if answer.citations and not answer.refused else None
    return _with_last(session, Turn(question, answer), shown)


def settle(session: Session) -> Session:
    """Turn a question that never got its answer into one that met an error."""
    if not session.turns or not session.turns[-1].pending:
        return session
    failed = Turn(session.turns[-1].question, error=session.texts.internal_error)
    return _with_last(session, failed, session.shown)


def open_citation(session: Session, turn: object, marker: object) -> Session:
    """Open a citation by numbers that came from the browser; numbers of nothing change nothing."""
    if not _is_number(turn) or not _is_number(marker) or int(str(turn)) >= len(session.turns):
        return session
    answer = session.turns[int(str(turn))].answer
    found = [citation for citation in answer.citations if citation.marker == int(str(marker))] if answer else []
    if answer is None or not found:
        return session
    return replace(session, shown=found[0], asked=answer.resolved_question, link=LinkState.NONE)


def restart(session: Session) -> Session:
    """Forget the conversation; language and open report stay."""
    return replace(session, turns=(), shown=None, asked="", link=LinkState.NONE)


def _with_last(session: Session, turn: Turn, shown: Citation | None) -> Session:
    asked = turn.answer.resolved_question if turn.answer else turn.question
    return replace(session, turns=(*session.turns[:-1], turn), shown=shown, asked=asked, link=LinkState.NONE)


def _is_number(value: object) -> bool:
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 6
