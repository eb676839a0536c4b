"""What is typed on the pages of the first run: what it becomes, what is wrong, and what is kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lobby.store.people import Role
from tests.app.app import LocalApp, open_app
from tests.first_run.house import (
    ADA,
    OFFER,
    PASSWORD,
    branch_fields,
    let_in,
    nobody,
    opened,
    people,
    up_to,
)

LONG = "x" * 61


@pytest.fixture
def house(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, nobody) as house:
        yield house


def test_the_last_page_opens_the_branch_and_signs_in(house: LocalApp) -> None:
    browser = let_in(house)
    answer = opened(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/first-run/devices?opened=1")
    assert "The branch is open" in browser.get("/first-run/devices?opened=1").text
    assert "/people" in browser.get("/").text
    plan = house.services.branches["old-town"].plan
    assert list(plan.services) == ["A01", "B07"]
    assert [each.label for each in plan.counters.values()] == ["1", "2"]
    taken = browser.post("/kiosk/tickets", service="B07", language="zh")
    assert taken.status_code == 303
    assert list(house.services.branches["old-town"].hall.tickets) == ["B001"]


def test_the_administrator_signs_in_again_with_the_password(house: LocalApp) -> None:
    opened(let_in(house))
    browser = house.stranger()
    assert browser.post("/sign-in", username="ADA", password=PASSWORD).status_code == 303
    assert browser.get("/people").status_code == 200
    assert people(house) == ["ada"]


def test_it_is_all_there_after_a_restart(tmp_path: Path) -> None:
    with open_app(tmp_path, nobody) as house:
        browser = let_in(house)
        opened(browser)
        browser.post("/kiosk/tickets", service="B07", language="zh")
    with open_app(tmp_path, nobody) as again:
        assert list(again.services.branches["old-town"].hall.tickets) == ["B001"]
        assert again.with_cookies(browser.cookies).get("/people").status_code == 200


def test_before_the_branch_is_made_a_restart_begins_anew(tmp_path: Path) -> None:
    with open_app(tmp_path, nobody) as house:
        browser = let_in(house)
        up_to(browser, "account")
    with open_app(tmp_path, nobody) as again:
        stale = again.with_cookies(browser.cookies)
        assert stale.post("/first-run/account", **ADA).headers["location"] == "/first-run"
        assert "in its log" in stale.get("/first-run").text
        assert opened(let_in(again)).status_code == 303


@pytest.mark.parametrize(
    ("country", "currency", "zone", "language", "cash"),
    [
        ("CN", "CNY", "Asia/Shanghai", "zh", "20,000"),
        ("VN", "VND", "Asia/Ho_Chi_Minh", "vi", "50.000.000"),
    ],
)
def test_a_country_proposes_what_holds_there(
    house: LocalApp, country: str, currency: str, zone: str, language: str, cash: str
) -> None:
    browser = let_in(house)
    up_to(browser, "branch", country)
    page = browser.get("/first-run/branch").text
    assert f"<option selected>{zone}</option>" in page
    assert f'value="{language}" lang="{language}" selected' in page
    assert currency in page and f'name="cash" value="{cash}"' in page


def test_elsewhere_currency_and_clock_are_asked_for(house: LocalApp) -> None:
    browser = let_in(house)
    up_to(browser, "branch", "OTHER")
    page = browser.get("/first-run/branch").text
    assert 'name="currency" value=""' in page and '<option value="">Please choose' in page
    assert opened(browser, "OTHER").status_code == 303
    catalogue = house.services.catalogues["old-town"]
    profile = catalogue.profiles[catalogue.profile]
    amounts = {limit.name.value: limit.amount for limit in profile.limits}
    assert profile.currency == "USD"
    assert (amounts["cash"], amounts["transfer"], amounts["large"]) == (20_000, 50_000, 50_000)


def test_another_country_has_other_proposals(house: LocalApp) -> None:
    browser = let_in(house)
    up_to(browser, "offer", "CN")
    browser.post("/first-run/country", country="VN")
    page = browser.get("/first-run/branch").text
    assert 'name="cash" value="50.000.000"' in page
    assert 'name="name_zh" value="Old Town"' in page


def test_no_price_is_told_that_nobody_typed(house: LocalApp) -> None:
    browser = let_in(house)
    up_to(browser, "offer")
    browser.post("/first-run/offer", **{**OFFER, "service": ["A01", "A04"]})
    assert browser.post("/first-run/account", **ADA).status_code == 303
    services = house.services.catalogues["old-town"].services
    fees = [fee for service in services.values() for fee in service.fees.values()]
    assert not any(amount for fee in fees for amount in fee.amounts.values())
    notes = {code: {fee.notes["en"] for fee in services[code].fees.values()} for code in services}
    assert "By our tariff" in notes["A04"] and "By our tariff" not in notes["A01"]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name_zh", " ", "Please give the branch a name"),
        ("name_en", LONG, "Please give the branch a name"),
        ("name_vi", "a\u200bb", "Please give the branch a name"),
        ("first_language", "fr", "Please choose a language"),
        ("time_zone", "Asia/Nowhere", "Please choose a time zone"),
        ("time_zone", "../../etc/passwd", "Please choose a time zone"),
        ("complaint_phone", "", "Please give a phone number"),
        ("complaint_phone", "call us", "Please give a phone number"),
        ("blocking_phone", "9" * 31, "Please give a phone number"),
        ("cash", "0", "Please type a whole amount"),
        ("transfer", "-5", "Please type a whole amount"),
        ("cash", "9" * 13, "Please type a whole amount"),
        ("transfer", "many", "Please type a whole amount"),
        ("currency", "Dollar", "three letters of the currency"),
    ],
)
def test_it_says_what_is_wrong_with_the_branch(
    house: LocalApp, field: str, typed: str, words: str
) -> None:
    browser = let_in(house)
    country = "OTHER" if field == "currency" else "CN"
    up_to(browser, "branch", country)
    answer = browser.post("/first-run/branch", **branch_fields(country, **{field: typed}))
    assert answer.status_code == 422
    assert words in answer.text and f'id="problem-{field}"' in answer.text
    assert 'value="400 820 1111"' in answer.text or field == "complaint_phone"
    assert browser.get("/first-run/offer").headers["location"] == "/first-run/branch"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"service": []}, "Please tick at least one service"),
        ({"service": ["X99"]}, "Please tick at least one service"),
        ({"counters": ""}, "Please name 1 to 60 counters"),
        ({"counters": ",".join(map(str, range(1, 62)))}, "Please name 1 to 60 counters"),
        ({"counters": "1, <b>2</b>"}, "cannot be the name of a counter"),
        ({"counters": "1, window nine"}, "cannot be the name of a counter"),
        ({"counters": "VIP 1, vip 1"}, "is named twice"),
        ({"weekdays": "nine to five"}, "Please type the hours as in"),
        ({"weekdays": "17:00-08:30"}, "Please type the hours as in"),
        ({"saturday": "25:00-26:00"}, "Please type the hours as in"),
        ({"sunday": "08:00-12:00, 11:00-13:00"}, "Please type the hours as in"),
        ({"weekdays": ""}, "hours of at least one day"),
        ({"atm": "21"}, "Please type a number from 0 to 20"),
        ({"stm": "some"}, "Please type a number from 0 to 20"),
    ],
)
def test_it_says_what_is_wrong_with_the_offer(
    house: LocalApp, fields: dict[str, Any], words: str
) -> None:
    browser = let_in(house)
    up_to(browser, "offer")
    whole = {**OFFER, "saturday": "", "sunday": "", **fields}
    answer = browser.post("/first-run/offer", **whole)
    assert answer.status_code == 422
    assert words in answer.text
    assert browser.get("/first-run/account").headers["location"] == "/first-run/offer"


def test_counters_take_any_short_label_and_hours_any_keyboard(house: LocalApp) -> None:
    browser = let_in(house)
    up_to(browser, "offer")
    typed = {
        "counters": "3, 3-1、VIP 1，贵宾１",
        "weekdays": "８：３０－１１：３０，13.00 – 16h30",
        "saturday": "09:00~12:00",
        "sunday": "",
        "atm": "２",
    }
    assert browser.post("/first-run/offer", **{**OFFER, **typed}).status_code == 303
    assert browser.post("/first-run/account", **ADA).status_code == 303
    branch = house.services.branches["old-town"]
    labels = [each.label for each in branch.plan.counters.values()]
    assert labels == ["3", "3-1", "VIP 1", "贵宾1"]
    monday, *_, saturday, sunday = house.services.catalogues["old-town"].hours["retail"].days
    assert [(f"{s.opens:%H:%M}", f"{s.closes:%H:%M}") for s in (*monday, *saturday)] == [
        ("08:30", "11:30"),
        ("13:00", "16:30"),
        ("09:00", "12:00"),
    ]
    assert not sunday
    assert len(branch.plan.machines) == 2


def test_going_back_keeps_what_was_typed(house: LocalApp) -> None:
    browser = let_in(house)
    up_to(browser, "offer")
    half = {**OFFER, "counters": "7, 8", "go": "back"}
    assert browser.post("/first-run/offer", **half).headers["location"] == "/first-run/branch"
    assert 'value="Old Town"' in browser.get("/first-run/branch").text
    wrong = {**branch_fields(), "cash": "?", "go": "back"}
    assert browser.post("/first-run/branch", **wrong).headers["location"] == "/first-run/country"
    back = browser.post("/first-run/country", go="back")
    assert back.headers["location"] == "/first-run/language"
    assert 'value="7, 8"' in browser.get("/first-run/offer").text
    browser.post("/first-run/account", **{**ADA, "go": "back"})
    assert not house.services.branches


def test_what_was_typed_wrong_on_the_way_back_is_asked_for_at_the_end(house: LocalApp) -> None:
    browser = let_in(house)
    up_to(browser, "account")
    browser.post("/first-run/branch", **{**branch_fields(), "cash": "?", "go": "back"})
    answer = browser.post("/first-run/account", **ADA)
    assert answer.headers["location"] == "/first-run/branch"
    assert not house.services.branches


@pytest.mark.parametrize(("path", "field"), [("language", "language"), ("country", "country")])
@pytest.mark.parametrize("value", ["", "tlh"])
def test_it_knows_no_other_language_or_country(
    house: LocalApp, path: str, field: str, value: str
) -> None:
    browser = let_in(house)
    up_to(browser, path)
    assert browser.post(f"/first-run/{path}", **{field: value}).status_code == 400


@pytest.mark.parametrize(
    ("name", "branch_id"),
    [
        ("Chi nhánh Đống Đa", "chi-nhanh-dong-da"),
        ("江滨支行", "branch"),
        ("../../etc", "etc"),
        ("--", "branch"),
        ("X" * 60, "x" * 30),
    ],
)
def test_a_name_gives_an_id_in_plain_letters(house: LocalApp, name: str, branch_id: str) -> None:
    browser = let_in(house)
    up_to(browser, "branch")
    assert browser.post("/first-run/branch", **branch_fields(name_zh=name)).status_code == 303
    browser.post("/first-run/offer", **OFFER)
    assert browser.post("/first-run/account", **ADA).status_code == 303
    assert list(house.services.branches) == [branch_id]
    assert house.services.branches[branch_id].plan.name("en") == name


def test_what_was_typed_is_text_and_nothing_else(house: LocalApp) -> None:
    browser = let_in(house)
    up_to(browser, "branch")
    name = "<script>alert(1)</script>"
    browser.post("/first-run/branch", **branch_fields(name_zh=name, cash="?"))
    assert name not in browser.get("/first-run/branch").text
    assert "&lt;script&gt;" in browser.get("/first-run/branch").text


def test_the_first_person_is_an_administrator_of_the_branch(house: LocalApp) -> None:
    opened(let_in(house), name="Ada Lovelace")
    page = house.stranger()
    page.post("/sign-in", username="ada", password=PASSWORD)
    assert "Ada Lovelace" in page.get("/people").text
    assert str(Role.ADMINISTRATOR) in page.get("/people/1").text
