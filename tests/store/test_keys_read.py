"""A start reads the keys of a day: as many looks more as there are keys more, not the square."""

from pathlib import Path

from sqlalchemy import Connection, insert

from lobby.store.catalogue import save_plan
from lobby.store.log import recent_acts
from lobby.store.sqlite import writing_engine
from lobby.store.tables import ACTS, EVENTS
from tests.app.database import furnished_database
from tests.app.people import MORNING, plan

LOOK_EVERY = 50
"""SQLite counts after so many steps of its own."""


def furnish(connection: Connection) -> None:
    save_plan(connection, plan())


def fill(connection: Connection, keys: int) -> None:
    rows = [
        {
            "branch_id": "riverside",
            "version": version,
            "at": MORNING,
            "business_day": MORNING.date(),
            "kind": "ticket_taken",
            "payload_version": 1,
            "payload": "{}",
            "actor_kind": "device",
            "actor_id": "kiosk-1",
            "key": f"key-{version}",
        }
        for version in range(1, keys + 1)
    ]
    acts = [
        {
            "branch_id": "riverside",
            "key": row["key"],
            "fingerprint": "",
            "first_version": row["version"],
            "last_version": row["version"],
            "at": MORNING,
        }
        for row in rows
    ]
    connection.execute(insert(EVENTS), rows)
    connection.execute(insert(ACTS), acts)


def looks(database: Path, keys: int) -> int:
    """How often SQLite counted while all keys were read."""
    furnished_database(database, furnish)
    engine, counted = writing_engine(database), [0]

    def count() -> None:
        counted[0] += 1

    with engine.begin() as connection:
        fill(connection, keys)
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_progress_handler(count, LOOK_EVERY)
        found = recent_acts(connection, "riverside")
        driver.set_progress_handler(None, 0)
    engine.dispose()
    assert len(found) == keys
    assert {act.actor for act in found.values()} == {"device/kiosk-1"}
    return counted[0]


def test_ten_times_the_keys_are_ten_times_the_work(tmp_path: Path) -> None:
    few, many = looks(tmp_path / "few.db", 200), looks(tmp_path / "many.db", 2_000)
    assert many < 15 * few
