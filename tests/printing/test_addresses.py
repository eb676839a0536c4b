"""Where a kiosk's printer is, as its settings say."""

import pytest

from lobby.printing.paper import Paper
from lobby.printing.printers import Address, AddressError, address_in

ESCPOS = {"printer": "escpos", "printer_host": "192.168.1.40"}


def test_it_finds_a_printer_on_the_usual_port() -> None:
    assert address_in(ESCPOS) == Address("192.168.1.40", 9100, Paper.WIDE)


@pytest.mark.parametrize("host", ["printer-2", "slips.branch.example", "fd00::12", "::1", "a"])
def test_it_takes_names_and_addresses(host: str) -> None:
    named = {**ESCPOS, "printer_host": host, "printer_port": 9101, "printer_paper": 58}
    assert address_in(named) == Address(host, 9101, Paper.NARROW)


@pytest.mark.parametrize("settings", [{}, {"printer": "browser"}, {"printer_host": "printer-2"}])
def test_it_finds_none_where_none_is(settings: dict[str, object]) -> None:
    assert address_in(settings) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"printer_host": None},
        {"printer_host": ""},
        {"printer_host": "two words"},
        {"printer_host": "a..b"},
        {"printer_host": "x" * 64},
        {"printer_host": "http://printer"},
        {"printer_host": "printer\n"},
        {"printer_port": 0},
        {"printer_port": 65536},
        {"printer_port": "9100"},
        {"printer_port": True},
        {"printer_paper": 72},
        {"printer_paper": None},
    ],
)
def test_it_refuses_what_no_network_could_have(wrong: dict[str, object]) -> None:
    with pytest.raises(AddressError):
        address_in({**ESCPOS, **wrong})
