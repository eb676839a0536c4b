"""What must be true of every hall and every step, said again without the code that makes it so."""

from collections.abc import Iterable
from datetime import timedelta

from lobby.queueing import commands as do
from lobby.queueing import events as on
from lobby.queueing.calling import eligible_count
from lobby.queueing.choice import Rule
from lobby.queueing.commands import Command
from lobby.queueing.counter import Counter
from lobby.queueing.events import Event
from lobby.queueing.hall import Hall
from lobby.queueing.ticket import Ticket, TicketState
from lobby.store.projection import served_s
from lobby.store.visits import Visit

AT_A_COUNTER = {TicketState.CALLED, TicketState.SERVING}
FINAL = {TicketState.FINISHED, TicketState.CANCELLED, TicketState.LAPSED}


def eligible(hall: Hall, counter: Counter) -> list[Ticket]:
    """Everybody whom this counter may call, first come first."""
    found = [
        ticket
        for ticket in hall.tickets.values()
        if ticket.state is TicketState.WAITING and may_call(hall, counter, ticket)
    ]
    return sorted(found, key=lambda ticket: ticket.place)


def may_call(hall: Hall, counter: Counter, ticket: Ticket) -> bool:
    reserved = ticket.reserved_counter
    if reserved is not None and hall.counters[reserved].is_open:
        return reserved == counter.id
    return ticket.service in counter.services or reserved == counter.id


def check_hall(hall: Hall) -> None:
    check_counters(hall)
    check_lines(hall)
    check_numbers(hall)
    check_times(hall)
    for counter in hall.counters.values():
        assert eligible_count(hall, counter) == len(eligible(hall, counter))


def check_counters(hall: Hall) -> None:
    """A ticket is at one counter at most, a counter has one teller, a teller one counter."""
    held = {c.id: c.ticket for c in hall.counters.values() if c.ticket is not None}
    assert len(set(held.values())) == len(held)
    away = {t.counter: t.number for t in hall.tickets.values() if t.state in AT_A_COUNTER}
    assert held == away
    assert all(t.counter is None for t in hall.tickets.values() if t.state not in AT_A_COUNTER)
    tellers = [c.teller for c in hall.counters.values() if c.is_open]
    assert len(set(tellers)) == len(tellers)
    for counter in hall.counters.values():
        assert counter.ticket is None or counter.is_serving


def check_lines(hall: Hall) -> None:
    """Who waits stands in exactly one line, at the right place; nobody else stands in any."""
    for service, line in hall.lines.items():
        tickets = [hall.tickets[number] for number in line]
        assert all(t.service == service and t.state is TicketState.WAITING for t in tickets)
        assert tickets == sorted(tickets, key=lambda ticket: ticket.place)
    waiting = [t for t in hall.tickets.values() if t.state is TicketState.WAITING]
    assert hall.waiting_count() == len(waiting)
    assert len({t.place for t in waiting}) == len(waiting)
    for ticket in waiting:
        pool = [t for t in waiting if hall.pool(t.service) == hall.pool(ticket.service)]
        assert hall.people_ahead(ticket) == sum(t.place < ticket.place for t in pool)


def check_numbers(hall: Hall) -> None:
    """1, 2, 3... in each series; and who took a ticket later stands later."""
    for prefix in hall.tickets.series:
        mine = [t.number for t in hall.tickets.values() if t.number[0] == prefix]
        assert mine == [f"{prefix}{ordinal:03d}" for ordinal in range(1, len(mine) + 1)]
    straight = [t for t in hall.tickets.values() if not t.returns]
    by_issue = sorted(straight, key=lambda ticket: ticket.place.ordinal)
    assert by_issue == sorted(straight, key=lambda ticket: ticket.place)


