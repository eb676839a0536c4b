"""Riverside with hours: the demo catalogue, open until five on weekdays and closed at weekends."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_catalogue
from lobby.catalogue.serialise import to_json
from lobby.queueing.commands.command import OpenDay
from lobby.queueing.refusals.ticket import DayNotOver
from lobby.store.catalogues import save_catalogue
from tests.app.app import LocalApp, people
from tests.app.badges import Badge

SPECIAL_DAY = {"first": "2026-03-05", "last": "2026-03-05"}
"""The Thursday of that week is a holiday."""

HOURS = {"retail": {"weekday": {"opens": "08:30:00", "closes": "17:00:00"}, "weekend": None}}


def keep_hours(connection: Connection, hours: object, version: str, valid_from: date) -> None:
    catalogue = json.loads(to_json(read_catalogue(DEMO)))
    said = {"version": version, "valid_from": str(valid_from), "hours": hours}
    said |= {"special_days": [SPECIAL_DAY]}
    text = json.dumps(catalogue | said)
    save_catalogue(connection, "riverside", version, valid_from, "test", text)


def people_with_hours(connection: Connection) -> Mapping[str, Badge]:
    badges = people(connection)
    keep_hours(connection, HOURS, "with-hours", date(2026, 1, 1))
    return badges


def turn_day(app: LocalApp) -> None:
    """The house may have turned it by itself meanwhile."""
    with suppress(DayNotOver):
        app.perform(OpenDay())
