"""Who has been passed how often and who was shown as next, kept beside the core and without it."""

from collections import Counter as Tally

from lobby.machines import MachineState
from lobby.queueing.events.care import AdviserAsked, MachineAccepted
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.events.ticket import (
    ServiceChanged,
    TicketCalled,
    TicketCancelled,
    TicketHeld,
    TicketLapsed,
    TicketPostponed,
    TicketTransferred,
)
from lobby.queueing.model.choice import Rule
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import CallingRule, Order, Priority
from lobby.queueing.model.ticket import Ticket, TicketState


class Ledger:
    """Fed with each event and the hall before it; raises `AssertionError` where a call breaks
    what customers are promised."""

    def __init__(self) -> None:
        self.by_rule: Tally[str] = Tally()
        self.by_hand: Tally[str] = Tally()
        self.shown: set[str] = set()
        self.full = 0
        """How many calls were due to somebody who could be passed no more."""

        self.stopped = 0
        """How many of them at a counter of premium's own pool, where premium customers waited."""

    def note(self, before: Hall, event: Event) -> None:
        if isinstance(event, DayOpened):
            self.__init__()  # type: ignore[misc]
        elif isinstance(event, TicketCalled):
            self._called(before, event)
        elif isinstance(event, MOVES):
            self.shown.discard(event.number)

    def passed(self, number: str) -> int:
        return self.by_rule[number] + self.by_hand[number]

    def _called(self, before: Hall, event: TicketCalled) -> None:
        counter, called = before.counters[event.counter], before.tickets[event.number]
        found = reachable(before, counter)
        passed = [ticket for ticket in found if ticket.place < called.place]
        assert {ticket.number for ticket in passed} == set(event.choice.passed)
        is_by_hand = event.choice.rule is Rule.CHOSEN
        if before.plan.calling.order is Order.RULE_A and not is_by_hand:
            self._check(before, counter, called, passed)
        (self.by_hand if is_by_hand else self.by_rule).update(each.number for each in passed)
        self.full += event.choice.rule is Rule.BUDGET
        if event.choice.rule is Rule.BUDGET and before.plan.counters[event.counter].premium:
            others = (ticket for ticket in found if ticket.number != event.number)
            self.stopped += any(is_premium(before, ticket) for ticket in others)
        self.shown.discard(event.number)
        if event.next is not None:
            self.shown.add(event.next)

    def _check(self, hall: Hall, counter: Counter, called: Ticket, passed: list[Ticket]) -> None:
        rule, found = hall.plan.calling, reachable(hall, counter)
        for ticket in passed:
            assert self.passed(ticket.number) < rule.overtakes_max
            assert not (rule.keeps_next and ticket.number in self.shown)
        is_due = self.passed(called.number) >= rule.overtakes_max
        was_shown = rule.keeps_next and called.number in self.shown
        if hall.plan.counters[counter.id].premium:
            assert (
                is_premium(hall, called)
                or is_due
                or was_shown
                or not any(
                    is_premium(hall, ticket) and self._may_be_called(ticket, found, rule)
                    for ticket in found
                )
            )
        elif is_premium(hall, called) and not (is_due or was_shown):
            assert not any(
                ticket.priority is Priority.ASSISTANCE and self._may_be_called(ticket, found, rule)
                for ticket in found
            )

    def _may_be_called(self, ticket: Ticket, found: list[Ticket], rule: CallingRule) -> bool:
        """Without passing somebody who may be passed no more: that bound comes first."""
        return not any(
            other.place < ticket.place and self.passed(other.number) >= rule.overtakes_max
            for other in found
        )


MOVES = (
    TicketPostponed
    | ServiceChanged
    | AdviserAsked
    | TicketHeld
    | TicketTransferred
    | TicketCancelled
    | TicketLapsed
    | MachineAccepted
)
"""Who moves away by their own wish, or is sent away, is no longer the one who was shown."""


def reachable(hall: Hall, counter: Counter) -> list[Ticket]:
    """Everybody whom this counter may call, also at a counter of premium's own pool: whom it
    passes is passed."""
    waiting = [ticket for ticket in hall.tickets.values() if ticket.state is TicketState.WAITING]
    return [ticket for ticket in waiting if _reaches(hall, counter, ticket)]


def _reaches(hall: Hall, counter: Counter, ticket: Ticket) -> bool:
    """Who was sent to a counter or a teller is theirs for as long as somebody is there."""
    if ticket.reserved_counter == counter.id:
        return True
    if ticket.reserved_counter is not None and hall.counters[ticket.reserved_counter].is_open:
        return False
    tellers = {each.teller for each in hall.counters.values() if each.is_open}
    if ticket.reserved_teller in tellers:
        return ticket.reserved_teller == counter.teller
    return ticket.service in counter.services


def is_premium(hall: Hall, ticket: Ticket) -> bool:
    """Premium passes nobody with too few counters at work or too many machines down."""
    rule = hall.plan.calling
    at_work = sum(counter.is_serving for counter in hall.counters.values())
    down = [machine.state is MachineState.DOWN for machine in hall.machines.values()]
    too_many_down = any(down) and sum(down) >= rule.premium_off_machines_down * len(down)
    enough = at_work >= rule.premium_needs_counters and not too_many_down
    return ticket.priority is Priority.PREMIUM and enough
