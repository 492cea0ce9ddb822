"""The page over the real engine and the sample reports: one question from typing to the marked sentence."""

import pytest

from qa.ui import build_ui, launch_options
from tests.qa.ui.conftest import DESKTOP, free_port

QUESTION = "云溪县2024年办理法律援助多少件？"

# Gradio calls pandas in ways that pandas will drop.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::Warning:gradio.queueing")]


@pytest.fixture(scope="module")
def address(engine):
    page = build_ui(engine)
    _, address, _ = page.launch(**launch_options("127.0.0.1", free_port(), engine), prevent_thread_lock=True)
    yield address
    page.close(verbose=False)


def test_a_question_leads_to_the_marked_sentence(browser, address):
    page = browser.new_page(viewport=DESKTOP)
    page.goto(address)
    page.get_by_role("textbox").first.fill(QUESTION)
    page.keyboard.press("Enter")
    marker = page.get_by_role("button", name="1").first
    page.locator("mark").first.wait_for(timeout=30_000)
    marker.click()
    mark = page.locator("mark").first
    assert "办理法律援助571件" in mark.inner_text()
    assert mark.is_visible()
    page.close()
