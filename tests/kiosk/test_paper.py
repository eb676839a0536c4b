"""The kiosk's own printer: a slip after the ticket, and a person and a large number without one."""

from collections.abc import Iterator
from datetime import timedelta
from time import monotonic, sleep
from typing import Any

import pytest
from httpx2 import Response

from kiosk.slips_after_start import take_up
from lobby.queueing.commands.ticket import CancelTicket
from lobby.queueing.model.help import HelpKind
from lobby.store.devices import DeviceKind
from lobby.store.kinds import SlipState
from lobby.store.slips import slips_to_remember
from tests.app.ports import free_port
from tests.app.server import ServedApp
from tests.printing.fake_printer import FakePrinter

PATIENCE_S = 15
KEEP = "The slip did not print. Please take a photo of your number or remember it."


class Kiosk:
    """A paired kiosk with a printer somewhere, used over plain HTTP."""

    def __init__(self, branch: ServedApp, **settings: Any) -> None:
        wishes = {"printer": "escpos", **settings}
        self._person = branch.paired(DeviceKind.KIOSK, **wishes)

    def take(self, key: str) -> str:
        fields = {"key": key, "service": "A01", "amount": "more", "choice": "counter"}
        answer = self._send("POST", "/kiosk/tickets", fields)
        assert answer.status_code == 303
        return answer.headers["location"]

    def ask(self, path: str) -> None:
        assert self._send("POST", f"{path}/slips", {"key": "asked"}).status_code == 303

    def page(self, path: str) -> str:
        return self._send("GET", path).text

    def _send(self, method: str, path: str, fields: dict[str, str] | None = None) -> Response:
        return self._person.request(method, path, data=fields)


@pytest.fixture
def printer(advised: ServedApp) -> Iterator[FakePrinter]:
    fake = FakePrinter(free_port())
    advised.running.do(fake.switch_on)
    yield fake
    advised.running.do(fake.switch_off)


def settled(kiosk: Kiosk, path: str) -> str:
    """The page as it reads when the printer has answered."""
    until = monotonic() + PATIENCE_S
    while "Your slip is being printed." in (page := kiosk.page(path)) and monotonic() < until:
        sleep(0.1)
    return page


def calls_of(branch: ServedApp) -> list[HelpKind]:
    return [call.kind for call in branch.riverside.hall.help_calls]


def test_it_prints_one_slip_for_one_ticket(advised: ServedApp, printer: FakePrinter) -> None:
    kiosk = Kiosk(advised, printer_host="127.0.0.1", printer_port=printer.address.port)
    path = kiosk.take("tap")
    assert kiosk.take("tap") == path
    page = settled(kiosk, path)
    assert KEEP not in page
    assert 'content="10; url=/kiosk"' in page
    assert len(printer.slips) == 1
    assert calls_of(advised) == []


def test_it_shows_the_number_and_calls_somebody_once_when_nothing_prints(
    advised: ServedApp,
) -> None:
    kiosk = Kiosk(advised, printer_host="127.0.0.1", printer_port=free_port())
    for key in ("first", "second"):
        page = settled(kiosk, kiosk.take(key))
        assert KEEP in page
        assert 'content="30; url=/kiosk"' in page, "time to take a photo"
    assert calls_of(advised) == [HelpKind.PRINTER]


def test_it_never_loses_a_ticket_to_a_printer_without_an_address(advised: ServedApp) -> None:
    kiosk = Kiosk(advised)
    assert KEEP in settled(kiosk, kiosk.take("tap"))
    until = monotonic() + PATIENCE_S
    while not calls_of(advised) and monotonic() < until:
        sleep(0.05)
    assert calls_of(advised) == [HelpKind.PRINTER]


@pytest.mark.parametrize("left", [SlipState.PENDING, SlipState.SENT])
def test_a_start_prints_no_slip_of_a_ticket_that_is_over(
    advised: ServedApp, printer: FakePrinter, left: SlipState
) -> None:
    kiosk = Kiosk(advised, printer_host="127.0.0.1", printer_port=printer.address.port)
    path = kiosk.take("tap")
    settled(kiosk, path)
    number, slips = path.rpartition("/")[2], advised.services.slips
    ticket = advised.riverside.hall.tickets[number]
    printed = slips.newest(("riverside", ticket.day, number))
    assert printed is not None
    advised.perform(CancelTicket(number))
    advised.running.do(lambda: slips.note(printed, left))
    advised.running.do(lambda: take_up(advised.services))
    now = slips.newest(printed.key)
    assert now is not None
    assert now.state in (SlipState.NOT_PRINTED, SlipState.UNKNOWN)
    assert len(printer.slips) == 1
    assert calls_of(advised) == []


def test_it_keeps_no_slip_where_there_is_no_printer(advised: ServedApp) -> None:
    """What is kept beside a ticket costs every ticket."""
    kiosk = Kiosk(advised, printer="browser")
    number = kiosk.take("tap").rpartition("/")[2]
    ticket = advised.riverside.hall.tickets[number]
    assert advised.services.slips.newest(("riverside", ticket.day, number)) is None
    since = advised.clock.now() - timedelta(days=1)
    assert advised.services.store.read_now(lambda c: slips_to_remember(c, since)) == []


def test_old_slips_are_forgotten(advised: ServedApp, printer: FakePrinter) -> None:
    kiosk = Kiosk(advised, printer_host="127.0.0.1", printer_port=printer.address.port)
    settled(kiosk, kiosk.take("tap"))
    since = advised.clock.now() - timedelta(days=1)

    def kept() -> int:
        return len(advised.services.store.read_now(lambda c: slips_to_remember(c, since)))

    assert kept() == 1
    advised.clock.advance(timedelta(days=3).total_seconds())
    advised.running.do(advised.services.days.forget_old_acts)
    assert kept() == 0


def test_it_prints_only_when_asked_where_that_is_set(
    advised: ServedApp, printer: FakePrinter
) -> None:
    address = {"printer_host": "127.0.0.1", "printer_port": printer.address.port}
    kiosk = Kiosk(advised, prints_unasked=False, **address)
    path = kiosk.take("tap")
    page = kiosk.page(path)
    assert "Print slip" in page
    assert KEEP not in page
    assert printer.slips == []
    kiosk.ask(path)
    assert "Print slip" not in settled(kiosk, path)
    assert len(printer.slips) == 1
    assert calls_of(advised) == []
