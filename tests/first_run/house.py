"""An empty house, and somebody who sets up its first branch, page by page."""

from collections.abc import Mapping
from typing import Any

from httpx2 import Response
from sqlalchemy import Connection

from lobby.first_run.door import FirstRunDoor
from lobby.store.accounts import accounts
from tests.app.app import App, LocalApp, Person
from tests.app.badges import Badge

PASSWORD = "four words in a row"
ADA = {"name": "Ada", "username": "ada", "password": PASSWORD, "again": PASSWORD}
OFFER = {"service": ["A01", "B07"], "counters": "1, 2", "weekdays": "08:30-17:00"}
NAME = {"CN": "name_zh", "VN": "name_vi", "OTHER": "name_en"}


def nobody(_connection: Connection) -> Mapping[str, Badge]:
    """Tables and nothing in them."""
    return {}


def door_of(house: LocalApp) -> FirstRunDoor:
    door: FirstRunDoor = house.client.app.state.first_run  # type: ignore[attr-defined]
    return door


def let_in(house: LocalApp) -> Person:
    """A browser in which the address that was printed has been opened."""
    browser = house.stranger()
    answer = browser.get(f"/first-run?code={door_of(house).code}")
    assert answer.headers["location"] == "/first-run/language"
    return browser


def branch_fields(country: str = "CN", **changes: Any) -> dict[str, Any]:
    languages = {"CN": "zh", "VN": "vi", "OTHER": "en"}
    return {
        NAME[country]: "Old Town",
        "first_language": languages[country],
        "time_zone": "Asia/Shanghai",
        "complaint_phone": "400 820 1111",
        "blocking_phone": "",
        "currency": "USD",
        "cash": "20,000",
        "transfer": "50000",
        **changes,
    }


def up_to(browser: Person, page: str, country: str = "CN") -> None:
    """All pages before this one are filled in."""
    fields: dict[str, dict[str, Any]] = {
        "language": {"language": "en"},
        "country": {"country": country},
        "branch": branch_fields(country),
        "offer": OFFER,
    }
    for name, form in fields.items():
        if name == page:
            return
        assert browser.post(f"/first-run/{name}", **form).status_code == 303


def opened(browser: Person, country: str = "CN", **account: Any) -> Response:
    """The answer to the last page."""
    up_to(browser, "account", country)
    return browser.post("/first-run/account", **{**ADA, **account})


def people(house: App) -> list[str]:
    return [each.staff.username for each in house.run(house.services.store.read, accounts)]
