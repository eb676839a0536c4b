"""The branch of a simulated day: the real rules on a real hall, on the agenda's clock."""

from collections.abc import Callable
from datetime import datetime, timedelta

from lobby.queueing.commands.command import Command
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.events.event import Event
from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.simulation.agenda import Agenda
from lobby.simulation.day import Day

Watch = Callable[[Event, Hall, Hall], None]
"""Sees each event with the hall before and after it."""

Ear = Callable[[], None]


class SimulatedBranch:
    def __init__(self, plan: Plan, day: Day, watch: Watch | None = None) -> None:
        self.plan = plan
        self.hall = Hall.empty(plan)
        self.agenda = Agenda()
        self._watch = watch
        self._midnight = day.begins_at(plan)
        self._ears: list[Ear] = []

    @property
    def now(self) -> datetime:
        return self.moment(self.agenda.now_s)

    def moment(self, at_s: float) -> datetime:
        return self._midnight + timedelta(seconds=at_s)

    def perform(self, command: Command) -> tuple[Event, ...]:
        """Raises a `Refusal`."""
        events = decide(self.hall, command, self.now)
        for event in events:
            before, self.hall = self.hall, evolve(self.hall, event)
            if self._watch is not None:
                self._watch(event, before, self.hall)
        return events

    def listen(self, ear: Ear) -> None:
        self._ears.append(ear)

    def ring(self) -> None:
        """Somebody waits: whoever is idle looks up, in the order in which they began to listen."""
        for ear in self._ears:
            ear()
