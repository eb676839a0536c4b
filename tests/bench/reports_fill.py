"""A year of many branches, in the rows that acts would have written: visits, servings, sittings.

Hours are those of a bank: a peak at ten and one at three, busy Mondays, a bad month with a counter
less, a rule changed in the middle of it. The same seed fills the same year.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import PROMISES, Priority, Promise
from lobby.queueing.model.ticket import Channel, TicketState
from lobby.reports.rollup import roll_up
from lobby.store.bulk_rows import Row, write_rows
from lobby.store.catalogue import save_plan
from lobby.store.day_plans import keep_day_plan
from lobby.store.tables import SITTINGS, VISITS
from lobby.store.tables_waits import SERVINGS
from tests.app.people import plan

OPENS, CLOSES = 9, 17
HOURS = (9, 12, 9, 7, 5, 6, 9, 8)
"""How the day's customers spread over its hours."""
WEEKDAYS = (1.3, 1.0, 0.95, 1.0, 1.15)
BAD_MONTH = 11
COUNTERS = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class Year:
    """Of each branch; `visits` of all branches together."""

    last: date
    visits: int
    branches: int
    days: int = 365

    @property
    def first(self) -> date:
        return self.last - timedelta(days=self.days - 1)

    def branch_id(self, index: int) -> str:
        return "riverside" if index == 0 else f"branch-{index:03d}"

    def working_days(self) -> list[date]:
        days = [self.first + timedelta(days=index) for index in range(self.days)]
        return [day for day in days if day.weekday() < 5]

    def visits_on(self, day: date) -> int:
        usual = self.visits / self.branches / max(1, len(self.working_days()))
        return max(1, round(usual * WEEKDAYS[day.weekday()] * (1.2 if day.day <= 3 else 0.97)))


def plans(year: Year) -> list[Plan]:
    usual = plan("riverside")
    return [replace(usual, id=year.branch_id(index)) for index in range(year.branches)]


def fill(connection: Connection, year: Year, now: datetime, *, saved: bool = False) -> int:
    """All days of all branches, rolled up as they would have been when they ended; how many
    visits there are."""
    count = 0
    for index, branch in enumerate(plans(year)):
        if not (saved and index == 0):
            save_plan(connection, branch)
        draw = random.Random(index)
        for day in year.working_days():
            count += fill_day(connection, branch, day, year, draw)
            roll_up(connection, branch, day, now)
    return count


def fill_day(
    connection: Connection, branch: Plan, day: date, year: Year, draw: random.Random
) -> int:
    keep_day_plan(connection, _plan_on(branch, day, year), day)
    rows = list(_day(branch, day, year.visits_on(day), draw))
    write_rows(connection, VISITS, [visit for visit, _serving in rows])
    write_rows(connection, SERVINGS, [serving for _visit, serving in rows if serving])
    write_rows(connection, SITTINGS, list(_sittings(branch, day, rows)))
    return len(rows)


def _plan_on(branch: Plan, day: date, year: Year) -> Plan:
    """In the second half of the year other promises hold."""
    if day < year.last - timedelta(days=year.days // 2):
        return branch
    promises = {**PROMISES, Priority.REGULAR: Promise(15, 0)}
    return replace(branch, calling=replace(branch.calling, promises=promises))


def _counters(day: date) -> tuple[str, ...]:
    return COUNTERS[:2] if day.month == BAD_MONTH else COUNTERS


def _day(branch: Plan, day: date, count: int, draw: random.Random) -> Iterator[tuple[Row, Row]]:
    """First come, first served, at whichever counter is free first."""
    opens = datetime(day.year, day.month, day.day, OPENS, tzinfo=branch.time_zone)
    hours = draw.choices(range(len(HOURS)), HOURS, k=count)
    arrivals = sorted(opens + timedelta(hours=h, seconds=draw.uniform(0, 3600)) for h in hours)
    scale = len(_counters(day)) * (CLOSES - OPENS) * 60 * 0.8 / max(1, count)
    free = dict.fromkeys(_counters(day), opens)
    for ordinal, taken_at in enumerate(arrivals, start=1):
        service = draw.choice(list(branch.services.values()))
        counter = min(free, key=lambda name: free[name])
        called_at = max(taken_at, free[counter])
        lasts = timedelta(minutes=min(40, draw.lognormvariate(0, 0.6) * scale))
        row = _visit(branch, day, ordinal, service.code, taken_at, draw)
        if (called_at - taken_at).total_seconds() > draw.expovariate(1 / 7200):
            ended_at = taken_at + (called_at - taken_at) * draw.random()
            yield {**row, "state": TicketState.CANCELLED, "ended_at": ended_at}, {}
            continue
        started_at = called_at + timedelta(seconds=draw.uniform(5, 60))
        free[counter] = ended_at = started_at + lasts
        served = {
            "state": TicketState.FINISHED,
            "services_done": service.code,
            "first_called_at": called_at,
            "started_at": started_at,
            "ended_at": ended_at,
            "served_s": lasts.total_seconds(),
            "calls": 1,
            "counter": counter,
            "teller": f"teller-{counter}",
        }
        yield {**row, **served}, _serving(row, counter, started_at, ended_at)


def _visit(
    branch: Plan, day: date, ordinal: int, service: str, taken_at: datetime, draw: random.Random
) -> Row:
    """Every column, or a batch could not be written in one go."""
    nothing: dict[str, Any] = {
        column.name: getattr(column.default, "arg", None) for column in VISITS.c
    }
    chance = draw.random()
    return {
        **nothing,
        **dict.fromkeys(("rule", "rule_set", "exclusion", "hand_reason"), ""),
        **dict.fromkeys(("eligible", "help_wanted", "by_hand"), False),
        "branch_id": branch.id,
        "business_day": day,
        "number": f"A{ordinal:03d}",
        "secret": f"{branch.id}-{day}-{ordinal}",
        "service": service,
        "last_service": service,
        "services_done": "",
        "language": "zh",
        "channel": Channel.FLOOR if draw.random() < 0.1 else Channel.KIOSK,
        "taken_at": taken_at,
        "priority": Priority.ASSISTANCE if chance < 0.06 else Priority.REGULAR,
        "overtakes": int(draw.random() < 0.1),
    }


def _serving(row: Row, counter: str, started_at: datetime, finished_at: datetime) -> Row:
    return {
        **{key: row[key] for key in ("branch_id", "business_day", "number")},
        "ordinal": 1,
        "counter": counter,
        "teller": f"teller-{counter}",
        "service": row["service"],
        "started_at": started_at,
        "finished_at": finished_at,
        "paused_s": 0.0,
    }


def _sittings(branch: Plan, day: date, rows: list[tuple[Row, Row]]) -> Iterator[Row]:
    opens = datetime(day.year, day.month, day.day, OPENS, tzinfo=branch.time_zone)
    closes = opens + timedelta(hours=CLOSES - OPENS)
    for counter in _counters(day):
        ends = [serving["finished_at"] for _, serving in rows if serving.get("counter") == counter]
        yield {
            "branch_id": branch.id,
            "counter": counter,
            "opened_at": opens,
            "business_day": day,
            "teller": f"teller-{counter}",
            "paused_s": 1800.0,
            "paused_at": None,
            "closed_at": max([closes, *ends]),
            "acted_at": opens,
            "unattended_since": None,
            "closing_pause_s": 0.0,
        }
