"""Looks on at a simulated branch: each ticket is told its wait, and held to it once called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lobby.forecast.forecaster import Forecaster
from lobby.forecast.heuristics import QueueSituation, RecentWaits
from lobby.forecast.wait_range import announced
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.events.ticket import ServingStarted, TicketCalled, TicketTaken
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.ticket import Ticket, TicketState
from tests.bench.heuristics import others_s


@dataclass(frozen=True, slots=True)
class Told:
    """P10, P25, P50, P75 and P90 in seconds, and what others would have said. `upper_s` is the
    upper end of the announced range; None where it was "over an hour"."""

    at: datetime
    service: str
    priority: str
    quantiles_s: tuple[float, ...]
    upper_s: float | None
    others_s: Mapping[str, float]
    pessimistic_s: float
    everybody: int
    counters: int
    paused: int


@dataclass(frozen=True, slots=True)
class Scored:
    """Somebody who waited and was served. `wait_s` is the time until the first call."""

    number: str
    told: Told
    wait_s: float


@dataclass(slots=True)
class Onlooker:
    """Sees each event of the branch as it happens; nothing from the future."""

    forecaster: Forecaster
    is_scoring: bool = False
    is_telling: bool = True
    scored: list[Scored] = field(default_factory=list)
    unknown: int = 0
    _recent: RecentWaits = field(default_factory=RecentWaits)
    _open: dict[str, Told] = field(default_factory=dict)
    _called: dict[str, Scored] = field(default_factory=dict)

    def __call__(self, event: Event, before: Hall, after: Hall) -> None:
        self.forecaster.observe(event, before, after)
        match event:
            case DayOpened():
                self._recent, self._open, self._called = RecentWaits(), {}, {}
            case TicketTaken():
                if self.is_telling:
                    self._taken(after, after.tickets[event.number], event.at)
            case TicketCalled():
                self._first_called(before.tickets[event.number], event.at)
            case ServingStarted():
                self._started(event.number)
            case _:
                pass

    def _taken(self, hall: Hall, ticket: Ticket, now: datetime) -> None:
        estimate = self.forecaster.snapshot(hall, now).tickets[ticket.number]
        self.forecaster.told(ticket.number, estimate, now)
        if not estimate.is_known:
            self.unknown += self.is_scoring
            return
        situation = situation_of(hall, ticket, now, self.forecaster)
        others, pessimistic_s = others_s(situation, self._recent)
        shown = announced(estimate.p25_s, estimate.p90_s)
        self._open[ticket.number] = Told(
            at=now,
            service=ticket.service,
            priority=ticket.priority.value,
            quantiles_s=estimate.quantiles_s,
            upper_s=60.0 * shown.high_min if shown and shown.high_min is not None else None,
            others_s=others,
            pessimistic_s=pessimistic_s,
            everybody=situation.everybody,
            counters=situation.counters,
            paused=sum(counter.is_paused for counter in hall.counters.values()),
        )

    def _first_called(self, ticket: Ticket, at: datetime) -> None:
        if ticket.first_called_at is not None:
            return
        wait_s = (at - ticket.taken_at).total_seconds()
        second = (at - at.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()
        self._recent.learn(second, ticket.service, wait_s)
        told = self._open.pop(ticket.number, None)
        if told is not None and wait_s > 0:
            self._called[ticket.number] = Scored(ticket.number, told, wait_s)

    def _started(self, number: str) -> None:
        scored = self._called.pop(number, None)
        if scored is not None and self.is_scoring:
            self.scored.append(scored)


def situation_of(
    hall: Hall, ticket: Ticket, now: datetime, forecaster: Forecaster
) -> QueueSituation:
    """The queue as this ticket meets it, itself left out; means as learned so far."""
    jobs, local = forecaster.knowledge.jobs, hall.plan.local(now)
    waiting = [other for other in hall.waiting_tickets() if other.number != ticket.number]
    same = [other for other in waiting if other.service == ticket.service]
    counters = [c for c in hall.counters.values() if c.is_serving and ticket.service in c.services]
    means_s = [jobs.mean_s(other.service) for other in waiting]
    mean_s = jobs.mean_s(ticket.service)
    ages_s = [(now - other.taken_at).total_seconds() for other in same]
    return QueueSituation(
        service=ticket.service,
        priority=ticket.priority.value,
        ahead=hall.people_ahead(ticket) if ticket.state is TicketState.WAITING else 0,
        same=len(same),
        everybody=len(waiting),
        counters=max(1, len(counters)),
        busy=sum(counter.ticket is not None for counter in counters),
        mean_job_s=mean_s,
        mean_all_s=sum(means_s) / len(means_s) if means_s else mean_s,
        leaving_rate=forecaster.knowledge.leaving.mean_rate(),
        oldest_s=max(ages_s, default=0.0),
        hour=local.hour + local.minute / 60,
    )