def check_times(hall: Hall) -> None:
    for ticket in hall.tickets.values():
        assert served_s(ticket) >= 0
        assert (visit_of(ticket).wait_s or 0) >= 0
        assert (ticket.ended_at is not None) == ticket.is_ended
        lasting = [s for s in ticket.servings if s.finished_at is None]
        assert len(lasting) == (ticket.state is TicketState.SERVING)
        assert ticket.returns <= 1
    for counter in hall.counters.values():
        assert counter.sitting is None or counter.sitting.paused_s >= 0


def visit_of(ticket: Ticket) -> Visit:
    return Visit(
        number=ticket.number,
        service=ticket.asked_service,
        last_service=ticket.service,
        state=ticket.state,
        language=ticket.language,
        taken_at=ticket.taken_at,
        first_called_at=ticket.first_called_at,
        started_at=ticket.started_at,
        ended_at=ticket.ended_at,
        served_s=served_s(ticket),
        calls=ticket.calls,
        absences=ticket.absences,
        transfers=ticket.transfers,
        counter=ticket.counter,
        teller=None,
    )


def check_command(before: Hall, command: Command, events: Iterable[Event]) -> None:
    """Who is called next is the first come of all whom the counter may call."""
    for event in events:
        if isinstance(event, on.TicketCalled) and isinstance(command, do.CallNext):
            first = eligible(before, before.counters[command.counter])[0]
            assert event.number == first.number
            assert event.choice.passed == ()
            assert event.choice.waited_s >= 0
            assert (event.choice.rule is Rule.RESERVED) == (
                first.reserved_counter == command.counter
            )


def check_event(before: Hall, event: Event, after: Hall) -> None:
    assert after.version == before.version + 1
    if isinstance(event, on.DayOpened):
        check_day(before, event, after)
        return
    mine = getattr(event, "number", None)
    assert order_without(before, mine) == order_without(after, mine)
    for number, ticket in before.tickets.items():
        if number == mine:
            check_passage(ticket, event, after.tickets[number])
        else:
            assert after.tickets[number] == ticket
    if isinstance(event, on.TicketTaken):
        assert all(
            after.tickets[event.number].place > t.place
            for t in before.tickets.values()
            if t.state is TicketState.WAITING
        )
    if isinstance(event, on.CustomerReturned):
        check_return(before, event, after)


def order_without(hall: Hall, number: str | None) -> dict[str, list[str]]:
    lines = {s: [n for n in line if n != number] for s, line in hall.lines.items()}
    return {service: line for service, line in lines.items() if line}


def check_day(before: Hall, event: on.DayOpened, after: Hall) -> None:
    """A day never opens twice, and what it leaves behind is ended."""
    assert before.day is None or event.day > before.day
    assert event.day == after.plan.business_day(event.at)
    assert all(ticket.is_ended for ticket in before.tickets.values())
    assert not any(counter.is_open for counter in before.counters.values())
    assert len(after.tickets) == 0


def check_passage(before: Ticket, event: Event, after: Ticket) -> None:
    """Ends are for good, but for an undo and one return; number, place and taking stay."""
    undone = isinstance(event, on.ActUndone)
    returned = isinstance(event, on.CustomerReturned)
    if before.state in FINAL:
        assert undone and before.state is TicketState.FINISHED
    if before.state is TicketState.ABSENT and not undone:
        assert returned and before.returns == 0
    if not returned:
        assert after.place == before.place
    fixed = ("number", "day", "asked_service", "language", "channel", "secret", "taken_at")
    assert all(getattr(after, name) == getattr(before, name) for name in fixed)


def check_return(before: Hall, event: on.CustomerReturned, after: Hall) -> None:
    """Within 15 minutes; behind two others who wait for the same counters, or behind all."""
    absent, returned = before.tickets[event.number], after.tickets[event.number]
    assert absent.absent_at is not None
    assert event.at - absent.absent_at <= timedelta(minutes=15)
    pool = before.pool(absent.service)
    others = [t for t in before.waiting_tickets() if before.pool(t.service) == pool]
    ahead = sum(t.place < returned.place for t in others)
    assert ahead >= min(2, len(others))
    assert returned.place >= absent.place
