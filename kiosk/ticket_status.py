"""How one ticket stands, as its own customer may know it: nothing of anybody else."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.machines import works
from lobby.i18n.formats import clock_time
from lobby.queueing.commands.ticket import CancelTicket, ChangeService, Postpone, Rest
from lobby.queueing.decide.allowed import is_allowed
from lobby.queueing.model import overview
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpKind
from lobby.queueing.model.limits import (
    POSTPONE_BEHIND,
    POSTPONEMENTS_MAX,
    RETURNS_MAX,
)
from lobby.queueing.model.rest import RestReason
from lobby.queueing.model.returning import back_by, may_come_back
from lobby.queueing.model.ticket import AT_COUNTER, Ticket, TicketState
from lobby.waits.announced import NO_ANNOUNCEMENT, Announced, Wait, wait_for_ticket


@dataclass(frozen=True, slots=True)
class SlipLink:
    """What a customer's address leads to: one ticket of one branch on one day."""

    secret: str
    branch_id: str
    day: date
    number: str


class Help(StrEnum):
    """Whether somebody comes; who it is stays among the staff."""

    NONE = "none"
    CALLED = "called"
    ON_THE_WAY = "on_the_way"


@dataclass(frozen=True, slots=True)
class TicketStatus:
    """`counter` is what stands on the counter's sign, a number where it is one; `back_by` the
    branch's clock time until which somebody who missed the call may come back, None where that is
    over. `wait` is None for a ticket that does not wait; `behind` counts no further than more time
    reaches. `machine` is where a self-service slip leads; `has_returned` says that it led back.
    `kept_until` is the clock time until which the place of somebody away is kept, and
    `before_then` how many would be before them now; `has_rested` that this is over.
    `may_change_mind`: who leaves may come back."""

    number: str
    state: TicketState
    service: str = ""
    ahead: int = 0
    counter: int | str | None = None
    back_by: str | None = None
    kept_until: str | None = None
    before_then: int = 0
    has_rested: bool = False
    may_rest: bool = False
    may_change_mind: bool = False
    wait: Wait | None = None
    behind: int = 0
    has_postponed: bool = False
    machine: str | None = None
    machine_works: bool = True
    has_returned: bool = False
    help: Help = Help.NONE

    @property
    def can_leave(self) -> bool:
        return is_allowed(CancelTicket, self.state)

    @property
    def can_postpone(self) -> bool:
        return is_allowed(Postpone, self.state) and not self.has_postponed

    @property
    def can_come_back(self) -> bool:
        """Who left the line by mistake, and says so."""
        return self.state is TicketState.CANCELLED and self.back_by is not None

    @property
    def can_change_service(self) -> bool:
        return is_allowed(ChangeService, self.state)

    @property
    def can_prepare(self) -> bool:
        """Whether there is still time to look for papers: what it is about may change as long."""
        return self.can_change_service

    @property
    def can_call_colleague(self) -> bool:
        is_missed = self.state is TicketState.ABSENT and self.back_by is not None
        return self.can_leave or is_missed

    @property
    def is_over(self) -> bool:
        return self.state is TicketState.LAPSED


def ticket_status(
    hall: Hall, link: SlipLink, now: datetime, announced: Announced = NO_ANNOUNCEMENT
) -> TicketStatus:
    """A ticket whose day has ended has lapsed, whether or not the next day has begun."""
    ticket = hall.ticket(link.number)
    if ticket is None or ticket.secret != link.secret:
        return TicketStatus(link.number, TicketState.LAPSED)
    if hall.plan.business_day(now) > ticket.day and ticket.state not in AT_COUNTER:
        return TicketStatus(link.number, TicketState.LAPSED)
    waits = ticket.state is TicketState.WAITING
    wait = wait_for_ticket(hall, ticket, announced) if waits else None
    diversion = ticket.diversion
    machine = _machine(ticket)
    return TicketStatus(
        number=ticket.number,
        state=ticket.state,
        service=ticket.service,
        ahead=wait.ahead if wait else 0,
        counter=_counter_on_sign(hall, ticket),
        back_by=_back_by(hall, ticket, now),
        kept_until=_kept_until(hall, ticket),
        before_then=hall.people_before(ticket) if ticket.rests_until else 0,
        has_rested=bool(ticket.rests),
        may_rest=_may_rest(ticket),
        may_change_mind=ticket.returns < RETURNS_MAX,
        wait=wait,
        behind=_behind(hall, ticket, wait.ahead) if wait else 0,
        has_postponed=ticket.postponements >= POSTPONEMENTS_MAX,
        machine=machine,
        machine_works=machine is None or works(hall, machine),
        has_returned=diversion is not None and diversion.returned_at is not None,
        help=_help(hall, ticket),
    )


def _counter_on_sign(hall: Hall, ticket: Ticket) -> int | str | None:
    """None too for a counter that was taken out of the plan since."""
    known = hall.plan.counters.get(ticket.counter or "")
    if known is None:
        return None
    return int(known.label) if known.label.isdecimal() else known.label


def _back_by(hall: Hall, ticket: Ticket, now: datetime) -> str | None:
    until = back_by(ticket)
    may_return = until is not None and may_come_back(ticket, now)
    return clock_time(until, hall.plan) if until is not None and may_return else None


def _kept_until(hall: Hall, ticket: Ticket) -> str | None:
    until = ticket.rests_until
    return clock_time(until, hall.plan) if until is not None else None


def _may_rest(ticket: Ticket) -> bool:
    """To come back later is possible once."""
    has_been_away = any(rest.reason is RestReason.LATER for rest in ticket.rests)
    return is_allowed(Rest, ticket.state) and not has_been_away


def _behind(hall: Hall, ticket: Ticket, ahead: int) -> int:
    others = overview.waiting_by_pool(hall)[hall.pool(ticket.service)] - 1
    return min(POSTPONE_BEHIND, others - ahead)


def _machine(ticket: Ticket) -> str | None:
    is_there = ticket.state is TicketState.AT_MACHINE
    return ticket.diversion.machine if is_there and ticket.diversion else None


def _help(hall: Hall, ticket: Ticket) -> Help:
    """A call of another kind, such as one about a risk, is never told here."""
    calls = [c for c in hall.help_calls if c.ticket == ticket.number and c.kind is HelpKind.HELP]
    if not calls:
        return Help.NONE
    return Help.ON_THE_WAY if any(call.taken_by for call in calls) else Help.CALLED
