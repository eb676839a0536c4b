"""Signing in and out: who gets in, for how long, and what nobody learns by trying."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from httpx2 import Response
from sqlalchemy import Connection, select, text

from lobby.accounts.passwords import hash_password
from lobby.clock import FrozenClock, SystemClock
from lobby.settings import Settings
from lobby.store import people
from lobby.store.tables_people import STAFF_SESSIONS
from lobby.web.addresses import local_path
from lobby.web.identity import ANONYMOUS, PER_ACCOUNT_AND_PLACE, REFRESH_S, Identity, Sessions
from tests.app.app import LocalApp, Person
from tests.app.people import PEOPLE

PASSWORD = "calm river 42"
QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
THU = list(PEOPLE).index("thu") + 1


@pytest.fixture(autouse=True)
def passwords(door: LocalApp) -> None:
    in_database(door, lambda c: people.set_password(c, THU, QUICK_HASH))


def in_database(door: LocalApp, work: Callable[[Connection], Any]) -> Any:
    """Behind the gate's back, as another process would do it."""
    return door.run(door.services.store.write, work)


def come_from(door: LocalApp, address: str) -> None:
    door.client._transport.client = (address, 50_000)  # type: ignore[attr-defined]


def sign_in(
    person: Person, username: str = "thu", password: str = PASSWORD, **more: str
) -> Response:
    return person.post("/sign-in", username=username, password=password, **more)


def is_in(person: Person) -> bool:
    return person.get("/").status_code == 200


def wait_until_out(person: Person, within_s: float) -> bool:
    ends = time.monotonic() + within_s
    while is_in(person):
        if time.monotonic() > ends:
            return False
        time.sleep(0.05)
    return True


def test_it_lets_in_who_knows_the_password(door: LocalApp) -> None:
    person = door.stranger()
    answer = sign_in(person)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert is_in(person)


def test_it_goes_on_to_where_the_person_wanted_to_be(door: LocalApp) -> None:
    person = door.stranger()
    led = person.get("/counter?language=vi")
    assert led.headers["location"] == "/sign-in?next=/counter%3Flanguage%3Dvi"
    assert 'name="next" value="/counter?language=vi"' in person.get(led.headers["location"]).text
    assert sign_in(person, next="/counter").headers["location"] == "/counter"


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\nb", "", "\t//x"],
)
def test_it_never_leads_out_of_the_house(path: str) -> None:
    assert local_path(path) == "/"


def test_it_forgives_capitals_and_spaces_in_the_name(door: LocalApp) -> None:
    assert sign_in(door.stranger(), username=" Thu ").status_code == 303


@pytest.mark.parametrize("username", ["thu", "nobody", "lan", ""])
def test_it_says_the_same_to_a_wrong_password_and_to_an_unknown_name(
    door: LocalApp, username: str
) -> None:
    person = door.stranger()
    answer = sign_in(person, username, "wrong")
    assert answer.status_code == 401
    assert "User name or password is wrong." in answer.text
    assert not person.cookies


def test_it_takes_as_long_for_an_unknown_name(door: LocalApp) -> None:
    real = hash_password(PASSWORD)
    in_database(door, lambda c: people.set_password(c, THU, real))

    def quickest_s(username: str) -> float:
        durations = []
        for _ in range(3):
            began = time.perf_counter()
            sign_in(door.stranger(), username, "wrong")
            durations.append(time.perf_counter() - began)
        return min(durations)

    assert 0.4 < quickest_s("nobody") / quickest_s("thu") < 2.5


def test_it_keeps_out_who_has_left(door: LocalApp) -> None:
    in_database(door, lambda c: people.deactivate(c, THU))
    assert sign_in(door.stranger()).status_code == 401


def test_it_asks_for_patience_after_ten_wrong_passwords(door: LocalApp) -> None:
    for _ in range(PER_ACCOUNT_AND_PLACE.tries):
        assert sign_in(door.stranger(), password="wrong").status_code == 401
    answer = sign_in(door.stranger())
    assert answer.status_code == 429
    assert "wait 15 min" in answer.text
    assert int(answer.headers["retry-after"]) == 15 * 60


def test_it_locks_nobody_out_for_what_a_stranger_tried(door: LocalApp) -> None:
    come_from(door, "10.0.0.66")
    for _ in range(PER_ACCOUNT_AND_PLACE.tries + 1):
        last = sign_in(door.stranger(), password="wrong")
    assert last.status_code == 429
    come_from(door, "10.0.0.5")
    assert sign_in(door.stranger()).status_code == 303


def test_it_starts_counting_anew_after_a_right_password(door: LocalApp) -> None:
    for _ in range(2):
        for _ in range(PER_ACCOUNT_AND_PLACE.tries - 1):
            sign_in(door.stranger(), password="wrong")
        assert sign_in(door.stranger()).status_code == 303


