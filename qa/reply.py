"""From an understood question to a reply: search each part, read what was found, put the parts together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from corpus.types import Figure
from index.answerable import asks_number
from index.periods import names_year
from index.query import Ask
from index.search import Index
from index.types import SentenceHit
from qa.answer import (
    Group,
    answer_text,
    cite,
    cited_exhibits,
    cited_figure,
    cited_figures,
    mentions_headline,
    mentions_text,
    misfit_line,
    notes,
    period_line,
    related_lines,
)
from qa.cells import answering_row, cell_at, is_head
from qa.expand import complete
from qa.fit import figures_within, single_year
from qa.headline import Headline
from qa.markdown import escape
from qa.mentions import find_mentions, mentioned_word
from qa.passages import sentence_at
from qa.read import read
from qa.refusal import not_answered, not_mentioned, refusal_text, unknown_scope
from qa.related import Related, related_figures
from qa.types import Citation, CitedExhibit, CitedFigure, Expansion
from qa.understand import Part, Understood

# Sentences quoted at most in all.
_MOST_CITATIONS = 5
# Nearest sentences shown with a refusal.
_NEAREST = 3
# Figures of other reports set beside the one that answers.
_MOST_RELATED = 3
# Reports listed when all mentions of a word are asked for; all are counted.
_MOST_MENTIONS = 20


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered; the fields are those of `qa.types.Answer`."""

    text: str
    headline: str | None
    refusal: str | None
    citations: tuple[Citation, ...]
    figures: tuple[CitedFigure, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    exhibits: tuple[CitedExhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class _PartFound:
    """What was found for one part; the first `needed` sentences belong together.

    Where `misfit` says why they do not answer, the sentences are the nearest ones.
    """

    headline: Headline | None
    sentences: tuple[SentenceHit, ...]
    needed: int
    expansions: tuple[Expansion, ...]
    misfit: str | None = None


def reply_to(understood: Understood, index: Index) -> Reply:
    """Answer a question from one version of an index."""
    reason = unknown_scope(understood, index.store.cards)
    if reason is not None:
        return Reply(refusal_text(reason, ()), None, reason, ())
    word = mentioned_word(understood.topic)
    if word:
        return _list_mentions(word, understood, index)
    found = [_search(part, understood, index) for part in understood.parts]
    if all(part.misfit or not part.sentences for part in found):
        return _refuse(understood, found, index)
    # Beside parts that are answered, the nearest sentences of the others would pass for answers.
    return _answer(understood, [replace(part, sentences=()) if part.misfit else part for part in found], index)


def _answer(understood: Understood, found: Sequence[_PartFound], index: Index) -> Reply:
    """Put the parts together, each with its quotes, and set the figures of other reports beside them."""
    most = max(_MOST_CITATIONS, sum(part.needed for part in found))
    picked = _take_turns([part.sentences for part in found], most)
    main = [_main_figure(part.headline, index) for part in found]
    related = _related_to(found[0].headline, main[0], index) if len(found) == 1 else []
    beside = [hit for _, hit in related if hit not in picked]
    asked = {
        hit: _asked(part, understood)
        for part, result in zip(understood.parts, found, strict=True)
        for hit in result.sentences
    }
    citations = cite([*picked, *beside], index.store, asked)
    by_hit = dict(zip([*picked, *beside], citations, strict=True))
    groups = [
        Group(part.label, result.headline, [by_hit[h] for h in result.sentences if h in picked], result.needed, figure)
        for part, result, figure in zip(understood.parts, found, main, strict=True)
    ]
    figures = cited_figures(groups, index.store)
    wider = [period_line(f.period) for part, f in zip(understood.parts, main, strict=True) if f and _is_wider(f, part)]
    unfit = [misfit_line(part.label, f.misfit) for part, f in zip(understood.parts, found, strict=True) if f.misfit]
    compared = [(other.relation, other.figure, by_hit[hit]) for other, hit in related]
    return Reply(
        answer_text(
            understood.topic, groups, [*wider, *unfit, *related_lines(compared), *map(escape, notes(understood))]
        ),
        _short(groups[0]) if len(groups) == 1 else None,
        None,
        citations,
        (*figures, *(cited_figure(figure, citation.marker) for _, figure, citation in compared)),
        tuple(dict.fromkeys(expansion for part in found for expansion in part.expansions)),
        cited_exhibits(citations, index.store),
    )


def _asked(part: Part, understood: Understood) -> str:
    """Return what one part asks, its year in front."""
    return f"{part.year}年{understood.topic}" if part.year else understood.topic


def _short(group: Group) -> str | None:
    """Return the short answer as printed; the unit that a table gives to a cell is set behind it in brackets."""
    cell = group.citations[0].cell if group.citations else None
    if group.headline is None:
        return None
    return f"{group.headline.text}（{cell.unit}）" if cell is not None and cell.unit else group.headline.text


def _main_figure(headline: Headline | None, index: Index) -> Figure | None:
    """Return the figure of the clause that answers; None where it holds none, or several and it is not clear which."""
    if headline is None:
        return None
    ledger = index.store.report(headline.sentence.chunk.report_id).figures
    figures = figures_within(ledger, headline.best.start, headline.best.end)
    return figures[0] if len(figures) == 1 else None


def _is_wider(figure: Figure, part: Part) -> bool:
    """Tell whether a figure is of a longer period than the year that was asked about: a five-year total."""
    return len(part.figure_years) == 1 and bool(figure.period) and single_year(figure.period) is None


def _related_to(headline: Headline | None, figure: Figure | None, index: Index) -> list[tuple[Related, SentenceHit]]:
    """Find what other reports say of the figure that answers, each with its sentence."""
    if headline is None or figure is None:
        return []
    related = related_figures(figure, headline.sentence.chunk.report_id, index.store)
    found = ((other, sentence_at(index.store, other.report_id, other.figure.start)) for other in related)
    return [(other, hit) for other, hit in found if hit is not None][:_MOST_RELATED]


def _refuse(understood: Understood, found: Sequence[_PartFound], index: Index) -> Reply:
    """Say why nothing answers, with the nearest sentences."""
    misfits = tuple(dict.fromkeys(part.misfit for part in found if part.misfit))
    reason = not_answered(understood, misfits, index.store.cards)
    nearest = cite(_take_turns([part.sentences for part in found], _NEAREST), index.store, {})
    return Reply(refusal_text(reason, nearest), None, reason, nearest)


def _search(part: Part, understood: Understood, index: Index) -> _PartFound:
    """Search for one part of the question; the sentence of the headline comes first, completed."""
    report_ids = part.report_ids or part.distant
    found = index.find(Ask(understood.topic, understood.context, part.year), report_ids)
    if not part.report_ids:
        found = replace(found, sentences=tuple(hit for hit in found.sentences if _tells(part.year, hit, index)))
    telling = (hit for hit in found.sentences if not _is_head(hit, index))
    found = replace(found, sentences=tuple(dict.fromkeys(_row_for(hit, understood.topic, index) for hit in telling)))
    expansions = tuple(Expansion(e.said, e.meant) for e in found.query.expansions)
    clauses = index.clauses(found)
    is_judged = _is_judged(understood, found.sentences)
    certainty = index.certainty(found, clauses, report_ids) if is_judged else None
    reading = read(clauses.hits, understood.topic, part.figure_years, _ledgers(found.sentences, index), certainty)
    headline = reading.headline
    if headline is None:
        return _PartFound(None, found.sentences, 0, expansions, reading.misfit)
    report = index.store.report(headline.sentence.chunk.report_id)
    cell = cell_at(report, headline.sentence, _asked(part, understood))
    if cell is not None:
        headline = replace(headline, start=cell.start, end=cell.end, text=cell.text)
    whole = complete(headline.sentence, report)
    if len(whole) > 1:
        # A list is the answer, and the words that announce it are no short form of it.
        return _PartFound(None, tuple(whole), len(whole), expansions)
    rest = [hit for hit in found.sentences if not _within(hit, [headline.sentence, *whole])]
    return _PartFound(headline, (*whole, *rest), len(whole), expansions)


def _is_judged(understood: Understood, sentences: Sequence[SentenceHit]) -> bool:
    """Tell whether the words of a question and of the best sentence say how likely it is that this answers.

    What goes on with an earlier question says too little by itself, and a row of a table leaves to its heads what it is
    about. Only questions for a number are refused for it.
    """
    is_row = bool(sentences) and "\t" in sentences[0].text
    return asks_number(understood.topic) and not understood.context and not is_row


def _row_for(hit: SentenceHit, question: str, index: Index) -> SentenceHit:
    """Return the row of the table below a found caption where a number is asked for; else the sentence itself."""
    if not asks_number(question):
        return hit
    return answering_row(index.store.report(hit.chunk.report_id), hit, question) or hit


def _is_head(hit: SentenceHit, index: Index) -> bool:
    """Tell whether a sentence is a row of heads; only what has several cells can be one."""
    return "\t" in hit.text and is_head(index.store.report(hit.chunk.report_id), hit)


def _ledgers(sentences: Sequence[SentenceHit], index: Index) -> dict[str, Sequence[Figure]]:
    keys = dict.fromkeys(hit.chunk.report_id for hit in sentences)
    return {key: index.store.report(key).figures for key in keys}


def _list_mentions(word: str, understood: Understood, index: Index) -> Reply:
    """List the reports of the scope that hold a word, each with its count and its first sentence."""
    keys = dict.fromkeys(key for part in understood.parts for key in (*part.report_ids, *part.distant))
    mentions = find_mentions(word, map(index.store.report, keys))
    places = [(m, sentence_at(index.store, m.report_id, m.places[0])) for m in mentions]
    shown = [(m, hit) for m, hit in places if hit is not None][:_MOST_MENTIONS]
    if not mentions:
        reason = not_mentioned(word, understood, index.store.cards)
        return Reply(refusal_text(reason, ()), None, reason, ())
    citations = cite([hit for _, hit in shown], index.store, {})
    counted = [(len(m.places), citation) for (m, _), citation in zip(shown, citations, strict=True)]
    headline = mentions_headline(word, [len(m.places) for m in mentions])
    return Reply(mentions_text(headline, counted, len(mentions)), headline, None, citations)


def _within(hit: SentenceHit, others: Sequence[SentenceHit]) -> bool:
    """Tell whether a sentence stands in one of some others."""
    report_id = hit.chunk.report_id
    return any(o.chunk.report_id == report_id and o.start <= hit.start and hit.end <= o.end for o in others)


def _tells(year: int | None, hit: SentenceHit, index: Index) -> bool:
    """Tell whether a sentence, its headings or a column of its table name a year that has no report of its own."""
    if names_year(year, "\n".join([*hit.chunk.section_path, hit.text])) > 0:
        return True
    cell = cell_at(index.store.report(hit.chunk.report_id), hit, f"{year}年")
    return cell is not None and names_year(year, cell.column) > 0


def _take_turns(found: Sequence[Sequence[SentenceHit]], most: int) -> list[SentenceHit]:
    """Take the best of every part, then the second best, and so on; no sentence twice."""
    turns = chain.from_iterable(zip_longest(*found))
    return list(dict.fromkeys(hit for hit in turns if hit is not None))[:most]
