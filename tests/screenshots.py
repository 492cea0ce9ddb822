"""`make screenshots`: every tab of the page over the samples, by day, by night and on a phone, as PNGs to look at."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from index.build import SAMPLES, build_index
from index.encode import Encoder
from qa.engine import Engine
from qa.settings import Settings
from qa.ui import build_ui, launch_options
from tests.qa.ui.conftest import ARGUMENTS, BROWSERS, DESKTOP, PHONE, free_port

VIEWS = {"light": ("light", DESKTOP), "dark": ("dark", DESKTOP), "phone": ("light", PHONE)}


def main(folder: Path) -> None:
    """Serve the samples and take the pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        build_index(Path(home), [SAMPLES], Encoder.load())
        engine = Engine.open(Settings(home=Path(home)))
        page = build_ui(engine)
        _, address, _ = page.launch(**launch_options("127.0.0.1", free_port(), engine), prevent_thread_lock=True)
        executable = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = driver.chromium.launch(executable_path=executable, args=ARGUMENTS)
        for name, (scheme, viewport) in VIEWS.items():
            context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="zh-CN")
            tour(context.new_page(), address, folder, name)
            context.close()
        browser.close()
        page.close(verbose=False)


def tour(page: Page, address: str, folder: Path, name: str) -> None:
    """Go through the tabs and take a picture of each."""

    def shot(part: str) -> None:
        page.wait_for_timeout(400)
        page.screenshot(path=folder / f"{name}-{part}.png")

    def back() -> None:
        page.keyboard.press("Escape")

    page.goto(address)
    page.locator("#rq-question textarea:enabled").wait_for()
    shot("welcome")
    page.fill("#rq-question textarea", "云溪县2024年办理法律援助多少件？")
    page.keyboard.press("Enter")
    page.locator(".rq-judge").wait_for()
    shot("ask")
    page.locator(".rq-marker").first.click()
    shot("source")
    back()
    page.get_by_role("tab", name="数据").click()
    shot("figures-start")
    page.get_by_label("指标", exact=True).fill("法律援助")
    page.keyboard.press("Enter")
    page.locator(".rq-svg").wait_for()
    shot("figures")
    page.locator(".rq-row").first.click()
    shot("figures-source")
    back()
    page.get_by_role("tab", name="报告").click()
    page.locator(".rq-card").first.wait_for()
    shot("reports")
    page.get_by_role("tab", name="说明").click()
    shot("about")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
