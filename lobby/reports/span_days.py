"""The days of a span, also those without visits: closed, a holiday, empty, or without data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lobby.reports.day_list import DayKind, kinds_of
from lobby.reports.span_reading import SpanRecord
from lobby.store.rollups import Tally, added


@dataclass(frozen=True, slots=True)
class SpanDay:
    """`tally` is of nothing on a day without visits."""

    day: date
    kind: DayKind
    tally: Tally


@dataclass(frozen=True, slots=True)
class SpanMonth:
    """`first` is its first of the month; `kinds` counts its days of each kind."""

    first: date
    kinds: Mapping[DayKind, int]
    tally: Tally


def span_days(connection: Any, branch_id: str, record: SpanRecord) -> tuple[SpanDay, ...]:
    """Up to today."""
    known = [day for day in record.span.days if day <= record.until]
    with_visits = {day for day in known if day in record.days and record.days[day]["tickets"]}
    kinds = kinds_of(connection, branch_id, [day for day in known if day not in with_visits])
    return tuple(
        SpanDay(day, kinds.get(day, DayKind.VISITS), record.days.get(day) or Tally())
        for day in known
    )


def by_month(days: tuple[SpanDay, ...]) -> tuple[SpanMonth, ...]:
    months: dict[date, list[SpanDay]] = {}
    for each in days:
        months.setdefault(each.day.replace(day=1), []).append(each)
    return tuple(
        SpanMonth(
            first,
            {kind: sum(each.kind is kind for each in own) for kind in DayKind},
            added(each.tally for each in own),
        )
        for first, own in months.items()
    )
