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


@pytest.mark.parametrize(
    "typed",
    [
        "8:00-11:30 13:00-16:30",
        "8h-11h30;13h–16h30",
        "08:00至11:30、13:00至16:30",
        "8:00-11:30 và 13:00-16:30",
        "8:00‐11:30和13:00―16:30",
    ],
)
def test_hours_are_typed_as_on_the_pages_of_the_set_up(house: LocalApp, typed: str) -> None:
    browser = let_in(house)
    up_to(browser, "offer")
    assert browser.post("/first-run/offer", **{**OFFER, "weekdays": typed}).status_code == 303
    assert browser.post("/first-run/account", **ADA).status_code == 303
    monday = house.services.catalogues["old-town"].hours["retail"].days[0]
    assert [f"{each.opens:%H:%M}-{each.closes:%H:%M}" for each in monday] == [
        "08:00-11:30",
        "13:00-16:30",
    ]
