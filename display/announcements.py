"""Which calls a display shows: the last ones of the branch, or of the counters that it faces."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lobby.queueing.hall import Hall
from lobby.queueing.plan import Plan
from lobby.web.hall_words import counter_label


@dataclass(frozen=True, slots=True)
class ShownCall:
    """All that a hall may read of a call. `id` is that of its announcement over the socket."""

    id: str
    ticket: str
    counter: str


@dataclass(frozen=True, slots=True)
class Zone:
    """The counters whose calls a display shows, by their ids; empty for all of them."""

    counters: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Mapping[str, Any], plan: Plan) -> "Zone":
        """A device set to counters that the branch does not have shows all: better too much
        than a wall that stays dark."""
        wanted = settings.get("counters")
        listed = wanted if isinstance(wanted, list | tuple) else ()
        chosen = {str(counter) for counter in listed}
        return cls(tuple(counter for counter in plan.counters if counter in chosen))

    @property
    def key(self) -> str:
        return ",".join(self.counters) or "all"

    def holds(self, counter: str) -> bool:
        return not self.counters or counter in self.counters

    def numbers(self, plan: Plan) -> str:
        """The numbers on the signs of its counters, as the page's script compares them."""
        return " ".join(str(plan.counters[counter].number) for counter in self.counters)


def shown_calls(hall: Hall, zone: Zone) -> tuple[ShownCall, ...]:
    """Newest first."""
    plan = hall.plan
    return tuple(
        ShownCall(f"{plan.id}-{call.version}", call.ticket, counter_label(plan, call.counter))
        for call in hall.calls
        if zone.holds(call.counter)
    )
