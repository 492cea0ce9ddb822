"""axe-core on every tab, by day and by night: no serious or critical finding."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.qa.ui.test_browser import ask

# Gradio calls pandas in ways that pandas will drop.
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::Warning:gradio.queueing")]


def serious(page):
    """What axe-core finds that keeps people out: rule, place, and why."""
    found = Axe().run(page).response["violations"]
    return [
        (violation["id"], node["html"][:160], node["failureSummary"][:200])
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_can_be_used_by_everybody(visit, scheme):
    page = visit(color_scheme=scheme)
    found = {"welcome": serious(page)}
    ask(page, "调处了多少纠纷？")
    ask(page, "航天")
    page.locator(".rq-source").last.click()
    page.locator("#rq-source mark").wait_for()
    found["ask"] = serious(page)
    ask(page, "渡口")
    page.locator("#rq-source .rq-box").first.wait_for()
    found["page"] = serious(page)
    page.get_by_role("tab", name="数据").click()
    page.get_by_label("指标", exact=True).fill("法律援助")
    page.keyboard.press("Enter")
    page.locator(".rq-svg").wait_for()
    page.locator(".rq-row").first.click()
    page.locator("#rq-figure-source mark").wait_for()
    found["figures"] = serious(page)
    page.get_by_role("tab", name="报告").click()
    page.locator(".rq-card").first.click()
    page.locator("#rq-reader .rq-pane-title").wait_for()
    for part in ("读取情况", "更正信息"):
        page.locator("#rq-reader").get_by_text(part).click()
    found["reports"] = serious(page)
    page.get_by_role("tab", name="说明").click()
    page.locator(".rq-about").wait_for()
    found["about"] = serious(page)
    assert {tab: what for tab, what in found.items() if what} == {}
