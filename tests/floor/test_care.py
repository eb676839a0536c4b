"""Care in two taps, ways of being called, more time to come, and the colleague from last time."""

import pytest
from starlette.testclient import WebSocketTestSession

from lobby.queueing.commands.ticket import CancelTicket, TakeTicket
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.care import CareStep
from lobby.queueing.model.intake import Intake
from tests.app.app import LocalApp
from tests.floor.caring import read


def take_with_help(door: LocalApp) -> str:
    door.perform(TakeTicket("B01", "vi", "helped", intake=Intake(help_wanted=True)))
    return "B001"


def test_it_lists_who_asked_for_help_and_nobody_else(busy: LocalApp) -> None:
    take_with_help(busy)
    html = busy.get("lan", "/floor/care").text
    assert 'id="care-B001"' in html
    assert 'id="care-A004"' not in html


def test_it_says_so_where_nobody_needs_anything(busy: LocalApp) -> None:
    assert "Nobody here has asked for help." in read(busy, "/floor/care")


@pytest.mark.parametrize("step", CareStep)
def test_it_ticks_off_a_step_with_one_tap_once(busy: LocalApp, step: CareStep) -> None:
    for _ in "ab":
        answer = busy.post("lan", "/floor/care/A004/steps", step=step, back="list", key="once")
        assert (answer.status_code, answer.headers["location"]) == (303, "/floor/care")
    (mark,) = busy.ticket("A004").care
    assert (mark.step, mark.staff) == (step, busy.id_of("lan"))


def test_it_shows_what_was_done_when_and_by_whom(busy: LocalApp) -> None:
    take_with_help(busy)
    busy.post("lan", "/floor/care/B001/steps", step="water")
    html = busy.get("minh", "/floor/care").text
    assert 'value="water"' not in html
    assert html.count('name="step"') == len(CareStep) - 1
    assert "Water 09:00 · Lan" in read(busy, "/floor/care", "minh")


def test_it_stops_listing_who_has_gone(busy: LocalApp) -> None:
    number = take_with_help(busy)
    busy.perform(CancelTicket(number))
    assert 'id="care-B001"' not in busy.get("lan", "/floor/care").text
    assert "cancelled" in read(busy, "/floor/care/B001")


def test_it_knows_no_other_steps(busy: LocalApp) -> None:
    assert busy.post("lan", "/floor/care/A004/steps", step="coffee").status_code == 400
    assert busy.ticket("A004").care == ()


@pytest.mark.parametrize("typed", ["A004", "a4", " a 004 "])
def test_it_finds_a_ticket_as_people_type_it(busy: LocalApp, typed: str) -> None:
    answer = busy.client.get(
        "/floor/care/tickets", params={"number": typed}, headers=busy.known("lan").headers
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/floor/care/A004")


def test_it_says_where_there_is_no_such_ticket(busy: LocalApp) -> None:
    assert "There is no such ticket today." in read(busy, "/floor/care/tickets?number=Z9")


@pytest.mark.parametrize(
    ("way", "modes"),
    [
        ("usual", {CallMode.VOICE, CallMode.DISPLAY}),
        ("quiet", {CallMode.DISPLAY}),
        ("flash", {CallMode.DISPLAY, CallMode.FLASH}),
        ("fetch", {CallMode.FETCH}),
    ],
)
def test_it_calls_a_customer_as_they_need_it(
    busy: LocalApp, way: str, modes: set[CallMode]
) -> None:
    for _ in "ab":
        answer = busy.post("lan", "/floor/care/A004/calls", way=way, key="once")
        assert answer.status_code == 303
    assert set(busy.ticket("A004").call_modes) == modes
    assert f'value="{way}" aria-pressed="true"' in busy.get("lan", "/floor/care/A004").text


def test_it_lends_a_pager_to_one_customer_at_a_time(busy: LocalApp) -> None:
    busy.post("lan", "/floor/care/A004/calls", way="pager", pager="7")
    assert (busy.ticket("A004").pager, "Has pager 7" in read(busy, "/floor/care/A004")) == (
        "7",
        True,
    )
    again = busy.ask("lan", "/floor/care/F001/calls", way="pager", pager="7")
    assert (again.status_code, again.json()["refusal"]) == (409, "PagerInUse")


@pytest.mark.parametrize(
    ("fields", "status"), [({"way": "pager", "pager": " "}, 409), ({"way": "shout"}, 400)]
)
def test_it_calls_nobody_in_a_way_that_makes_no_sense(
    busy: LocalApp, fields: dict[str, str], status: int
) -> None:
    before = busy.ticket("A004").call_modes
    assert busy.ask("lan", "/floor/care/A004/calls", **fields).status_code == status
    assert busy.ticket("A004").call_modes == before


def test_it_gives_more_time_to_come_once(busy: LocalApp) -> None:
    assert "90 s instead of 45 s after a call" in read(busy, "/floor/care/A004")
    for _ in "ab":
        assert busy.post("lan", "/floor/care/A004/grace", key="once").status_code == 303
    assert busy.ticket("A004").longer_grace
    assert "Has 90 s to come after a call" in read(busy, "/floor/care/A004")


def test_it_takes_care_of_nobody_who_has_left(busy: LocalApp) -> None:
    busy.perform(CancelTicket("A004"))
    for path, fields in (("calls", {"way": "fetch"}), ("grace", {})):
        assert busy.ask("lan", f"/floor/care/A004/{path}", **fields).status_code == 409
    assert "disabled" in busy.get("lan", "/floor/care/A004").text


@pytest.mark.parametrize("page", ["care", "diversions"])
def test_it_survives_the_night_on_an_open_page(busy: LocalApp, page: str) -> None:
    path = f"/floor/{page}/A004/live?language=en"
    headers = busy.known("lan").headers
    with busy.client.websocket_connect(path, headers=headers) as socket:
        assert "A\u200a004" in regions(socket)
        busy.clock.advance(24 * 3600)
        busy.take("F01")
        shown = regions(socket)
        while "This has ended and is no longer shown." not in shown:
            assert "A\u200a004" in shown, "drawn at night, before the new day's first ticket"
            shown = regions(socket)


def regions(socket: WebSocketTestSession) -> str:
    """What the next frame that draws anything shows."""
    while (frame := socket.receive_json())["frame"] != "regions":
        pass
    return " ".join(frame["regions"].values())
