"""The few ways in which text becomes HTML: everything from reports, file names and questions is escaped here."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from qa.ui.texts import Texts


def tag(name: str, content: str, classes: str = "", **attributes: str) -> str:
    """Wrap HTML in an element; attribute values are escaped, the content is HTML already.

    An underscore at the end of a name is dropped, others become hyphens.

    >>> tag("p", escape("5 < 6"), "rq-note", title='a "b"')
    '<p class="rq-note" title="a &quot;b&quot;">5 &lt; 6</p>'
    """
    pairs = {"class": classes} if classes else {}
    pairs.update({key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()})
    return f"<{name}{_attributes(pairs)}>{content}</{name}>"


def text_tag(name: str, text: str, classes: str = "", **attributes: str) -> str:
    """Wrap plain text in an element.

    >>> text_tag("p", "<script>")
    '<p>&lt;script&gt;</p>'
    """
    return tag(name, escape(text), classes, **attributes)


def button(content: str, do: str, classes: str = "", **data: str) -> str:
    """Build a button that page.js acts on: `do` names the act, `data` travels with it.

    >>> button("[1]", "cite", marker="1")
    '<button type="button" data-do="cite" data-marker="1">[1]</button>'
    """
    pairs = {f"data_{key}" if not key.startswith("aria_") else key: value for key, value in data.items()}
    return tag("button", content, classes, type="button", data_do=do, **pairs)


def image(address: str, description: str, classes: str) -> str:
    """Build an image that is loaded when it comes near the window.

    >>> image("picture/a.png", "图1", "rq-page")
    '<img class="rq-page" src="picture/a.png" alt="图1" loading="lazy">'
    """
    return tag("img", "", classes, src=address, alt=description, loading="lazy").removesuffix("</img>")


def field(label: str, name: str, value: str) -> str:
    """Build a labelled line to write in; page.js reads what stands in it by its name.

    >>> field("年份", "year", "2024")
    '<label><span>年份</span><input type="text" name="year" value="2024" maxlength="200"></label>'
    """
    box = tag("input", "", type="text", name_=name, value=value, maxlength="200").removesuffix("</input>")
    return tag("label", text_tag("span", label) + box)


def copy_button(label: str, text: str, texts: Texts) -> str:
    """Build a button that copies a text and says so."""
    return button(escape(label), "copy", "rq-button", text=text, copied=texts.copied, failed=texts.copy_failed)


def copy_table_button(label: str, texts: Texts) -> str:
    """Build a button that copies the next table, its cells parted by tabs as a spreadsheet takes them."""
    return button(escape(label), "copytable", "rq-button", copied=texts.copied, failed=texts.copy_failed)


def notice(title: str, body: str, classes: str) -> str:
    """Build a box with a title in bold above its body, which is HTML already."""
    return tag("div", text_tag("p", title, "rq-notice-title") + body, f"rq-notice {classes}", role="note")


def failure(title: str, error: Exception) -> str:
    """Build a block that holds nothing but the sentence of an error."""
    return tag("div", notice(title, text_tag("p", str(error)), "rq-error"), "rq-scroll rq-failure")


def _attributes(pairs: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in pairs.items())
