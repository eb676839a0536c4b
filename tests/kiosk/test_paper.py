"""The kiosk's own printer: a slip after the ticket, and a person and a large number without one."""

from collections.abc import Iterator
from time import monotonic, sleep
from typing import Any

import pytest
from httpx2 import Response

from lobby.queueing.model.help import HelpKind
from lobby.store.devices import DeviceKind
from tests.app.ports import free_port
from tests.app.server import ServedApp
from tests.printing.fake_printer import FakePrinter

PATIENCE_S = 15
KEEP = "The slip did not print. Please take a photo of your number or remember it."


class Kiosk:
    """A paired kiosk with a printer somewhere, used over plain HTTP."""

    def __init__(self, branch: ServedApp, **settings: Any) -> None:
        self._person = branch.paired(DeviceKind.KIOSK, printer="escpos", **settings)

    def take(self, key: str) -> str:
        fields = {"key": key, "service": "A01", "amount": "more", "choice": "counter"}
        answer = self._send("POST", "/kiosk/tickets", fields)
        assert answer.status_code == 303
        return answer.headers["location"]

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
