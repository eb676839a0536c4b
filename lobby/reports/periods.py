"""The day cut into half hours and hours on the branch's clock."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

from lobby.queueing.model.plan import Plan
from lobby.queueing.model.ticket import TicketState
from lobby.reports import measures
from lobby.reports.durations import elapsed_s
from lobby.reports.measures import Rate, Spread
from lobby.reports.sign_ins import SignIn
from lobby.store.visits import Visit

HALF_HOUR = timedelta(minutes=30)
INSTANT = timedelta(microseconds=1)
EARLIEST = date(1970, 1, 1)
NOBODY = Rate(0, 0)

ENOUGH_FOR_WORST = 3
"""Half an hour with fewer people served is the bad luck of one, not a bad half hour."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the day; `arrivals` took their number in it, `waits` are of those whose service
    started in it. `counters_open` is an average, `most_waiting` how many stood in line at its
    fullest moment. `late` waited longer than their class is promised, of all whose wait ended in it
    with a service, or without one after that time."""

    start: datetime
    end: datetime
    arrivals: int
    waits: Spread
    counters_open: float
    most_waiting: int
    late: Rate = NOBODY


@dataclass(frozen=True, slots=True)
class Line:
    """How many waited for their first service, from each time at which that changed."""

    times: Sequence[datetime]
    counts: Sequence[int]

    @classmethod
    def of(cls, visits: Sequence[Visit], until: datetime) -> "Line":
        spans = [stretch for visit in visits for stretch in stretches_in_line(visit, until)]
        joined = [(start, 1) for start, _ in spans]
        left = [(max(start, end), -1) for start, end in spans]
        steps = sorted(joined + left)
        return cls([at for at, _ in steps], list(accumulate(step for _, step in steps)))

    def most(self, start: datetime, end: datetime) -> int:
        """At the fullest moment from `start` up to `end`."""
        first, after = bisect_right(self.times, start), bisect_left(self.times, end)
        standing = self.counts[first - 1] if first else 0
        return max(standing, *self.counts[first:after], 0)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A branch's day up to `until`."""

    plan: Plan
    day: date
    visits: Sequence[Visit]
    sign_ins: Sequence[SignIn]
    until: datetime

    def open_span(self) -> tuple[datetime, datetime] | None:
        """From the first counter signed in to the last signed off; None on a day without."""
        if not self.sign_ins:
            return None
        return min(s.start for s in self.sign_ins), max(s.end for s in self.sign_ins)

    def periods(self, half_hours: int) -> Iterator[Period]:
        """Of so many half hours each, without a gap from the first sign of life to the last."""
        staffed = [(each.start, each.end) for each in self.sign_ins]
        edges = [edge for start, end in staffed for edge in (start, max(start, end - INSTANT))]
        line = Line.of(self.visits, self.until)
        taken = Counter(self._period_of(visit.taken_at, half_hours) for visit in self.visits)
        started: defaultdict[int, list[Visit]] = defaultdict(list)
        ended: defaultdict[int, list[Visit]] = defaultdict(list)
        for visit in self.visits:
            if visit.started_at is not None:
                started[self._period_of(visit.started_at, half_hours)].append(visit)
            if (at := visit.started_at or visit.ended_at) is not None:
                ended[self._period_of(at, half_hours)].append(visit)
        known = {*taken, *started, *(self._period_of(edge, half_hours) for edge in edges)}
        for index in range(min(known, default=0), max(known, default=-1) + 1):
            start, end = self._bounds(index, half_hours)
            yield Period(
                start,
                end,
                arrivals=taken[index],
                waits=measures.waits(started[index]),
                counters_open=open_on_average(staffed, start, min(end, self.until)),
                most_waiting=line.most(start, min(end, self.until)),
                late=measures.broken_promises(self.plan, ended[index]),
            )

    def _period_of(self, at: datetime, half_hours: int) -> int:
        """Which period of the day; what lies before or after the day belongs to its edge."""
        begin, end = whole_day(self.plan, self.day)
        inside = min(max(at, begin), end - INSTANT)
        return (inside - begin) // (half_hours * HALF_HOUR)

    def _bounds(self, index: int, half_hours: int) -> tuple[datetime, datetime]:
        """Counted in hours that pass, not on the wall: a night on which clocks are set has each of
        its half hours, once."""
        begin, end = whole_day(self.plan, self.day)
        start = begin + index * half_hours * HALF_HOUR
        return start, min(start + half_hours * HALF_HOUR, end)


def stretches_in_line(visit: Visit, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Who is at a machine does not stand in line; who comes back from it does again. Nor does who
    is away with a kept place: such a visit begins later by as long as that lasted, for when it was
    is not kept; one that lasts still is not counted."""
    end = visit.started_at or visit.ended_at or until
    if visit.accepted_at is None:
        begins = visit.taken_at + timedelta(seconds=visit.rested_s + visit.rested_on_way_s)
        if visit.state is not TicketState.RESTING:
            yield min(begins, end), end
        return
    yield visit.taken_at, visit.accepted_at
    if visit.returned_at is not None:
        yield visit.returned_at, end


def midnight(plan: Plan, day: date) -> datetime:
    """The one that begins the day, as the branch's clock shows it."""
    return datetime.combine(day, time.min, tzinfo=plan.time_zone).astimezone(UTC)


def whole_day(plan: Plan, day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight; a day before there were computers is the first of theirs."""
    known = max(day, EARLIEST)
    return midnight(plan, known), midnight(plan, known + timedelta(days=1))


def open_on_average(
    staffed: Sequence[tuple[datetime, datetime]], start: datetime, end: datetime
) -> float:
    """Counters with somebody signed in, breaks included: only their sum is known, not when."""
    if end <= start:
        return 0.0
    overlaps = (elapsed_s(max(a, start), min(b, end)) for a, b in staffed)
    return sum(overlaps) / elapsed_s(start, end)


def worst(periods: Sequence[Period]) -> Period | None:
    """The one in which most people waited longer than promised, or, where nobody did, with the
    longest mean wait; None on a day with few people: none of its half hours says more than whom it
    happened to meet."""
    if sum(period.waits.count for period in periods) < measures.FEW:
        return None
    enough = [period for period in periods if period.waits.count >= ENOUGH_FOR_WORST]
    return max(enough, key=lambda each: (each.late.count, each.waits.mean_s or 0.0), default=None)
