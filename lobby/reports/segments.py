"""Visits cut by serving: one segment for what was done of one service at one counter at one go."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lobby.queueing.model.ticket import TicketState
from lobby.reports.durations import elapsed_s
from lobby.store.visits import Stretch, Visit


@dataclass(frozen=True, slots=True)
class Segment:
    """`service` is None where a visit was sent on and its parts were not kept. `finished_at` None
    while it lasts. `is_known`: its end was seen; what the turn of the day ended was not."""

    number: str
    service: str | None
    counter: str | None
    started_at: datetime
    finished_at: datetime | None
    served_s: float
    is_known: bool
    is_done: bool

    def served_until_s(self, until: datetime) -> float:
        """Of one that still lasts what there has been of it up to `until`."""
        if not self.is_known:
            return 0.0
        if self.finished_at is None and self.served_s == 0:
            return elapsed_s(self.started_at, until)
        return self.served_s


def segments_of(visits: Iterable[Visit], stretches: Sequence[Stretch]) -> tuple[Segment, ...]:
    """Of a visit without stretches one for the whole of it, at its last counter."""
    by_number: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        by_number[stretch.number].append(stretch)
    return tuple(
        segment
        for visit in visits
        if visit.started_at is not None
        for segment in (_of_stretches(visit, by_number[visit.number]) or _of_visit(visit))
    )


def times_by_service(segments: Iterable[Segment]) -> Mapping[str, Sequence[float]]:
    """Seconds, one figure for each visit in which the service was done: the sum of its segments,
    at whichever counters. A service from which the customer was sent on is done, too."""
    return {service: times for service, times in _sums(segments).items() if service is not None}


def service_times(segments: Iterable[Segment]) -> Sequence[float]:
    """One figure for each service of each visit, whichever service."""
    return [served_s for times in _sums(segments).values() for served_s in times]


def _sums(segments: Iterable[Segment]) -> Mapping[str | None, Sequence[float]]:
    sums: dict[tuple[str | None, str], float] = defaultdict(float)
    for segment in segments:
        if segment.is_done:
            sums[segment.service, segment.number] += segment.served_s
    times: dict[str | None, list[float]] = defaultdict(list)
    for (service, _number), served_s in sums.items():
        times[service].append(served_s)
    return times


def _of_stretches(visit: Visit, own: Sequence[Stretch]) -> Sequence[Segment]:
    return [
        Segment(
            visit.number,
            stretch.service,
            stretch.counter or visit.counter,
            stretch.started_at,
            stretch.finished_at,
            stretch.served_s,
            is_known=not _ended_by_itself(visit, stretch.finished_at),
            is_done=_is_done(visit, stretch.service),
        )
        for stretch in own
    ]


def _of_visit(visit: Visit) -> Sequence[Segment]:
    assert visit.started_at is not None, "asked of those served"
    lasts = visit.state is TicketState.SERVING
    return [
        Segment(
            visit.number,
            visit.service if visit.service == visit.last_service else None,
            visit.counter,
            visit.started_at,
            None if lasts else visit.ended_at,
            visit.served_s,
            is_known=visit.state is not TicketState.LAPSED,
            is_done=visit.state is TicketState.FINISHED,
        )
    ]


def _is_done(visit: Visit, service: str) -> bool:
    return visit.state is TicketState.FINISHED or service != visit.last_service


def _ended_by_itself(visit: Visit, finished_at: datetime | None) -> bool:
    return visit.state is TicketState.LAPSED and finished_at in (None, visit.ended_at)
