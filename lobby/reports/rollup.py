"""A day's report as sums that add up: the same figures, so that a week of days and its page agree.

Each part is measured by the functions that measure the day. Percentiles alone are rougher: they are
read from histograms (`lobby.store.histograms` states by how much).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Channel
from lobby.reports import measures
from lobby.reports.durations import elapsed_s
from lobby.reports.measures import CounterUse
from lobby.reports.offers import Offers, offers_of
from lobby.reports.periods import HALF_HOUR, INSTANT, whole_day
from lobby.reports.reading import Reading, measured, readable
from lobby.reports.segments import Segment, segments_of, service_times
from lobby.store.day_record import record_of_day
from lobby.store.histograms import packed
from lobby.store.kinds import RollupPart
from lobby.store.rollups import Rollup, keep_rollups
from lobby.store.visits import Visit

MICROSECONDS = 1_000_000


def roll_up(connection: Any, plan: Plan, day: date, now: datetime) -> None:
    """Measure the day from its record and keep its sums; `plan` is the branch as it is now."""
    keep_rollups(connection, plan.id, day, rollups_of(read_past_day(connection, plan, day, now)))


def read_past_day(connection: Any, plan: Plan, day: date, now: datetime) -> Reading:
    """By the plan and the hours that the day kept, as its own page tells it."""
    record = record_of_day(connection, plan, day, *whole_day(plan, day))
    return measured(record.kept.plan, readable(record.kept.catalogue), record, day, now)


def rollups_of(reading: Reading) -> list[Rollup]:
    report = reading.report
    segments = segments_of(report.visits, reading.record.stretches)
    return list(Parts(reading, segments).all())


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one day."""

    reading: Reading
    segments: Sequence[Segment]

    def all(self) -> Iterator[Rollup]:
        yield self._day()
        yield from self._half_hours()
        yield from self._services_by_half_hour()
        yield from self._services()
        yield from self._counters()
        yield from self._channels()
        yield from self._classes()

    @property
    def _visits(self) -> Sequence[Visit]:
        return self.reading.report.visits

    def _day(self) -> Rollup:
        report = self.reading.report
        accuracy = report.accuracy.all if report.accuracy else None
        figures = {
            **self._of(self._visits),
            **_use(report.all_counters),
            "most_waiting": max((each.most_waiting for each in report.half_hours), default=0),
        }
        if accuracy is not None:
            figures |= {
                "told": accuracy.count,
                "inside": accuracy.inside.count,
                "late": accuracy.late.count,
            }
        return self._rollup(RollupPart.DAY, "", self._visits, figures, self.segments)

    def _half_hours(self) -> Iterator[Rollup]:
        plan, report = self.reading.plan, self.reading.report
        started = self._started_in()
        for period in report.half_hours:
            index = _index(plan, report.day, period.start)
            lasted_s = elapsed_s(period.start, min(period.end, report.until))
            figures = {
                "tickets": period.arrivals,
                **_waits(started[index]),
                "open_us": round(period.counters_open * lasted_s * MICROSECONDS),
                "most_waiting": period.most_waiting,
            }
            waits = packed(v.wait_s for v in started[index] if v.wait_s is not None)
            yield Rollup(RollupPart.HALF_HOUR, "", index, figures, waits)

    def _services_by_half_hour(self) -> Iterator[Rollup]:
        """Only those in which something was: the others are nothing."""
        plan, day = self.reading.plan, self.reading.report.day
        taken: dict[tuple[int, str], int] = defaultdict(int)
        started: dict[tuple[int, str], list[Visit]] = defaultdict(list)
        for visit in self._visits:
            taken[_index(plan, day, visit.taken_at), visit.service] += 1
            if visit.started_at is not None:
                started[_index(plan, day, visit.started_at), visit.service].append(visit)
        for index, service in sorted({*taken, *started}):
            own = started[index, service]
            figures = {"tickets": taken[index, service], **_waits(own)}
            waits = packed(v.wait_s for v in own if v.wait_s is not None)
            yield Rollup(RollupPart.SERVICE_HALF_HOUR, service, index, figures, waits)

    def _services(self) -> Iterator[Rollup]:
        """Who asked for it, and how long it took, also where it was added to another."""
        plan = self.reading.plan
        pools: dict[str, list[str]] = defaultdict(list)
        for line in self.reading.report.services:
            known = plan.services.get(line.code)
            pools[known.pool if known else ""].append(line.code)
            yield self._of_services(RollupPart.SERVICE, line.code, [line.code])
        for pool, codes in sorted(pools.items()):
            yield self._of_services(RollupPart.POOL, pool, codes)

    def _of_services(self, part: RollupPart, name: str, codes: Collection[str]) -> Rollup:
        own = [visit for visit in self._visits if visit.service in codes]
        segments = [each for each in self.segments if each.service in codes]
        return self._rollup(part, name, own, self._of(own), segments)

    def _counters(self) -> Iterator[Rollup]:
        for use in self.reading.report.counters:
            own = [each for each in self.segments if each.counter == use.counter]
            yield self._rollup(RollupPart.COUNTER, use.counter, (), _use(use), own)

    def _channels(self) -> Iterator[Rollup]:
        for channel in Channel:
            own = [visit for visit in self._visits if visit.channel is channel]
            if own:
                yield self._of_visits(RollupPart.CHANNEL, channel.value, own)

    def _classes(self) -> Iterator[Rollup]:
        for priority in Priority:
            own = [visit for visit in self._visits if visit.priority is priority]
            if own:
                yield self._of_visits(RollupPart.PRIORITY, priority.value, own)

    def _of_visits(self, part: RollupPart, name: str, own: Sequence[Visit]) -> Rollup:
        numbers = {visit.number for visit in own}
        segments = [each for each in self.segments if each.number in numbers]
        return self._rollup(part, name, own, self._of(own), segments)

    def _of(self, own: Sequence[Visit]) -> dict[str, int]:
        plan, target_min = self.reading.plan, self.reading.report.target_min
        promised, within = (
            measures.kept_promises(plan, own),
            measures.within_target(own, target_min),
        )
        no_shows, abandonments = measures.no_shows(own), measures.abandonments(own)
        eligible = [visit for visit in own if visit.eligible]
        return {
            "tickets": len(own),
            **_waits(own),
            "kept": promised.count,
            "due": promised.of,
            "on_target": within.count,
            "target_of": within.of,
            "called": no_shows.of,
            "missed": no_shows.count,
            "in_line": abandonments.of,
            "gave_up": abandonments.count,
            "closed_out": sum(map(measures.closed_out, own)),
            "passed": sum(v.overtakes > 0 and v.first_called_at is not None for v in own),
            "overtakes_max": max((visit.overtakes for visit in own), default=0),
            "eligible": len(eligible),
            **_offers(self._offers(eligible)),
        }

    def _offers(self, eligible: Iterable[Visit]) -> Offers:
        return offers_of(
            eligible, is_running=self.reading.report.is_running, complained=frozenset()
        )

    def _rollup(
        self,
        part: RollupPart,
        name: str,
        own: Iterable[Visit],
        figures: dict[str, int],
        segments: Iterable[Segment],
    ) -> Rollup:
        times_s = service_times(segments)
        figures |= {"done": len(times_s), "service_us": _microseconds(times_s)}
        waits = packed(visit.wait_s for visit in own if visit.wait_s is not None)
        return Rollup(part, name, figures=figures, waits=waits, service_times=packed(times_s))

    def _started_in(self) -> dict[int, list[Visit]]:
        plan, day = self.reading.plan, self.reading.report.day
        started: dict[int, list[Visit]] = defaultdict(list)
        for visit in self._visits:
            if visit.started_at is not None:
                started[_index(plan, day, visit.started_at)].append(visit)
        return started


