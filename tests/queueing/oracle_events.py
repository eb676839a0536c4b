"""What must be true of every step: which fields an event may change, and of whom."""

from datetime import timedelta

from msgspec import structs

from lobby.queueing.events.care import AdviserAsked, CareEvent, MachineOffered
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.events.ticket import (
    ActUndone,
    CustomerReturned,
    PriorityChanged,
    RestEnded,
    ServiceChanged,
    TicketCalled,
    TicketCancelled,
    TicketLapsed,
    TicketPostponed,
    TicketTaken,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket, TicketState
from tests.queueing import oracle_floor

FINAL = {
    TicketState.FINISHED,
    TicketState.LAPSED,
    TicketState.DONE_AT_MACHINE,
}

OF_WHO_RESTS = (
    *(RestEnded, TicketCancelled, TicketLapsed),
    *(ServiceChanged, PriorityChanged, AdviserAsked),
)
"""Nobody calls who is away."""


def check_event(before: Hall, event: Event, after: Hall) -> None:
    assert after.version == before.version + 1
    oracle_floor.check_floor_event(before, event, after)
    if isinstance(event, DayOpened):
        check_day(before, event, after)
        return
    mine = getattr(event, "number", None)
    assert order_without(before, mine) == order_without(after, mine)
    for number, ticket in before.tickets.items():
        if number == mine:
            check_passage(ticket, event, after.tickets[number])
        else:
            assert after.tickets[number] == bystander(ticket, event)
    if isinstance(event, TicketTaken):
        assert all(
            after.tickets[event.number].place > t.place
            for t in before.tickets.values()
            if t.state is TicketState.WAITING
        )
    if isinstance(event, CustomerReturned):
        check_return(before, event, after)
    if isinstance(event, TicketPostponed):
        check_postponement(before, event, after)


def bystander(ticket: Ticket, event: Event) -> Ticket:
    """A call changes nobody else, but for how often they were passed and who is shown as next."""
    if not isinstance(event, TicketCalled):
        return ticket
    passed = ticket.number in event.choice.passed
    is_next = ticket.is_next or ticket.number == event.next
    return structs.replace(ticket, overtakes=ticket.overtakes + passed, is_next=is_next)


def order_without(hall: Hall, number: str | None) -> dict[str, list[str]]:
    lines = {s: [n for n in line if n != number] for s, line in hall.lines.items()}
    return {service: line for service, line in lines.items() if line}


def check_day(before: Hall, event: DayOpened, after: Hall) -> None:
    """A day never opens twice, and what it leaves behind is ended."""
    assert before.day is None or event.day > before.day
    assert event.day == after.plan.business_day(event.at)
    assert all(ticket.is_ended for ticket in before.tickets.values())
    assert not any(counter.is_open for counter in before.counters.values())
    assert len(after.tickets) == 0


def check_passage(before: Ticket, event: Event, after: Ticket) -> None:
    """Ends are for good, but for an undo and one return; number, place and taking stay, also on
    the way to a machine and back and when another service is wished for."""
    undone = isinstance(event, ActUndone)
    returned = isinstance(event, CustomerReturned)
    if isinstance(event, CareEvent):
        assert (after.state, after.touched) == (before.state, before.touched)
        return
    if before.state in FINAL:
        assert undone and before.state is TicketState.FINISHED
    if before.state in (TicketState.ABSENT, TicketState.CANCELLED) and not undone:
        assert returned and before.returns == 0
    if before.state is TicketState.RESTING:
        assert isinstance(event, OF_WHO_RESTS)
    if not returned and not isinstance(event, TicketPostponed):
        assert after.place == before.place
    if isinstance(event, MachineOffered):
        assert before.diversion is None
    fixed = ("number", "day", "asked_service", "language", "channel", "secret", "taken_at")
    assert all(getattr(after, name) == getattr(before, name) for name in fixed)


def check_return(before: Hall, event: CustomerReturned, after: Hall) -> None:
    """Within 15 minutes; behind two others who wait for the same counters, or behind all."""
    absent, returned = before.tickets[event.number], after.tickets[event.number]
    gone_at = absent.absent_at if absent.state is TicketState.ABSENT else absent.ended_at
    assert gone_at is not None
    assert event.at - gone_at <= timedelta(minutes=15)
    pool = before.pool(absent.service)
    others = [t for t in before.waiting_tickets() if before.pool(t.service) == pool]
    ahead = sum(t.place < returned.place for t in others)
    assert ahead >= min(2, len(others))
    assert returned.place >= absent.place


def check_postponement(before: Hall, event: TicketPostponed, after: Hall) -> None:
    """Two who waited behind are now before, or as many as there were."""
    asked, postponed = before.tickets[event.number], after.tickets[event.number]
    pool = before.pool(asked.service)
    others = [t for t in before.waiting_tickets() if before.pool(t.service) == pool]
    behind = [t for t in others if t.place > asked.place]
    passing = [t for t in behind if t.place < postponed.place]
    assert len(passing) == min(2, len(behind))
