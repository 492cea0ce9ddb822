"""`make screenshots`: every tab of the page over the samples, by day, by night and on a phone, as PNGs to look at."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from docx import Document
from docx.shared import Cm
from playwright.sync_api import Page, sync_playwright

from index.build import SAMPLES, build_index
from index.encode import Encoder
from qa.engine import Engine
from qa.settings import Settings
from qa.ui import build_ui, launch_options
from tests.corpus.documents import picture
from tests.corpus.layouts import lay_out
from tests.qa.ui.conftest import ARGUMENTS, BROWSERS, DESKTOP, PHONE, free_port

VIEWS = {"light": ("light", DESKTOP), "dark": ("dark", DESKTOP), "phone": ("light", PHONE)}


def main(folder: Path) -> None:
    """Serve the samples and take the pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        build_index(Path(home), [documents(Path(home) / "documents")], Encoder.load())
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


def documents(folder: Path) -> Path:
    """Write the samples into a folder, one of them as PDF, and a Word file with a picture beside them."""
    shutil.copytree(SAMPLES, folder)
    plain = folder / "2025_海澄港区_政府工作报告.txt"
    laid_out, _ = lay_out(plain.read_text(encoding="utf-8"), header="政务公开", first_label=1)
    plain.with_suffix(".pdf").write_bytes(laid_out)
    plain.unlink()
    word = Document()
    word.add_heading("2025年槐荫区法治政府建设年度报告", 0)
    word.add_heading("一、规范执法", 1)
    word.add_paragraph("全区统一行政处罚的步骤，执法流程图贴在每个窗口，见图1。")
    word.add_picture(io.BytesIO(picture(480, 270, b"\xd8\xe4\xf0")), width=Cm(12))
    word.add_paragraph("图1 行政处罚执法流程图")
    word.save(folder / "2025_槐荫区_法治政府建设年度报告.docx")
    return folder


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
    page.click("#rq-new")
    page.locator(".rq-welcome").first.wait_for()
    page.fill("#rq-question textarea", "海澄港区2025年一般公共预算收入目标是多少？")
    page.keyboard.press("Enter")
    page.locator(".rq-judge").wait_for()
    page.locator(".rq-marker").first.click()
    page.wait_for_function("document.querySelector('#rq-source .rq-page').naturalWidth > 0")
    shot("page")
    back()
    page.fill("#rq-question textarea", "槐荫区有没有执法流程图？")
    page.keyboard.press("Enter")
    page.locator(".rq-turn").nth(1).locator(".rq-judge").wait_for()
    page.locator(".rq-turn").nth(1).locator(".rq-exhibit").scroll_into_view_if_needed()
    shot("picture")
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
    page.locator(".rq-card").first.click()
    for part in ("读取情况", "更正信息"):
        page.locator("#rq-reader").get_by_text(part).click()
    shot("reader")
    back()
    page.get_by_role("tab", name="说明").click()
    shot("about")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
