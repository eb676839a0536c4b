"""Which calls a display shows: the last ones of the branch, or of the part that it faces."""

from dataclasses import dataclass

from lobby.live.announcements import call_id
from lobby.live.changes import Announcement
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.hall import CallRecord, Hall
from lobby.queueing.model.plan import Plan
from lobby.screens.display_settings import DisplaySettings
from lobby.screens.words import counter_label

LARGE_MODES = frozenset({CallMode.DISPLAY, CallMode.FLASH})
"""Who is called in one of these ways stands large on the display; all others only in the list."""


@dataclass(frozen=True, slots=True)
class ShownCall:
    """All that a hall may read of a call. `id` is that of its announcement over the socket."""

    id: str
    ticket: str
    counter: str
    is_loud: bool = True


@dataclass(frozen=True, slots=True)
class Zone:
    """The counters (by their ids) and services whose calls a display shows; empty for all."""

    counters: tuple[str, ...] = ()
    services: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: DisplaySettings, plan: Plan) -> "Zone":
        """A device set to what the branch does not have shows all: better too much than a screen
        that stays dark."""
        return cls(
            tuple(counter for counter in plan.counters if counter in settings.counters),
            tuple(service for service in plan.services if service in settings.services),
        )

    def shows(self, service: str) -> bool:
        return not self.services or service in self.services

    def holds(self, counter: str, service: str) -> bool:
        display = not self.counters or counter in self.counters
        return display and (not service or self.shows(service))


def shown_calls(hall: Hall, zone: Zone) -> tuple[ShownCall, ...]:
    """Newest first."""
    plan = hall.plan
    return tuple(
        ShownCall(
            call_id(plan, call.version),
            call.ticket,
            counter_label(plan, call.counter),
            is_loud=not LARGE_MODES.isdisjoint(call.modes),
        )
        for call in hall.calls
        if zone.holds(call.counter, service_of(hall, call))
    )


def service_of(hall: Hall, call: CallRecord) -> str:
    """Empty where nobody knows the ticket any more; it then concerns every zone."""
    ticket = hall.ticket(call.ticket)
    return ticket.service if ticket else ""


def counter_id_of(plan: Plan, announced: Announcement) -> str:
    """Announcements name a counter as its sign does."""
    for counter in plan.counters.values():
        if counter.label == announced.counter:
            return counter.id
    return announced.counter
