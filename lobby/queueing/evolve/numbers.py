"""The next state of the series: numbers that are passed over."""

from collections.abc import Mapping

from msgspec.structs import replace

from lobby.queueing.events.event import NumbersReserved
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket_register import TicketRegister


def reserved(hall: Hall, event: NumbersReserved) -> Hall:
    known = hall.reserved.get(event.day, {})
    up_to = {**known, **event.up_to}
    tickets = hall.tickets
    if event.day == hall.day:
        tickets = passing_over(tickets, event.up_to)
    return replace(hall, reserved={**hall.reserved, event.day: up_to}, tickets=tickets)


def passing_over(tickets: TicketRegister, up_to: Mapping[str, int]) -> TicketRegister:
    for prefix, ordinal in up_to.items():
        tickets = tickets.passing_over(prefix, ordinal)
    return tickets
