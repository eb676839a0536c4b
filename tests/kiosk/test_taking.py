"""Taking a ticket over HTTP: as a form and as JSON, once and again, and what is refused."""

import sqlite3
from typing import Any

import pytest

from lobby.queueing.model.ticket import Channel
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp

TAKE = "/kiosk/tickets"


def test_it_gives_a_ticket_and_shows_it(door: LocalApp) -> None:
    answer = door.paired(DeviceKind.KIOSK).post(TAKE, service="A01", language="en")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/kiosk/tickets/A001"
    ticket = door.riverside.hall.tickets["A001"]
    assert (ticket.service, ticket.language, ticket.channel) == ("A01", "en", Channel.KIOSK)
    assert len(ticket.secret) >= 16


def test_it_keeps_language_and_size_on_the_way(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    answer = kiosk.post(f"{TAKE}?language=vi&size=large", service="A01", language="vi")
    assert answer.headers["location"] == "/kiosk/tickets/A001?language=vi&size=large"
    assert door.riverside.hall.tickets["A001"].language == "vi"


def test_it_tells_a_program_all_it_needs(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    kiosk.post_json(TAKE, service="A02", language="en")
    answer = kiosk.post_json(TAKE, service="A01", language="vi")
    assert answer.status_code == 201
    secret = door.riverside.hall.tickets["A002"].secret
    assert answer.json() == {
        "number": "A002",
        "secret": secret,
        "url": f"http://testserver/t/{secret}",
        "ahead": 1,
        "version": door.riverside.hall.version,
        "location": "/kiosk/tickets/A002?language=vi",
    }


def test_it_gives_one_ticket_however_often_the_same_is_sent(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    first = kiosk.post_json(TAKE, key="tap", service="A01", language="en")
    kiosk.post_json(TAKE, service="A01", language="en")
    again = kiosk.post_json(TAKE, key="tap", service="A01", language="en")
    assert (again.status_code, again.content) == (201, first.content)
    form = kiosk.post(TAKE, key="tap", service="A01", language="en")
    assert form.headers["location"] == "/kiosk/tickets/A001"
    assert len(door.riverside.hall.tickets) == 2


@pytest.mark.parametrize("other", [{"service": "A02"}, {"language": "vi"}])
def test_it_refuses_the_same_key_for_another_ticket(door: LocalApp, other: dict[str, str]) -> None:
    kiosk = door.paired(DeviceKind.KIOSK)
    wanted = {"service": "A01", "language": "en"}
    kiosk.post(TAKE, key="tap", **wanted)
    page = kiosk.post(TAKE, key="tap", **{**wanted, **other})
    answer = kiosk.post_json(TAKE, key="tap", **{**wanted, **other})
    assert (page.status_code, answer.status_code) == (422, 422)
    assert answer.json()["sentence"]
    assert len(door.riverside.hall.tickets) == 1


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"service": "Z99"}, 409, "This service is not offered here. Please choose another one."),
        ({}, 409, "This service is not offered here. Please choose another one."),
        (
            {"service": "A01", "key": None},
            400,
            "We did not get your whole choice. Please choose again.",
        ),
    ],
)
def test_it_says_what_is_missing_and_leads_back(
    door: LocalApp, fields: dict[str, Any], status: int, sentence: str
) -> None:
    kiosk = door.paired(DeviceKind.KIOSK, language="vi")
    page = kiosk.post(f"{TAKE}?language=en&size=large", **fields)
    assert page.status_code == status
    assert sentence in page.text
    assert 'href="/kiosk?language=en&amp;size=large"' in page.text
    answer = kiosk.post_json(f"{TAKE}?language=en", **fields)
    assert (answer.status_code, answer.json()["sentence"]) == (status, sentence)
    assert len(door.riverside.hall.tickets) == 0


def test_it_names_the_refusal_to_a_program(door: LocalApp) -> None:
    answer = door.paired(DeviceKind.KIOSK).post_json(TAKE, service="Z99", language="zh")
    assert answer.json()["refusal"] == "UnknownService"
    assert answer.json()["sentence"].startswith("本网点不办理此业务")


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"service": {"deep": 1}}', b"\xff\xfe"])
def test_it_refuses_what_cannot_be_read(door: LocalApp, body: bytes) -> None:
    answer = door.paired(DeviceKind.KIOSK).request(
        "POST",
        TAKE,
        content=body,
        headers={"Content-Type": "application/json", "Accept": "application/json"},
    )
    assert answer.status_code == 400
    assert answer.json()["sentence"]


def test_it_speaks_its_own_language_where_the_one_asked_for_is_unknown(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK, language="vi")
    strange = '"><script>'
    answer = kiosk.post(TAKE, service="A01", language=strange)
    assert answer.headers["location"] == "/kiosk/tickets/A001"
    assert door.riverside.hall.tickets["A001"].language == "vi"


def test_it_shows_a_strange_service_nowhere(door: LocalApp) -> None:
    page = door.paired(DeviceKind.KIOSK).post(TAKE, service="<script src=//x>", language="en")
    assert page.status_code == 409
    assert "<script src=//x>" not in page.text


def test_it_says_so_when_a_series_has_no_number_left(
    door: LocalApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lobby.queueing.decide.ticket.SERIES_MAX", 1)
    kiosk = door.paired(DeviceKind.KIOSK)
    kiosk.post(TAKE, service="A01", language="en")
    page = kiosk.post(TAKE, service="A02", language="en")
    assert page.status_code == 409
    assert "All numbers for this service are given out today. Please ask a colleague." in page.text


def test_it_says_so_when_nothing_can_be_written_down(door: LocalApp) -> None:
    kiosk = door.paired(DeviceKind.KIOSK, language="vi")
    with sqlite3.connect(str(door.services.settings.database)) as database:
        database.execute("ALTER TABLE acts RENAME TO lost")
    page = kiosk.post(TAKE, service="A01", language="vi")
    assert page.status_code == 503
    assert "Tạm thời chưa cấp được số. Vui lòng lấy số giấy hoặc hỏi nhân viên." in page.text
    assert 'href="/kiosk"' in page.text
    answer = kiosk.post_json(f"{TAKE}?language=en", service="A01", language="en")
    assert answer.status_code == 503
    assert answer.json()["sentence"].startswith("No number can be given for a moment.")
    database.close()


def test_it_gives_nothing_to_others(door: LocalApp) -> None:
    for person in (door.stranger(), door.signed_in("thu"), door.paired(DeviceKind.DISPLAY)):
        assert person.post(TAKE, service="A01", language="en").status_code == 401
        assert person.post_json(TAKE, service="A01", language="en").status_code == 401
    assert len(door.riverside.hall.tickets) == 0


def test_it_gives_tickets_of_its_own_branch_only(door: LocalApp) -> None:
    door.paired(DeviceKind.KIOSK, branch_id="harbour").post(TAKE, service="A01", language="en")
    assert len(door.harbour.hall.tickets) == 1
    assert len(door.riverside.hall.tickets) == 0


def test_it_lets_a_lobby_manager_take_one_in_their_own_name(door: LocalApp) -> None:
    answer = door.signed_in("lan").post_json(TAKE, service="A01", language="en")
    assert answer.status_code == 201
    with sqlite3.connect(str(door.services.settings.database)) as database:
        actors = database.execute("SELECT actor_kind FROM events WHERE kind = 'TicketTaken'")
        assert actors.fetchall() == [("staff",)]
    database.close()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_it_takes_a_ticket_in_one_way_only(door: LocalApp, method: str) -> None:
    assert door.paired(DeviceKind.KIOSK).request(method, TAKE).status_code == 405
