"""A day of the core's tests: a hall that commands are played on, and a clock to go with it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from msgspec import structs

from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CallNext, MarkAbsent, OpenCounter, StartServing
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.event import Event
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import CounterPolicy, Plan
from lobby.queueing.model.priority import Order
from lobby.queueing.model.ticket import Ticket
from lobby.queueing.refusals.refusal import Refusal
from tests.app.people import MORNING, plan

THU, WEI, LAN = "thu", "wei", "lan"
CASH = ("A01", "A02", "A04")
ALL_SERVICES = (*CASH, "B01", "F01")
IMPATIENT = CounterPolicy(grace_s=0, calls_before_absent=1)


class Shift:
    """A hall from its first event on, with a clock that stands until it is moved; first come is
    first called unless another order is asked for, so that places can be seen by the calls. Who
    does not come at once is absent, unless the usual policy is asked for."""

    def __init__(
        self,
        branch: Plan | None = None,
        now: datetime = MORNING,
        order: Order = Order.FIRST_COME,
        policy: CounterPolicy = IMPATIENT,
    ) -> None:
        set_up = branch or plan()
        rule = replace(set_up.calling, order=order)
        self.hall = Hall.empty(replace(set_up, calling=rule, counter_policy=policy))
        self.now = now
        self.log: list[Event] = []

    def act(self, command: Command) -> tuple[Event, ...]:
        events = decide(self.hall, command, self.now)
        self.hall = fold(self.hall, events)
        self.log += events
        return events

    def refusal(self, command: Command) -> Refusal:
        """The refusal that the command meets; it leaves the hall as it was."""
        before = self.hall
        with pytest.raises(Refusal) as caught:
            self.act(command)
        assert self.hall == before
        return caught.value

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def ticket(self, number: str) -> Ticket:
        return self.hall.tickets[number]

    def take(self, service: str = "A01") -> str:
        """A customer takes a ticket, ten seconds after whatever came before."""
        self.wait(seconds=10)
        self.act(TakeTicket(service, "vi", f"secret-{self.hall.version}"))
        return next(reversed(list(self.series(service).values()))).number

    def series(self, service: str) -> Mapping[str, Ticket]:
        prefix = self.hall.plan.services[service].prefix
        return {n: t for n, t in self.hall.tickets.items() if n.startswith(prefix)}

    def open(
        self, counter: str = "1", teller: str = THU, services: tuple[str, ...] = ALL_SERVICES
    ) -> str:
        self.act(OpenCounter(counter, teller, services))
        return counter

    def call(self, counter: str = "1") -> str:
        self.act(CallNext(counter))
        return self.at(counter)

    def serve(self, counter: str = "1") -> str:
        """Call the next and begin to serve."""
        number = self.call(counter)
        self.act(StartServing(counter, number))
        return number

    def miss(self, counter: str = "1") -> str:
        """Call the next, who does not come."""
        number = self.call(counter)
        self.act(MarkAbsent(counter, number))
        return number

    def at(self, counter: str) -> str:
        number = self.hall.counters[counter].ticket
        assert number is not None
        return number

    def order(self, counter: str = "1") -> list[str]:
        """Whom this counter would call, one after the other, if all were absent."""
        shift = Shift(self.hall.plan, self.now)
        shift.hall = structs.replace(
            self.hall, plan=replace(self.hall.plan, counter_policy=IMPATIENT)
        )
        waiting = shift.hall.waiting_count()
        return [shift.miss(counter) for _ in range(waiting)]
