"""What the machines took off the counters, less the minutes that colleagues spent on it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lobby.queueing.model.plan import Plan
from lobby.reports import measures
from lobby.reports.durations import elapsed_s
from lobby.store.help_calls import KeptCall
from lobby.store.visits import Visit

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Saved:
    """Counter time that completed jobs would have taken: the day's median of each service, and
    the catalogue's minutes where nobody was served for it. `lobby_s` is what was recorded of
    colleagues' time on the same tickets: going along to the machine, and calls answered there."""

    counter_s: float
    lobby_s: float
    jobs: int
    is_few: bool

    @property
    def seconds(self) -> float:
        """Below zero where the machines cost more than they saved."""
        return self.counter_s - self.lobby_s


def saved(
    visits: Sequence[Visit],
    plan: Plan,
    times: Mapping[str, Sequence[float]],
    calls: Sequence[KeptCall],
) -> Saved:
    """`times` are the seconds that each service took at the counters."""
    completed = [visit for visit in visits if visit.machine_done_at is not None]
    counter_s, is_few = 0.0, False
    for code, jobs in Counter(visit.service for visit in completed).items():
        served = measures.spread(times.get(code, ()))
        service = plan.services.get(code)
        usual_s = served.median_s or (service.minutes * 60 if service else 0.0)
        counter_s += jobs * usual_s
        is_few = is_few or served.is_few
    lobby_s = sum(sum_s(_with_colleague(visit, calls)) for visit in completed)
    return Saved(counter_s, lobby_s, len(completed), is_few)


def sum_s(spans: Iterable[Span]) -> float:
    """Seconds in at least one of them."""
    total_s, covered_to = 0.0, None
    for start, end in sorted(spans):
        begin = start if covered_to is None else max(start, covered_to)
        total_s += elapsed_s(begin, end)
        covered_to = end if covered_to is None else max(covered_to, end)
    return total_s


def _with_colleague(visit: Visit, calls: Iterable[KeptCall]) -> Iterator[Span]:
    done_at = visit.machine_done_at
    if done_at is not None and visit.went_along_at is not None:
        yield visit.went_along_at, max(visit.went_along_at, done_at)
    for call in calls:
        if call.ticket == visit.number and call.taken_at and call.ended_at:
            yield call.taken_at, call.ended_at