def _index(plan: Plan, day: date, at: datetime) -> int:
    """Which half hour of the day; what lies before or after the day belongs to its edge."""
    begin, end = whole_day(plan, day)
    return (min(max(at, begin), end - INSTANT) - begin) // HALF_HOUR


def _waits(own: Iterable[Visit]) -> dict[str, int]:
    waits_s = [visit.wait_s for visit in own if visit.wait_s is not None]
    return {
        "served": len(waits_s),
        "wait_us": _microseconds(waits_s),
        "wait_max_us": _microseconds([max(waits_s, default=0.0)]),
    }


def _use(use: CounterUse) -> dict[str, int]:
    return {
        "servings": use.served,
        "serving_us": _microseconds([use.served_s]),
        "signed_in_us": _microseconds([use.signed_in_s]),
        "breaks_us": _microseconds([use.breaks_s]),
        "assumed": int(use.is_assumed),
    }


def _offers(offers: Offers) -> dict[str, int]:
    return {
        "offered": offers.offered,
        "accepted": offers.accepted,
        "completed": offers.completed,
        "returned": offers.returned,
        "unconfirmed": offers.unconfirmed,
    }


def _microseconds(durations_s: Iterable[float]) -> int:
    return sum(round(duration_s * MICROSECONDS) for duration_s in durations_s)
