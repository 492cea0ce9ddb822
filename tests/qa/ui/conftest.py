"""A running page over the fake engine, and a browser that reports every request."""

import os
import shutil
import socket
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from qa.ui import build_ui, launch_options
from tests.qa.ui.fakes import FakeEngine

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium")
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@dataclass
class Served:
    """A page that is being served, and the engine behind it."""

    address: str
    engine: FakeEngine


@dataclass
class Watched:
    """What the browser asked for and complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def foreign(self, address: str) -> list[str]:
        """Requests that left the page's own server."""
        own = urlsplit(address).netloc
        return [
            url for url in self.requests if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != own
        ]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def served():
    engine = FakeEngine()
    page = build_ui(engine)
    _, address, _ = page.launch(**launch_options("127.0.0.1", free_port(), engine), prevent_thread_lock=True)
    yield Served(address, engine)
    page.close(verbose=False)


# One browser a module, not a session: an open Playwright keeps an event loop in the main thread.
@pytest.fixture(scope="module")
def browser():
    required = os.environ.get("REPORT_QA_REQUIRE_BROWSER") == "1"
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        message = f"no browser found (looked for {', '.join(BROWSERS)}); install Debian's package chromium"
        if required:
            raise FileNotFoundError(message)
        pytest.skip(message)
    playwright = (
        pytest.importorskip("playwright.sync_api") if not required else __import__("playwright.sync_api").sync_api
    )
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, served):
    """Open the page; afterwards nothing may have left this machine and nothing may have gone wrong in the browser."""
    contexts, seen = [], Watched()

    def open_page(viewport=DESKTOP, query="", **options):
        context = browser.new_context(viewport=viewport, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("websocket", lambda socket: seen.requests.append(socket.url))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
        loaded = []
        for event in ("requestfinished", "requestfailed"):
            page.on(event, lambda request: loaded.append(request) if "/queue/data" in request.url else None)
        page.goto(served.address + query)
        page.wait_for_selector(".rq-welcome")
        # Gradio's load event refreshes the page: wait until its stream of results is closed.
        while not loaded:
            page.wait_for_timeout(20)
        return page

    open_page.seen = seen
    yield open_page
    for context in contexts:
        context.close()
    assert seen.requests, "the recorder saw nothing"
    assert not seen.foreign(served.address)
    assert not seen.complaints