def test_it_keeps_only_the_hash_of_a_token(door: LocalApp) -> None:
    person, before = door.stranger(), kept_sessions(door)
    sign_in(person)
    (token,) = person.cookies.values()
    kept = kept_sessions(door)
    assert len(token) == 43 and token not in kept and len(kept) == len(before) + 1


def kept_sessions(door: LocalApp) -> list[str]:
    query = select(STAFF_SESSIONS.c.token_hash)
    kept: list[str] = in_database(door, lambda c: c.execute(query).scalars().all())
    return kept


def test_it_ends_the_session_at_signing_out(door: LocalApp) -> None:
    person = door.signed_in("thu")
    thief = door.with_cookies(person.cookies)
    assert is_in(thief)
    assert person.post("/sign-out").headers["location"] == "/sign-in"
    assert not is_in(person) and not is_in(thief)


def test_signing_out_twice_harms_nobody(door: LocalApp) -> None:
    person = door.signed_in("thu")
    assert [person.post("/sign-out").status_code for _ in range(2)] == [303, 303]


def test_it_signs_out_everywhere(door: LocalApp) -> None:
    here, there, other = door.signed_in("thu"), door.signed_in("thu"), door.signed_in("wei")
    assert is_in(there)
    here.post("/sign-out-everywhere")
    assert not is_in(here) and not is_in(there)
    assert is_in(other)


def test_signing_in_again_ends_the_session_before(door: LocalApp) -> None:
    person = door.signed_in("thu")
    before = door.with_cookies(person.cookies)
    sign_in(person)
    assert is_in(person) and not is_in(before)


def test_nothing_is_signed_out_by_a_link(door: LocalApp) -> None:
    person = door.signed_in("thu")
    assert person.get("/sign-out").status_code == 405
    assert person.get("/sign-out-everywhere").status_code == 405
    assert is_in(person)


def test_a_session_ends_when_nobody_uses_it(door: LocalApp) -> None:
    person = door.signed_in("thu")
    assert is_in(person)
    door.services.sessions.clock = FrozenClock(SystemClock().now() + timedelta(hours=13))
    assert not is_in(person)


def test_a_session_lives_on_while_it_is_used(door: LocalApp) -> None:
    person = door.signed_in("thu")
    clock = FrozenClock(SystemClock().now() + timedelta(hours=11))
    door.services.sessions.clock = clock
    assert is_in(person)
    time.sleep(3 * REFRESH_S)
    clock.advance(3600 * 11)
    assert is_in(person)


def test_another_process_can_end_a_session_within_a_second(door: LocalApp) -> None:
    person = door.signed_in("thu")
    assert is_in(person)
    in_database(door, lambda c: people.close_sessions_of(c, THU))
    assert wait_until_out(person, within_s=1.2)


def test_an_open_socket_hears_of_it_within_a_second(door: LocalApp) -> None:
    person = door.signed_in("thu")
    sessions = door.services.sessions
    visitor: Identity = door.run(sessions.identify, person.cookie_header, "")
    assert sessions.still_staff(visitor) is not None
    in_database(door, lambda c: people.close_sessions_of(c, THU))
    time.sleep(1.0)
    assert sessions.still_staff(visitor) is None


@pytest.mark.parametrize(
    "cookie", ["lobby-session=short", f"lobby-session={'x' * 43}", "a=b", ";;"]
)
def test_a_made_up_token_is_nobody(door: LocalApp, cookie: str) -> None:
    assert door.run(door.services.sessions.identify, cookie, "") == ANONYMOUS


def test_it_tells_a_script_in_a_sentence_that_nobody_is_signed_in(door: LocalApp) -> None:
    answer = door.stranger().post_json("/counter/calls")
    assert answer.status_code == 401
    assert answer.json()["sentence"]


def test_a_form_sent_by_nobody_is_not_done(door: LocalApp) -> None:
    answer = door.stranger().post("/counter/calls")
    assert answer.status_code == 401
    assert 'href="/sign-in"' in answer.text


def test_a_role_opens_its_own_screens_only(door: LocalApp) -> None:
    assert door.signed_in("thu").get("/reports").status_code == 403
    assert door.signed_in("minh").get("/reports").status_code == 200


def test_with_https_the_cookies_belong_to_this_host_alone(door: LocalApp) -> None:
    sessions = Sessions(door.services.store, Settings(public_url="https://queue.bank.example"))
    assert sessions.session_cookie.name == "__Host-lobby-session"
    assert sessions.device_cookie.name == "__Host-lobby-device"
    assert sessions.session_cookie.secure and sessions.device_cookie.secure


def test_two_people_cannot_have_one_name(door: LocalApp) -> None:
    def add(connection: Connection) -> None:
        people.add_staff(
            connection,
            branch_id="harbour",
            username="THU",
            name="Another Thu",
            role=people.Role.TELLER,
            language="vi",
            password_hash="",
            at=SystemClock().now(),
        )

    with pytest.raises(people.UsernameTakenError):
        in_database(door, add)
    count = in_database(door, lambda c: c.execute(text("select count(*) from staff")).scalar())
    assert count == len(PEOPLE)
