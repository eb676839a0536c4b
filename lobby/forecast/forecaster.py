"""One branch's forecast: a snapshot of all waits now, better with every event it has seen.

Three layers, each explainable, each useful alone: A runs the hall forward by the branch's own
calling rule, B corrects by the errors of today and lately, C is a regression refitted each night
and told only once it has proved better. Pure: a hall goes in, numbers come out. One thread uses
it at a time.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime

import numpy as np

from lobby.forecast.correcting import Correcting, Corrector
from lobby.forecast.estimate import Estimate, ForecastError, Snapshot
from lobby.forecast.estimate_builder import EstimateBuilder, quantiles
from lobby.forecast.forward import run
from lobby.forecast.knowledge import Knowledge
from lobby.forecast.learning import Learner
from lobby.forecast.reading import scene_of
from lobby.queueing.events.care import MachineAccepted
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.events.ticket import (
    PriorityChanged,
    ServiceChanged,
    TicketCalled,
    TicketCancelled,
    TicketLapsed,
    TicketPostponed,
    TicketRested,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan

REPLICATES = 152
"""Futures of one hall: with lengths drawn evenly their quantiles are as steady, to a few per cent,
as those of 200 drawn each for itself."""

VERSION = 2
"""Of what is kept of the layers' learning."""

CROWDS = ((400, 35), (60, 69))
"""Where more than so many wait each wait is a sum of many jobs: fewer futures are as steady, and a
full hall must not keep the machine busy."""


class Forecaster:
    """Deterministic: the same hall, time, past and seed give the same snapshot."""

    def __init__(self, knowledge: Knowledge, seed: int = 0, replicates: int = REPLICATES) -> None:
        self.knowledge, self.seed, self.replicates = knowledge, seed, replicates
        self.learner = Learner(knowledge)
        self.corrector = Corrector()

    def snapshot(self, hall: Hall, now: datetime) -> Snapshot:
        """What everybody who waits, and who would come now, may expect."""
        try:
            return self._snapshot(hall, now)
        except (ArithmeticError, LookupError, ValueError, np.linalg.LinAlgError) as problem:
            raise ForecastError(f"no forecast of version {hall.version}: {problem}") from problem

    def _snapshot(self, hall: Hall, now: datetime) -> Snapshot:
        rng = self._rng(hall)
        reading = scene_of(hall, now, self.knowledge, rng, self._replicates(hall))
        waits_s = quantiles(run(reading.scene, rng))
        correcting = Correcting(self.corrector, hall, now, self.knowledge)
        services_s = correcting.services(reading.probe_tickets, waits_s)
        correcting.tickets(reading.tickets, waits_s)
        builder = EstimateBuilder(hall, now, self.knowledge, reading.tickets)
        columns = waits_s.T.tolist()
        tickets = {
            number: builder.of_ticket(hall.tickets[number], columns[at])
            for at, number in enumerate(reading.tickets)
        }
        services = {
            service: builder.of_service(service, each.tolist())
            for service, each in services_s.items()
        }
        return Snapshot(hall.version, now, tickets, services)

    def foresee(self, hall: Hall, now: datetime) -> Mapping[str, float]:
        """The P90 of who waits in a hall that is not, as simulated, in seconds by number: two such
        halls differ by what differs between them, not by chance."""
        rng = self._rng(hall)
        reading = scene_of(hall, now, self.knowledge, rng, self._replicates(hall))
        ends_s = quantiles(run(reading.scene, rng))[-1].tolist()
        return dict(zip(reading.tickets, ends_s, strict=False))

    def _rng(self, hall: Hall) -> np.random.Generator:
        """The same chances all day: a wait moves because the hall has, not because of new dice."""
        return np.random.default_rng((self.seed, hall.day.toordinal() if hall.day else 0))

    def _replicates(self, hall: Hall) -> int:
        waiting = hall.waiting_count()
        enough = (replicates for crowd, replicates in CROWDS if waiting > crowd)
        return min(self.replicates, next(enough, self.replicates))

    def told(self, number: str, estimate: Estimate, at: datetime) -> None:
        """What was announced to a new ticket. The first snapshot with the ticket in it has kept
        what it takes to learn from that; a ticket that was told nothing is not learned from."""
        if not estimate.is_known:
            self.corrector.drop(number)

    def observe(self, event: Event, before: Hall, after: Hall) -> None:
        """Each event of the branch, in order; halls as they were before and after it."""
        match event:
            case DayOpened():
                if self.learner.day is not None:
                    self.end_night(self.learner.day)
                self.begin_day(event.day)
            case TicketCalled():
                self._called(event, before)
            case (
                TicketCancelled()
                | TicketLapsed()
                | TicketPostponed()
                | TicketRested()
                | ServiceChanged()
                | PriorityChanged()
                | MachineAccepted()
            ):
                self.corrector.drop(event.number)
            case _:
                pass
        self.learner.observe(event, before, after)

    def begin_day(self, day: date) -> None:
        self.learner.begin_day(day)
        self.corrector.begin_day()

    def end_night(self, day: date) -> None:
        """After the business day: tables grow old, layer C is fitted again."""
        self.knowledge.end_day(day)
        self.corrector.layers.end_day(day.toordinal())

    def _called(self, event: TicketCalled, before: Hall) -> None:
        ticket = before.tickets[event.number]
        day = before.plan.business_day(event.at)
        self.corrector.called(event.number, day.toordinal(), event.at)
        if ticket.first_called_at is None and not ticket.rests:
            local = before.plan.local(event.at)
            second = local.hour * 3600.0 + local.minute * 60 + local.second
            wait_s = max(0.0, (event.at - ticket.taken_at).total_seconds())
            self.corrector.recent.learn(second, ticket.service, wait_s)

    def to_json(self) -> str:
        """All that was learned; what is open in today's hall is not."""
        return json.dumps(
            {
                "version": VERSION,
                "day": self.learner.day.isoformat() if self.learner.day else None,
                "knowledge": self.knowledge.plain(),
                "layers": self.corrector.layers.plain(),
            }
        )

    @classmethod
    def from_json(cls, text: str, plan: Plan, seed: int = 0) -> "Forecaster":
        """What `to_json` kept, over a plan that may have changed since. What an older version has
        learned from errors is learned anew: its inputs were others."""
        kept = json.loads(text)
        forecaster = cls(Knowledge.of(plan), seed)
        forecaster.knowledge.restore(kept["knowledge"])
        if kept["version"] == VERSION:
            forecaster.corrector.layers.restore(kept["layers"])
        forecaster.learner.day = date.fromisoformat(kept["day"]) if kept["day"] else None
        return forecaster
