"""Who may look after people and their things, and who may not: every page and every act."""

import pytest

from tests.app.app import LocalApp
from tests.floor.caring import on_duty, open_risk

PAGES = (
    "/floor/care",
    "/floor/care/A004",
    "/floor/care/tickets",
    "/floor/escorts",
    "/floor/amenities",
    "/floor/risks/new",
    "/floor/scripts",
    "/floor/scripts/risk",
    "/floor/lost-items",
    "/floor/lost-items/new",
    "/floor/notices",
    "/floor/notices/preview?en=Slow&minutes=30",
    "/floor/diversions/A004",
)
ACTS = (
    "/floor/care/A004/steps",
    "/floor/care/A004/calls",
    "/floor/care/A004/grace",
    "/floor/care/A004/advisers",
    "/floor/escorts",
    "/floor/escorts/1/outcomes",
    "/floor/amenities",
    "/floor/amenities/loans",
    "/floor/amenities/loans/1/returns",
    "/floor/risks/1/answers",
    "/floor/risks/1/rooms",
    "/floor/risks/1/outcomes",
    "/floor/scripts/risk/versions",
    "/floor/scripts/risk/votes",
    "/floor/lost-items",
    "/floor/lost-items/1/reveals",
    "/floor/lost-items/1/contacts",
    "/floor/lost-items/1/attempts",
    "/floor/lost-items/1/outcomes",
    "/floor/notices",
    "/floor/notices/1/withdrawals",
    "/floor/diversions/walks",
)
UNKNOWN = (
    "/floor/care/Z999",
    "/floor/diversions/Z999",
    "/floor/scripts/weather",
    "/floor/scripts/risk?version=9",
    "/floor/lost-items/9",
)
ONLY_ACTS = tuple(sorted({*ACTS} - {*PAGES} - {"/floor/diversions/walks"}))


def statuses(door: LocalApp, person: str, paths: tuple[str, ...]) -> dict[str, int]:
    return {path: door.get(person, path).status_code for path in paths}


@pytest.mark.parametrize("person", ["lan", "minh"])
def test_it_is_open_to_who_looks_after_the_hall(busy: LocalApp, person: str) -> None:
    assert statuses(busy, person, PAGES) == dict.fromkeys(PAGES, 200)


def test_it_is_open_to_a_teller_on_lobby_duty_only(busy: LocalApp) -> None:
    assert statuses(busy, "thu", PAGES) == dict.fromkeys(PAGES, 403)
    on_duty(busy, "thu")
    assert statuses(busy, "thu", PAGES) == dict.fromkeys(PAGES, 200)


@pytest.mark.parametrize(("person", "status"), [("nobody", 303), ("display", 303), ("ada", 403)])
def test_it_is_closed_to_others(busy: LocalApp, person: str, status: int) -> None:
    assert statuses(busy, person, PAGES) == dict.fromkeys(PAGES, status)


@pytest.mark.parametrize(("person", "status"), [("nobody", 401), ("kiosk", 401), ("ada", 403)])
def test_it_takes_no_act_from_others(busy: LocalApp, person: str, status: int) -> None:
    before = busy.hall.version
    sent = {"number": "A004", "step": "water", "way": "fetch", "place": "seats"}
    for path in (*ACTS, "/floor/risks"):
        assert (path, busy.ask(person, path, **sent).status_code) == (path, status)
    assert busy.hall.version == before


def test_it_takes_no_act_from_a_teller_who_is_not_on_lobby_duty(busy: LocalApp) -> None:
    for path in ACTS:
        assert (path, busy.ask("thu", path, number="A004").status_code) == (path, 403)


def test_it_changes_nothing_when_it_is_only_looked_at(busy: LocalApp) -> None:
    assert statuses(busy, "lan", ONLY_ACTS) == dict.fromkeys(ONLY_ACTS, 405)


def test_it_knows_nothing_of_what_is_not_there(busy: LocalApp) -> None:
    assert statuses(busy, "lan", UNKNOWN) == dict.fromkeys(UNKNOWN, 404)


def test_it_takes_no_act_without_a_key(busy: LocalApp) -> None:
    on_duty(busy)
    sent = {"step": "water", "way": "fetch", "kind": "umbrella", "total": "1", "key": ""}
    for path in ("/floor/care/A004/steps", "/floor/care/A004/calls", "/floor/amenities"):
        assert busy.post("lan", path, **sent).status_code == 400
    assert busy.ticket("A004").care == ()


def test_it_shows_another_branch_nothing_of_this_one(busy: LocalApp) -> None:
    paths = ("/floor/care/A004", "/floor/diversions/A004")
    assert statuses(busy, "hoa", paths) == dict.fromkeys(paths, 404)
    card = f"/floor/risks/{open_risk(busy)}"
    assert busy.get("hoa", card).status_code == 410
    assert busy.ask("hoa", f"{card}/answers").json()["refusal"] == "HelpIsOver"


@pytest.mark.parametrize("language", ["zh", "vi", "en"])
def test_it_speaks_the_language_of_whoever_reads(busy: LocalApp, language: str) -> None:
    code = "zh-CN" if language == "zh" else language
    for path in PAGES:
        mark = "&" if "?" in path else "?"
        html = busy.get("lan", f"{path}{mark}language={language}").text
        assert f'<html lang="{code}">' in html
