"""A kiosk set up from the lobby: its printer, its paper, its screen, and a slip that tests it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from lobby.screens.kiosk_settings import KioskSettings, PrinterKind, kiosk_settings
from lobby.store.devices import DeviceKind
from lobby.web.devices import list_devices
from tests.app.app import LocalApp, Person, open_app
from tests.app.ports import free_port
from tests.app.server import ServedApp, serve_app
from tests.printing.fake_printer import FakePrinter, Habit

PATH = "/floor/kiosks/1"
USUAL: dict[str, Any] = {
    "name": "By the door",
    "device_language": "vi",
    "printer": "none",
    "paper": "80",
    "host": "",
    "port": "9100",
    "asks_status": "yes",
    "mm_per_px": "",
}
NETWORK = {"printer": "escpos", "host": "192.168.1.40"}


@pytest.fixture
def door(tmp_path: Path) -> Iterator[LocalApp]:
    """Without the devices of the other tests of the tablet."""
    with open_app(tmp_path) as app:
        yield app


@pytest.fixture
def kiosk(door: LocalApp) -> Person:
    return door.paired(DeviceKind.KIOSK)


@pytest.fixture
def lan(door: LocalApp, kiosk: Person) -> Person:
    """The lobby manager, in a branch with one kiosk."""
    return door.signed_in("lan")


def save(person: Person, **changes: Any) -> Response:
    return person.post(PATH, **(USUAL | changes))


def kept(door: LocalApp, device_id: int = 1) -> Any:
    entries = door.run(list_devices, door.services.sessions, "riverside")
    return next(entry.device for entry in entries if entry.device.id == device_id)


def test_the_list_of_devices_leads_to_it(lan: Person) -> None:
    assert f'href="{PATH}"' in lan.get("/floor/devices").text
    assert 'value="kiosk 1"' in lan.get(PATH).text


def test_it_keeps_what_was_set(door: LocalApp, lan: Person) -> None:
    changes = {"paper": "58", "port": "９１０１", "asks_status": "no", "mm_per_px": "0,25"}
    changes["prints_unasked"] = "no"
    answer = save(lan, **NETWORK, **changes)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PATH}?saved=yes")
    device = kept(door)
    settings = kiosk_settings(device.settings)
    assert (device.name, device.language) == ("By the door", "vi")
    assert (settings.printer, settings.host, settings.port) == (
        *(PrinterKind.NETWORK, "192.168.1.40"),
        9101,
    )
    assert (settings.paper.value, settings.asks_status, settings.mm_per_px) == (58, False, 0.25)
    assert not settings.prints_unasked
    page = lan.get(f"{PATH}?saved=yes").text
    assert "Saved." in page
    assert 'value="0.25"' in page


def test_what_nobody_can_mean_counts_as_not_set() -> None:
    odd = {"printer": "fax", "printer_port": 0, "printer_paper": 72, "mm_per_px": "wide"}
    assert kiosk_settings(odd) == KioskSettings()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "give the kiosk a name"),
        ({"name": "By the window"}, "By the window is in the list already"),
        ({"printer": "escpos"}, "Please enter the printer"),
        ({"host": "two words"}, "is a name or an IP address"),
        ({"host": "http://printer"}, "is a name or an IP address"),
        ({"port": "0"}, "a number from 1 to 65535"),
        ({"port": "70000"}, "a number from 1 to 65535"),
        ({"port": "nine"}, "a number from 1 to 65535"),
        ({"mm_per_px": "2"}, "a number from 0.05 to 1"),
        ({"mm_per_px": "nan"}, "a number from 0.05 to 1"),
    ],
)
def test_it_says_in_a_sentence_what_cannot_be_meant(
    door: LocalApp, lan: Person, changes: dict[str, str], sentence: str
) -> None:
    lan.post("/floor/devices", kind="kiosk", name="By the window", device_language="en")
    answer = save(lan, **({"paper": "58", "device_language": "zh"} | changes))
    assert answer.status_code == 422
    assert sentence in answer.text
    typed = USUAL | {"paper": "58", "device_language": "zh"} | changes
    for chosen in ("paper", "device_language", "printer", "asks_status"):
        assert f'name="{chosen}" value="{typed[chosen]}" checked' in answer.text
    for written in ("name", "host", "port", "mm_per_px"):
        assert f'value="{typed[written]}"' in answer.text
    assert kept(door).name == "kiosk 1"


@pytest.mark.parametrize(("person", "status"), [("minh", 200), ("thu", 403), ("hoa", 404)])
def test_it_is_open_to_who_looks_after_the_hall_of_this_branch(
    door: LocalApp, lan: Person, person: str, status: int
) -> None:
    visitor = door.signed_in(person)
    assert visitor.get(PATH).status_code == status
    assert save(visitor).status_code == (303 if status == 200 else status)
    assert (kept(door).name == "By the door") is (status == 200)


def test_it_is_no_form_for_a_display(door: LocalApp, lan: Person) -> None:
    door.paired(DeviceKind.DISPLAY)
    assert lan.get("/floor/kiosks/2").status_code == 404


@pytest.mark.parametrize(
    ("printer", "sentence"),
    [("none", "No printer is chosen"), ("browser", "prints with its own browser")],
)
def test_it_says_why_no_test_slip_comes_from_here(lan: Person, printer: str, sentence: str) -> None:
    answer = save(lan, printer=printer, then="test")
    assert sentence in lan.get(answer.headers["location"]).text


class Office:
    """The lobby manager of a branch on a real port, with a kiosk and a printer beside it."""

    def __init__(self, branch: ServedApp, printer: FakePrinter) -> None:
        branch.paired(DeviceKind.KIOSK)
        self._lan = branch.signed_in("lan")
        self._port = str(printer.address.port)

    def test_slip(self, **changes: Any) -> str:
        fields = USUAL | {"printer": "escpos", "host": "127.0.0.1", "port": self._port}
        answer = self._lan.post(PATH, **(fields | changes), then="test")
        assert answer.status_code == 303
        return self._lan.get(answer.headers["location"]).text


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[ServedApp]:
    with serve_app(tmp_path) as app:
        yield app


@pytest.fixture
def printer(branch: ServedApp) -> Iterator[FakePrinter]:
    fake = FakePrinter(free_port())
    branch.running.do(fake.switch_on)
    yield fake
    branch.running.do(fake.switch_off)


@pytest.fixture
def office(branch: ServedApp, printer: FakePrinter) -> Office:
    return Office(branch, printer)


def test_it_prints_a_test_slip_as_wide_as_the_paper(office: Office, printer: FakePrinter) -> None:
    assert "The test slip has been printed." in office.test_slip()
    assert "The test slip has been printed." in office.test_slip(paper="58")
    assert [slip.width for slip in printer.slips] == [576, 384]


def test_it_says_what_became_of_the_test_slip(office: Office, printer: FakePrinter) -> None:
    printer.paper_rows = 0
    assert "the printer is out of paper" in office.test_slip()
    printer.refill()
    printer.cover_open = True
    assert "cover is open" in office.test_slip(paper="58")
    printer.cover_open = False
    assert "no answer from this address" in office.test_slip(port=str(free_port()))
    assert printer.slips == []


def test_a_printer_that_reports_nothing_prints_when_it_is_not_asked(
    office: Office, printer: FakePrinter
) -> None:
    printer.habit = Habit.SILENT
    assert "no answer from this address" in office.test_slip()
    assert "does not report back" in office.test_slip(asks_status="no")
    assert len(printer.slips) == 1
