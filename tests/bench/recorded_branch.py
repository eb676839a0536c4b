"""A branch whose whole log is known, and what is left of it in a database after a power cut."""

import shutil
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DatabaseError

from lobby.queueing.evolve.dispatch import evolve
from lobby.queueing.model.hall import Hall
from lobby.settings import Database
from lobby.store.catalogue import load_plans
from lobby.store.engine import reading_engine, writing_engine
from lobby.store.history import read_history
from lobby.store.log import decode
from lobby.store.projection import visit_row
from lobby.store.tables import EVENTS, VISITS
from lobby.store.tail import HistoryLostError, require_tail

REBUILT = ("-shm", ".lock")
"""What these files held is of no use to who starts after a power cut."""


class RecordedBranch:
    """`database` is read while it is whole. `open` says what is left of it in other files."""

    def __init__(self, database: Database) -> None:
        engine = reading_engine(database)
        with engine.connect() as connection:
            (self._plan,) = load_plans(connection)
            self._rows = _rows(connection)
        engine.dispose()
        events = (decode(row.kind, row.payload) for row in self._rows)
        self._halls = list(accumulate(events, evolve, initial=Hall.empty(self._plan)))

    @property
    def version(self) -> int:
        return len(self._rows)

    def open(self, files: Mapping[str, bytes], folder: Path) -> int | None:
        """The version that is left; None where it is no database, or one that a server would not
        start on, or one whose log, hall and visits are not those of one moment."""
        path = lay_out(files, folder)
        engine = writing_engine(path)
        try:
            require_tail(path)
            return self._version_left(engine)
        except (DatabaseError, HistoryLostError):
            return None
        finally:
            engine.dispose()

    def _version_left(self, engine: Engine) -> int | None:
        with engine.connect() as connection:
            if connection.execute(text("PRAGMA integrity_check")).scalars().all() != ["ok"]:
                return None
            rows = _rows(connection)
            version = len(rows)
            if rows != self._rows[:version]:
                return None
            hall = read_history(connection, self._plan).hall
            if hall != self._halls[version] or _visits(connection) != self._visits_of(hall):
                return None
        return version

    def _visits_of(self, hall: Hall) -> dict[str, dict[str, Any]]:
        return {t.number: visit_row(self._plan.id, t) for t in hall.tickets.values_in_order()}


def lay_out(files: Mapping[str, bytes], folder: Path) -> Path:
    """These files and nothing else in the folder; where the database is."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        if not name.endswith(REBUILT):
            (folder / name).write_bytes(content)
    return folder / "lobby.db"


def _rows(connection: Connection) -> list[Any]:
    query = select(EVENTS.c.version, EVENTS.c.kind, EVENTS.c.payload, EVENTS.c.key)
    return list(connection.execute(query.order_by(EVENTS.c.version)).all())


def _visits(connection: Connection) -> dict[str, dict[str, Any]]:
    """But for the one column that the event itself does not tell."""
    rows = connection.execute(select(VISITS)).mappings()
    return {row["number"]: {**row, "offered_staff": None} for row in rows}
