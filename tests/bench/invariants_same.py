"""Whether the hall shows what the model knows: of each act its tickets, now and then all."""

from collections.abc import Sequence
from typing import Any

from lobby.machines import MachineState
from lobby.queueing.events.event import Event
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket
from tests.bench.invariants_model import Desk, House, Visit, broken


def check_near(house: House, hall: Hall, events: Sequence[Event]) -> None:
    """The tickets that these events are about, those that they passed, and their counters."""
    for event in events:
        number = getattr(event, "number", None)
        if number is not None:
            check_ticket(house.visits[number], hall.tickets.get(number))
            choice = getattr(event, "choice", None)
            if choice is not None:
                for passed in choice.passed:
                    check_ticket(house.visits[passed], hall.tickets.get(passed))
        counter = getattr(event, "counter", None)
        if counter is not None:
            check_counter(house.desks[counter], hall.counters[counter])


def check_whole(house: House, hall: Hall) -> None:
    """All tickets, each once; who waits stands in one line, in order; all counters; the floor."""
    if (hall.day, hall.previous_day) != (house.day, house.previous_day):
        broken("day", hall.day, "after", hall.previous_day, "and not", house.day)
    tickets = list(hall.tickets.values_in_order())
    if len(tickets) != len(house.visits):
        broken("fold", len(tickets), "tickets and not", len(house.visits))
    for ticket in tickets:
        check_ticket(house.visits.get(ticket.number), ticket)
    for key, desk in house.desks.items():
        check_counter(desk, hall.counters[key])
    held = [desk.ticket for desk in house.desks.values() if desk.ticket]
    if len(set(held)) != len(held):
        broken("two counters", "somebody is at two counters:", held)
    _check_lines(house, hall)
    for prefix, highest in house.given.items():
        if hall.tickets.count(prefix) != highest:
            broken("numbers", prefix, "has come to", hall.tickets.count(prefix), "not", highest)
    _check_floor(house, hall)


def _check_lines(house: House, hall: Hall) -> None:
    lines: dict[str, list[str]] = {}
    for visit in sorted(house.waiting(), key=lambda visit: visit.place):
        lines.setdefault(visit.service, []).append(visit.number)
    shown = {service: list(line) for service, line in hall.lines.items() if len(line)}
    if shown != lines:
        broken("fold", "the lines are", shown, "and not", lines)


def _check_floor(house: House, hall: Hall) -> None:
    down = {m.id for m in hall.machines.values() if m.state is MachineState.DOWN}
    shown = (
        down,
        [call.id for call in hall.help_calls],
        [escort.id for escort in hall.escorts],
        hall.duty.keys() - house.on_duty,
    )
    if shown != (house.down, house.help_calls, house.escorts, set()):
        broken("fold", "the floor is", shown)


def check_ticket(visit: Visit | None, ticket: Ticket | None) -> None:
    if visit is None or ticket is None or _known(visit) != _shown(ticket):
        words = visit and _known(visit), "and the hall shows", ticket and _shown(ticket)
        broken("fold", *words)


def check_counter(desk: Desk, counter: Counter) -> None:
    shown: tuple[Any, ...] = (counter.is_open, counter.is_attended, counter.is_paused)
    shown += (counter.teller, counter.services, counter.ticket)
    known: tuple[Any, ...] = (desk.is_open, desk.is_attended, desk.is_paused)
    known += (desk.teller, desk.services, desk.ticket)
    last = counter.last_act and (counter.last_act.before.number, counter.last_act.version)
    known_last = desk.last and (desk.last[0].number, desk.last[1])
    if shown != known or last != known_last:
        broken("fold", "counter", desk.id, shown, last, "and not", known, known_last)


def _known(visit: Visit) -> tuple[Any, ...]:
    return (
        visit.number,
        visit.day,
        visit.service,
        visit.asked,
        visit.state,
        visit.place,
        visit.touched,
        visit.passed,
        visit.is_next,
        visit.counter,
        visit.reserved_counter,
        visit.reserved_teller,
        visit.taken_at,
        visit.first_called_at,
        visit.called_at,
        visit.ended_at,
        visit.calls_here,
        visit.returns,
        visit.postponements,
        visit.priority,
        visit.longer_grace,
        visit.rests,
        visit.secret,
    )


def _shown(ticket: Ticket) -> tuple[Any, ...]:
    place = ticket.place
    return (
        ticket.number,
        ticket.day,
        ticket.service,
        ticket.asked_service,
        ticket.state,
        (place.at, place.ordinal, place.turn),
        ticket.touched,
        ticket.overtakes,
        ticket.is_next,
        ticket.counter,
        ticket.reserved_counter,
        ticket.reserved_teller,
        ticket.taken_at,
        ticket.first_called_at,
        ticket.called_at,
        ticket.ended_at,
        ticket.calls_here,
        ticket.returns,
        ticket.postponements,
        ticket.priority,
        ticket.longer_grace,
        tuple((rest.began_at, rest.until, rest.ended_at) for rest in ticket.rests),
        ticket.secret,
    )
