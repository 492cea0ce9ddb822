"""Time from Enter to the answer on the screen, against the engine's own time, while others ask too.

    python -m tests.bench.page [folder of reports]

Each question's own engine time stands on the page (`用时`): the difference is what browser and page add.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from index.build import SAMPLES, build_index
from index.encode import Encoder
from qa.engine import Engine
from qa.settings import Settings
from qa.ui import build_ui, launch_options
from tests.bench.measure import say
from tests.bench.questions import QUESTIONS
from tests.qa.ui.conftest import ARGUMENTS, BROWSERS, DESKTOP, free_port

OTHERS = 5
ROUNDS = 2
# Others ask one question after another all the while: sent without waiting for the answer to be drawn.
_ASK_ON = """questions => {
    const box = document.querySelector("#rq-question textarea");
    let number = 0;
    const step = () => {
        if (document.querySelector(".rq-pending")) return;
        box.value = questions[number++ % questions.length];
        box.dispatchEvent(new Event("input", { bubbles: true }));
        setTimeout(() => document.querySelector("#rq-send").click(), 50);
    };
    setInterval(step, 1000);
}"""
# Measured within the browser: from the key to the frame in which the answer is drawn.
_WATCH = """() => {
    window.pressed = null;
    document.querySelector("#rq-question textarea").addEventListener("keydown", event => {
        if (event.key === "Enter") window.pressed = performance.now();
    }, true);
    window.drawn = () => document.querySelectorAll(".rq-turn .rq-build").length;
    window.wait = before => new Promise(done => {
        const took = () => done(performance.now() - window.pressed);
        const look = () => window.drawn() > before ? took() : requestAnimationFrame(look);
        look();
    });
}"""


def main() -> None:
    """Print the medians and what the page adds."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    with tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        build_index(Path(home), [folder], Encoder.load())
        engine = Engine.open(Settings(home=Path(home)))
        page = build_ui(engine)
        _, address, _ = page.launch(**launch_options("127.0.0.1", free_port(), engine), prevent_thread_lock=True)
        executable = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = driver.chromium.launch(executable_path=executable, args=ARGUMENTS)
        own = browser.new_context(viewport=DESKTOP, locale="zh-CN").new_page()
        for others in (0, OTHERS):
            for _ in range(others):
                other = browser.new_context(viewport=DESKTOP, locale="zh-CN").new_page()
                open_page(other, address)
                other.evaluate(_ASK_ON, QUESTIONS)
            time.sleep(2)
            report(measure(own, address), others)
        browser.close()
        page.close(verbose=False)


def open_page(page: Page, address: str) -> None:
    """Open the page and wait until it takes questions."""
    page.goto(address)
    page.locator("#rq-question textarea:enabled").wait_for()


def measure(page: Page, address: str) -> list[tuple[float, float]]:
    """Ask each question some times; returns (seconds on the screen, seconds of the engine)."""
    times = []
    for _ in range(ROUNDS):
        open_page(page, address)
        page.click("#rq-new")
        page.locator(".rq-welcome").wait_for()
        page.evaluate(_WATCH)
        for question in QUESTIONS:
            page.fill("#rq-question textarea", question)
            before = page.evaluate("window.drawn()")
            page.press("#rq-question textarea", "Enter")
            screen = page.evaluate("before => window.wait(before)", before)
            said = page.locator(".rq-build").last.inner_text()
            times.append((screen / 1000, float(said.split()[-2]) / 1000))
    return times


def report(times: list[tuple[float, float]], others: int) -> None:
    """Print the medians of one load."""
    screen, engine = (statistics.median(column) for column in zip(*times, strict=True))
    added = statistics.median(shown - own for shown, own in times)
    slowest = max(shown - own for shown, own in times)
    say(
        f"{others} others asking: {screen:.3f} s from Enter to the answer, of which {engine:.3f} s the engine's own; "
        f"the page adds {added:.3f} s at the median, {slowest:.3f} s at most ({len(times)} questions)"
    )


if __name__ == "__main__":
    main()
