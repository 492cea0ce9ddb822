"""The tab 说明 as HTML: how answers are made, what the index holds, that nothing leaves the machine, the keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from qa.ui.html import button, tag, text_tag
from qa.ui.texts import Texts


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the live index holds."""

    build: str
    created: str
    reports: int
    issuers: int
    years: tuple[int, ...]
    figures: int
    encoder: str
    home: Path


def render_about(holdings: Holdings, texts: Texts, said: str = "") -> str:
    """Render the whole tab; `said` is what became of the last act on it."""
    library = texts.library
    made = text_tag("p", said, "rq-judged", role="status") if said else ""
    make = button(escape(library.about_checks), "checks", "rq-button")
    parts = [
        _part(library.about_title, _list(library.about_how, "ol")),
        _part(library.about_holds_title, _list(_facts(holdings, texts))),
        _part(library.about_private_title, _list(library.about_private)),
        _part(library.about_keys_title, _keys(texts)),
        _part(library.about_judged_title, text_tag("p", library.about_judged) + make + made),
    ]
    page = tag("div", "".join(parts), "rq-about")
    return tag("div", page, "rq-scroll", tabindex="0", role="region", aria_label=library.tab_about)


def _facts(holdings: Holdings, texts: Texts) -> list[str]:
    library = texts.library
    years = [texts.year_line.format(year=year) for year in holdings.years]
    span = "—".join(dict.fromkeys([years[0], years[-1]])) if years else ""
    counts = library.about_counts_line.format(
        reports=holdings.reports, issuers=holdings.issuers, years=span, figures=f"{holdings.figures:,}"
    )
    return [
        library.about_build_line.format(build=holdings.build, created=holdings.created),
        counts,
        library.about_encoder_line.format(
            encoder=library.about_shipped if holdings.encoder == "shipped" else holdings.encoder
        ),
        library.about_home_line.format(home=holdings.home),
    ]


def _keys(texts: Texts) -> str:
    rows = (tag("tr", text_tag("th", key, scope="row") + text_tag("td", act)) for key, act in texts.library.about_keys)
    return tag("table", tag("tbody", "".join(rows)), "rq-keys")


def _list(lines: Iterable[str], name: str = "ul") -> str:
    return tag(name, "".join(text_tag("li", line) for line in lines))


def _part(title: str, content: str) -> str:
    return tag("section", text_tag("h2", title, "rq-section-title") + content, "rq-about-part")
