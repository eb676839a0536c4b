"""Everybody's own page: the password, the language, and the browsers that are signed in."""

import re

import pytest
from httpx2 import Response

from lobby.store.devices import DeviceKind
from lobby.web.identity import PER_ACCOUNT_AND_PLACE
from tests.app.app import LocalApp, Person
from tests.people.test_people import OWN, password_in, signed_in, with_own_password

NEXT = "bamboo kettle 7"
HANDLE = re.compile(r"/account/sessions/([0-9a-f]{32})/ends")


def change(person: Person, current: str = OWN, password: str = NEXT, again: str = "") -> Response:
    fields = {"current": current, "password": password, "again": again or password}
    return person.post("/account/password", **fields)


@pytest.mark.parametrize("who", ["thu", "lan", "minh", "ada"])
def test_everybody_has_a_page_of_their_own(door: LocalApp, who: str) -> None:
    page = door.get(who, "/account")
    assert page.status_code == 200
    assert f"{who.title()} · {who}" in page.text
    assert 'href="/account"' in door.get(who, "/").text


def test_nobody_else_has_one(door: LocalApp) -> None:
    assert door.stranger().get("/account").headers["location"].startswith("/sign-in")
    assert door.stranger().get("/account/first-password").headers["location"] == "/"
    assert door.get("thu", "/account/first-password").headers["location"] == "/"
    for path in ("password", "sessions/others/ends", "sessions/aa/ends"):
        assert door.stranger().post(f"/account/{path}").status_code == 401


def test_a_new_password_ends_all_other_browsers(door: LocalApp) -> None:
    here, elsewhere = with_own_password(door, "thu"), signed_in(door, "thu", OWN)
    before = dict(here.cookies)
    answer = change(here)
    assert answer.headers["location"] == "/account?changed=password"
    assert here.cookies != before
    assert "Your new password holds" in here.get(answer.headers["location"]).text
    assert elsewhere.get("/account").status_code == 303
    assert door.with_cookies(before).get("/account").status_code == 303
    assert door.stranger().post("/sign-in", username="thu", password=OWN).status_code == 401
    assert signed_in(door, "thu", NEXT).get("/").status_code == 200


@pytest.mark.parametrize(
    ("current", "password", "again", "sentence"),
    [
        ("wrong", NEXT, "", "The password you have now is different"),
        (OWN, NEXT, NEXT + "!", "not the same"),
        (OWN, "seven77", "", "at least 8"),
        (OWN, "x1" * 65, "", "at most 128"),
        (OWN, "1234567890", "", "guessed first"),
        (OWN, " " * 10, "", "guessed first"),
        (OWN, "password1", "", "guessed first"),
        (OWN, "ThuThu12", "", "your own name"),
        (OWN, OWN, "", "the password you have now"),
    ],
)
def test_it_says_why_a_password_is_not_taken(
    door: LocalApp, current: str, password: str, again: str, sentence: str
) -> None:
    thu = with_own_password(door, "thu")
    answer = change(thu, current, password, again)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert signed_in(door, "thu", OWN).get("/").status_code == 200


def test_nobody_guesses_a_password_at_an_open_screen_for_long(door: LocalApp) -> None:
    thu = with_own_password(door, "thu")
    answers = [change(thu, f"guess {number}") for number in range(PER_ACCOUNT_AND_PLACE.tries + 1)]
    assert [answer.status_code for answer in answers] == [422] * PER_ACCOUNT_AND_PLACE.tries + [429]
    assert change(thu).status_code == 429


def test_a_password_is_the_same_however_its_accents_were_typed(door: LocalApp) -> None:
    thu = with_own_password(door, "thu")
    assert change(thu, password="du\u031bo\u031bng pho\u0302\u0301").status_code == 303
    assert signed_in(door, "thu", "dương phố").get("/").status_code == 200


def test_it_ends_one_browser_and_leaves_the_others(door: LocalApp) -> None:
    here = with_own_password(door, "thu")
    others = [signed_in(door, "thu", OWN) for _ in range(2)]
    handles = HANDLE.findall(here.get("/account").text)
    assert len(handles) == 2
    assert here.post(f"/account/sessions/{handles[0]}/ends").headers["location"] == "/account"
    assert sorted(each.get("/account").status_code for each in others) == [200, 303]
    assert here.post("/account/sessions/others/ends").status_code == 303
    assert [each.get("/account").status_code for each in others] == [303, 303]
    assert here.get("/account").status_code == 200
    assert "Ended other sign-ins" in door.get("ada", "/people/1").text


def test_nobody_ends_a_browser_of_somebody_else(door: LocalApp) -> None:
    thu = with_own_password(door, "thu")
    signed_in(door, "thu", OWN)
    (handle,) = HANDLE.findall(thu.get("/account").text)
    door.post("wei", f"/account/sessions/{handle}/ends")
    assert len(HANDLE.findall(thu.get("/account").text)) == 1


def test_it_keeps_the_language(door: LocalApp) -> None:
    thu = door.signed_in("thu")
    assert thu.post("/language", language="vi", next="/account").headers["location"] == "/account"
    assert "Tài khoản của tôi" in thu.get("/account").text


def test_a_browser_that_is_a_device_too_opens_nothing_before_the_password(door: LocalApp) -> None:
    drawn = password_in(door.post("ada", "/people/1/passwords"))
    kiosk = door.paired(DeviceKind.KIOSK)
    assert kiosk.post("/sign-in", username="thu", password=drawn).status_code == 303
    assert kiosk.get("/").headers["location"].startswith("/account/first-password")
