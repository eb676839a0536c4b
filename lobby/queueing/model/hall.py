"""The hall: one branch on one business day as the events so far have made it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from lobby.queueing.model.call_modes import USUAL_MODES, CallMode
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.duty import Duty, Handover
from lobby.queueing.model.escorts import Escort
from lobby.queueing.model.help import HelpCall
from lobby.queueing.model.machine import Machine
from lobby.queueing.model.notices import Notice
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.ticket import Place, Ticket, TicketState
from lobby.queueing.model.ticket_register import TicketRegister
from lobby.queueing.model.value import Value
from lobby.queueing.model.waiting_line import WaitingLine

NOBODY = WaitingLine()


class CallRecord(Value, frozen=True):
    """One announced call, kept so that a display can answer "was I called?"."""

    ticket: str
    counter: str
    version: int
    modes: tuple[CallMode, ...] = USUAL_MODES


class Hall(Value, frozen=True):
    """An immutable value. `version` is the number of the last event; `day` None before any,
    `previous_day` the one that was open before it; `refused_day` one that the head took back, by a
    clock that showed `refused_at` then.

    `latest_at` is the latest time of any place given: places never run backwards, not even when
    the clock does. `lines` holds the waiting numbers of each service in the order of
    their places; `calls` the last announced calls, newest first; `help_calls` those still open,
    oldest first; `duty` who is on lobby duty, by user name; `notices` and `escorts` oldest first,
    a notice also when its time is over; `given_back_escorts` the last walk of each ticket that
    somebody began and did not end; `reserved` the numbers behind which series go on, by day.
    `before_turn` is the hall just before this day turned,
    there only while that is taken back.
    """

    plan: Plan
    version: int = 0
    day: date | None = None
    previous_day: date | None = None
    refused_day: date | None = None
    refused_at: datetime | None = None
    tickets: TicketRegister = msgspec.field(default_factory=TicketRegister)
    lines: Mapping[str, WaitingLine] = msgspec.field(default_factory=dict)
    counters: Mapping[str, Counter] = msgspec.field(default_factory=dict)
    calls: tuple[CallRecord, ...] = ()
    latest_at: datetime | None = None
    machines: Mapping[str, Machine] = msgspec.field(default_factory=dict)
    help_calls: tuple[HelpCall, ...] = ()
    duty: Mapping[str, Duty] = msgspec.field(default_factory=dict)
    handover: Handover | None = None
    notices: tuple[Notice, ...] = ()
    escorts: tuple[Escort, ...] = ()
    given_back_escorts: tuple[Escort, ...] = ()
    reserved: Mapping[date, Mapping[str, int]] = {}
    before_turn: "Hall | None" = None

    @classmethod
    def empty(cls, plan: Plan, version: int = 0) -> "Hall":
        counters = {counter: Counter(counter) for counter in plan.counters}
        machines = {machine: Machine(machine) for machine in plan.machines}
        return cls(plan, version=version, counters=counters, machines=machines)

    def ticket(self, number: str) -> Ticket | None:
        return self.tickets.get(number)

    def counter_of(self, teller: str) -> Counter | None:
        """The open counter at which this teller sits."""
        return next((c for c in self.counters.values() if c.teller == teller), None)

    def ticket_at(self, counter: Counter) -> Ticket | None:
        return self.tickets[counter.ticket] if counter.ticket else None

    def waiting(self, service: str) -> WaitingLine:
        return self.lines.get(service, NOBODY)

    def waiting_tickets(self) -> Iterator[Ticket]:
        """All who wait, service by service, each in the order of places."""
        return (self.tickets[number] for line in self.lines.values() for number in line)

    def waiting_count(self) -> int:
        return sum(len(line) for line in self.lines.values())

    def waiting_in_pool(self, pool: str) -> int:
        """How many wait for the same counters as this pool's services."""
        return sum(len(line) for service, line in self.lines.items() if self.pool(service) == pool)

    def people_ahead(self, ticket: Ticket) -> int:
        """Those of the same pool with an earlier place; 0 for a ticket that does not wait."""
        return self.people_before(ticket) if ticket.state is TicketState.WAITING else 0

    def ahead_in_line(self, ticket: Ticket) -> int:
        """Those who wait for the same service with an earlier place."""
        return self.waiting(ticket.service).count_before(ticket.place, self._place_of)

    def people_before(self, ticket: Ticket) -> int:
        """The same for a ticket in whatever state: how many would be ahead if it waited now."""
        pool = self.pool(ticket.service)
        return sum(
            line.count_before(ticket.place, self._place_of)
            for service, line in self.lines.items()
            if self.pool(service) == pool
        )

    def joined(self, ticket: Ticket) -> "Hall":
        """The ticket stands in its service's line."""
        line = self.waiting(ticket.service).joined(ticket.number, ticket.place, self._place_of)
        return replace(self, lines={**self.lines, ticket.service: line})

    def left(self, ticket: Ticket) -> "Hall":
        """The ticket stands in its service's line no longer."""
        line = self.waiting(ticket.service).left(ticket.number, ticket.place, self._place_of)
        return replace(self, lines={**self.lines, ticket.service: line})

    def _place_of(self, number: str) -> Place:
        return self.tickets[number].place

    def not_before_others(self, now: datetime) -> datetime:
        """`now`, or the time of the last place given where the clock has gone back."""
        return max(now, self.latest_at) if self.latest_at else now

    def open_counters(self, service: str) -> int:
        """Counters that serve this service now."""
        return sum(c.is_serving and service in c.services for c in self.counters.values())

    def pool(self, service: str) -> str:
        """The service's pool; a service no longer in the plan is a pool of its own."""
        known = self.plan.services.get(service)
        return known.pool if known else service
