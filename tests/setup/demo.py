"""The demo's branch, set up from its file, with the cast of the tests."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.setup.branch_file import save_branch_file
from lobby.setup.changes import Change, value_at
from lobby.setup.service import Wish
from lobby.store.devices import DeviceKind
from tests.app.app import LocalApp, open_app, people
from tests.app.badges import Badge, pair_device
from tests.app.people import MORNING

TODAY = date(2026, 3, 2)
NEXT_MONDAY = TODAY + timedelta(days=7)
A_WEEK_S = 7 * 24 * 3600
CASH_LIMIT = ("profiles", "CN", "limits", "cash 2026-01-01", "amount")


def demo_and_people(connection: Connection) -> Mapping[str, Badge]:
    badges = dict(people(connection))
    save_branch_file(connection, read_branch_file(DEMO))
    badges["kiosk"] = pair_device(connection, DeviceKind.KIOSK)
    return badges


@contextmanager
def open_demo(folder: Path, at: datetime = MORNING) -> Iterator[LocalApp]:
    with open_app(folder, demo_and_people, at) as app:
        yield app


def wish(*changes: tuple[tuple[str, ...], Any], day: date = TODAY, **more: Any) -> Wish:
    made = tuple(Change(path, value) for path, value in changes)
    return Wish("riverside", day, made, **more)


def change(app: LocalApp, wanted: Wish) -> None:
    app.run(app.services.set_up.change, wanted, "staff/5")


def versions(app: LocalApp) -> list[Any]:
    found: list[Any] = app.run(app.services.set_up.versions, app.riverside.plan)
    return found


def held(app: LocalApp, day: date) -> Any:
    return app.run(app.services.set_up.held, app.riverside.plan, day)


def at(app: LocalApp, *path: str, day: date = TODAY) -> Any:
    """What stands there on that day."""
    return value_at(held(app, day).tree, path)
