"""Reads rendered HTML as a browser would and lets nothing pass that the page does not use itself."""

import re
from html.parser import HTMLParser

TAGS = set(
    "article b blockquote br button code details div em h1 h2 h3 h4 header img input label li mark ol p section span "
    "strong summary table tbody td th thead tr ul".split()
)
ATTRIBUTES = set(
    "alt class hidden lang loading maxlength name role scope src start style tabindex title type value".split()
)
VOID = {"br", "img", "input"}
# The page's own addresses only.
ADDRESS = re.compile(r"picture/[\w.]*|page-image/[\w-]*/\d+")
BOX = "left top width height".replace(" ", r":\d+\.\d\d%;") + r":\d+\.\d\d%"
BLOCKS = {
    "article",
    "blockquote",
    "br",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "header",
    "li",
    "p",
    "section",
    "td",
    "th",
    "tr",
}


class Checked(HTMLParser):
    """Parses HTML, checks each element, and keeps the text and the buttons."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.buttons: list[dict[str, str]] = []
        self.marked: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, f"left open: {self.open}"

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, f"unknown tag {tag!r}"
        for name, value in attrs:
            assert name in ATTRIBUTES or name.startswith(("data-", "aria-")), f"unknown attribute {name!r} of {tag}"
            assert name != "class" or re.fullmatch(r"(rq-[\w-]+ ?)+", value), value
            assert name != "style" or re.fullmatch(rf"text-align:(left|right|center)|width:\d+%|{BOX}", value), value
            assert name != "src" or ADDRESS.fullmatch(value), value
        if tag == "button":
            self.buttons.append(dict(attrs))
        if tag in BLOCKS:
            self.pieces.append("\n")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"closes {tag!r} out of turn"

    def handle_data(self, data):
        self.pieces.append(data)
        if "mark" in self.open:
            self.marked.append(data)

    def handle_comment(self, data):
        raise AssertionError(f"comment {data!r}")

    def handle_decl(self, decl):
        raise AssertionError(f"declaration {decl!r}")

    def unknown_decl(self, data):
        raise AssertionError(f"declaration {data!r}")

    def handle_pi(self, data):
        raise AssertionError(f"instruction {data!r}")

    @property
    def text(self) -> str:
        """All text, a line for each block."""
        return "".join(self.pieces)

    @property
    def line(self) -> str:
        """All text on one line, white space folded."""
        return folded(self.text)

    def acts(self, do: str) -> list[dict[str, str]]:
        """The buttons that do this."""
        return [button for button in self.buttons if button["data-do"] == do]


def folded(text: str) -> str:
    """Fold white space as a browser does between blocks."""
    return " ".join(text.split())
