"""Text that wants to be more than text."""

from hypothesis import strategies as st

FRAGMENTS = [
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg/onload=alert(1)>', "' onclick='alert(1)"),
    *("</mark></p></div>", "<!-- ", "-->", "<![CDATA[", "]]>", "<?php ?>", "&lt;", "&amp;", "&#60;script>"),
    *("javascript:alert(1)", "http://evil.example", "<http://evil.example>", "[a](http://evil.example)"),
    *("![a](http://evil.example/x)", "$x$", "$$", r"\(x\)", "{{value}}", "${alert(1)}"),
    *("**粗体**", "__x__", "`x`", "[1]", "[2]", "[12]", r"\[1\]", "\\", "|", "| a |\n|---|", "> ", "- ", "1. ", "# "),
    *("~~~", "```", "---", "===", "\n", "\n\n", "    ", "\t", "\u3000", "\xa0", "\u202e", "，", "全年98件。"),
]

texts = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=60),
)
names = texts.map(lambda text: text.replace("\n", " "))
