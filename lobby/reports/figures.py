"""How figures are written in a report: rounded for the eye, in a language, on a branch's clock."""

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_skeleton
from babel.numbers import format_decimal
from babel.support import NullTranslations

from lobby.i18n.formats import BABEL_CODES, clock_time
from lobby.i18n.texts import texts
from lobby.queueing.plan import Plan
from lobby.reports.periods import Period

NOTHING = "–"
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
        return format_decimal(number, format=pattern, locale=BABEL_CODES[self.language])

    def count(self, number: float) -> str:
        return self.decimal(number, 0)

    def minutes(self, seconds: float | None) -> str:
        """With one decimal and no unit, for columns: `9.5`."""
        return self.decimal(None if seconds is None else seconds / 60)

    def minutes_long(self, seconds: float | None) -> str:
        """`9.5 min`, `24 min`."""
        if seconds is None:
            return NOTHING
        return self.words.gettext("%(count)s min") % {"count": self.sparing(seconds / 60)}

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

    def span(self, period: Period) -> str:
        """`10:30–11:00`."""
        return f"{self.clock(period.start)}–{self.clock(period.end)}"

    def service(self, code: str) -> str:
        """Its name; the bare code of a service that is no longer offered."""
        service = self.plan.services.get(code)
        return service.name(self.language) if service else code

    def counter(self, counter_id: str) -> str:
        """The number on its sign; the bare name of a counter that is gone."""
        counter = self.plan.counters.get(counter_id)
        return str(counter.number) if counter else counter_id

    def month(self, day: date) -> str:
        return format_skeleton("yMMMM", day, locale=BABEL_CODES[self.language])
