"""A counter as it stands now: who sits there, for which services, with which ticket."""

from datetime import datetime
from enum import StrEnum

from lobby.queueing.model.ticket import Ticket
from lobby.queueing.model.value import Value


class UndoableAct(StrEnum):
    ABSENCE = "absence"
    FINISH = "finish"
    TRANSFER = "transfer"


class LastAct(Value, frozen=True):
    """The act that the teller may take back, and the ticket as it stood before."""

    act: UndoableAct
    before: Ticket
    version: int


class Break(Value, frozen=True):
    """A pause that is planned: others can count on when it begins and how long it lasts."""

    at: datetime
    minutes: int


class CounterSession(Value, frozen=True):
    """One teller's time at a counter, from opening to closing; pauses are counted in seconds.
    `paused_until` is what the teller expects, nothing happens by itself then; `unattended_since`
    where the teller is not there although the counter is open, or was not when it was closed.
    `acted_at` is when the teller last opened, paused or took up work here; `closing_pause_s` how
    long a pause lasted that only the closing ended."""

    teller: str
    services: tuple[str, ...]
    opened_at: datetime
    paused_at: datetime | None = None
    pause_reason: str = ""
    paused_s: float = 0.0
    closed_at: datetime | None = None
    paused_until: datetime | None = None
    planned_break: Break | None = None
    unattended_since: datetime | None = None
    acted_at: datetime | None = None
    closing_pause_s: float = 0.0


class Counter(Value, frozen=True):
    """`session` stays after closing, with `closed_at`, until the counter opens again."""

    id: str
    session: CounterSession | None = None
    ticket: str | None = None
    last_act: LastAct | None = None

    @property
    def is_open(self) -> bool:
        return self.session is not None and self.session.closed_at is None

    @property
    def is_paused(self) -> bool:
        return self.is_open and self.session is not None and self.session.paused_at is not None

    @property
    def is_attended(self) -> bool:
        """Open, and its teller is there or on a pause: somebody can be sent here."""
        session = self.session
        return session is not None and session.closed_at is None and not session.unattended_since

    @property
    def is_serving(self) -> bool:
        """Attended and not paused: it can be counted on by those who wait."""
        return self.is_attended and not self.is_paused

    @property
    def teller(self) -> str | None:
        return self.session.teller if self.session and self.is_open else None

    @property
    def services(self) -> tuple[str, ...]:
        return self.session.services if self.session and self.is_open else ()
