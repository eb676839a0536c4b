"""Formats of the report's figures: rounding, language, and the branch's clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_skeleton
from babel.numbers import format_decimal
from babel.support import NullTranslations

from lobby.i18n.formats import clock_time, minutes
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import texts
from lobby.queueing.model.plan import Plan
from lobby.reports.machine_words import MACHINE_KINDS
from lobby.reports.periods import Period, whole_day
from lobby.reports.spans import SpanKind

NOTHING = "–"
SLOTS = {
    SpanKind.WEEK: ("E", "Md"),
    SpanKind.MONTH: ("d", "EEEEE"),
    SpanKind.YEAR: ("MMM", "y"),
}
HOUR_S = 3600
LONG_S = 2 * HOUR_S
EXACT_BELOW = 10
"""Below ten a decimal says something; above, it only looks exact."""


@dataclass(frozen=True, slots=True)
class Figures:
    language: str
    plan: Plan

    @property
    def words(self) -> NullTranslations:
        return texts(self.language)

    def decimal(self, number: float | None, places: int = 1) -> str:
        if number is None:
            return NOTHING
        pattern = "#,##0." + "0" * places if places else "#,##0"
        return format_decimal(number, format=pattern, locale=LANGUAGES[self.language].locale)

    def count(self, number: float) -> str:
        return self.decimal(number, 0)

    def minutes(self, seconds: float | None) -> str:
        """With one decimal and no unit, for columns: `9.5`."""
        return self.decimal(None if seconds is None else seconds / 60)

    def minutes_long(self, seconds: float | None) -> str:
        """`9.5 min`, `24 min`, `1 h 4 min`."""
        if seconds is None:
            return NOTHING
        if seconds >= HOUR_S:
            return minutes(60 * round(seconds / 60), self.language)
        return self.words.gettext("%(count)s min") % {"count": self.sparing(seconds / 60)}

    def waited_long(self, seconds: float | None) -> str:
        """So far: `24 min`, `less than a minute`; a dash where nobody waits."""
        if seconds is not None and seconds < 60:
            return self.words.gettext("less than a minute")
        return self.minutes_long(seconds)

    def time_long(self, seconds: float) -> str:
        """`45 min`; from two hours on `9.3 h`."""
        if seconds < LONG_S:
            return self.minutes_long(seconds)
        return self.words.gettext("%(count)s h") % {"count": self.sparing(seconds / 3600)}

    def percent_exact(self, share: float | None) -> str:
        """With a decimal where rounding could hide on which side of a limit it lies: `15.3%`."""
        if share is None or round(share * 1000) % 10 == 0:
            return self.percent(share)
        return f"{self.decimal(share * 100)}%"

    def percent(self, share: float | None) -> str:
        """`80%`, `3.1%`."""
        return NOTHING if share is None else f"{self.sparing(share * 100)}%"

    def sparing(self, number: float) -> str:
        """One decimal where it says something and is not a zero."""
        tells = number < EXACT_BELOW and round(number, 1) != round(number)
        return self.decimal(number, 1 if tells else 0)

    def hours(self, seconds: float) -> str:
        """`7:30`."""
        hours, minutes = divmod(round(seconds / 60), 60)
        return f"{hours}:{minutes:02d}"

    def clock(self, at: datetime) -> str:
        return clock_time(at, self.plan)

    def moment(self, at: datetime, day: date) -> str:
        """`10:05`; with the date where it is not of the day that is told: `12/3 10:05`."""
        local = self.plan.local(at)
        if local.date() == day:
            return self.clock(at)
        locale = LANGUAGES[self.language].locale
        return f"{format_skeleton('Md', local, locale=locale)} {self.clock(at)}"

    def hour(self, hour: int) -> str:
        """`10:00–11:00`."""
        return f"{hour:02d}:00–{(hour + 1) % 24:02d}:00"

    def span(self, period: Period) -> str:
        """`10:30–11:00`; on a day on which clocks are set `02:30–03:00 (UTC+2)`, both by the
        clock of its beginning."""
        start, end = self.bounds(period)
        return f"{start}–{end}{self._offset(period)}"

    def bounds(self, period: Period) -> tuple[str, str]:
        """When it begins and ends, by the clock of its beginning."""
        start = self.plan.local(period.start)
        end = start + (period.end - period.start)
        return f"{start:%H:%M}", f"{end:%H:%M}"

    def _offset(self, period: Period) -> str:
        start = self.plan.local(period.start)
        begin, end = whole_day(self.plan, start.date())
        if self.plan.local(begin).utcoffset() == self.plan.local(end).utcoffset():
            return ""
        minutes = round((start.utcoffset() or timedelta(0)).total_seconds() / 60)
        hours, rest = divmod(abs(minutes), 60)
        sign = "−" if minutes < 0 else "+"
        return f" (UTC{sign}{hours}" + (f":{rest:02d})" if rest else ")")

    def service(self, code: str) -> str:
        """Its name; the bare code of a service that is no longer offered."""
        service = self.plan.services.get(code)
        return service.name(self.language) if service else code

    def counter(self, counter_id: str) -> str:
        """The number on its sign; the bare name of a counter that is gone."""
        counter = self.plan.counters.get(counter_id)
        return counter.label if counter else counter_id

    def machine(self, machine_id: str) -> str:
        """What it is and where it stands; the bare id of a machine that is gone."""
        machine = self.plan.machines.get(machine_id)
        if machine is None:
            return machine_id
        return f"{self.named(MACHINE_KINDS, machine.kind)} · {machine.place(self.language)}"

    def named(self, names: Mapping[str, str], key: str) -> str:
        """In the language; the bare key of what has no name yet."""
        return self.words.gettext(names[key]) if key in names else key

    def slot(self, first: date, kind: SpanKind) -> tuple[str, str]:
        """What stands under a day, or a month, of a chart, in two lines: `Mon`, `2/3`."""
        above, below = SLOTS[kind]
        locale = LANGUAGES[self.language].locale
        return (
            format_skeleton(above, first, locale=locale),
            format_skeleton(below, first, locale=locale),
        )

    def month(self, day: date) -> str:
        return format_skeleton("yMMMM", day, locale=LANGUAGES[self.language].locale)

    def weekday(self, day: date) -> str:
        """`Mon 2`, for the head of a column."""
        return format_skeleton("Ed", day, locale=LANGUAGES[self.language].locale)
