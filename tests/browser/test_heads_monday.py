"""A head's Monday: from the worst half hour of Friday to the advice to a roster that was tried."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.app.server import serve_app
from tests.reports.past_days import busy_branch

WORKED_OUT_MS = 90_000
"""The page looks again by itself; on a machine that does much else its answer takes a while."""


def test_a_head_comes_from_what_went_wrong_to_a_roster_in_three_taps(
    tmp_path: Path, page: Page
) -> None:
    with serve_app(tmp_path, busy_branch) as office:
        office.sign_in(page.context, "minh")
        page.goto(f"{office.address}/reports?language=en")
        page.get_by_role("link", name="Friday, 27 February 2026").click()
        expect(page.get_by_text("The worst half hour was")).to_be_visible()
        page.get_by_role("link", name="What to do tomorrow").click()
        advice = page.get_by_text(re.compile("Open 4 counters from"))
        expect(advice.first).to_be_visible(timeout=WORKED_OUT_MS)
        page.get_by_role("button", name="Try this roster").click()
        outcome = page.locator(".roster-outcome")
        kept = re.compile(r"About \d+ of \d+ people within the promise")
        expect(outcome).to_contain_text(kept, timeout=WORKED_OUT_MS)
