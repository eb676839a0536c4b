"""What a customer said on the way in, and what was advised: kept with the ticket for staff."""

from datetime import datetime
from enum import StrEnum

from lobby.queueing.model.value import Value


class Intake(Value, frozen=True):
    """Answers as pairs of question and answer; never an exact amount, never a name.

    `rule` and `rule_set` say which rule of which version advised. `eligible` counts the ticket
    in the diversion rate; `exclusion` is why not. `offered` says that a machine was offered;
    `help_wanted` that a colleague is welcome. `grace_s` is how long a called customer of this class
    has to come; 0: as long as everybody.
    """

    rule: str = ""
    rule_set: str = ""
    channel: str = ""
    reasons: tuple[str, ...] = ()
    eligible: bool = False
    exclusion: str = ""
    offered: bool = False
    help_wanted: bool = False
    answers: tuple[tuple[str, str], ...] = ()
    grace_s: int = 0


NO_INTAKE = Intake()
"""Of a ticket taken without questions."""


class OfferedBy(StrEnum):
    KIOSK = "kiosk"
    STAFF = "staff"


class ConfirmedBy(StrEnum):
    """Who said that the job at the machine is done."""

    SLIP = "slip"
    CUSTOMER = "customer"
    STAFF = "staff"


class Diversion(Value, frozen=True):
    """The way of one ticket to a machine and perhaps back; accepted is not completed. `reason` is
    why it was declined, done by a colleague's word, or given up."""

    offered_by: OfferedBy
    offered_at: datetime
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    machine: str | None = None
    completed_at: datetime | None = None
    confirmed_by: ConfirmedBy | None = None
    returned_at: datetime | None = None
    went_along_at: datetime | None = None
    went_along_by: str | None = None
    reason: str = ""

    @property
    def is_under_way(self) -> bool:
        """Accepted, and neither done nor returned."""
        return self.accepted_at is not None and not (self.completed_at or self.returned_at)
