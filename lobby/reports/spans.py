"""Weeks, months and years of twelve months, by their addresses: `2026-W10`, `2026-03`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
WEEK_DAYS = 7
YEAR_MONTHS = 12
EARLIEST_YEAR, LATEST_YEAR = 1970, 9998
"""What lies before or after is no branch's day."""

WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class SpanKind(StrEnum):
    """`YEAR`: the twelve months that end with a month."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both within."""

    kind: SpanKind
    first: date
    last: date

    @property
    def key(self) -> str:
        """As it stands in an address."""
        if self.kind is SpanKind.WEEK:
            year, week, _day = self.first.isocalendar()
            return f"{year:04d}-W{week:02d}"
        return f"{self.last:%Y-%m}"

    @property
    def days(self) -> list[date]:
        return [self.first + index * DAY for index in range((self.last - self.first).days + 1)]

    @property
    def earlier(self) -> "Span":
        """The one before, without a gap."""
        return span_of(self.kind, self.first - DAY)

    @property
    def later(self) -> "Span":
        if self.kind is SpanKind.YEAR:  # twelve months on, not twelve months that end next month
            return span_of(self.kind, _months_on(self.last.replace(day=1), YEAR_MONTHS))
        return span_of(self.kind, self.last + DAY)

    def first_days(self, count: int) -> "Span":
        """So many of its days, at most all."""
        return Span(self.kind, self.first, min(self.last, self.first + (count - 1) * DAY))


def span_of(kind: SpanKind, day: date) -> Span:
    """The week or month that this day lies in; of years the one that its month ends."""
    if kind is SpanKind.WEEK:
        first = day - day.weekday() * DAY
        return Span(kind, first, first + (WEEK_DAYS - 1) * DAY)
    month = day.replace(day=1)
    last = _months_on(month, 1) - DAY
    return Span(kind, month if kind is SpanKind.MONTH else _months_on(month, 1 - YEAR_MONTHS), last)


def span_named(kind: SpanKind, key: str) -> Span | None:
    """None for what is no address of such a span."""
    found = (WEEK if kind is SpanKind.WEEK else MONTH).fullmatch(key)
    if found is None or not EARLIEST_YEAR < int(found[1]) < LATEST_YEAR:
        return None
    try:
        if kind is SpanKind.WEEK:
            return span_of(kind, date.fromisocalendar(int(found[1]), int(found[2]), 1))
        return span_of(kind, date(int(found[1]), int(found[2]), 1))
    except ValueError:
        return None


def _months_on(month: date, count: int) -> date:
    years, index = divmod(month.year * YEAR_MONTHS + month.month - 1 + count, YEAR_MONTHS)
    return date(years, index + 1, 1)
