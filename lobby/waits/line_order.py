"""Who waits before whom in each pool of one hall, sorted once for all who are told anew."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Place, Ticket


class Places:
    """Of these tickets, by pool and in order."""

    def __init__(self, hall: Hall, tickets: Iterable[Ticket]) -> None:
        self._hall = hall
        self._places: defaultdict[str, list[Place]] = defaultdict(list)
        for ticket in tickets:
            self._places[hall.pool(ticket.service)].append(ticket.place)
        for line in self._places.values():
            line.sort()

    def before(self, ticket: Ticket) -> int:
        """How many of its pool have an earlier place."""
        return bisect_left(self._in_pool(ticket), ticket.place)

    def after(self, ticket: Ticket) -> int:
        line = self._in_pool(ticket)
        return len(line) - bisect_right(line, ticket.place)

    def _in_pool(self, ticket: Ticket) -> list[Place]:
        return self._places.get(self._hall.pool(ticket.service), [])


class LineOrder:
    """Sorted when it is first asked: most snapshots tell nobody anything new."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._all: Places | None = None
        self._hall_wide: list[Place] | None = None
        self._served_first: Places | None = None

    def ahead(self, ticket: Ticket) -> int:
        """People of the same pool with an earlier place."""
        if self._all is None:
            self._all = Places(self._hall, self._hall.waiting_tickets())
        return self._all.before(ticket)

    def before(self, ticket: Ticket) -> int:
        """People of the whole hall with an earlier place."""
        if self._hall_wide is None:
            self._hall_wide = sorted(each.place for each in self._hall.waiting_tickets())
        return bisect_left(self._hall_wide, ticket.place)

    def may_pass(self, ticket: Ticket) -> int:
        """Later ones who have passed already, or are called earlier because they need it more."""
        if ticket.priority is not Priority.REGULAR:
            return ticket.overtakes
        if self._served_first is None:
            waiting = self._hall.waiting_tickets()
            first = (ticket for ticket in waiting if ticket.priority is not Priority.REGULAR)
            self._served_first = Places(self._hall, first)
        return ticket.overtakes + self._served_first.after(ticket)
