"""The hall as the day opens: a new sheet, but for what yesterday hands on."""

from msgspec.structs import replace

from lobby.queueing.events.event import DayOpened
from lobby.queueing.model.hall import Hall


def opened(hall: Hall, event: DayOpened) -> Hall:
    """What is broken stays broken, and who waits for a colleague still does, without a ticket."""
    new = Hall.empty(hall.plan, hall.version)
    handed_on = {machine.id: machine for machine in event.machines if machine.id in new.machines}
    return replace(
        new,
        day=event.day,
        machines={**new.machines, **handed_on},
        help_calls=tuple(replace(call, ticket=None) for call in event.help_calls),
        duty={duty.staff: duty for duty in event.duty},
        handover=event.handover,
        notices=event.notices,
        escorts=tuple(replace(escort, ticket=None) for escort in event.escorts),
    )
