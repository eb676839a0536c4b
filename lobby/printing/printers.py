"""What any printer of slips promises: how it is, and what became of one job."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from lobby.printing.paper import Paper

USUAL_PORT = 9100
HOST_MAX = 253
NAME_OR_IPV4 = r"\w([\w-]{0,61}\w)?(\.\w([\w-]{0,61}\w)?)*"
IPV6 = r"[0-9A-Fa-f]*:[0-9A-Fa-f:.]+"
HOST = re.compile(f"{NAME_OR_IPV4}|{IPV6}", re.ASCII)


class Trouble(Enum):
    """Why a slip is not on paper. The last four are our own."""

    OUT_OF_PAPER = "out_of_paper"
    COVER_OPEN = "cover_open"
    FAULT = "fault"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    NOT_DRAWN = "not_drawn"
    NOT_NOTED = "not_noted"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class PrinterState:
    """`trouble` is None while it prints; `paper_low` comes some metres before the end."""

    trouble: Trouble | None = None
    paper_low: bool = False


class Result(Enum):
    """TAKEN: all of it was sent to a printer that answers nothing, so nobody can confirm more.
    UNKNOWN: it was sent at least in part, and a printer that answers never said it was done."""

    PRINTED = "printed"
    TAKEN = "taken"
    NOT_PRINTED = "not_printed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one job; `state` is the printer's afterwards, as far as it was heard."""

    result: Result
    state: PrinterState

    @property
    def is_on_paper(self) -> bool:
        """Whether the customer holds the number, as far as this printer can say; otherwise a
        screen has to show it."""
        return self.result in (Result.PRINTED, Result.TAKEN)


class Printer(Protocol):
    """Neither method raises on account of the printer, and both end within seconds."""

    async def state(self) -> PrinterState: ...

    async def put_out(self, job: bytes) -> Outcome: ...


class AddressError(ValueError):
    """A printer's address that no network could have."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a printer listens, the paper it holds, and whether it answers when it is asked how
    it is."""

    host: str
    port: int = USUAL_PORT
    paper: Paper = Paper.WIDE
    asks_status: bool = True


def address_in(settings: Mapping[str, Any]) -> Address | None:
    """From a kiosk device's settings: `printer` ("escpos"), `printer_host`, `printer_port`,
    `printer_paper` (80 or 58) and `printer_asks_status`. None where it has no such printer."""
    if settings.get("printer") != "escpos":
        return None
    return Address(
        _host(settings.get("printer_host")),
        _port(settings.get("printer_port", USUAL_PORT)),
        _paper(settings.get("printer_paper", Paper.WIDE.value)),
        settings.get("printer_asks_status") is not False,
    )


def is_host(text: str) -> bool:
    """Whether a network could have it: a name, or an address of IPv4 or IPv6."""
    return len(text) <= HOST_MAX and HOST.fullmatch(text) is not None


def _host(given: object) -> str:
    if isinstance(given, str) and is_host(given):
        return given
    raise AddressError(f"a printer's host is a name or an IP address, not {given!r}")


def _port(given: object) -> int:
    if type(given) is int and 0 < given < 65536:
        return given
    raise AddressError(f"a printer's port is a number up to 65535, not {given!r}")


def _paper(given: object) -> Paper:
    try:
        return Paper(given)
    except ValueError:
        raise AddressError(f"paper is 80 or 58 mm wide, not {given!r}") from None
