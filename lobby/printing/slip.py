"""What a customer takes away on paper: the words of one slip, whatever printer draws them."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class SlipKind(Enum):
    TICKET = "ticket"
    SELF_SERVICE = "self_service"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """All texts are in `language` already, as the branch's catalogue has them.

    `issued_at` is in the branch's own time zone. `address` is behind the QR code. A ticket says
    who is `ahead` and, where a forecast can, how long that takes (`wait`); that of somebody away
    says until when the place is `kept` instead. A
    self-service slip names the machine's place and, as large, the way back to the counter, with
    the wait that there would be. A test slip is nobody's ticket: its `number` is one of nobody, and
    what it has to show stands in `documents`.
    """

    kind: SlipKind
    language: str
    branch: str
    number: str
    service: str
    issued_at: datetime
    address: str
    ahead: str = ""
    wait: str | None = None
    kept: str | None = None
    machine: str | None = None
    back_to_counter: str | None = None
    documents: tuple[str, ...] = ()
    fee: str | None = None
    fairness: str | None = None
    complaint_phone: str | None = None
