"""Files made by the server and saved by the browser, without a file in between.

Gradio's own download button offers a file that is there before the click; these are made by the click.
"""

from __future__ import annotations

import re
from base64 import b64encode
from secrets import token_hex

from qa.ui.html import tag

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARKDOWN = "text/markdown"

_NO_FILE_NAME = re.compile(r"[^\w\u4e00-\u9fff-]+")
_NAME_CHARS = 60


def render_download(name: str, suffix: str, media_type: str, content: bytes) -> str:
    """Hand a file to page.js, which saves it; the number tells two downloads of one file apart.

    >>> 'data-name="a_b.csv"' in render_download("a/../b", "csv", CSV, b"1")
    True
    """
    data = {"data_name": f"{safe_name(name)}.{suffix}", "data_type": media_type, "data_number": token_hex(4)}
    return tag("div", "", "rq-file-to-save", data_content=b64encode(content).decode("ascii"), **data)


def safe_name(words: str) -> str:
    """Make words a file name on every system.

    >>> safe_name("云溪县 2024年：办理/多少？"), safe_name("..")
    ('云溪县_2024年_办理_多少', 'file')
    """
    return _NO_FILE_NAME.sub("_", words).strip("_")[:_NAME_CHARS] or "file"
