"""The day cut into half hours and hours on the branch's clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

from lobby.queueing.plan import Plan
from lobby.queueing.ticket import TicketState
from lobby.reports import measures
from lobby.reports.measures import Spread
from lobby.store.visits import SittingSpan, Visit

HALF_HOURS_PER_DAY = 48
INSTANT = timedelta(microseconds=1)

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
class Timeline:
    """A branch's day up to `until`."""

    plan: Plan
    day: date
    visits: Sequence[Visit]
    sittings: Sequence[SittingSpan]
    until: datetime

    def periods(self, half_hours: int) -> Iterator[Period]:
        """Of so many half hours each, without a gap from the first sign of life to the last."""
        staffed = [self._staffed(sitting) for sitting in self.sittings]
        signs = [visit.taken_at for visit in self.visits]
        signs += [edge for start, end in staffed for edge in (start, max(start, end - INSTANT))]
        known = [self._half_hour(at) // half_hours for at in signs]
        for index in range(min(known, default=0), max(known, default=-1) + 1):
            start = moment(self.plan, self.day, index * half_hours)
            end = moment(self.plan, self.day, (index + 1) * half_hours)
            own = [v for v in self.visits if self._half_hour(v.taken_at) // half_hours == index]
            yield Period(
                start,
                end,
                arrivals=len(own),
                waits=measures.waits(own),
                counters_open=open_on_average(staffed, start, min(end, self.until)),
                most_waiting=most_waiting(self.visits, start, min(end, self.until)),
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


def moment(plan: Plan, day: date, half_hours: int) -> datetime:
    """So many half hours after the midnight that begins the day, as the branch's clock shows it."""
    days, rest = divmod(half_hours, HALF_HOURS_PER_DAY)
    on_the_wall = time(rest // 2, 30 * (rest % 2), tzinfo=plan.time_zone)
    return datetime.combine(day + timedelta(days=days), on_the_wall).astimezone(UTC)


def open_on_average(
    staffed: Sequence[tuple[datetime, datetime]], start: datetime, end: datetime
) -> float:
    """Counters with somebody signed in, breaks included: only their sum is known, not when."""
    if end <= start:
        return 0.0
    overlaps = (measures.elapsed_s(max(a, start), min(b, end)) for a, b in staffed)
    return sum(overlaps) / measures.elapsed_s(start, end)


def most_waiting(visits: Sequence[Visit], start: datetime, end: datetime) -> int:
    """The most who waited for their first service at one moment."""
    spans = [(visit.taken_at, visit.started_at or visit.ended_at or end) for visit in visits]
    inside = [(max(a, start), b) for a, b in spans if a < end and b > start]
    steps = sorted([(a, 1) for a, _ in inside] + [(b, -1) for _, b in inside])
    return max(accumulate(step for _, step in steps), default=0)


def worst(periods: Sequence[Period]) -> Period | None:
    """The one with the longest mean wait."""
    served = [period for period in periods if period.waits.count]
    enough = [period for period in served if period.waits.count >= ENOUGH_FOR_WORST]
    return max(enough or served, key=lambda period: period.waits.mean_s or 0.0, default=None)
