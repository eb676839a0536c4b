"""How one ticket stands, as its own customer may know it: nothing of anybody else."""

from dataclasses import dataclass
from datetime import date, datetime

from lobby.i18n.formats import clock_time
from lobby.queueing.hall import Hall
from lobby.queueing.limits import RETURN_WITHIN, RETURNS_MAX
from lobby.queueing.ticket import Ticket, TicketState


@dataclass(frozen=True, slots=True)
class Link:
    """What a customer's address leads to: one ticket of one branch on one day."""

    secret: str
    branch_id: str
    day: date
    number: str


@dataclass(frozen=True, slots=True)
class Standing:
    """`counter` is the number on the counter's sign; `back_by` the branch's clock time until
    which somebody who missed the call may come back, None where that is over."""

    number: str
    state: TicketState
    service: str = ""
    ahead: int = 0
    counter: int | None = None
    back_by: str | None = None

    @property
    def can_leave(self) -> bool:
        return self.state in (TicketState.WAITING, TicketState.CALLED, TicketState.ON_HOLD)

    @property
    def is_over(self) -> bool:
        return self.state is TicketState.LAPSED


AT_COUNTER = (TicketState.CALLED, TicketState.SERVING)


def standing_of(hall: Hall, link: Link, now: datetime) -> Standing:
    """A ticket whose day has ended has lapsed, whether or not the next day has begun."""
    ticket = hall.ticket(link.number)
    if ticket is None or ticket.secret != link.secret:
        return Standing(link.number, TicketState.LAPSED)
    if hall.plan.business_day(now) > ticket.day and ticket.state not in AT_COUNTER:
        return Standing(link.number, TicketState.LAPSED)
    return Standing(
        number=ticket.number,
        state=ticket.state,
        service=ticket.service,
        ahead=hall.people_ahead(ticket),
        counter=_counter_number(hall, ticket),
        back_by=_back_by(hall, ticket, now),
    )


def _counter_number(hall: Hall, ticket: Ticket) -> int | None:
    """None too for a counter that was taken out of the plan since."""
    known = hall.plan.counters.get(ticket.counter or "")
    return known.number if known else None


def _back_by(hall: Hall, ticket: Ticket, now: datetime) -> str | None:
    if ticket.absent_at is None or ticket.returns >= RETURNS_MAX:
        return None
    until = ticket.absent_at + RETURN_WITHIN
    return clock_time(until, hall.plan) if now <= until else None
