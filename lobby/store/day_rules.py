"""The rules of a business day, read once when the day comes, on the connection that writes."""

from dataclasses import replace
from datetime import date

from msgspec import structs
from sqlalchemy import Connection

from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.store.catalogue import plan_on


class DayRules:
    """Of one branch. The medians of many weeks of servings are a part of them, so they are not
    read again for each act that might open the day. The writer's thread only."""

    def __init__(self) -> None:
        self._newest: tuple[date, Plan] | None = None

    def hall_under(self, connection: Connection, hall: Hall, day: date) -> Hall:
        """The hall with the calling rule and counter policy of that day."""
        if self._newest is None or self._newest[0] != day:
            self._newest = (day, plan_on(connection, hall.plan, day))
        rules = self._newest[1]
        plan = replace(hall.plan, calling=rules.calling, counter_policy=rules.counter_policy)
        return structs.replace(hall, plan=plan)
