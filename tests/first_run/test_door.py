"""Who may set up the first branch: the code, its cookie, how often it is guessed, and its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lobby.first_run.door import PASS_LIVES_S, PASSES_MAX, TRIES_PER_PLACE, FirstRunDoor
from lobby.web.credentials import hash_of
from tests.app.app import LocalApp, open_app
from tests.first_run.house import ADA, door_of, let_in, nobody, opened, people, up_to

PAGES = ("language", "country", "branch", "offer", "account")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[LocalApp]:
    with open_app(tmp_path, nobody) as house:
        yield house


@pytest.mark.parametrize("path", ["/", "/sign-in"])
def test_an_empty_house_leads_everybody_to_its_first_page(house: LocalApp, path: str) -> None:
    answer = house.stranger().get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/first-run")
    page = house.stranger().get("/first-run")
    assert page.status_code == 200
    assert "in its log" in page.text
    assert door_of(house).code not in page.text


def test_the_code_is_exchanged_for_a_cookie_at_once(house: LocalApp) -> None:
    browser = house.stranger()
    answer = browser.get(f"/first-run?code={door_of(house).code}")
    assert (answer.status_code, answer.text) == (303, "")
    assert answer.headers["location"] == "/first-run/language"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert door_of(house).code not in cookie
    assert browser.get("/first-run/language").status_code == 200
    assert browser.get("/first-run").headers["location"] == "/first-run/language"


@pytest.mark.parametrize("change", [str.upper, lambda code: code.replace("-", " ")])
def test_the_code_may_be_typed_in_other_ways(house: LocalApp, change: object) -> None:
    assert callable(change)
    answer = house.stranger().post("/first-run", code=change(door_of(house).code))
    assert answer.headers["location"] == "/first-run/language"


@pytest.mark.parametrize("code", ["", "a", "aaaa-bbbb-cccc-dddd", "x" * 10_000, "代码"])
def test_a_wrong_code_gets_a_sentence_and_no_cookie(house: LocalApp, code: str) -> None:
    for answer in (
        house.stranger().get("/first-run", params={"code": code}),
        house.stranger().post("/first-run", code=code),
    ):
        assert answer.status_code == 422
        assert "wrong or from an earlier start" in answer.text
        assert "set-cookie" not in answer.headers


def test_who_guesses_is_slowed_down_also_with_the_right_code(house: LocalApp) -> None:
    browser = house.stranger()
    for _ in range(TRIES_PER_PLACE.tries):
        assert browser.post("/first-run", code="guessed").status_code == 422
    answer = browser.post("/first-run", code=door_of(house).code)
    assert answer.status_code == 429
    assert "Too many tries" in answer.text
    assert answer.headers["retry-after"]
    assert browser.get("/first-run/language").status_code == 303


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_or_sends_a_page_without_the_cookie(house: LocalApp, page: str) -> None:
    stranger = house.with_cookies({"lobby-first-run": "x" * 43})
    for answer in (stranger.get(f"/first-run/{page}"), stranger.post(f"/first-run/{page}", **ADA)):
        assert (answer.status_code, answer.headers["location"]) == (303, "/first-run")
    assert not house.services.branches


@pytest.mark.parametrize("page", PAGES)
def test_another_site_sends_nothing(house: LocalApp, page: str) -> None:
    browser = let_in(house)
    headers = {"Origin": "https://elsewhere.example"}
    answer = browser.request("POST", f"/first-run/{page}", data=ADA, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/first-run", "/first-run/account", "/first-run/devices"])
def test_it_knows_no_other_method(house: LocalApp, method: str, path: str) -> None:
    assert house.stranger().request(method, path).status_code == 405


def test_a_page_leads_back_to_what_was_left_out(house: LocalApp) -> None:
    browser = let_in(house)
    for page in PAGES[1:]:
        assert browser.get(f"/first-run/{page}").headers["location"] == "/first-run/language"
    up_to(browser, "branch")
    for method in ("GET", "POST"):
        answer = browser.request(method, "/first-run/account")
        assert answer.headers["location"] == "/first-run/branch"


def test_after_the_first_branch_the_code_opens_nothing(house: LocalApp) -> None:
    """Also a page that was open before, the same form sent again, and the code typed anew."""
    winner, late = let_in(house), let_in(house)
    up_to(late, "account")
    assert opened(winner).status_code == 303
    code = door_of(house).code
    for answer in (
        house.stranger().get(f"/first-run?code={code}"),
        house.stranger().post("/first-run", code=code),
        late.get("/first-run"),
    ):
        assert answer.status_code == 410
        assert "Old Town" in answer.text and 'href="/sign-in"' in answer.text
        assert "set-cookie" not in answer.headers
    for browser in (late, winner):
        answer = browser.post("/first-run/account", **{**ADA, "username": "eve"})
        assert answer.headers["location"] == "/first-run"
    assert people(house) == ["ada"]
    assert list(house.services.branches) == ["old-town"]


def test_a_code_is_of_one_start() -> None:
    assert FirstRunDoor().code != FirstRunDoor().code


def test_it_lets_in_only_so_many_and_not_for_ever() -> None:
    now_s = 0.0
    door = FirstRunDoor(lambda: now_s)
    tokens = [door.let_in(door.code, "here") or "" for _ in range(PASSES_MAX + 1)]
    assert door.draft_of(hash_of(tokens[0])) is None
    assert door.draft_of(hash_of(tokens[1])) is not None
    now_s += PASS_LIVES_S + 1
    assert door.draft_of(hash_of(tokens[2])) is None
    assert door.draft_of(None) is None
