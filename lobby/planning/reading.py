"""A branch's record as its plan for days to come needs it: by half hour, on the branch's clock."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from lobby.planning.past import HALF_HOURS, Counts, Past, PastDay, half_hour
from lobby.queueing.model.plan import Plan
from lobby.store.past_arrivals import Came, Job, PastRecord
from lobby.store.visits import SittingSpan

HALF_HOUR = timedelta(minutes=30)
LEFT_AFTER = timedelta(hours=14)
"""A counter that nobody signed off was at work for no longer than this."""

SKILL_MIN = 3
"""Servings of one service at one counter: fewer were an exception."""


def past_of(plan: Plan, record: PastRecord) -> Past:
    arrivals = _arrivals(plan, record.came)
    counters = _counters(plan, record.sittings)
    return Past(
        days=tuple(
            PastDay(day, arrivals[day], counters.get(day, (0.0,) * HALF_HOURS))
            for day in sorted(arrivals)
        ),
        kinds={(each.service, each.priority): each.count for each in record.kinds},
        jobs_s=_jobs_s(record.jobs),
        skills=_skills(record),
    )


def _arrivals(plan: Plan, came: Iterable[Came]) -> dict[date, Counts]:
    found: defaultdict[date, list[float]] = defaultdict(lambda: [0.0] * HALF_HOURS)
    for each in came:
        local = plan.local(datetime.fromtimestamp(each.minute_utc * 60, UTC))
        found[each.day][half_hour(local.hour, local.minute)] += each.count
    return {day: tuple(counts) for day, counts in found.items()}


def _counters(plan: Plan, sittings: Iterable[tuple[date, SittingSpan]]) -> dict[date, Counts]:
    """Breaks are taken off evenly: only their sum is known, not when they were."""
    found: defaultdict[date, list[float]] = defaultdict(lambda: [0.0] * HALF_HOURS)
    for day, span in sittings:
        midnight = datetime.combine(day, time(), plan.time_zone).astimezone(UTC)
        end = span.closed_at or span.unattended_since or span.acted_at or span.opened_at
        length = min(end - span.opened_at, LEFT_AFTER)
        at_work = _share_at_work(length, span.paused_s)
        for index in range(HALF_HOURS):
            start = midnight + index * HALF_HOUR
            inside = min(span.opened_at + length, start + HALF_HOUR) - max(span.opened_at, start)
            found[day][index] += max(0.0, inside / HALF_HOUR) * at_work
    return {day: tuple(counts) for day, counts in found.items()}


def _share_at_work(length: timedelta, paused_s: float) -> float:
    length_s = length.total_seconds()
    return max(0.0, 1 - paused_s / length_s) if length_s > 0 else 0.0


def _jobs_s(jobs: Iterable[Job]) -> dict[str, tuple[float, ...]]:
    found: defaultdict[str, list[float]] = defaultdict(list)
    for job in jobs:
        found[job.service].append(job.length_s)
    return {service: tuple(lengths) for service, lengths in found.items()}


def _skills(record: PastRecord) -> Mapping[str, frozenset[str]]:
    """The counter at which somebody sat most often first."""
    days: Counter[str] = Counter(dict.fromkeys({job.counter for job in record.jobs}, 0))
    for counter in {(day, span.counter) for day, span in record.sittings}:
        days[counter[1]] += 1
    served = Counter((job.counter, job.service) for job in record.jobs)
    return {
        counter: frozenset(_served_at(counter, served))
        for counter, _ in sorted(days.items(), key=lambda each: (-each[1], each[0]))
    }


def _served_at(counter: str, served: Mapping[tuple[str, str], int]) -> Sequence[str]:
    return [
        code for (where, code), count in served.items() if where == counter and count >= SKILL_MIN
    ]
