"""Read a hall as it stands into people, counters and streams: what a scene is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from lobby.forecast.draws import evenly, remaining
from lobby.forecast.knowledge import Knowledge, Lengths
from lobby.forecast.scene import Floats, Scene
from lobby.forecast.scene_builder import SceneBuilder, SimulatedCounter, SimulatedCustomer, Stream
from lobby.queueing.calling.score import effective_priority, quickness
from lobby.queueing.model.counter import Counter, CounterSession
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket, TicketState

JOB_DRAWS = 4
"""What is left of a job in hand, of a walk and of an absence, and whether somebody comes at all."""

LOAD = 0.8
"""The share of open counters' time that arrivals fill where nothing was learned yet."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A scene and whose column is whose: ticket numbers, then one probe ticket for each service."""

    scene: Scene
    tickets: tuple[str, ...]
    probe_tickets: Mapping[str, int]


def scene_of(
    hall: Hall, now: datetime, knowledge: Knowledge, rng: np.random.Generator, replicates: int
) -> Reading:
    """The hall's scene, with a probe ticket for "a ticket taken now" of each kind of service."""
    return Reader(hall, now, knowledge, rng, replicates).reading()


class Reader:
    """One hall at one moment; only open counters are simulated."""

    def __init__(
        self,
        hall: Hall,
        now: datetime,
        knowledge: Knowledge,
        rng: np.random.Generator,
        replicates: int,
    ) -> None:
        self.hall, self.now, self.knowledge = hall, now, knowledge
        self.rng, self.replicates = rng, replicates
        self.counters = [counter for counter in hall.counters.values() if counter.is_attended]

    def reading(self) -> Reading:
        plan = self.hall.plan
        waiting = sorted(self.hall.waiting_tickets(), key=lambda ticket: ticket.place)
        people = [self.person(ticket) for ticket in waiting]
        probe_tickets, kinds = self._probe_tickets()
        assembly = SceneBuilder(plan.calling, lambda code: quickness(plan, code), self.knowledge)
        everybody = [*people, *probe_tickets]
        scene = assembly.scene(
            everybody, self.simulated_counters(), self.streams(), self.rng, self.replicates
        )
        columns = {service: len(people) + at for service, at in kinds.items()}
        return Reading(scene, tuple(ticket.number for ticket in waiting), columns)

    def person(self, ticket: Ticket) -> SimulatedCustomer:
        since = max(ticket.place.at, ticket.booked_at) if ticket.booked_at else ticket.place.at
        return SimulatedCustomer(
            service=ticket.service,
            priority=effective_priority(self.hall, ticket),
            came_s=self._from_now(ticket.taken_at),
            clock_s=self._from_now(since),
            overtakes=ticket.overtakes,
            is_next=ticket.is_next and self.hall.plan.calling.keeps_next,
            only=self._reserved(ticket),
        )

    def _reserved(self, ticket: Ticket) -> int | None:
        """A ticket sent to one counter or teller is theirs, unless nobody sits there any more."""
        for at, counter in enumerate(self.counters):
            if ticket.reserved_counter == counter.id:
                return at
        if ticket.reserved_teller is None:
            return None
        tellers = (at for at, c in enumerate(self.counters) if c.teller == ticket.reserved_teller)
        return next(tellers, None)

    def _probe_tickets(self) -> tuple[list[SimulatedCustomer], dict[str, int]]:
        """One who asks for each kind of service: those that the same counters serve and the rule
        counts as equally quick. Services of different length are called at different times."""
        probe_tickets: list[SimulatedCustomer] = []
        kinds: dict[tuple[object, ...], int] = {}
        found: dict[str, int] = {}
        for service in self.hall.plan.services:
            serves = tuple(service in counter.services for counter in self.counters)
            kind = (serves, quickness(self.hall.plan, service))
            if kind not in kinds:
                kinds[kind] = len(probe_tickets)
                probe_tickets.append(
                    SimulatedCustomer(service, Priority.REGULAR, 0.0, 0.0, is_probe=True)
                )
            found[service] = kinds[kind]
        return probe_tickets, found

    def simulated_counters(self) -> list[SimulatedCounter]:
        """Every open counter, in the hall's order."""
        return [
            self._simulated(counter, counter.session)
            for counter in self.counters
            if counter.session
        ]

    def _simulated(self, counter: Counter, session: CounterSession) -> SimulatedCounter:
        plan = self.hall.plan.counters.get(counter.id)
        simulated = SimulatedCounter(
            services=frozenset(counter.services),
            free_s=self._free_s(counter, session),
            speed=self.knowledge.jobs.speed(session.teller),
            is_premium=plan is not None and plan.premium,
        )
        planned = session.planned_break
        if planned is None or counter.is_paused:
            return simulated
        starts_s = max(0.0, self._from_now(planned.at))
        return replace(simulated, break_at_s=starts_s, break_s=planned.minutes * 60.0)

    def _free_s(self, counter: Counter, session: CounterSession) -> Floats:
        """When the counter can call next, in each replicate. Whatever the counter does, as much is
        drawn, so that what becomes of one changes no chance of the others."""
        draws = self.rng.standard_exponential(self.replicates)
        uniforms = evenly(self.rng, JOB_DRAWS, self.replicates)
        if session.paused_at is not None:
            return self._pause_s(session, session.paused_at, uniforms[0])
        gap_s = self.knowledge.gaps.remaining_s(np.zeros(1), draws)
        ticket = self.hall.ticket_at(counter)
        return gap_s if ticket is None else self._job_s(ticket, session, uniforms) + gap_s

    def _pause_s(self, session: CounterSession, paused_at: datetime, uniforms: Floats) -> Floats:
        """To the end that was announced; of no or a past end, what is left of such pauses."""
        if session.paused_until is not None and session.paused_until > self.now:
            return np.full(self.replicates, self._from_now(session.paused_until))
        return _left_of(self.knowledge.pauses, -self._from_now(paused_at), uniforms)

    def _job_s(self, ticket: Ticket, session: CounterSession, uniforms: Floats) -> Floats:
        """What is left of the job in hand; of somebody called, the walk and the job, or nobody."""
        speed = self.knowledge.jobs.speed(session.teller)
        service = ticket.serving.service if ticket.serving else ticket.service
        ordered = self.knowledge.jobs.ordered(service)
        job, walk, missing, coming = uniforms
        if ticket.state is TicketState.SERVING and ticket.servings:
            age_s = max(0.0, -self._from_now(ticket.servings[-1].started_at))
            return np.multiply(remaining(ordered, age_s / speed, job), speed)
        age_s = -self._from_now(ticket.called_at or self.now)
        walk_s = _left_of(self.knowledge.walks, age_s, walk)
        missing_s = _left_of(self.knowledge.absences, age_s, missing)
        comes = coming >= self.knowledge.absent_share
        return np.where(comes, walk_s + remaining(ordered, 0.0, job) * speed, missing_s)

    def _from_now(self, at: datetime) -> float:
        return (at - self.now).total_seconds()

    def served(self) -> set[str]:
        """The services of open counters."""
        return {service for counter in self.counters for service in counter.services}

    def streams(self) -> list[Stream]:
        """Those to come, by service and class."""
        local = self.hall.plan.local(self.now)
        second = local.hour * 3600 + local.minute * 60 + local.second
        served = self.served()
        means = [self.knowledge.jobs.mean_s(service) for service in served]
        blind = LOAD * len(self.counters) / (sum(means) / len(means)) if means else 0.0
        rate = self.knowledge.arrivals.rate(local.weekday(), second, blind)
        return [
            Stream(service, Priority(priority), rate * share)
            for (service, priority), share in self.knowledge.arrivals.shares().items()
            if service in served and share * rate > 1e-6
        ]


def _left_of(lengths: Lengths, age_s: float, uniforms: Floats) -> Floats:
    """What is left of something that began so long ago."""
    return remaining(lengths.ordered(), max(0.0, age_s), uniforms)
