"""The figures of a branch's day, each by its published definition: visits in, numbers out.

Durations are seconds, unrounded. A figure that nothing can be said about is None, never zero.
"""

import math
import statistics
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import TicketState
from lobby.reports.durations import elapsed_s
from lobby.reports.segments import Segment
from lobby.reports.sign_ins import SignIn
from lobby.store.visits import Visit

FEW = 20
"""Below this many cases a figure is marked: one slow morning would decide it."""

GIVEN_UP = frozenset({TicketState.ABSENT, TicketState.CANCELLED})


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
    """A counter's day: how long somebody sat there, how much of it was a break or a serving.
    `served` counts each service of each customer; `is_assumed` where nobody signed off, so that
    the end of the sitting is not known."""

    counter: str
    served: int
    served_s: float
    signed_in_s: float
    breaks_s: float
    is_assumed: bool = False

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


def kept_promises(plan: Plan, visits: Collection[Visit]) -> Rate:
    """The same for each class by its own promise, of the rules of that day: sums first."""
    rates = [
        within_target(own, plan.calling.promise(priority).within_min)
        for priority in Priority
        if (own := [visit for visit in visits if visit.priority is priority])
    ]
    return Rate(sum(rate.count for rate in rates), sum(rate.of for rate in rates))


def broken_promises(plan: Plan, visits: Collection[Visit]) -> Rate:
    """Who waited longer than promised, of all served and all who gave up after that time."""
    kept = kept_promises(plan, visits)
    return Rate(kept.of - kept.count, kept.of)


def no_shows(visits: Collection[Visit]) -> Rate:
    """Tickets whose call was missed for good, of those called at least once; a ticket counts once
    however often it was called."""
    missed = sum(visit.state is TicketState.ABSENT for visit in visits)
    return Rate(missed, sum(visit.first_called_at is not None for visit in visits))


def abandonments(visits: Collection[Visit]) -> Rate:
    """Calls missed for good and cancelled before service, of all tickets taken that did not go to
    a machine for good. Whom the branch closed on has not left: see `closed_out`."""
    in_line = [visit for visit in visits if not stayed_at_machine(visit)]
    return Rate(sum(map(gave_up, in_line)), len(in_line))


def gave_up(visit: Visit) -> bool:
    """Who went to a machine and left no word may well be done: unknown is not given up. Nor is who
    stood in line when the branch closed."""
    unserved = visit.started_at is None and not stayed_at_machine(visit)
    return unserved and visit.state in GIVEN_UP


def stayed_at_machine(visit: Visit) -> bool:
    """Went to a machine and did not come back: done there, unconfirmed, or there still."""
    return visit.accepted_at is not None and visit.returned_at is None


def closed_out(visit: Visit) -> bool:
    """In line, never served, when the branch closed: neither served nor gone of their own will."""
    unserved = visit.started_at is None and not stayed_at_machine(visit)
    return unserved and visit.state is TicketState.LAPSED


def counter_use(
    counter: str, segments: Iterable[Segment], sign_ins: Iterable[SignIn], until: datetime
) -> CounterUse:
    """`until` is where the report ends: a serving that still lasts counts to there."""
    own = [segment for segment in segments if segment.counter == counter]
    spans = [each for each in sign_ins if each.counter == counter]
    return CounterUse(
        counter,
        served=len({(segment.number, segment.service) for segment in own}),
        served_s=sum(segment.served_until_s(until) for segment in own),
        signed_in_s=sum(span.signed_in_s for span in spans),
        breaks_s=sum(span.breaks_s for span in spans),
        is_assumed=any(span.is_assumed for span in spans),
    )


def all_counters(uses: Sequence[CounterUse]) -> CounterUse:
    """The branch as one counter: sums first, then the ratio; never a mean of ratios."""
    return CounterUse(
        "",
        served=sum(use.served for use in uses),
        served_s=sum(use.served_s for use in uses),
        signed_in_s=sum(use.signed_in_s for use in uses),
        breaks_s=sum(use.breaks_s for use in uses),
        is_assumed=any(use.is_assumed for use in uses),
    )


def _given_up_after_s(visit: Visit) -> float:
    if not gave_up(visit) or visit.ended_at is None:
        return -math.inf
    return max(0.0, elapsed_s(visit.taken_at, visit.ended_at) - visit.rested_s)
