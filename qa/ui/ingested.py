"""What was recognised in each file, as HTML: counts, pages, origins of facts; what was left out; facts to correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from corpus.ingest import Ingest, Outcome
from corpus.types import Fact
from qa.ui.html import button, field, tag, text_tag
from qa.ui.texts import Texts

_MOST_FILES = 50
_MOST_PAGES = 20


def render_ingest(ingest: Ingest, texts: Texts) -> str:
    """Render the ingest report of a report, to be unfolded."""
    words = texts.ingest
    lines = [_counts(ingest, texts), *_pages(ingest, texts), *ingest.warnings]
    body = tag("ul", "".join(text_tag("li", line) for line in lines), "rq-found")
    if ingest.facts:
        rows = "".join(_fact(fact, ingest, texts) for fact in ingest.facts)
        body += tag("table", tag("tbody", rows), "rq-keys", aria_label=words.origins)
    return tag("details", text_tag("summary", words.title) + body, "rq-outline")


def render_left_out(left_out: Sequence[Ingest], texts: Texts) -> str:
    """Render the files that were found and not indexed, each with the reason; "" for none."""
    if not left_out:
        return ""
    words = texts.ingest
    rows = "".join(tag("li", text_tag("b", one.file) + escape(_reason(one, texts))) for one in left_out[:_MOST_FILES])
    line = words.left_out_line.format(count=len(left_out))
    return tag("details", text_tag("summary", line) + tag("ul", rows, "rq-found"), "rq-outline rq-left-out")


def render_correct(report_id: str, facts: Mapping[str, str], texts: Texts) -> str:
    """Render the facts of a report as fields in which its user can set them right."""
    words = texts.ingest
    fields = "".join(field(words.fact_names[name], name, value) for name, value in facts.items())
    note = text_tag("p", words.correct_note, "rq-note")
    save = button(escape(words.correct_save), "describe", "rq-button", report=report_id)
    body = tag("div", fields, "rq-correct") + note + tag("div", save, "rq-buttons")
    return tag("details", text_tag("summary", words.correct) + body, "rq-outline")


def _counts(ingest: Ingest, texts: Texts) -> str:
    words = texts.ingest
    counts = {
        words.count_characters: ingest.characters,
        words.count_paragraphs: ingest.paragraphs,
        words.count_headings: ingest.headings,
        words.count_figures: ingest.figures,
        words.count_tables: ingest.tables,
        words.count_exhibits: ingest.exhibits,
    }
    return texts.comma.join(words.count_line.format(name=name, count=f"{n:,}") for name, n in counts.items())


def _pages(ingest: Ingest, texts: Texts) -> list[str]:
    """Say how the text of the pages was come by, where the format has pages."""
    words, pages = texts.ingest, ingest.pages
    lines = [words.pages_line.format(count=pages.count)] if pages.count else []
    if pages.ocr:
        sure = f"{pages.confidence:.1%}" if pages.confidence is not None else "–"
        lines.append(words.ocr_line.format(pages=_listed(pages.ocr, texts), confidence=sure))
    lines += [words.empty_line.format(pages=_listed(pages.empty, texts))] if pages.empty else []
    lines += [words.garbled_line.format(pages=_listed(pages.garbled, texts))] if pages.garbled else []
    return lines


def _listed(pages: Sequence[int], texts: Texts) -> str:
    more = "…" if len(pages) > _MOST_PAGES else ""
    return texts.joint.join(map(str, pages[:_MOST_PAGES])) + more


def _fact(fact: Fact, ingest: Ingest, texts: Texts) -> str:
    """Say where a fact comes from, and how sure a guess is."""
    words = texts.ingest
    origin = words.origin_names[fact.origin.value]
    sure = words.guess_line.format(origin=origin, share=f"{fact.confidence:.0%}") if fact.guessed else origin
    name = words.fact_names.get(fact.name, fact.name)
    value = str(getattr(ingest, fact.name, "") or "–")
    return tag("tr", text_tag("th", name, scope="row") + text_tag("td", value) + text_tag("td", sure))


def _reason(ingest: Ingest, texts: Texts) -> str:
    words = texts.ingest
    match ingest.outcome:
        case Outcome.DUPLICATE:
            return words.duplicate_line.format(original=ingest.original)
        case Outcome.NEAR_DUPLICATE:
            share = f"{ingest.similarity:.0%}" if ingest.similarity is not None else "–"
            return words.near_duplicate_line.format(original=ingest.original, share=share)
        case _:
            return words.unread_line.format(reason=ingest.reason)
