"""Who waits and is not on the last snapshot, counted by service and moved on with each event: so a
new ticket is told its range without counting the line."""

from collections import Counter
from collections.abc import Container

from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import TicketState


class UnseenTickets:
    """Of one hall, `version`, and all that is followed from there on. `seen` are the numbers on the
    snapshot; `counts` how many there are of each service."""

    def __init__(self, hall: Hall | None = None, seen: Container[str] = ()) -> None:
        self.version = hall.version if hall else 0
        self.counts: Counter[str] = Counter()
        self._seen = seen
        self._services: dict[str, str] = {}
        for service, line in hall.lines.items() if hall else ():
            new = [number for number in line if number not in seen]
            self._services.update(dict.fromkeys(new, service))
            self.counts[service] += len(new)

    @property
    def numbers(self) -> list[str]:
        return list(self._services)

    def follow(self, event: Event, after: Hall) -> None:
        """Events in order, each with the hall after it."""
        self.version = after.version
        if isinstance(event, DayOpened):
            self._services.clear()
            self.counts.clear()
            return
        number = getattr(event, "number", None)
        if number is None or number in self._seen:
            return
        before = self._services.pop(number, None)
        if before is not None:
            self.counts[before] -= 1
        ticket = after.tickets.get(number)
        if ticket is not None and ticket.state is TicketState.WAITING:
            self._services[number] = ticket.service
            self.counts[ticket.service] += 1
