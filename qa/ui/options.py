"""How the page is served: what `Blocks.launch` is told."""

from __future__ import annotations

from pathlib import Path

from starlette.middleware import Middleware

from corpus.decode import LARGEST_FILE_BYTES
from qa.ui.engine import Engine
from qa.ui.headers import StayHome
from qa.ui.images import Images
from qa.ui.theme import page_theme

STYLE_FILES = tuple(Path(__file__).with_name(name) for name in ("style.css", "parts.css", "paper.css"))
ARRIVAL_FILE = Path(__file__).with_name("arrive.js")
SCRIPT_FILE = Path(__file__).with_name("page.js")
SESSIONS = 500
# In the page itself, so that the browser does not ask for Gradio's.
_ICON = (
    "<link rel='icon' href=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
    "<rect width='32' height='32' rx='6' fill='%231c4067'/><path d='M8 9h16M8 16h16M8 23h9' stroke='white' "
    "stroke-width='3'/></svg>\">"
)


def launch_options(host: str, port: int, engine: Engine) -> dict[str, object]:
    """Collect the keyword arguments for `build_ui(engine).launch(...)`; `engine` also gives the images of the page.

    Everything that could leave the machine or show more than the page is switched off by name: an environment variable
    of Gradio's could otherwise switch it on.
    """
    return {
        "server_name": host,
        "server_port": port,
        "theme": page_theme(),
        # Not as `css`: Gradio rewrites that, and breaks selectors with commas in brackets and rules for narrow screens.
        "head": f"{_ICON}<style>{page_style()}</style>",
        "quiet": True,
        "show_error": False,
        "share": False,
        "inbrowser": False,
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "mcp_server": False,
        "ssr_mode": False,
        "pwa": False,
        "num_workers": 0,
        "max_file_size": LARGEST_FILE_BYTES,
        "state_session_capacity": SESSIONS,
        "app_kwargs": {
            "middleware": [Middleware(StayHome), Middleware(Images, engine=engine)],
            "docs_url": None,
            "redoc_url": None,
            "openapi_url": None,
        },
    }


def page_style() -> str:
    """Read the style sheets of the page."""
    return "\n".join(file.read_text(encoding="utf-8") for file in STYLE_FILES)


def arrival_script() -> str:
    """Read the script that tells, as the page is loaded, what the browser keeps."""
    return ARRIVAL_FILE.read_text(encoding="utf-8")


def page_script() -> str:
    """Read the script that every HTML block of the page runs once it is there."""
    return SCRIPT_FILE.read_text(encoding="utf-8")
