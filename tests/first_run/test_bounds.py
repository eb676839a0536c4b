"""The smallest and the largest that the pages of the first run take."""

import pytest

from tests.app.app import LocalApp
from tests.first_run.house import ADA, OFFER, branch_fields, let_in, up_to
from tests.first_run.test_pages import house

__all__ = ["house"]


@pytest.mark.parametrize("cash", ["1", "3"])
def test_a_small_limit_opens_a_branch_too(house: LocalApp, cash: str) -> None:
    browser = let_in(house)
    up_to(browser, "branch", "OTHER")
    form = branch_fields("OTHER", cash=cash)
    assert browser.post("/first-run/branch", **form).status_code == 303
    assert browser.post("/first-run/offer", **OFFER).status_code == 303
    assert browser.post("/first-run/account", **ADA).status_code == 303


def test_sixty_counters_with_long_names_are_all_there(house: LocalApp) -> None:
    browser = let_in(house)
    up_to(browser, "offer")
    counters = ", ".join(f"VIP {number:04d}" for number in range(60))
    assert browser.post("/first-run/offer", **{**OFFER, "counters": counters}).status_code == 303
    assert browser.post("/first-run/account", **ADA).status_code == 303
    (opened_branch,) = house.services.branches.values()
    assert len(opened_branch.plan.counters) == 60
