"""Reading what was found: the clause that answers, or what of it does not fit the question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from corpus.types import Figure, Kind
from index.answerable import asks_number
from index.types import ClauseHit
from qa.fit import asked_sort, is_of_other_years, is_only_planned, is_total_of_span, single_year, with_figures
from qa.headline import Headline, pick_headline

# A question for a number is refused below this: on reports left out of training 4 % of the answered ones lie there
# and 29 % of their near misses. Passages on a question for more than a number speak for themselves.
_LEAST_CERTAINTY = 0.25
# A clause with the right sort of number whose score is further below the best clause of all, or this low, is about
# something else. Further below were 2 of 125 training questions that are answered and 63 of 281 that are not; this low,
# 1 and 55.
_FAR, _LOWEST = 1.5, -1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The short answer, or why the best clauses are none; both None where nothing was found."""

    headline: Headline | None = None
    misfit: str | None = None


def read(
    clauses: Sequence[ClauseHit],
    question: str,
    figure_years: Sequence[int],
    ledgers: Mapping[str, Sequence[Figure]],
    certainty: float | None,
) -> Reading:
    """Pick the clause that answers a question.

    Args:
        clauses: of the best sentences, scored, in the order of the text.
        question: the question without its scope.
        figure_years: the years whose figures are asked for.
        ledgers: the figures of each report that has a clause, by the report's id.
        certainty: how likely it is that what was found answers, 0 to 1; None where the question alone does not tell.
    """
    if not clauses or not asks_number(question):
        return Reading(pick_headline(clauses))
    numbered = with_figures(clauses, ledgers)
    if not numbered:
        return Reading(misfit="查到的段落没有给出数字")
    sort = asked_sort(question)
    sorted_out = [(c, figures) for c, figures in numbered if sort is None or any(map(sort.fits, figures))]
    top = max(clause.score for clause in clauses)
    if sort is not None and not _reaches([clause for clause, _ in sorted_out], top):
        return Reading(misfit=f"查到的段落没有给出{sort}")
    fitting = [c for c, figures in sorted_out if not _is_misfit(c, figures, figure_years, question)]
    best, figures = max(sorted_out, key=lambda pair: pair[0].score)
    if not fitting or (figure_years and not _reaches(fitting, best.score)):
        return Reading(misfit=_why_unfit(figures[0], figure_years))
    is_likely = certainty is None or (certainty >= _LEAST_CERTAINTY and _reaches(fitting, max(top, _LOWEST + _FAR)))
    if not is_likely:
        return Reading(misfit="查到的段落说的多半是别的事")
    return Reading(pick_headline(clauses, fitting))


def _is_misfit(clause: ClauseHit, figures: Sequence[Figure], years: Sequence[int], question: str) -> bool:
    # What a sentence says once counts for all that follows: 累计接待17.52亿人次、旅游花费1.27万亿元.
    said = clause.sentence.text[: clause.end - clause.sentence.start]
    periods = [figure.period for figure in figures]
    return (
        is_of_other_years(figures, years)
        or is_total_of_span(said, periods, years, question)
        or is_only_planned(figures, question)
    )


def _reaches(clauses: Sequence[ClauseHit], score: float) -> bool:
    """Tell whether one of some clauses is nearly as good as the best: one that is not is about something else."""
    return max((clause.score for clause in clauses), default=-inf) >= score - _FAR


def _why_unfit(figure: Figure, years: Sequence[int]) -> str:
    is_target = figure.kind is Kind.TARGET
    if is_target and (not years or single_year(figure.period) in years):
        return "查到的是目标，不是完成的数"
    asked = "、".join(f"{year}年" for year in years)
    return f"查到的是{figure.period}的{'目标' if is_target else '数'}，不是{asked}的"
