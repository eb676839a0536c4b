"""A week, a month or twelve months read: from the roll-ups of days that are over, and from visits
where there are none, as of today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lobby.queueing.model.plan import Plan
from lobby.reports.rollup import read_past_day, rollups_of
from lobby.reports.spans import DAY, Span
from lobby.store.kinds import RollupPart
from lobby.store.rollups import (
    HalfHour,
    Rollup,
    Tally,
    added,
    days_rolled_up,
    days_with_record,
    half_hours_rolled_up,
    parts_rolled_up,
)

PARTS = (
    *(RollupPart.SERVICE, RollupPart.POOL, RollupPart.COUNTER),
    *(RollupPart.CHANNEL, RollupPart.PRIORITY),
)

Parts = dict[tuple[RollupPart, str], Tally]


@dataclass(slots=True)
class SpanRecord:
    """The days of a span up to `until`, its last day that has come. `days` are those of which there
    is any record; `half_hours` are of the branch, or of the one service that was asked for."""

    span: Span
    until: date
    days: dict[date, Tally] = field(default_factory=dict)
    parts: Parts = field(default_factory=dict)
    half_hours: list[HalfHour] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        return added(self.days.values())


def read_span(
    connection: Any, plan: Plan, span: Span, now: datetime, service: str = ""
) -> SpanRecord:
    """`plan` is the branch as it is now."""
    today = plan.business_day(now)
    until = min(span.last, today)
    record = SpanRecord(span, until)
    if until < span.first:
        return record
    of = (plan.id, span.first, until)
    record.days = days_rolled_up(connection, [plan.id], span.first, until).get(plan.id, {})
    record.parts = parts_rolled_up(connection, *of, PARTS)
    record.half_hours = half_hours_rolled_up(connection, *of, service)
    for day in days_without_rollup(connection, plan, span, until, record.days):
        _add(record, day, rollups_of(read_past_day(connection, plan, day, now)), service)
    return record


def read_days(connection: Any, plan: Plan, span: Span, now: datetime) -> dict[date, Tally]:
    """The whole days alone, for a comparison."""
    until = min(span.last, plan.business_day(now))
    days = days_rolled_up(connection, [plan.id], span.first, until).get(plan.id, {})
    for day in days_without_rollup(connection, plan, span, until, days):
        whole = rollups_of(read_past_day(connection, plan, day, now))[0]
        days[day] = Tally()
        days[day].add(whole)
    return days


def days_without_rollup(
    connection: Any, plan: Plan, span: Span, until: date, known: Mapping[date, Tally]
) -> list[date]:
    """On record all the same: today, the day that is open still, and what was changed since."""
    count = (until - span.first).days + 1
    missing = [day for index in range(count) if (day := span.first + index * DAY) not in known]
    return days_with_record(connection, plan.id, missing) if missing else []


def _add(record: SpanRecord, day: date, rollups: Iterable[Rollup], service: str) -> None:
    for each in rollups:
        if each.part is RollupPart.DAY:
            record.days.setdefault(day, Tally()).add(each)
        elif each.part in PARTS:
            record.parts.setdefault((each.part, each.name), Tally()).add(each)
        elif _is_asked(each, service):
            record.half_hours.append(_half_hour(day, each))


def _is_asked(rollup: Rollup, service: str) -> bool:
    if service:
        return rollup.part is RollupPart.SERVICE_HALF_HOUR and rollup.name == service
    return rollup.part is RollupPart.HALF_HOUR


def _half_hour(day: date, rollup: Rollup) -> HalfHour:
    columns = ("tickets", "served", "wait_us", "open_us", "most_waiting")
    return HalfHour(day, rollup.half_hour, *(rollup.figures.get(name, 0) for name in columns))
