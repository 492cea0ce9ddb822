"""Completing what was found: a heading gets what stands under it, a sentence that ends in a colon what it announces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.sentences import sentence_spans
from corpus.types import Report, Section
from index.types import SentenceHit

# A heading alone says little: the sentences behind it are quoted with it up to this many characters.
_BODY_CHARS = 200
_MOST_ITEMS = 20
_MARKS = "。：:；;，, "


def complete(hit: SentenceHit, report: Report) -> list[SentenceHit]:
    """Return a found sentence with what it stands for: its items, or what follows it, else itself alone.

    Args:
        hit: a sentence of the report.
        report: the report it stands in.
    """
    section = _headed_by(hit, report.sections)
    if section is None and not hit.text.rstrip().endswith(("：", ":")):
        return [hit]
    items = _items_under(section, report.sections) if section else _items_after(hit.end, report)
    if len(items) > 1:
        return [_first_sentence(hit, item, report) for item in items[:_MOST_ITEMS]]
    end = section.end if section else report.paragraphs[-1].end
    return [_with_body(hit, report, end)]


def _headed_by(hit: SentenceHit, sections: Sequence[Section]) -> Section | None:
    """Return the section whose heading a sentence is."""
    bare = hit.text.rstrip(_MARKS)
    return next((s for s in sections if s.start == hit.start and s.heading.rstrip(_MARKS) == bare), None)


def _items_under(section: Section, sections: Sequence[Section]) -> list[Section]:
    inside = [s for s in sections if section.start < s.start < section.end]
    return [s for s in inside if s.level == section.level + 1]


def _items_after(place: int, report: Report) -> list[Section]:
    """Return the run of sibling sections that begins right behind a place."""
    first = next((s for s in report.sections if s.start >= place and not report.text[place : s.start].strip()), None)
    if first is None:
        return []
    siblings = [s for s in report.sections if s.start >= first.start and s.path[:-1] == first.path[:-1]]
    return [s for s in siblings if s.level == first.level]


def _first_sentence(hit: SentenceHit, section: Section, report: Report) -> SentenceHit:
    """Return the sentence that an item begins with, in place of the hit that led to it."""
    start, end = sentence_spans(report.text, section.start, section.end)[0]
    chunk = replace(hit.chunk, section_path=section.path)
    return replace(hit, chunk=chunk, start=start, end=end, text=report.text[start:end])


def _with_body(hit: SentenceHit, report: Report, limit: int) -> SentenceHit:
    """Return a heading together with the sentences behind it, as far as there is room."""
    end = hit.end
    for _, finish in sentence_spans(report.text, hit.end, min(limit, hit.end + 2 * _BODY_CHARS)):
        if finish - hit.start > _BODY_CHARS and end > hit.end:
            break
        end = finish
    return replace(hit, end=end, text=report.text[hit.start : end])
