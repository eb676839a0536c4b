"""A ticket: one visit of one customer, from the number drawn to the end, with all its times."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from lobby.queueing.model.call_modes import USUAL_MODES, CallMode
from lobby.queueing.model.care import CareMark
from lobby.queueing.model.choice import Choice
from lobby.queueing.model.intake import NO_INTAKE, Diversion, Intake
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.rest import Rest
from lobby.queueing.model.value import Value


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    RESTING = "resting"
    ABSENT = "absent"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    AT_MACHINE = "at_machine"
    DONE_AT_MACHINE = "done_at_machine"


ENDED = frozenset(
    {
        TicketState.ABSENT,
        TicketState.FINISHED,
        TicketState.CANCELLED,
        TicketState.LAPSED,
        TicketState.DONE_AT_MACHINE,
    }
)
"""States in which nothing more happens by itself; who missed the call or left the line may still be
brought back."""


AT_COUNTER = frozenset({TicketState.CALLED, TicketState.SERVING})
"""States in which a ticket holds its counter."""


class Channel(StrEnum):
    """Where a ticket was taken."""

    KIOSK = "kiosk"
    FLOOR = "floor"


class Place(Value, frozen=True, order=True):
    """A place in time: earlier is called first; `ordinal` and `turn` settle equal times."""

    at: datetime
    ordinal: int
    turn: float = 0


class Serving(Value, frozen=True):
    """One stretch of service at one counter; `finished_at` is None while it lasts. What lasted
    `paused_s` in between does not count as service, nor does what began at `paused_at`."""

    counter: str
    teller: str
    service: str
    started_at: datetime
    finished_at: datetime | None = None
    paused_at: datetime | None = None
    paused_s: float = 0.0


class ReturnTo(Value, frozen=True):
    """Who sent the ticket elsewhere and wants it back, and for which service."""

    counter: str
    teller: str
    service: str


class Ticket(Value, frozen=True):
    """Everything known of one visit. `touched` is the version of the last event about it;
    `choice` why it was called the last time. `overtakes` counts later tickets that were called
    before it by the rule or by hand; `is_next` that it has been shown as next; `reserved_teller`
    is the person whom the customer wants to see again, or to whom `sent_by` has sent them;
    `calls_here` counts the calls since it was last called from the line; `hold_until` is what was
    agreed, nothing happens by itself then. Of the `rests` the last one lasts while the ticket is
    resting, and no other. `intake` is about the service asked for at first, `answered` about one
    that was changed to or added later. `usual_priority` is the class of a ticket whose service
    alone makes it urgent; None: its class does not come from its service."""

    number: str
    day: date
    service: str
    language: str
    channel: Channel
    secret: str
    taken_at: datetime
    place: Place
    touched: int
    asked_service: str
    state: TicketState = TicketState.WAITING
    counter: str | None = None
    reserved_counter: str | None = None
    first_called_at: datetime | None = None
    called_at: datetime | None = None
    calls: int = 0
    servings: tuple[Serving, ...] = ()
    services_done: tuple[str, ...] = ()
    note: str = ""
    hold_reason: str = ""
    absences: int = 0
    absent_at: datetime | None = None
    returns: int = 0
    transfers: int = 0
    holds: int = 0
    ended_at: datetime | None = None
    intake: Intake = NO_INTAKE
    diversion: Diversion | None = None
    postponements: int = 0
    choice: Choice | None = None
    priority: Priority = Priority.REGULAR
    booked_at: datetime | None = None
    overtakes: int = 0
    is_next: bool = False
    reserved_teller: str | None = None
    care: tuple[CareMark, ...] = ()
    call_modes: tuple[CallMode, ...] = USUAL_MODES
    pager: str = ""
    longer_grace: bool = False
    calls_here: int = 0
    hold_until: datetime | None = None
    return_to: ReturnTo | None = None
    called_automatically: bool = False
    sent_by: str | None = None
    rests: tuple[Rest, ...] = ()
    answered: Intake = NO_INTAKE
    usual_priority: Priority | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it was advised as it was, for whichever service."""
        return (*self.intake.reasons, *self.answered.reasons)

    @property
    def started_at(self) -> datetime | None:
        """The start of the first serving: here the wait that the customer felt ends."""
        return self.servings[0].started_at if self.servings else None

    @property
    def serving(self) -> Serving | None:
        """The stretch of service that lasts."""
        return self.servings[-1] if self.state is TicketState.SERVING else None

    @property
    def here_since(self) -> datetime | None:
        """When service began at the counter where it lasts, whatever was done there since."""
        begun = None
        for each in reversed(self.servings if self.serving else ()):
            if begun is not None and (each.finished_at, each.counter) != begun[:2]:
                break
            begun = (each.started_at, each.counter)
        return begun[0] if begun else None

    @property
    def waits_from(self) -> datetime:
        """From when on this counts as a wait; for a booking not before the booked time, and later
        by as long as the customer was away before the first call: a rest is no wait."""
        since = max(self.taken_at, self.booked_at) if self.booked_at else self.taken_at
        return since + self.rested(since, self.first_called_at) if self.rests else since

    def waits_until(self, now: datetime) -> datetime:
        """The first call; the end for who left uncalled; for who rests when the rest began; else
        `now`."""
        until = self.first_called_at or self.ended_at
        return until or (self.rests[-1].began_at if self.rests_until else now)

    def rested(self, since: datetime, until: datetime | None) -> timedelta:
        """How long the rests that ended lasted, of what lies after `since` and began before
        `until` (None: no bound)."""
        ended = ((r.began_at, r.ended_at) for r in self.rests if r.ended_at is not None)
        spans = (e - max(b, since) for b, e in ended if until is None or b < until)
        return sum((max(span, timedelta()) for span in spans), timedelta())

    @property
    def rests_until(self) -> datetime | None:
        """When the rest that lasts ends by itself; None for a ticket that is not resting."""
        return self.rests[-1].until if self.rests and self.rests[-1].lasts else None

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_paused(self) -> bool:
        """Being served, in a stretch that does not count as service."""
        return self.state is TicketState.SERVING and self.servings[-1].paused_at is not None
