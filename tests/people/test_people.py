"""The accounts of people, at the front door: who may look after whose, and what holds at once."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from httpx2 import Response
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from lobby.queueing.commands.counter import OpenCounter
from lobby.store.devices import DeviceKind
from tests.app.app import App, LocalApp, Person
from tests.app.people import PEOPLE
from tests.app.server import serve_app, wait_until

NEW = {"username": "mai", "name": "Trần Mai", "role": "teller", "person_language": "vi"}
IDS = {name: number for number, name in enumerate(PEOPLE, start=1)}
OWN = "calm river 42"


def password_in(answer: Response) -> str:
    found = re.search(r'people-password number">([^<]+)<', answer.text)
    assert found is not None, answer.text[-600:]
    return found[1]


def account(who: str) -> str:
    return f"/people/{IDS[who]}"


def details(who: str, **changed: str) -> dict[str, str]:
    branch, role = PEOPLE[who]
    fields = {"name": who.title(), "role": role.value, "branch": branch, "person_language": "en"}
    return fields | changed


def signed_in(app: App, username: str, password: str) -> Person:
    person = app.stranger()
    assert person.post("/sign-in", username=username, password=password).status_code == 303
    return person


def with_own_password(app: App, who: str) -> Person:
    """Somebody of the cast who has been given a password and has chosen their own."""
    drawn = password_in(app.post("ada", f"{account(who)}/passwords"))
    person = signed_in(app, who, drawn)
    assert person.post("/account/first-password", password=OWN, again=OWN).status_code == 303
    return person


PAGES = {"/people": 200, "/people/new": 200, "/people/1": 200}
ACTS = {
    "/people/new": NEW,
    "/people/2": {"name": "Wei", "role": "teller", "person_language": "en"},
    "/people/2/locks": {},
    "/people/2/unlocks": {},
    "/people/2/passwords": {},
    "/people/2/removals": {},
    "/people/2/returns": {},
}
CAST = [*(name for name in PEOPLE if name != "quan"), "nobody"]
"""Of the head of the other branch there is a test of its own."""

LOOK_AFTER_PEOPLE = {"minh", "ada"}


@pytest.mark.parametrize("who", [*CAST, "kiosk"])
def test_only_heads_and_administrators_look_after_people(door: LocalApp, who: str) -> None:
    person = door.paired(DeviceKind.KIOSK) if who == "kiosk" else door.known(who)
    expected = 200 if who in LOOK_AFTER_PEOPLE else 303 if who in ("nobody", "kiosk") else 403
    assert {path: person.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, expected)
    for path, fields in ACTS.items():
        answer = person.post(path, **fields)
        if who in LOOK_AFTER_PEOPLE:
            assert answer.status_code in (200, 303), path
        else:
            assert answer.status_code == (401 if expected == 303 else 403), path


def test_a_head_knows_nothing_of_another_branch(door: LocalApp) -> None:
    assert "Wei" not in door.get("quan", "/people").text
    assert "Wei" not in door.get("quan", "/people?branch=riverside&name=wei").text
    assert door.get("quan", account("wei")).status_code == 404
    for act in ("locks", "unlocks", "passwords", "removals", "returns"):
        assert door.post("quan", f"{account('wei')}/{act}").status_code == 404
    assert door.post("quan", account("wei"), **details("wei", name="Gone")).status_code == 404
    elsewhere = door.post("quan", "/people/new", **NEW, branch="riverside")
    assert (elsewhere.status_code, "Only an administrator" in elsewhere.text) == (422, True)
    assert "Wei" in door.get("ada", "/people").text


@pytest.mark.parametrize("whom", ["minh", "ada"])
@pytest.mark.parametrize("act", ["locks", "passwords", "removals"])
def test_a_head_has_no_hand_on_heads_and_administrators(
    door: LocalApp, whom: str, act: str
) -> None:
    answer = door.post("minh", f"{account(whom)}/{act}")
    assert (answer.status_code, "Only an administrator" in answer.text) == (422, True)
    assert door.get(whom, "/").status_code == 200


@pytest.mark.parametrize("role", ["branch_head", "administrator"])
def test_a_head_makes_nobody_a_head_or_administrator(door: LocalApp, role: str) -> None:
    assert door.post("minh", "/people/new", **(NEW | {"role": role})).status_code == 422
    assert door.post("minh", account("thu"), **details("thu", role=role)).status_code == 422
    moved = door.post("minh", account("thu"), **details("thu", branch="harbour"))
    assert moved.status_code == 422
    assert ">mai<" not in door.get("ada", "/people").text


def test_somebody_new_chooses_a_password_before_all_else(door: LocalApp) -> None:
    drawn = password_in(door.post("minh", "/people/new", **NEW))
    mai = signed_in(door, "mai", drawn)
    for path in ("/", "/counter", "/floor/duty", "/account", "/people"):
        assert mai.get(path).headers["location"].startswith("/account/first-password?next="), path
    assert mai.post("/counter/openings", counter="1", services="A01").status_code == 401
    first = mai.post("/account/first-password", password=OWN, again=OWN, next="/counter")
    assert first.headers["location"] == "/counter"
    assert mai.get("/counter").status_code == 200
    assert door.stranger().post("/sign-in", username="mai", password=drawn).status_code == 401
    assert signed_in(door, "mai", OWN).get("/").status_code == 200


def test_a_drawn_password_is_shown_once_and_ends_after_three_days(
    door: LocalApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = password_in(door.post("ada", f"{account('thu')}/passwords"))
    assert drawn not in door.get("ada", account("thu")).text
    clock = door.services.sessions.clock
    later = clock.now() + timedelta(days=3, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert door.stranger().post("/sign-in", username="thu", password=drawn).status_code == 401


def test_a_form_sent_twice_adds_one_person(door: LocalApp) -> None:
    first, second = (password_in(door.post("ada", "/people/new", **NEW)) for _ in "ab")
    assert first != second
    assert door.get("ada", "/people").text.count(">mai<") == 1
    taken = door.post("ada", "/people/new", **(NEW | {"name": "Somebody Else"}))
    assert (taken.status_code, "already" in taken.text) == (422, True)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", " ", "a name of 1 to 40 letters"),
        ("name", "y" * 41, "a name of 1 to 40 letters"),
        ("name", "Mai\u202e", "a name of 1 to 40 letters"),
        ("username", "", "a user name of 1 to 40 letters"),
        ("username", "x" * 53, "a user name of 1 to 40 letters"),
        ("username", "mai tran", "a user name of 1 to 40 letters"),
        ("username", "THU", "already"),
    ],
)
def test_it_says_what_is_wrong_with_a_name_and_keeps_what_was_typed(
    door: LocalApp, field: str, typed: str, sentence: str
) -> None:
    answer = door.post("ada", "/people/new", **(NEW | {field: typed}))
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert 'value="Trần Mai"' in answer.text or field == "name"


def test_a_name_is_kept_composed_however_it_was_typed(door: LocalApp) -> None:
    typed = {"name": "Tra\u0302\u0300n  Ｍai", "username": "ＭＡＩ"}
    door.post("ada", "/people/new", **(NEW | typed))
    listed = door.get("ada", "/people").text
    assert "Trần Mai" in listed and ">mai<" in listed


def test_a_person_changes_name_role_branch_and_language(door: LocalApp) -> None:
    changed = {"name": "Thu Hà", "role": "lobby_manager", "branch": "harbour"}
    answer = door.post("ada", account("thu"), **details("thu", **changed, person_language="vi"))
    assert answer.headers["location"] == "/people/1?saved=1"
    assert "Thu Hà" in door.get("quan", "/people").text
    assert door.get("thu", "/floor").status_code == 200
    assert "Chi nhánh Cảng" in door.get("thu", "/").text
    done = door.get("ada", account("thu")).text
    assert "<del>Teller</del>" in done and "<ins>Lobby manager</ins>" in done and "Ada" in done


def test_nobody_is_moved_away_from_an_open_counter(door: LocalApp) -> None:
    door.perform(OpenCounter("1", door.id_of("thu"), ("A01",)))
    answer = door.post("ada", account("thu"), **details("thu", branch="harbour"))
    assert (answer.status_code, "at a counter or on lobby duty" in answer.text) == (422, True)
    assert door.get("thu", "/counter").status_code == 200


@pytest.mark.parametrize("act", ["locks", "removals", "passwords"])
def test_whoever_is_shut_out_can_do_nothing_more(door: LocalApp, act: str) -> None:
    thu = with_own_password(door, "thu")
    assert thu.get("/counter").status_code == 200
    door.post("minh", f"{account('thu')}/{act}")
    assert thu.post("/counter/openings", counter="1", services="A01").status_code == 401
    assert thu.get("/counter").headers["location"].startswith("/sign-in")
    again = door.stranger().post("/sign-in", username="thu", password=OWN)
    assert again.status_code == 401


def test_a_lock_closes_the_sockets_that_are_open(tmp_path: Path) -> None:
    with (
        serve_app(tmp_path) as app,
        app.listen(app.known("lan"), "/floor/alert/live") as listening,
    ):
        assert app.post("minh", f"{account('lan')}/locks").status_code == 303
        wait_until(lambda: _has_ended(listening), 5)


def _has_ended(listening: ClientConnection) -> bool:
    try:
        listening.recv(timeout=0.01)
    except TimeoutError:
        return False
    except ConnectionClosed:
        return True
    return False


def test_an_unlocked_account_goes_on_with_its_password(door: LocalApp) -> None:
    with_own_password(door, "thu")
    door.post("minh", f"{account('thu')}/locks")
    door.post("minh", f"{account('thu')}/locks")
    page = door.get("minh", account("thu")).text
    assert page.count('people-what">Locked') == 1
    door.post("minh", f"{account('thu')}/unlocks")
    assert signed_in(door, "thu", OWN).get("/").status_code == 200


def test_a_reset_opens_no_lock(door: LocalApp) -> None:
    door.post("minh", f"{account('thu')}/locks")
    drawn = password_in(door.post("minh", f"{account('thu')}/passwords"))
    assert door.stranger().post("/sign-in", username="thu", password=drawn).status_code == 401


def test_who_has_left_may_come_back_as_the_same_person(door: LocalApp) -> None:
    door.post("minh", f"{account('thu')}/removals")
    again = door.post("minh", "/people/new", **(NEW | {"username": "thu"}))
    assert (again.status_code, "worked here before" in again.text) == (422, True)
    assert "Who has left (1)" in door.get("minh", "/people").text
    drawn = password_in(door.post("minh", f"{account('thu')}/returns"))
    assert signed_in(door, "thu", drawn).get("/account/first-password").status_code == 200


@pytest.mark.parametrize("act", ["locks", "removals", "passwords"])
def test_nobody_shuts_themselves_out(door: LocalApp, act: str) -> None:
    answer = door.post("ada", f"{account('ada')}/{act}")
    assert (answer.status_code, "your own account" in answer.text) == (422, True)
    assert door.get("ada", "/").status_code == 200


def test_the_last_administrator_stays_one(door: LocalApp) -> None:
    answer = door.post("ada", account("ada"), **details("ada", role="teller"))
    assert answer.status_code == 422
    other = {"username": "eve", "name": "Eve", "role": "administrator", "person_language": "en"}
    eve = signed_in(door, "eve", password_in(door.post("ada", "/people/new", **other)))
    assert eve.post("/account/first-password", password=OWN, again=OWN).status_code == 303
    assert eve.post(f"{account('ada')}/locks").status_code == 303
    gone = eve.post("/people/9", name="Eve", role="teller", person_language="en")
    assert (gone.status_code, "your own account" in gone.text) == (422, True)
    assert eve.get("/people").status_code == 200


def test_who_did_what_and_when_stands_on_the_page(door: LocalApp) -> None:
    door.post("minh", f"{account('thu')}/locks")
    door.post("ada", f"{account('thu')}/unlocks")
    page = door.get("ada", account("thu")).text
    unlocked, locked = page.index("Unlocked"), page.index('people-what">Locked')
    assert unlocked < locked
    assert "Ada" in page[unlocked:locked] and "Minh" in page[locked:]


def test_it_finds_people_of_all_branches_by_name(door: LocalApp) -> None:
    found = door.get("ada", "/people?branch=&name=ho").text
    assert ">hoa<" in found and ">thu<" not in found
    assert "Nobody is found" in door.get("ada", "/people?branch=&name=zzz").text


def test_an_administrator_sets_up_devices_and_sees_nothing_of_the_hall(door: LocalApp) -> None:
    number = door.take()
    page = door.get("ada", "/floor/devices").text
    assert number not in page and "thumb-bar" not in page and "lobby-live" not in page
    added = door.post("ada", "/floor/devices", kind="kiosk", name="Door", device_language="vi")
    assert added.status_code == 200 and "pairing-code" in added.text
    assert door.get("ada", "/floor/kiosks/1").status_code == 200
    assert door.get("ada", "/floor").status_code == 403
