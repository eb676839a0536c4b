"""Services, counters, hours and words of a branch have pages of their own, which behave alike."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest

from lobby.queueing.commands.command import OpenDay
from lobby.setup_pages.sections import SECTIONS
from tests.app.app import LocalApp
from tests.setup.demo import (
    CASH_LIMIT,
    NEXT_MONDAY,
    TODAY,
    at,
    change,
    held,
    open_demo,
    versions,
    wish,
)
from tests.setup.forms import filled, form_in, said, sent

HOURS, COUNTERS, SERVICES, WORDS = (
    *("/setup/hours", "/setup/counters", "/setup/services", "/setup/words"),
)
TRANSFER = f"{SERVICES}/A04"
PAGES = (HOURS, COUNTERS, SERVICES, WORDS, TRANSFER)
A04 = ("services", "A04")
EIGHT, NOON, FIVE = time(8), time(12), time(17)


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[LocalApp]:
    with open_demo(tmp_path) as app:
        app.perform(OpenDay())
        yield app


def test_what_was_not_touched_is_never_written(branch: LocalApp) -> None:
    for path in PAGES:
        answer = sent(branch, path)
        assert (answer.status_code, "Nothing would change" in answer.text) == (422, True), path
    assert versions(branch)[1:] == []


def test_name_and_telephones_are_changed_and_kept_within_their_length(branch: LocalApp) -> None:
    answer = sent(branch, WORDS, name_zh="", complaint_phone="1" * 41)
    assert (answer.status_code, answer.text.count("Please type from 1 to")) == (422, 2)
    assert sent(branch, WORDS, name_zh="江滨分理处", complaint_phone="400 1").status_code == 303
    assert branch.riverside.plan.names["zh"] == "江滨分理处"
    assert held(branch, TODAY).set_up.catalogue.complaint_phone == "400 1"


def test_the_second_of_two_sees_the_difference_and_overwrites_nothing_by_accident(
    branch: LocalApp,
) -> None:
    old = branch.get("ada", f"{HOURS}?branch=riverside").text
    assert sent(branch, HOURS, retail_monday="8-12", retail_friday="8-12").status_code == 303
    late = filled(old, {"from": f"{TODAY}", "retail_monday": "9-12"})
    answer = branch.post("ada", HOURS, **late)
    assert answer.status_code == 422
    assert "Somebody else has changed this meanwhile." in said(answer)
    assert "Now: 08:00-12:00" in said(answer)
    form = form_in(answer.text)
    assert (form["retail_monday"], form["retail_friday"]) == ("9-12", "08:00-12:00")
    assert branch.post("ada", HOURS, **(form | {"from": f"{TODAY}"})).status_code == 303
    assert at(branch, "hours", "retail", "monday") == [[time(9), NOON]]
    assert at(branch, "hours", "retail", "friday") == [[EIGHT, NOON]]


def test_two_who_change_different_things_do_not_meet(branch: LocalApp) -> None:
    old = branch.get("ada", f"{TRANSFER}?branch=riverside").text
    assert sent(branch, TRANSFER, minutes="7").status_code == 303
    late = filled(old, {"from": f"{TODAY}", "prefix": "T"})
    assert branch.post("ada", TRANSFER, **late).status_code == 303
    assert (at(branch, *A04, "minutes"), at(branch, *A04, "prefix")) == (7, "T")


def test_lines_that_were_left_alone_are_as_others_have_left_them(branch: LocalApp) -> None:
    """A browser sends another end of each line than it was given."""
    old = branch.get("ada", f"{TRANSFER}?branch=riverside").text
    steps = {f"steps_{code}": "1\n2" for code in ("zh", "vi", "en")}
    assert sent(branch, TRANSFER, minutes="7", **steps).status_code == 303
    late = filled(old, {"from": f"{TODAY}", "minutes": "6"})
    sent_by_browser = {name: text.replace("\n", "\r\n") for name, text in late.items()}
    answer = branch.post("ada", TRANSFER, **sent_by_browser)
    form = form_in(answer.text)
    assert (form["minutes"], form["steps_en"]) == ("6", "1\n2")


def test_what_comes_later_is_looked_at_and_changed_as_it_will_be(branch: LocalApp) -> None:
    assert sent(branch, HOURS, day=NEXT_MONDAY, retail_monday="8-12").status_code == 303
    page = branch.get("minh", HOURS).text
    assert form_in(page)["retail_monday"] == "08:30-17:00"
    assert f"on={NEXT_MONDAY}" in page
    later = f"{HOURS}?on={NEXT_MONDAY}"
    form = form_in(branch.get("minh", later).text)
    assert (form["retail_monday"], form["from"]) == ("08:00-12:00", f"{NEXT_MONDAY}")
    assert sent(branch, later, day=NEXT_MONDAY, retail_monday="8-17").status_code == 303
    assert at(branch, "hours", "retail", "monday", day=NEXT_MONDAY) == [[EIGHT, FIVE]]
    assert at(branch, "hours", "retail", "monday") == [[time(8, 30), FIVE]]


def test_a_change_is_taken_back_on_the_page_of_its_section(branch: LocalApp) -> None:
    assert sent(branch, COUNTERS, new="7").status_code == 303
    change(branch, wish((CASH_LIMIT, 30_000)))
    page = branch.get("minh", COUNTERS).text
    assert page.count('class="setup-change"') == 1
    added = versions(branch)[1].id
    back = branch.post("minh", f"/setup/{added}/take-back", branch="riverside", section="counters")
    assert back.headers["location"].startswith(f"{COUNTERS}?branch=riverside&saved=")
    assert at(branch, "branch", "counters") == ["1", "2", "3", "4", "5", "6"]
    assert branch.get("minh", COUNTERS).text.count('class="setup-change"') == 2


def test_the_first_run_leads_from_section_to_section(branch: LocalApp) -> None:
    seen = []
    path = f"{SERVICES}?first=1"
    for section in SECTIONS:
        page = branch.get("minh", path).text
        assert form_in(page)["from"] == f"{TODAY}"
        seen.append(path.partition("?")[0])
        next_step = page.split('class="button" href="')[1].split('"')[0].replace("&amp;", "&")
        assert "first=1" in next_step, section.path
        path = next_step
    assert seen == [SERVICES, COUNTERS, HOURS, WORDS]
    assert path == "/people?first=1"
    answer = sent(branch, f"{COUNTERS}?first=1", new="7")
    assert "first=1" in answer.headers["location"]
    answer = sent(branch, f"{COUNTERS}?first=1", new="much too long")
    assert "Next step" in answer.text and form_in(answer.text)["first"] == "1"
    assert "Next step" not in branch.get("minh", COUNTERS).text


@pytest.mark.parametrize("path", PAGES)
def test_only_heads_and_administrators_reach_a_section(branch: LocalApp, path: str) -> None:
    for who, status in (("thu", 403), ("lan", 403), ("minh", 200), ("ada", 200)):
        assert branch.get(who, path).status_code == status
        assert branch.post(who, path).status_code == (422 if status == 200 else 403)
    assert branch.get("minh", f"{path}?branch=harbour").status_code == 404
    assert branch.stranger().get(path).status_code == 303
    assert branch.stranger().post(path).status_code in {401, 403}


def test_a_branch_without_a_catalogue_is_told_so_in_every_section(branch: LocalApp) -> None:
    for path in PAGES:
        page = branch.get("ada", f"{path}?branch=harbour")
        assert (page.status_code, "set up without services" in page.text) == (200, True), path
        answer = branch.post("ada", path, branch="harbour")
        assert (answer.status_code, "set up without services" in answer.text) == (422, True), path


def test_there_is_no_page_of_a_service_that_the_branch_does_not_have(branch: LocalApp) -> None:
    assert branch.get("minh", f"{SERVICES}/Z99").status_code == 404
    assert branch.post("minh", f"{SERVICES}/Z99", branch="riverside").status_code == 404
