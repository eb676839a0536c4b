"""Branches with a past in roll-ups: which days, how many people, how many of them in time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.catalogue.serialise import to_json
from lobby.store.catalogue import save_plan
from lobby.store.catalogues import save_catalogue
from lobby.store.histograms import packed
from lobby.store.kinds import RollupPart
from lobby.store.rollups import Rollup, keep_rollups
from tests.app.app import people
from tests.app.badges import Badge
from tests.app.people import plan

FIRST, LAST = date(2025, 3, 3), date(2026, 2, 27)
"""A year of Mondays to Fridays before the Monday at which tests begin."""

ALWAYS = {"first": "2025-01-01", "last": "2026-12-31"}
"""A special day without hours."""

FEBRUARY = "/reports/branches/months/2026-02"


@dataclass(frozen=True, slots=True)
class Past:
    """People a day, and how many of a hundred were served in time: always, and in February."""

    people: int
    in_time: int
    in_february: int


PASTS: Mapping[str, Past] = {
    "riverside": Past(100, 90, 60),
    "harbour": Past(100, 88, 88),
    "north": Past(100, 86, 86),
    "south": Past(100, 90, 90),
    "east": Past(20, 50, 50),
}
"""Riverside has had a bad month; East is small, and like none of the others."""


def many_branches(connection: Connection) -> Mapping[str, Badge]:
    """Beside those with a past: Quiet had four people in February, Shut is never open, and of Lost
    nothing is on record."""
    badges = people(connection)
    for name in ("north", "south", "east", "quiet", "lost", "shut"):
        names = {"en": f"{name.capitalize()} Branch", "zh": f"{name} 支行", "vi": f"CN {name}"}
        save_plan(connection, replace(plan("harbour"), id=name, names=names))
    never = {"version": "shut", "valid_from": "2025-01-01", "special_days": [ALWAYS]}
    catalogue = json.loads(to_json(read_catalogue(DEMO))) | never
    save_catalogue(connection, "shut", "shut", date(2025, 1, 1), "test", json.dumps(catalogue))
    for name, past in PASTS.items():
        keep_past(connection, name, past)
    keep_day(connection, "quiet", date(2026, 2, 3), people=4, in_time=4)
    return badges


def keep_past(connection: Connection, branch_id: str, past: Past) -> None:
    for back in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=back)
        if day.weekday() < 5:
            share = past.in_february if (day.year, day.month) == (2026, 2) else past.in_time
            in_time = round(past.people * share / 100)
            keep_day(connection, branch_id, day, people=past.people, in_time=in_time)


def keep_day(
    connection: Connection, branch_id: str, day: date, *, people: int, in_time: int
) -> None:
    """Who is in time waits five minutes, the others half an hour; one in ten leaves."""
    left = people // 10
    waits_s = [300.0] * in_time + [1800.0] * (people - in_time)
    figures = {
        "tickets": people + left,
        "served": people,
        "wait_us": round(sum(waits_s) * 1_000_000),
        "kept": in_time,
        "due": people,
        "called": people + left,
        "missed": left,
        "in_line": people + left,
        "gave_up": left,
        "serving_us": 6 * 3600 * 1_000_000,
        "signed_in_us": 9 * 3600 * 1_000_000,
        "breaks_us": 3600 * 1_000_000,
    }
    day_rollup = Rollup(RollupPart.DAY, "", figures=figures, waits=packed(waits_s))
    keep_rollups(connection, branch_id, day, [day_rollup])
