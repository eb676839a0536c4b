"""A call for a colleague: from a kiosk, from a customer's phone, from a printer without paper."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HelpKind(StrEnum):
    """In the order of harm: what comes first is seen first."""

    RISK = "risk"
    HELP = "help"
    COMPLAINT = "complaint"
    LOST_ITEM = "lost_item"
    HOME_SERVICE = "home_service"
    ARRIVAL = "arrival"
    STUCK = "stuck"
    PRINTER = "printer"


@dataclass(frozen=True, slots=True)
class HelpCall:
    """`id` is the version of the event that called; `place` where to go, as staff know it."""

    id: int
    kind: HelpKind
    place: str
    ticket: str | None
    called_at: datetime
    taken_by: str | None = None
    taken_at: datetime | None = None
