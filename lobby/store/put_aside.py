"""What a database that is about to be put aside tells a backup that takes its place.

The backup does not know what happened since it was made: which numbers are in people's hands, who
was removed, which device was switched off. The database in whose place it comes does, if it can
still be read. Plain SQL, for it may be older or newer than this program.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

Given = Mapping[str, Mapping[str, Mapping[str, int]]]
"""By branch, business day (ISO) and series: the highest number that was given out."""


@dataclass(frozen=True, slots=True)
class Learned:
    """`reason` says why the database told nothing; empty where it did. `versions` are how far it
    had come, `lost` the numbers (by branch) that the backup does not know. `removed` are people who
    cannot sign in any more, `added` those whom the backup does not know."""

    reason: str = ""
    versions: Mapping[str, int] = field(default_factory=dict)
    epochs: Mapping[str, str] = field(default_factory=dict)
    given: Given = field(default_factory=dict)
    lost: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def learn(backup: Path, database: Path) -> Learned:
    """Take over into `backup`, which nobody else has open, what `database` knows better: slips and
    keys that are lost, people who were removed, passwords, devices as they are now. All sign-ins
    end. Where it cannot be read, every device has to be paired anew."""
    if not database.is_file():
        forget_all(backup)
        return Learned("there was none")
    try:
        with _both(backup, database) as connection:
            learned = _learned(connection)
            _take_over(connection)
            _end_sign_ins(connection)
    except sqlite3.Error as error:
        forget_all(backup)
        return Learned(f"it cannot be read: {error}")
    return learned


def forget_all(backup: Path) -> None:
    """Nobody can say which devices were switched off since: all are paired anew."""
    with closing(sqlite3.connect(backup, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE devices SET token_hash = NULL, paired_at = NULL")
        _end_sign_ins(connection)
        connection.execute("COMMIT")


@contextmanager
def _both(backup: Path, database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(backup.resolve().as_uri(), uri=True)) as connection:
        connection.isolation_level = None
        connection.execute("ATTACH ? AS aside", (f"{database.resolve().as_uri()}?mode=ro",))
        found = connection.execute("PRAGMA aside.integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")


def _learned(connection: sqlite3.Connection) -> Learned:
    versions = dict(
        connection.execute("SELECT branch_id, max(version) FROM aside.events GROUP BY branch_id")
    )
    lost: dict[str, list[str]] = defaultdict(list)
    for branch_id, number in connection.execute(LOST.format(columns="branch_id, number")):
        lost[branch_id].append(number)
    return Learned(
        versions=versions,
        epochs=_epochs(connection),
        given=_given(connection),
        lost={branch_id: tuple(numbers) for branch_id, numbers in lost.items()},
        removed=_names(connection, REMOVED),
        added=_names(connection, ADDED),
    )


def _given(connection: sqlite3.Connection) -> Given:
    """Also what an earlier restore had reserved: those slips are still somewhere."""
    given: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for branch_id, day, number in connection.execute(
        "SELECT branch_id, business_day, number FROM aside.visits"
    ):
        series = given[branch_id][day]
        series[number[0]] = max(series.get(number[0], 0), int(number[1:]))
    for branch_id, payload in connection.execute(
        "SELECT branch_id, payload FROM aside.events WHERE kind = 'NumbersReserved'"
    ):
        event = json.loads(payload)
        series = given[branch_id][event["day"]]
        for prefix, ordinal in event["up_to"].items():
            series[prefix] = max(series.get(prefix, 0), ordinal)
    return given


def _epochs(connection: sqlite3.Connection) -> dict[str, str]:
    """The newest of each branch; none in a database from before there were epochs."""
    if not _has(connection, "epochs"):
        return {}
    rows = connection.execute("SELECT branch_id, epoch FROM aside.epochs ORDER BY ordinal")
    return dict(rows.fetchall())


def _has(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT count(*) FROM aside.sqlite_master WHERE name = ?"
    return bool(connection.execute(query, (table,)).fetchone()[0])


def _names(connection: sqlite3.Connection, query: str) -> tuple[str, ...]:
    return tuple(name for (name,) in connection.execute(query))


def _take_over(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO lost_tickets (secret, branch_id, business_day, number, language) "
        + LOST.format(columns="secret, branch_id, business_day, number, language")
    )
    if _has(connection, "lost_tickets"):
        connection.execute("INSERT OR IGNORE INTO lost_tickets SELECT * FROM aside.lost_tickets")
    connection.execute(LOST_ACTS)
    for statement in (PEOPLE, OTHER_DEVICES, DEVICES):
        connection.execute(statement)
    if _has(connection, "staff_changes"):
        connection.execute(LOCKS)
        connection.execute(STAFF_CHANGES)


def _end_sign_ins(connection: sqlite3.Connection) -> None:
    for table in ("staff_sessions", "pairings", "seals"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours


LOST = """
SELECT {columns} FROM aside.visits AS visit
WHERE branch_id IN (SELECT id FROM main.branches)
  AND NOT EXISTS (SELECT 1 FROM main.visits AS known WHERE known.secret = visit.secret)
ORDER BY business_day, taken_at
"""

LOST_ACTS = """
INSERT OR IGNORE INTO lost_acts (branch_id, key)
SELECT branch_id, key FROM aside.acts AS act
WHERE branch_id IN (SELECT id FROM main.branches)
  AND NOT EXISTS (
    SELECT 1 FROM main.acts AS known WHERE known.branch_id = act.branch_id AND known.key = act.key)
"""

REMOVED = """
SELECT staff.username FROM main.staff AS staff
JOIN aside.staff AS now ON now.id = staff.id AND now.username = staff.username
WHERE staff.active AND NOT now.active
ORDER BY staff.username
"""

ADDED = """
SELECT now.username FROM aside.staff AS now
WHERE now.active AND now.username NOT IN (SELECT username FROM main.staff)
ORDER BY now.username
"""

PEOPLE = """
UPDATE main.staff SET
  active = staff.active AND now.active, role = now.role, password_hash = now.password_hash,
  branch_id = CASE WHEN now.branch_id IN (SELECT id FROM main.branches)
    THEN now.branch_id ELSE staff.branch_id END
FROM aside.staff AS now WHERE now.id = staff.id AND now.username = staff.username
"""

LOCKS = """
UPDATE main.staff SET locked_at = now.locked_at, one_time_until = now.one_time_until
FROM aside.staff AS now WHERE now.id = staff.id AND now.username = staff.username
"""
"""Of a database that knows both; an older one has neither."""

STAFF_CHANGES = """
INSERT OR IGNORE INTO main.staff_changes (id, staff_id, at, kind, actor, detail)
SELECT change.id, change.staff_id, change.at, change.kind, change.actor, change.detail
FROM aside.staff_changes AS change
JOIN aside.staff AS now ON now.id = change.staff_id
JOIN main.staff AS staff ON staff.id = now.id AND staff.username = now.username
"""

OTHER_DEVICES = "UPDATE main.devices SET token_hash = NULL"

DEVICES = """
UPDATE main.devices SET
  token_hash = now.token_hash, paired_at = now.paired_at, revoked_at = now.revoked_at
FROM aside.devices AS now
WHERE now.id = devices.id AND now.created_at = devices.created_at
"""
