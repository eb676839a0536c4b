"""The day cut into half hours and hours on the branch's clock."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

from lobby.queueing.model.plan import Plan
from lobby.queueing.model.ticket import TicketState
from lobby.reports import measures
from lobby.reports.measures import Spread
from lobby.store.visits import SittingSpan, Visit

HALF_HOURS_PER_DAY = 48
INSTANT = timedelta(microseconds=1)
EARLIEST = date(1970, 1, 1)

ENOUGH_FOR_WORST = 3
"""Half an hour with fewer people served is the bad luck of one, not a bad half hour."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the day; `waits` are of those who took their number in it, `counters_open` is
    an average, `most_waiting` how many stood in line at its fullest moment."""

    start: datetime
    end: datetime
    arrivals: int
    waits: Spread
    counters_open: float
    most_waiting: int


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
    sittings: Sequence[SittingSpan]
    until: datetime

    def open_span(self) -> tuple[datetime, datetime] | None:
        """From the first counter signed in to the last signed off; None on a day without."""
        staffed = [self._staffed(sitting) for sitting in self.sittings]
        if not staffed:
            return None
        return min(start for start, _ in staffed), max(end for _, end in staffed)

    def periods(self, half_hours: int) -> Iterator[Period]:
        """Of so many half hours each, without a gap from the first sign of life to the last."""
        staffed = [self._staffed(sitting) for sitting in self.sittings]
        edges = [edge for start, end in staffed for edge in (start, max(start, end - INSTANT))]
        line = Line.of(self.visits, self.until)
        taken: defaultdict[int, list[Visit]] = defaultdict(list)
        for visit in self.visits:
            taken[self._half_hour(visit.taken_at) // half_hours].append(visit)
        known = {*taken, *(self._half_hour(edge) // half_hours for edge in edges)}
        for index in range(min(known, default=0), max(known, default=-1) + 1):
            start = moment(self.plan, self.day, index * half_hours)
            end = moment(self.plan, self.day, (index + 1) * half_hours)
            yield Period(
                start,
                end,
                arrivals=len(taken[index]),
                waits=measures.waits(taken[index]),
                counters_open=open_on_average(staffed, start, min(end, self.until)),
                most_waiting=line.most(start, min(end, self.until)),
            )

    def _half_hour(self, at: datetime) -> int:
        """Which half hour of the day; what lies before or after the day belongs to its edge."""
        local = self.plan.local(at)
        if local.date() != self.day:
            return 0 if local.date() < self.day else HALF_HOURS_PER_DAY - 1
        return 2 * local.hour + local.minute // 30

    def _staffed(self, sitting: SittingSpan) -> tuple[datetime, datetime]:
        signs = (
            visit.ended_at
            for visit in self.visits
            if visit.counter == sitting.counter and visit.state is not TicketState.LAPSED
        )
        last_sign = max((at for at in signs if at is not None), default=None)
        signed_in_s, _ = measures.signed_in_and_breaks_s(sitting, last_sign, self.until)
        return sitting.opened_at, sitting.opened_at + timedelta(seconds=signed_in_s)


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


def moment(plan: Plan, day: date, half_hours: int) -> datetime:
    """So many half hours after the midnight that begins the day, as the branch's clock shows it."""
    days, rest = divmod(half_hours, HALF_HOURS_PER_DAY)
    on_the_wall = time(rest // 2, 30 * (rest % 2), tzinfo=plan.time_zone)
    return datetime.combine(day + timedelta(days=days), on_the_wall).astimezone(UTC)


def whole_day(plan: Plan, day: date) -> tuple[datetime, datetime]:
    """From midnight to midnight; a day before there were computers is the first of theirs."""
    known = max(day, EARLIEST)
    return moment(plan, known, 0), moment(plan, known, HALF_HOURS_PER_DAY)


def open_on_average(
    staffed: Sequence[tuple[datetime, datetime]], start: datetime, end: datetime
) -> float:
    """Counters with somebody signed in, breaks included: only their sum is known, not when."""
    if end <= start:
        return 0.0
    overlaps = (measures.elapsed_s(max(a, start), min(b, end)) for a, b in staffed)
    return sum(overlaps) / measures.elapsed_s(start, end)


def worst(periods: Sequence[Period]) -> Period | None:
    """The one with the longest mean wait; None on a day with few people: none of its half hours
    says more than whom it happened to meet."""
    if sum(period.waits.count for period in periods) < measures.FEW:
        return None
    enough = [period for period in periods if period.waits.count >= ENOUGH_FOR_WORST]
    return max(enough, key=lambda period: period.waits.mean_s or 0.0, default=None)
