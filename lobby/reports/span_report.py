"""The report of a week, a month or twelve months: everything its pages and files are drawn from."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lobby.queueing.model.plan import Plan
from lobby.reports.span_days import SpanDay, SpanMonth, by_month, span_days
from lobby.reports.span_reading import SpanRecord, read_days, read_span
from lobby.reports.spans import Span, SpanKind
from lobby.reports.week_map import WeekMap, week_map
from lobby.store.plan_changes import PlanChange, plan_changes
from lobby.store.rollups import Tally, added


@dataclass(frozen=True, slots=True)
class SpanReport:
    """`before` is the span before, as far into it as this one has come. `service` is the one that
    the map tells of; empty for all."""

    span: Span
    until: date
    is_running: bool
    record: SpanRecord
    total: Tally
    before_span: Span
    before: Tally
    days: tuple[SpanDay, ...]
    months: tuple[SpanMonth, ...]
    map: WeekMap
    changes: tuple[PlanChange, ...]
    service: str = ""

    @property
    def is_future(self) -> bool:
        return self.until < self.span.first


def span_report(
    connection: Any, plan: Plan, span: Span, now: datetime, service: str = ""
) -> SpanReport:
    """`plan` is the branch as it is now."""
    record = read_span(connection, plan, span, now, service)
    today = plan.business_day(now)
    is_running = span.first <= today <= span.last
    before_span = _before(span, record.until) if is_running else span.earlier
    days = span_days(connection, plan.id, record)
    return SpanReport(
        span=span,
        until=record.until,
        is_running=is_running,
        record=record,
        total=record.total,
        before_span=before_span,
        before=added(read_days(connection, plan, before_span, now).values()),
        days=days,
        months=by_month(days) if span.kind is SpanKind.YEAR else (),
        map=week_map(plan, record.half_hours),
        changes=tuple(plan_changes(connection, plan.id, span.first, record.until)),
        service=service,
    )


def _before(span: Span, until: date) -> Span:
    """So many days as there have been of this one: half a week is not held against a whole one."""
    return span.earlier.first_days((until - span.first).days + 1)
