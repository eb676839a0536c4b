"""The rules of a business day, read once when the day comes, on the connection that writes."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from msgspec import structs
from sqlalchemy import Connection

from lobby.queueing.commands.command import Command, TakeBackDay
from lobby.queueing.decide.day import may_open_day
from lobby.queueing.events.counter import CounterOpened
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.events.ticket import TicketCalled, TicketTaken
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.machine import Machine
from lobby.queueing.model.plan import Plan
from lobby.store.catalogue import adopt_set_up, plan_on
from lobby.store.day_plans import has_day_plan, keep_day_plan
from lobby.store.history import hall_before_turn
from lobby.store.set_up import set_up_plan

Place = TypeVar("Place", Counter, Machine)

WORK = (DayOpened, TicketTaken, CounterOpened, TicketCalled)
"""What is done by a plan."""


class DayRules:
    """Of one branch. The medians of many weeks of servings are a part of them, so they are not
    read again for each act that might open the day. The writer's thread only."""

    def __init__(self) -> None:
        self._newest: tuple[date, Plan] | None = None
        self._is_changed = False
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
        """The hall with the set-up, the calling rule and the policies of that day."""
        if self._newest is None or self._newest[0] != day:
            set_up = set_up_plan(connection, hall.plan, day)
            self._is_changed = set_up is not None
            self._newest = (day, plan_on(connection, set_up or hall.plan, day))
        rules = self._newest[1]
        plan = replace(
            rules if self._is_changed else hall.plan,
            calling=rules.calling,
            counter_policy=rules.counter_policy,
            lobby_policy=rules.lobby_policy,
        )
        return structs.replace(hall, plan=plan)

    def hall_changed(self, connection: Connection, hall: Hall, day: date) -> Hall:
        """The hall in the middle of a day whose set-up has just been changed, and the day keeps it.
        What counters and machines have done today stays, also of those that are gone."""
        after = self.hall_under(connection, hall, day)
        empty = Hall.empty(after.plan)
        counters = {**empty.counters, **_used(hall.counters, empty.counters, Counter)}
        machines = {**empty.machines, **_used(hall.machines, empty.machines, Machine)}
        adopt_set_up(connection, after.plan)
        keep_day_plan(connection, after.plan, day)
        return structs.replace(after, counters=counters, machines=machines)

    def keep_plan(self, connection: Connection, hall: Hall, events: Sequence[Event]) -> None:
        """The day keeps the plan by which this process works on it. What only ends a day changes
        nothing of it: a process started with another plan may be the one that ends it."""
        day = hall.day
        if day is None or day == self._kept_on:
            return
        if any(isinstance(event, WORK) for event in events) or not has_day_plan(
            connection, hall.plan.id, day
        ):
            if set_up_plan(connection, hall.plan, day) is not None:
                adopt_set_up(connection, hall.plan)
            keep_day_plan(connection, hall.plan, day)
            self._kept_on = day

    def forget_kept(self) -> None:
        """The transaction that kept it was undone, or something else is to be kept."""
        self._kept_on = None
        self._newest = None


def _used(
    before: Mapping[str, Place], planned: Container[str], kind: Callable[[str], Place]
) -> dict[str, Place]:
    """Those that there are still, and those that something has happened at today."""
    return {id_: each for id_, each in before.items() if id_ in planned or each != kind(id_)}


def without_past(hall: Hall) -> Hall:
    """As it is kept: what a decision looked back at is no part of it."""
    return hall if hall.before_turn is None else structs.replace(hall, before_turn=None)
