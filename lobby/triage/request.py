"""What the customer said, or staff know: the intent with all the answers that rules look at."""

import math
from dataclasses import dataclass
from enum import StrEnum

from lobby.triage.catalogue import Credential


class Preference(StrEnum):
    """The customer's own wish; none is `None`."""

    COUNTER = "counter"
    MACHINE = "machine"
    PHONE = "phone"


class LastAdviser(StrEnum):
    """Whether the adviser of last time is free, where there is one."""

    FREE = "free"
    BUSY = "busy"


class CallMode(StrEnum):
    """How a person likes to be called."""

    VOICE = "voice"
    DISPLAY = "display"
    FLASH = "flash"
    PAGER = "pager"
    FETCH = "fetch"


@dataclass(frozen=True, slots=True)
class AmountBand:
    """More than `above`, up to and with `up_to`; without an end where `up_to` is none."""

    above: int
    up_to: int | None


@dataclass(frozen=True, slots=True)
class Request:
    """A kiosk gives a `band`, staff may give the exact `amount`; unknown is `None`.

    `own_id`: an adult's own identity card is at hand. `documents_ready` none: nobody asked.
    `leaves_in_min`: when the customer has to go. `offered_before`: a machine was offered for this
    visit and declined. `minutes_waited` above zero: the ticket stands in line already.
    """

    service: str
    amount: int | None = None
    band: AmountBand | None = None
    sent_today: int = 0
    coins: bool = False
    notes: int | None = None
    notes_unfit: bool = False
    credential: Credential = Credential.CARD
    passbook_readable: bool = True
    help: bool = False
    preference: Preference | None = None
    premium: bool = False
    priority: str | None = None
    receiver_known: bool = True
    asked_by_phone: bool = False
    urgent_today: bool = False
    early_withdrawal: bool = False
    biometric_enrolled: bool = True
    own_id: bool = True
    adult: bool = True
    old_pin_known: bool = False
    last_adviser: LastAdviser | None = None
    returned_from_machine: bool = False
    minutes_waited: float = 0
    offered_before: bool = False
    first_time: bool = False
    large_print: bool = False
    documents_ready: bool | None = None
    leaves_in_min: float | None = None
    call_modes: frozenset[CallMode] = frozenset()

    def exceeds(self, limit: int) -> bool:
        """Whether it is more than the limit, or may be: a band counts as its upper end."""
        return self._amount_at_most() > limit

    def reaches(self, limit: int) -> bool:
        """The same, the limit itself included."""
        return self._amount_at_most() >= limit

    def _amount_at_most(self) -> float:
        if self.amount is not None:
            return self.amount
        if self.band is None:
            return 0
        return math.inf if self.band.up_to is None else self.band.up_to
