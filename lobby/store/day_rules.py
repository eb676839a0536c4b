"""The rules of a business day, read once when the day comes, on the connection that writes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from msgspec import structs
from sqlalchemy import Connection

from lobby.queueing.commands.command import Command, TakeBackDay
from lobby.queueing.decide.day import may_open_day
from lobby.queueing.events.counter import CounterOpened
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.events.ticket import TicketCalled, TicketTaken
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.store.catalogue import plan_on
from lobby.store.day_plans import has_day_plan, keep_day_plan
from lobby.store.history import hall_before_turn

WORK = (DayOpened, TicketTaken, CounterOpened, TicketCalled)
"""What is done by a plan."""


class DayRules:
    """Of one branch. The medians of many weeks of servings are a part of them, so they are not
    read again for each act that might open the day. The writer's thread only."""

    def __init__(self) -> None:
        self._newest: tuple[date, Plan] | None = None
        self._kept_on: date | None = None

    def hall_for(self, connection: Connection, hall: Hall, command: Command, now: datetime) -> Hall:
        """What this act is decided on: where it may open a day, a hall with the rules of that day,
        so that its very first decision goes by them; where a turn is taken back, beside it the
        hall before that turn, and the rules of then."""
        if isinstance(command, TakeBackDay) and hall.day is not None:
            before = hall_before_turn(connection, hall.plan)
            day = before.day if before and before.day else hall.day
            return structs.replace(self.hall_under(connection, hall, day), before_turn=before)
        if not may_open_day(hall, command, now):
            return hall
        return self.hall_under(connection, hall, hall.plan.business_day(now))

    def hall_under(self, connection: Connection, hall: Hall, day: date) -> Hall:
        """The hall with the calling rule and counter policy of that day."""
        if self._newest is None or self._newest[0] != day:
            self._newest = (day, plan_on(connection, hall.plan, day))
        rules = self._newest[1]
        plan = replace(
            hall.plan,
            calling=rules.calling,
            counter_policy=rules.counter_policy,
            lobby_policy=rules.lobby_policy,
        )
        return structs.replace(hall, plan=plan)

    def keep_plan(self, connection: Connection, hall: Hall, events: Sequence[Event]) -> None:
        """The day keeps the plan by which this process works on it. What only ends a day changes
        nothing of it: a process started with another plan may be the one that ends it."""
        day = hall.day
        if day is None or day == self._kept_on:
            return
        if any(isinstance(event, WORK) for event in events) or not has_day_plan(
            connection, hall.plan.id, day
        ):
            keep_day_plan(connection, hall.plan, day)
            self._kept_on = day

    def forget_kept(self) -> None:
        """The transaction that kept it was undone."""
        self._kept_on = None


def without_past(hall: Hall) -> Hall:
    """As it is kept: what a decision looked back at is no part of it."""
    return hall if hall.before_turn is None else structs.replace(hall, before_turn=None)
