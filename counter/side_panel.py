"""The side panel of the terminal: who is on hold, who was called for help, the planned break."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter

from lobby.queueing.calling.select import is_reserved
from lobby.queueing.model import overview
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.durations import minutes_left_s, waited_s, whole_minutes_s
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.queueing.model.plan import Service
from lobby.queueing.model.ticket import Ticket
from lobby.screens.lists import LISTED_MAX
from lobby.screens.words import PAUSE_REASONS, service_named

BREAK_REMINDER = timedelta(minutes=5)
"""A teller likes to know before the next customer that a break is near."""

LUNCH, SHORT_BREAK = PAUSE_REASONS[:2]
LUNCH_FROM_MIN = 25
"""A longer break than a cup of tea."""

FROM_COUNTERS = (HelpKind.HELP, HelpKind.AUTHORISATION, HelpKind.RISK)
"""For what a teller calls a colleague."""


@dataclass(frozen=True, slots=True)
class HoldRow:
    """`left_s` is whole minutes, in seconds: rounded up while there is time, None without a
    limit, and how long it has been over (rounded down) where `is_over`."""

    number: str
    service: Service
    reason: str
    waited_s: float
    left_s: float | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class CalledColleague:
    """A call of this counter that is still open; `comes` is who goes, empty while nobody does."""

    kind: HelpKind
    number: str | None
    lasting_s: float
    is_taken: bool
    comes: str


@dataclass(frozen=True, slots=True)
class SentCustomer:
    """Somebody who waits for this person or counter alone: who sent them, empty where they asked
    for this person themselves, and the note that came along."""

    number: str
    service: Service
    sender: str
    note: str


class BreakState(StrEnum):
    PLANNED = "planned"
    SOON = "soon"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class PlannedBreak:
    at: datetime
    minutes: int
    state: BreakState

    @property
    def reason(self) -> str:
        """As a display would give it."""
        return LUNCH if self.minutes >= LUNCH_FROM_MIN else SHORT_BREAK


def hold_rows(hall: Hall, now: datetime) -> tuple[HoldRow, ...]:
    """Whose time is over comes first, then who has least left; those without a limit last."""
    tickets = sorted(
        overview.on_hold(hall),
        key=lambda t: (t.hold_until is None, t.hold_until or t.place.at, t.place),
    )
    return tuple(_hold_row(hall, ticket, now) for ticket in tickets[:LISTED_MAX])


def _hold_row(hall: Hall, ticket: Ticket, now: datetime) -> HoldRow:
    until = ticket.hold_until
    is_over = until is not None and until <= now
    return HoldRow(
        number=ticket.number,
        service=service_named(hall.plan, ticket.service),
        reason=ticket.hold_reason,
        waited_s=waited_s(ticket, now),
        left_s=_left_s(until, now) if until else None,
        is_over=is_over,
    )


def _left_s(until: datetime, now: datetime) -> float:
    """Up to the next minute while there is time, down from then on."""
    return minutes_left_s(now, until) if now < until else whole_minutes_s(until, now)


def called_colleagues(
    hall: Hall, place: str, name_of: Callable[[str], str], now: datetime
) -> tuple[CalledColleague, ...]:
    """The open calls from this place."""
    calls = (c for c in hall.help_calls if c.kind in FROM_COUNTERS and c.place == place)
    return tuple(_called_colleague(call, name_of, now) for call in calls)


def _called_colleague(
    call: HelpCall, name_of: Callable[[str], str], now: datetime
) -> CalledColleague:
    return CalledColleague(
        kind=call.kind,
        number=call.ticket,
        lasting_s=whole_minutes_s(call.called_at, now),
        is_taken=call.taken_by is not None,
        comes=name_of(call.taken_by) if call.taken_by else "",
    )


def sent_customers(
    hall: Hall, counter: Counter, name_of: Callable[[str], str]
) -> tuple[SentCustomer, ...]:
    """In the order of places, whom no other counter calls."""
    mine = (t for t in overview.reserved(hall) if is_reserved(counter, t))
    return tuple(
        SentCustomer(
            number=ticket.number,
            service=service_named(hall.plan, ticket.service),
            sender=name_of(ticket.sent_by) if ticket.sent_by else "",
            note=ticket.note if ticket.sent_by else "",
        )
        for ticket in sorted(mine, key=attrgetter("place"))
    )


def planned_break(counter: Counter, now: datetime) -> PlannedBreak | None:
    planned = counter.session.planned_break if counter.session else None
    if planned is None or counter.is_paused:
        return None
    if now >= planned.at:
        state = BreakState.DUE
    else:
        is_soon = now >= planned.at - BREAK_REMINDER
        state = BreakState.SOON if is_soon else BreakState.PLANNED
    return PlannedBreak(planned.at, planned.minutes, state)
