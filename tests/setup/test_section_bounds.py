"""What a section refuses, and reads as it was typed: amounts, days, hours and counters."""

from datetime import timedelta
from typing import Any

import pytest

from tests.app.app import LocalApp
from tests.setup.demo import NEXT_MONDAY, TODAY, at, versions
from tests.setup.forms import form_in, sent
from tests.setup.test_section_values import COUNTERS, HOURS, TRANSFER, branch, service

__all__ = ["branch"]


def test_an_amount_of_millions_stays_as_it_was_typed(branch: LocalApp) -> None:
    assert sent(branch, TRANSFER, fee_counter_amount="1234567").status_code == 303
    assert form_in(branch.get("minh", TRANSFER).text)["fee_counter_amount"] == "1234567"
    assert sent(branch, TRANSFER, fee_counter_note_en="each").status_code == 303
    assert service(branch, "A04")["fees"]["counter"]["amounts"]["CN"] == 1_234_567


@pytest.mark.parametrize("page", [HOURS, "/setup"])
@pytest.mark.parametrize(
    ("day", "begins", "told"),
    [
        (TODAY, TODAY + timedelta(days=1), "comes before that"),
        (TODAY + timedelta(days=2), NEXT_MONDAY, "comes before that"),
        (TODAY - timedelta(days=365), TODAY, "This day is over."),
    ],
)
def test_a_special_day_that_its_change_would_pass_over_is_refused(
    branch: LocalApp, page: str, day: Any, begins: Any, told: str
) -> None:
    names = {HOURS: "new_day", "/setup": "closed"}
    answer = sent(branch, page, **{names[page]: f"{day}", "from": f"{begins}"})
    assert answer.status_code == 422
    assert told in answer.text
    assert len(versions(branch)) == 1


def test_a_branch_that_is_never_open_is_refused(branch: LocalApp) -> None:
    form = form_in(branch.get("minh", HOURS).text)
    none = {name: "" for name in form if name.startswith(("retail_", "corporate_"))}
    answer = sent(branch, HOURS, **none)
    assert answer.status_code == 422
    assert "the hours of at least one day" in answer.text


def test_a_branch_has_at_most_sixty_counters_and_all_may_be_ticked(branch: LocalApp) -> None:
    many = ",".join(f"Z{number}" for number in range(54))
    assert sent(branch, COUNTERS, new=f"{many},Z54").status_code == 422
    assert sent(branch, COUNTERS, new=many).status_code == 303
    assert len(at(branch, "branch", "counters")) == 60
    form = form_in(branch.get("minh", COUNTERS).text)
    ticks = {name: "on" for name in form if "premium" in name or name.startswith("is_")}
    assert sent(branch, COUNTERS, **ticks).status_code == 422, "all of them taken out"


@pytest.mark.parametrize("older", ["--5", "-", "1" * 30, "٣"])
def test_a_number_that_is_none_is_passed_over(branch: LocalApp, older: str) -> None:
    for page in ("/setup", HOURS):
        assert branch.get("minh", f"{page}?older={older}").status_code == 200
