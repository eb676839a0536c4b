"""What must be true of every hall and every call, said again without the code that makes it so."""

from collections.abc import Sequence
from datetime import timedelta

from lobby.queueing.calling.score import effective_priority
from lobby.queueing.calling.select import eligible_count
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CallNext
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import TicketCalled
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.choice import Rule
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.intake import OfferedBy
from lobby.queueing.model.priority import STRICT_ORDER, Order
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.store.projection import served_s
from lobby.store.visits import Visit
from tests.queueing import oracle_floor

AT_A_COUNTER = {TicketState.CALLED, TicketState.SERVING}


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
    sitting = {c.teller for c in hall.counters.values() if c.is_open}
    if reserved != counter.id and ticket.reserved_teller in sitting:
        return counter.teller == ticket.reserved_teller
    return ticket.service in counter.services or reserved == counter.id


def check_hall(hall: Hall) -> None:
    check_counters(hall)
    check_lines(hall)
    check_numbers(hall)
    check_times(hall)
    check_diversions(hall)
    oracle_floor.check_floor(hall)
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
    straight = [t for t in hall.tickets.values() if not t.returns and not t.postponements]
    by_issue = sorted(straight, key=lambda ticket: ticket.place.ordinal)
    assert by_issue == sorted(straight, key=lambda ticket: ticket.place)


def check_times(hall: Hall) -> None:
    for ticket in hall.tickets.values():
        assert served_s(ticket) >= 0
        assert (visit_of(ticket).wait_s or 0) >= 0
        assert (ticket.ended_at is not None) == ticket.is_ended
        lasting = [s for s in ticket.servings if s.finished_at is None]
        assert len(lasting) == (ticket.state is TicketState.SERVING)
        assert all(
            s.paused_s >= 0 and (s.paused_at is None or s in lasting) for s in ticket.servings
        )
        assert ticket.returns <= 1
        assert ticket.postponements <= 1
    for counter in hall.counters.values():
        assert counter.session is None or counter.session.paused_s >= 0


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


def check_command(before: Hall, command: Command, events: Sequence[Event]) -> None:
    """A call by the rule passes exactly those who were there first, never one too often, and
    never somebody who was shown as next."""
    check_auto_call(before, events)
    for event in events:
        if isinstance(event, TicketCalled) and isinstance(command, CallNext):
            waiting = eligible(before, before.counters[command.counter])
            called = before.tickets[event.number]
            earlier = [ticket for ticket in waiting if ticket.place < called.place]
            assert called in waiting
            assert event.choice.passed == tuple(
                t.number for t in before.waiting_tickets() if t in earlier
            )
            assert event.choice.waited_s >= 0
            teller = before.counters[command.counter].teller
            is_reserved = called.reserved_counter == command.counter
            assert (event.choice.rule is Rule.RESERVED) == (
                is_reserved or called.reserved_teller == teller
            )
            check_order(before, called, waiting, earlier)


def check_auto_call(before: Hall, events: Sequence[Event]) -> None:
    """By themselves call, behind all else: one counter that was idle, and each that let its
    customer go while others waited for it, unless it is about to have its break."""
    auto = [event for event in events if isinstance(event, TicketCalled) and event.auto]
    if not before.plan.counter_policy.auto_call:
        assert auto == []
        return
    assert auto == list(events[len(events) - len(auto) :])
    was_idle = [event for event in auto if before.counters[event.counter].ticket is None]
    assert all(before.counters[event.counter].is_serving for event in was_idle)
    assert len(was_idle) <= 1
    after = fold(before, events)
    for counter in after.counters.values():
        held = before.counters[counter.id].ticket if counter.id in before.counters else None
        if held is None or counter.ticket or not counter.is_serving or _has_break(counter, events):
            continue
        waiting = [ticket.number for ticket in eligible(after, counter)]
        assert waiting == [] or held in waiting


def _has_break(counter: Counter, events: Sequence[Event]) -> bool:
    planned = counter.session.planned_break if counter.session else None
    return planned is not None and planned.at <= events[-1].at + timedelta(minutes=5)


def check_order(before: Hall, called: Ticket, waiting: list[Ticket], earlier: list[Ticket]) -> None:
    rule = before.plan.calling
    match rule.order:
        case Order.FIRST_COME:
            assert earlier == []
        case Order.STRICT:
            assert all(rank(before, called) <= rank(before, other) for other in waiting)
        case Order.RULE_A:
            assert all(ticket.overtakes < rule.overtakes_max for ticket in earlier)
            assert not any(ticket.is_next for ticket in earlier)


def rank(hall: Hall, ticket: Ticket) -> int:
    return STRICT_ORDER.index(effective_priority(hall, ticket))


def check_diversions(hall: Hall) -> None:
    """Accepted is at the machine until done or returned, but for who left or outlasted the day;
    a slip is what was taken up at the kiosk."""
    for ticket in hall.tickets.values():
        diversion = ticket.diversion
        if diversion is None:
            assert ticket.state not in {TicketState.AT_MACHINE, TicketState.DONE_AT_MACHINE}
            assert ticket.number[0] != "S"
            continue
        is_accepted = diversion.accepted_at is not None
        is_done, is_back = diversion.completed_at is not None, diversion.returned_at is not None
        assert is_done + is_back <= is_accepted
        assert not (is_accepted and diversion.declined_at)
        assert is_done == (diversion.confirmed_by is not None)
        assert is_done == (ticket.state is TicketState.DONE_AT_MACHINE)
        if ticket.state is TicketState.AT_MACHINE:
            assert is_accepted and not is_done and not is_back
        if is_accepted and not is_done and not is_back:
            left = {TicketState.AT_MACHINE, TicketState.CANCELLED, TicketState.LAPSED}
            assert ticket.state in left
        if ticket.number[0] == "S":
            assert diversion.offered_by is OfferedBy.KIOSK and is_accepted
