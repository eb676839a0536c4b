"""The acts of the customer's own page: done once, refused in words, never half."""

import pytest

from lobby.queueing.commands.counter import CallNext, Finish, OpenCounter, StartServing
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.ticket import TicketState
from tests.app.app import LocalApp
from tests.kiosk.own_hall import (
    BACK,
    DONE,
    HELP,
    LEAVE,
    MORE_TIME,
    SERVICE,
    SLIP,
    WAITER,
    fill,
    waiter,
    wish,
)

WISHES = (LEAVE, MORE_TIME, SERVICE, HELP)
"""What somebody who waits may do."""
OUTCOMES = (DONE, BACK)
"""What somebody at a machine may do besides."""
EVERYTHING = [*((WAITER, act) for act in WISHES), *((SLIP, act) for act in OUTCOMES)]


@pytest.fixture
def hall(door: LocalApp) -> LocalApp:
    return fill(door)


def serve(door: LocalApp, number: str) -> None:
    door.perform(OpenCounter("3", "thu", ("A01", "A02")))
    door.perform(CallNext("3"))
    door.perform(StartServing("3", number))
    door.perform(Finish("3", number))


@pytest.mark.parametrize(("page", "act"), EVERYTHING)
def test_it_leads_back_to_the_page(hall: LocalApp, page: str, act: str) -> None:
    answer = wish(hall, page, act)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{page}?language=en")


@pytest.mark.parametrize(("page", "act"), EVERYTHING)
def test_it_is_done_once_however_often_it_is_sent(hall: LocalApp, page: str, act: str) -> None:
    assert wish(hall, page, act, key="tap").status_code == 303
    version = hall.riverside.hall.version
    assert wish(hall, page, act, key="tap").status_code == 303
    assert hall.riverside.hall.version == version


@pytest.mark.parametrize(("page", "act"), EVERYTHING)
def test_it_needs_the_secret(hall: LocalApp, page: str, act: str) -> None:
    version = hall.riverside.hall.version
    for secret in ("nothing", "A001", "x" * 5000):
        answer = hall.stranger().post(f"/t/{secret}/{act}?language=vi", service="A04")
        assert answer.status_code == 404
        assert "Không tìm thấy phiếu" in answer.text
    assert hall.stranger().post_json(f"/t/nothing/{act}").json()["sentence"]
    assert hall.riverside.hall.version == version


@pytest.mark.parametrize(("page", "act"), EVERYTHING)
def test_it_is_never_done_by_looking(hall: LocalApp, page: str, act: str) -> None:
    version = hall.riverside.hall.version
    assert hall.stranger().get(f"{page}/{act}").status_code == 405
    assert hall.stranger().post(page).status_code == 405
    assert hall.riverside.hall.version == version


@pytest.mark.parametrize(("page", "act"), EVERYTHING)
def test_it_is_not_done_without_a_key_or_from_another_site(
    hall: LocalApp, page: str, act: str
) -> None:
    version = hall.riverside.hall.version
    assert hall.stranger().post(f"{page}/{act}", key=None).status_code == 400
    elsewhere = hall.stranger().request(
        "POST",
        f"{page}/{act}",
        data={"key": "tap", "service": "A04"},
        headers={"Origin": "https://elsewhere.example"},
    )
    assert elsewhere.status_code == 403
    assert hall.riverside.hall.version == version


@pytest.mark.parametrize(("page", "act"), EVERYTHING)
def test_it_is_over_with_the_day(hall: LocalApp, page: str, act: str) -> None:
    hall.clock.advance(seconds=24 * 3600)
    hall.perform(TakeTicket("A01", "en", "first-of-today"))
    hall.perform(TakeTicket("A01", "en", "slip-of-today", machine="crs-2"))
    version = hall.riverside.hall.version
    answer = wish(hall, page, act)
    assert answer.status_code == 410
    assert "This day has ended" in answer.text
    told = hall.stranger().post_json(f"{page}/{act}?language=en", service="A04")
    assert (told.status_code, told.json()["state"]) == (410, "lapsed")
    assert "take a new number" in told.json()["sentence"]
    assert hall.riverside.hall.version == version, "today's numbers are somebody else's"


@pytest.mark.parametrize("act", [*WISHES, *OUTCOMES])
def test_it_is_too_late_after_the_visit(hall: LocalApp, act: str) -> None:
    serve(hall, "A001")
    version = hall.riverside.hall.version
    answer = wish(hall, WAITER, act)
    assert answer.status_code == 409
    assert "Ticket A001 is finished now. Nothing was changed." in answer.text
    assert "Thank you for your visit" in answer.text
    told = hall.stranger().post_json(f"{WAITER}/{act}", service="A04")
    assert (told.status_code, told.json()["refusal"]) == (409, "WrongState")
    assert "A001" in told.json()["sentence"]
    assert "Chưa có gì thay đổi" in told.json()["sentence"], "in the language of the ticket"
    assert hall.riverside.hall.version == version


@pytest.mark.parametrize("act", OUTCOMES)
def test_it_has_no_machine_to_come_from(hall: LocalApp, act: str) -> None:
    assert wish(hall, WAITER, act).status_code == 409
    assert waiter(hall).state is TicketState.WAITING


def test_it_tells_a_script_where_to_go_on(hall: LocalApp) -> None:
    answer = hall.stranger().post_json(f"{WAITER}/{MORE_TIME}")
    assert (answer.status_code, answer.json()) == (200, {"location": f"{WAITER}?language=vi"})
