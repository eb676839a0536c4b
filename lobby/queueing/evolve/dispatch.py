"""The fold: a hall and the next event make the next hall. The only path from history to state.

One table finds what an event does; each module of this folder holds its part of it.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from lobby.queueing.events.event import (
    ClockCorrected,
    DayClosedOut,
    DayOpened,
    DayTakenBack,
    Event,
    NumbersReserved,
)
from lobby.queueing.events.ticket import (
    ActUndone,
    CustomerReturned,
    TicketCalled,
    TicketCalledAgain,
    TicketTaken,
)
from lobby.queueing.evolve import (
    care,
    correction,
    counter,
    day,
    floor,
    numbers,
    taking_back,
    ticket_in_hall,
)
from lobby.queueing.evolve.evolver import HallEvolvers
from lobby.queueing.model.hall import Hall

EVOLVERS: HallEvolvers = {
    DayOpened: day.opened,
    NumbersReserved: numbers.reserved,
    ClockCorrected: correction.corrected,
    DayClosedOut: day.closed_out,
    DayTakenBack: taking_back.taken_back,
    TicketTaken: ticket_in_hall.taken,
    ActUndone: ticket_in_hall.undone,
    **dict.fromkeys(ticket_in_hall.TICKETS, ticket_in_hall.moved),
    **dict.fromkeys(care.CARE, ticket_in_hall.cared_for),
    TicketCalled: ticket_in_hall.called,
    TicketCalledAgain: ticket_in_hall.called_again,
    CustomerReturned: ticket_in_hall.returned,
    **dict.fromkeys(counter.EVOLVERS, ticket_in_hall.counter_changed),
    **floor.EVOLVERS,
}


def fold(hall: Hall, events: Iterable[Event]) -> Hall:
    for event in events:
        hall = evolve(hall, event)
    return hall


def evolve(hall: Hall, event: Event) -> Hall:
    """Total over events that `decide` gave for this hall; each moves the version by one."""
    return EVOLVERS[type(event)](replace(hall, version=hall.version + 1), event)
