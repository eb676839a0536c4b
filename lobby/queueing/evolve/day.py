"""The hall as the day opens: a new sheet, but for what yesterday hands on."""

from msgspec.structs import replace

from lobby.queueing.events.event import DayClosedOut, DayOpened
from lobby.queueing.evolve.numbers import passing_over
from lobby.queueing.model.hall import Hall


def opened(hall: Hall, event: DayOpened) -> Hall:
    """What is broken stays broken, and who waits for a colleague still does, without a ticket."""
    new = Hall.empty(hall.plan, hall.version)
    handed_on = {machine.id: machine for machine in event.machines if machine.id in new.machines}
    return replace(
        new,
        day=event.day,
        tickets=passing_over(new.tickets, event.reserved.get(event.day, {})),
        reserved=event.reserved,
        previous_day=event.previous_day,
        machines={**new.machines, **handed_on},
        help_calls=tuple(replace(call, ticket=None) for call in event.help_calls),
        duty={duty.staff: duty for duty in event.duty},
        handover=event.handover,
        notices=event.notices,
        escorts=tuple(replace(escort, ticket=None) for escort in event.escorts),
    )


def closed_out(hall: Hall, _event: DayClosedOut) -> Hall:
    """What it ended has events of its own; the walls have nothing more to show."""
    return replace(hall, calls=())
