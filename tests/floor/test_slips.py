"""Slips from the tablet: printed again at a chosen kiosk, and the tickets that have none."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest
from sqlalchemy import Connection

from kiosk import reprint
from lobby.queueing.commands.counter import OpenCounter
from lobby.store.devices import DeviceKind
from lobby.store.slips import SlipKey, copies_of
from tests.app.app import Person
from tests.app.ports import free_port
from tests.app.server import ServedApp, serve_app
from tests.printing.fake_printer import FakePrinter

PATIENCE_S = 15
SHEET, SLIPS = "/floor/waiting/A001", "/kiosk/tickets/A001/slips"


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[ServedApp]:
    """A001 was issued on the tablet: no kiosk has printed anything for it."""
    with serve_app(tmp_path) as app:
        app.perform(OpenCounter("1", app.id_of("thu"), ("A01",)))
        app.signed_in("lan").post("/floor/tickets", service="A01", customer_language="zh")
        yield app


@pytest.fixture
def printer(branch: ServedApp) -> Iterator[FakePrinter]:
    """Beside kiosk 1; kiosk 2 has none."""
    fake = FakePrinter(free_port())
    branch.running.do(fake.switch_on)
    port = fake.address.port
    branch.paired(DeviceKind.KIOSK, printer="escpos", printer_host="127.0.0.1", printer_port=port)
    branch.paired(DeviceKind.KIOSK)
    yield fake
    branch.running.do(fake.switch_off)


@pytest.fixture
def lan(branch: ServedApp) -> Person:
    return branch.signed_in("lan")


def settled(lan: Person) -> str:
    """The sheet as it reads when the printer has answered."""
    until = monotonic() + PATIENCE_S
    while "The slip is being printed" in (page := lan.get(SHEET).text) and monotonic() < until:
        sleep(0.1)
    return page


def test_it_lists_the_tickets_that_have_no_slip(lan: Person, printer: FakePrinter) -> None:
    assert 'href="/floor/slips"' in lan.get("/floor/waiting").text
    page = lan.get("/floor/slips").text
    assert 'href="/floor/waiting/A001"' in page
    assert "No slip" in page
    lan.post(SLIPS, device="1")
    assert "The slip has been printed" in settled(lan)
    assert "Everybody who waits has a slip." in lan.get("/floor/slips").text


def test_it_prints_a_slip_again_for_each_time_it_is_asked(
    lan: Person, printer: FakePrinter
) -> None:
    assert "Print slip" in lan.get(SHEET).text
    for key, count in (("first", 1), ("first", 1), ("second", 2)):
        answer = lan.post(SLIPS, device="1", key=key)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{SHEET}?slip=asked")
        assert "The slip has been printed" in settled(lan)
        assert len(printer.slips) == count


def test_it_says_when_the_slip_did_not_print(lan: Person, printer: FakePrinter) -> None:
    printer.paper_rows = 0
    lan.post(SLIPS, device="1")
    assert "The slip was not printed" in settled(lan)
    assert "The slip was not printed" in lan.get("/floor/slips").text


@pytest.mark.parametrize(("device", "status"), [("2", 409), ("99", 404), ("", 404), ("x", 404)])
def test_it_says_where_no_slip_can_be_printed(
    lan: Person, printer: FakePrinter, device: str, status: int
) -> None:
    answer = lan.post(SLIPS, device=device)
    assert answer.status_code == status
    assert "This kiosk has no printer on the network. Nothing was printed." in answer.text
    assert printer.slips == []
    assert "No slip" in lan.get(SHEET).text


def test_without_a_printer_it_offers_none(branch: ServedApp, lan: Person) -> None:
    branch.paired(DeviceKind.KIOSK)
    assert "Print slip" not in lan.get(SHEET).text
    assert "so no slip can be sent from here" in lan.get("/floor/slips").text


def test_it_is_not_for_tellers(branch: ServedApp, printer: FakePrinter) -> None:
    assert branch.signed_in("thu").post(SLIPS, device="1").status_code != 303 or not printer.slips
    assert printer.slips == []


def test_two_who_ask_at_the_same_moment_get_one(
    lan: Person, printer: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first has seen that a slip is wanted and counts the copies only once the second's is
    kept, or has waited for it long enough."""
    counts, other_is_kept = Event(), Event()

    def late_count(connection: Connection, key: SlipKey) -> int:
        if not counts.is_set():
            counts.set()
            other_is_kept.wait(1)
        return copies_of(connection, key)

    monkeypatch.setattr(reprint, "copies_of", late_count)
    with ThreadPoolExecutor() as people:
        first = people.submit(lan.post, SLIPS, device="1")
        assert counts.wait(PATIENCE_S)
        second = people.submit(lan.post, SLIPS, device="1")
        second.add_done_callback(lambda _: other_is_kept.set())
        assert {first.result().status_code, second.result().status_code} == {303}
    assert "The slip has been printed" in settled(lan)
    assert len(printer.slips) == 1
