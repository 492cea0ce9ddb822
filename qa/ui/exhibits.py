"""Pictures and charts that stand at the quotes of an answer, shown with their captions; nothing is read off them."""

from __future__ import annotations

from qa.types import Answer, CitedExhibit
from qa.ui.html import button, image, tag, text_tag
from qa.ui.texts import Texts


def render_exhibits(answer: Answer, turn: int, texts: Texts) -> str:
    """Render the exhibits of an answer, each as the button that opens the quote it stands at; "" for none."""
    if not answer.exhibits:
        return ""
    titles = {citation.report_id: citation.title for citation in answer.citations}
    shown = (
        tag("li", _exhibit(exhibit, titles.get(exhibit.report_id, ""), turn, texts)) for exhibit in answer.exhibits
    )
    head = text_tag("h4", texts.paper.exhibits, "rq-label")
    return tag("section", head + tag("ul", "".join(shown), "rq-exhibits"), "rq-exhibits-box")


def _exhibit(exhibit: CitedExhibit, title: str, turn: int, texts: Texts) -> str:
    caption = exhibit.caption or exhibit.label or texts.paper.exhibit_alone
    page = texts.page_line.format(page=exhibit.page) if exhibit.page is not None else ""
    missing = "" if exhibit.image else texts.paper.exhibit_missing
    # The words below say the same to a screen reader.
    picture = image(f"picture/{exhibit.image}", "", "rq-picture") if exhibit.image else ""
    lines = text_tag("span", caption, "rq-source-title")
    lines += text_tag("span", " · ".join(filter(None, [title, page, missing])), "rq-source-place")
    return button(picture + lines, "cite", "rq-exhibit", turn=str(turn), marker=str(exhibit.citation))
