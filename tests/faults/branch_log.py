"""The log of one branch read on, round after round, by somebody who trusts nothing but its rows."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Engine, select

from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import TicketCalled, TicketCalledAgain, TicketTaken
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.hall import Hall
from lobby.store.log import decode
from lobby.store.tables import EVENTS

HEARD_FOR = timedelta(seconds=30)
"""How long after a call a display still has to call it out."""


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """A call as the log has it, and the hall that it made."""

    version: int
    ticket: str
    counter: str
    at: datetime

    @property
    def expires_at(self) -> datetime:
        return self.at + HEARD_FOR

    @property
    def call(self) -> tuple[str, str, str]:
        """As a frame of a display names it."""
        return self.ticket, self.counter, self.expires_at.isoformat()


@dataclass(slots=True)
class BranchLog:
    """`events` with who acted; `by_key` with their versions, under the key of their act; `numbers`
    are those of the tickets, in the order of their taking. `gaps` counts missing versions; `seen`
    is told of each event and of the hall after it."""

    engine: Engine
    hall: Hall
    events: list[tuple[Event, str]] = field(default_factory=list)
    by_key: dict[str, list[tuple[int, Event]]] = field(default_factory=lambda: defaultdict(list))
    numbers: list[str] = field(default_factory=list)
    calls: list[LoggedCall] = field(default_factory=list)
    gaps: int = 0
    seen: Callable[[Event, Hall], None] = lambda _event, _hall: None

    def read_on(self) -> list[LoggedCall]:
        """The calls that were recorded since the last time."""
        known = len(self.calls)
        query = (
            select(EVENTS)
            .where(EVENTS.c.branch_id == self.hall.plan.id, EVENTS.c.version > self.hall.version)
            .order_by(EVENTS.c.version)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        for row in rows:
            self.gaps += row.version - self.hall.version - 1
            event = decode(row.kind, row.payload)
            self.events.append((event, row.actor_id))
            self._note(row.version, row.key, event)
        return self.calls[known:]

    def _note(self, version: int, key: str, event: Event) -> None:
        self.by_key[key].append((version, event))
        self.hall = evolve(self.hall, event)
        self.seen(event, self.hall)
        if isinstance(event, TicketTaken):
            self.numbers.append(event.number)
        if isinstance(event, TicketCalled | TicketCalledAgain):
            label = self.hall.plan.counters[event.counter].label
            self.calls.append(LoggedCall(version, event.number, label, event.at))
