"""Who waits and is not on the last snapshot, counted by pool and moved on with each event: so a
new ticket is told its range without counting the line."""

from collections import Counter
from collections.abc import Container

from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState


class UnseenTickets:
    """Of one hall, `version`, and all that is followed from there on. `seen` are the numbers on the
    snapshot."""

    def __init__(self, hall: Hall | None = None, seen: Container[str] = ()) -> None:
        self.version = hall.version if hall else 0
        self._seen = seen
        self._pools: dict[str, str] = {}
        self._counts: Counter[str] = Counter()
        if hall is None:
            return
        for service, line in hall.lines.items():
            new = [number for number in line if number not in seen]
            pool = hall.pool(service)
            self._pools.update(dict.fromkeys(new, pool))
            self._counts[pool] += len(new)

    @property
    def numbers(self) -> list[str]:
        return list(self._pools)

    def in_pool(self, pool: str) -> int:
        return self._counts[pool]

    def follow(self, event: Event, after: Hall) -> None:
        """Events in order, each with the hall after it."""
        self.version = after.version
        if isinstance(event, DayOpened):
            self._pools.clear()
            self._counts.clear()
            return
        number = getattr(event, "number", None)
        if number is None or number in self._seen:
            return
        before = self._pools.pop(number, None)
        if before is not None:
            self._counts[before] -= 1
        ticket = after.tickets.get(number)
        if ticket is not None and ticket.state is TicketState.WAITING:
            pool = self._pools[number] = after.pool(ticket.service)
            self._counts[pool] += 1
