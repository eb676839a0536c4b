"""A simulated day before the first call: who will come and who will serve."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lobby.queueing.model.plan import Plan
from lobby.simulation.customer import Customer
from lobby.simulation.staffing import Seat


@dataclass(frozen=True, slots=True)
class Day:
    """Customers in the order in which they come."""

    date: date
    customers: tuple[Customer, ...]
    seats: tuple[Seat, ...]

    def begins_at(self, plan: Plan) -> datetime:
        """The branch's midnight, from which all seconds are counted."""
        return datetime.combine(self.date, time(), plan.time_zone).astimezone(UTC)


FIRST_MONDAY = date(2026, 1, 5)
WORKING_DAYS = 5


def working_day(ordinal: int) -> date:
    """The first is a Monday; weekends are left out."""
    weeks, weekday = divmod(ordinal, WORKING_DAYS)
    return FIRST_MONDAY + timedelta(weeks=weeks, days=weekday)
