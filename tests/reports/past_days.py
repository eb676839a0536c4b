"""Two months of Riverside's past: busy mornings with too few counters, pay-day on the tenth."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import Connection

from lobby.store.tables import SITTINGS, VISITS
from lobby.store.tables_waits import SERVINGS
from lobby.store.visits import SittingSpan, Visit
from tests.app.app import people
from tests.app.badges import Badge
from tests.app.people import MORNING
from tests.reports.hours import HOURS, keep_hours
from tests.reports.kpi_day import visit

TODAY = MORNING.date()
SHAPE = (14, 16, 18, 18, 14, 10, 8, 6, 5, 5, 6, 8, 8, 6, 4, 3, 2)
"""People in each half hour from half past eight on."""

USUAL = 3
"""Counters that are open all day."""

PAY_DAY = 10


def busy_branch(connection: Connection) -> Mapping[str, Badge]:
    badges = people(connection)
    keep_hours(connection, HOURS, "with-hours", date(2026, 1, 1))
    keep_past(connection, 60)
    return badges


def young_branch(connection: Connection) -> Mapping[str, Badge]:
    badges = people(connection)
    keep_hours(connection, HOURS, "with-hours", date(2026, 1, 1))
    keep_past(connection, 5)
    return badges


def keep_past(connection: Connection, days: int) -> None:
    """The last so many days before today, weekends left out."""
    for back in range(1, days + 1):
        day = TODAY - timedelta(days=back)
        if day.weekday() < 5:
            keep_day(connection, day)


def keep_day(connection: Connection, day: date) -> None:
    chance = Random(f"{day}")
    opens = datetime.combine(day, MORNING.timetz()).replace(hour=0, minute=30)
    rows = list(_visits(day, opens, chance))
    connection.execute(VISITS.insert(), rows)
    connection.execute(
        SERVINGS.insert(),
        [
            {
                **{name: row[name] for name in ("branch_id", "business_day", "number", "service")},
                "ordinal": 1,
                "counter": row["counter"],
                "teller": "thu",
                "started_at": row["started_at"],
                "finished_at": row["ended_at"],
                "paused_s": 0.0,
            }
            for row in rows
        ],
    )
    for counter in range(1, USUAL + 1):
        span = SittingSpan(str(counter), "thu", opens, opens + timedelta(hours=8.5), 0.0, None)
        values = {name: getattr(span, name) for name in SittingSpan.__dataclass_fields__}
        keys = {"branch_id": "riverside", "business_day": day}
        connection.execute(SITTINGS.insert().values(**keys, **values))


def _visits(day: date, opens: datetime, chance: Random) -> Iterator[dict[str, object]]:
    count = 0
    for index, usual in enumerate(SHAPE):
        expected = usual * (1.5 if day.day == PAY_DAY else 1)
        for _ in range(round(expected + chance.gauss(0, math.sqrt(expected) / 2))):
            count += 1
            taken = opens + timedelta(minutes=30 * index + chance.uniform(0, 29))
            started = taken + timedelta(minutes=chance.uniform(2, 30))
            row = replace(
                visit(f"A{count:03}", 0, counter=str(1 + count % USUAL)),
                taken_at=taken,
                first_called_at=started,
                started_at=started,
                ended_at=started + timedelta(minutes=chance.uniform(3, 12)),
            )
            values = {name: getattr(row, name) for name in Visit.__dataclass_fields__}
            more = {"services_done": "A01", "channel": "kiosk", "returns": 0, "holds": 0}
            keys = {"branch_id": "riverside", "business_day": day, "secret": f"{day} {count}"}
            yield {**values, **more, **keys}
