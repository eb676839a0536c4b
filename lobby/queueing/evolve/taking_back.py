"""The hall when a false turn of the day is taken back."""

from msgspec.structs import replace

from lobby.queueing.events.event import DayTakenBack
from lobby.queueing.evolve.numbers import passing_over
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.model.ticket_register import TicketRegister


def taken_back(hall: Hall, event: DayTakenBack) -> Hall:
    """The floor goes on as it is; its calls and escorts follow their tickets."""
    register = TicketRegister()
    for ticket in event.tickets:
        prefix, ordinal = ticket.number[0], int(ticket.number[1:])
        register = register.passing_over(prefix, ordinal - 1).put(ticket)
    register = passing_over(register, event.given)
    register = passing_over(register, hall.reserved.get(event.day, {}))
    names = {**event.renumbered}
    calls = (replace(call, ticket=names.get(call.ticket, call.ticket)) for call in hall.calls)
    waiting = [ticket for ticket in event.tickets if ticket.state is TicketState.WAITING]
    places = [ticket.place.at for ticket in event.tickets]
    hall = replace(
        hall,
        day=event.day,
        previous_day=event.previous_day,
        refused_day=event.false_day,
        refused_at=event.at,
        tickets=register,
        lines={},
        counters={**hall.counters, **{counter.id: counter for counter in event.counters}},
        calls=tuple(calls),
        latest_at=max(places, default=hall.latest_at),
        help_calls=tuple(
            replace(call, ticket=names.get(call.ticket or "", call.ticket))
            for call in hall.help_calls
        ),
        escorts=tuple(
            replace(escort, ticket=names.get(escort.ticket or "", escort.ticket))
            for escort in hall.escorts
        ),
    )
    for ticket in sorted(waiting, key=lambda each: each.place):
        hall = hall.joined(ticket)
    return hall
