"""The figures of a branch's day, each by its published definition: visits in, numbers out.

Durations are seconds, unrounded. A figure that nothing can be said about is None, never zero.
"""

import math
import statistics
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lobby.queueing.model.ticket import TicketState
from lobby.store.visits import SittingSpan, Visit

FEW = 20
"""Below this many cases a figure is marked: one slow morning would decide it."""

GIVEN_UP = frozenset({TicketState.ABSENT, TicketState.CANCELLED, TicketState.LAPSED})


@dataclass(frozen=True, slots=True)
class Spread:
    """How durations lie: the mean, the middle one, and what nine of ten did not exceed."""

    count: int
    mean_s: float | None
    median_s: float | None
    p90_s: float | None

    @property
    def is_few(self) -> bool:
        return self.count < FEW


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` out of `of`."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        return self.count / self.of if self.of else None

    @property
    def is_few(self) -> bool:
        return self.of < FEW


@dataclass(frozen=True, slots=True)
class CounterUse:
    """A counter's day: how long somebody sat there, how much of it was a break or a serving."""

    counter: str
    served: int
    served_s: float
    signed_in_s: float
    breaks_s: float

    @property
    def utilisation(self) -> float | None:
        """Serving time by signed-in time without breaks."""
        at_work_s = self.signed_in_s - self.breaks_s
        return self.served_s / at_work_s if at_work_s > 0 else None


def spread(durations: Iterable[float]) -> Spread:
    """The median of an even count is the mean of the middle two; P90 is the nearest rank, the
    value at place ceil(0.9 n) in ascending order."""
    ordered = sorted(durations)
    if not ordered:
        return Spread(0, None, None, None)
    # -(-9n // 10) is ceil(0.9 n) in whole numbers: 0.9 * 10 as a float may lie above 9.
    p90 = ordered[-(-9 * len(ordered) // 10) - 1]
    return Spread(len(ordered), statistics.fmean(ordered), statistics.median(ordered), p90)


def waits(visits: Iterable[Visit]) -> Spread:
    """From taking the number to the first start of service, but for the time in which the customer
    was away by their own wish: what the customer felt."""
    return spread(visit.wait_s for visit in visits if visit.wait_s is not None)


def waits_to_call(visits: Iterable[Visit]) -> Spread:
    return spread(
        max(0.0, elapsed_s(visit.taken_at, visit.first_called_at) - visit.rested_s)
        for visit in visits
        if visit.first_called_at is not None
    )


def ways_to_counter(visits: Iterable[Visit]) -> Spread:
    """From the first call to the start of service, but for a rest between them."""
    return spread(
        max(0.0, elapsed_s(visit.first_called_at, visit.started_at) - visit.rested_on_way_s)
        for visit in visits
        if visit.first_called_at is not None and visit.started_at is not None
    )


def within_target(visits: Collection[Visit], target_min: float) -> Rate:
    """Served within the target, of all served and all who gave up after more than the target:
    leaving those out would flatter."""
    target_s = target_min * 60
    served = [visit.wait_s for visit in visits if visit.wait_s is not None]
    kept = sum(wait_s <= target_s for wait_s in served)
    too_late = sum(_given_up_after_s(visit) > target_s for visit in visits)
    return Rate(kept, len(served) + too_late)


def no_shows(visits: Collection[Visit]) -> Rate:
    """Tickets whose call was missed for good, of those called at least once; a ticket counts once
    however often it was called."""
    missed = sum(visit.state is TicketState.ABSENT for visit in visits)
    return Rate(missed, sum(visit.first_called_at is not None for visit in visits))


def abandonments(visits: Collection[Visit]) -> Rate:
    """Calls missed for good, cancelled before service and left in line at the end of the day, of
    all tickets taken that did not go to a machine for good."""
    in_line = [visit for visit in visits if not stayed_at_machine(visit)]
    return Rate(sum(map(gave_up, in_line)), len(in_line))


def gave_up(visit: Visit) -> bool:
    """Who went to a machine and left no word may well be done: unknown is not given up."""
    unserved = visit.started_at is None and not stayed_at_machine(visit)
    return unserved and visit.state in GIVEN_UP


def stayed_at_machine(visit: Visit) -> bool:
    """Went to a machine and did not come back: done there, unconfirmed, or there still."""
    return visit.accepted_at is not None and visit.returned_at is None


def service_times(visits: Iterable[Visit]) -> Spread:
    """From start to finish, without holds and the way between counters."""
    return spread(visit.served_s for visit in visits if visit.state is TicketState.FINISHED)


def counter_use(
    counter: str, visits: Iterable[Visit], sittings: Iterable[SittingSpan], until: datetime
) -> CounterUse:
    """`until` is where the report ends: a serving or a sitting that still lasts counts to there."""
    own = [visit for visit in visits if visit.counter == counter and visit.started_at is not None]
    last_sign = max((visit.ended_at or until for visit in own if _is_known(visit)), default=None)
    spans = [
        signed_in_and_breaks_s(sitting, last_sign, until)
        for sitting in sittings
        if sitting.counter == counter
    ]
    return CounterUse(
        counter,
        served=len(own),
        served_s=sum(_served_until_s(visit, until) for visit in own),
        signed_in_s=sum(signed_in_s for signed_in_s, _ in spans),
        breaks_s=sum(breaks_s for _, breaks_s in spans),
    )


def all_counters(uses: Sequence[CounterUse]) -> CounterUse:
    """The branch as one counter: sums first, then the ratio; never a mean of ratios."""
    return CounterUse(
        "",
        served=sum(use.served for use in uses),
        served_s=sum(use.served_s for use in uses),
        signed_in_s=sum(use.signed_in_s for use in uses),
        breaks_s=sum(use.breaks_s for use in uses),
    )


def signed_in_and_breaks_s(
    sitting: SittingSpan, last_sign: datetime | None, until: datetime
) -> tuple[float, float]:
    """A counter that nobody closed was closed by the turn of the day, after `until`: it counts to
    the last sign of life there, or a forgotten sign-off would halve the day's utilisation."""
    end = sitting.closed_at or until
    breaks_s = sitting.paused_s
    if sitting.closed_at is None and sitting.paused_at is not None:
        breaks_s += elapsed_s(sitting.paused_at, until)
    if end <= until:
        return elapsed_s(sitting.opened_at, end), breaks_s
    forgotten_end = max(last_sign or sitting.opened_at, sitting.opened_at)
    signed_in_s = elapsed_s(sitting.opened_at, forgotten_end)
    if breaks_s <= signed_in_s:
        return signed_in_s, breaks_s
    # The break itself was never ended: at work is what lay before it.
    return max(0.0, elapsed_s(sitting.opened_at, end) - breaks_s), 0.0


def elapsed_s(start: datetime, end: datetime) -> float:
    """Never negative, whatever the clock did."""
    return max(0.0, (end - start).total_seconds())


def _given_up_after_s(visit: Visit) -> float:
    if not gave_up(visit) or visit.ended_at is None:
        return -math.inf
    return max(0.0, elapsed_s(visit.taken_at, visit.ended_at) - visit.rested_s)


def _is_known(visit: Visit) -> bool:
    """Whether the end of its serving was seen: a lapse is the turn of the day, not an end."""
    return visit.state is not TicketState.LAPSED


def _served_until_s(visit: Visit, until: datetime) -> float:
    if not _is_known(visit):
        return 0.0
    if visit.state is TicketState.SERVING and visit.served_s == 0 and visit.started_at:
        return elapsed_s(visit.started_at, until)
    return visit.served_s
