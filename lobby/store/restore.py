"""Puts a backup in the place of the database: one new file first, then one renaming.

Killed at any moment, either the old database is there, whole, or the new one. The new one begins an
epoch of its own, ends all sign-ins, and goes on behind the highest number of the day that anybody
can know of.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from sqlalchemy import Connection

from lobby.queueing.commands.command import ReserveNumbers
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.evolve.step import steps_of
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import SLIP_PREFIX
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.ticket_register import TicketRegister
from lobby.store.backups import (
    BackupInfo,
    CopyError,
    copy_pages,
    examine,
    reading,
)
from lobby.store.catalogue import load_plans
from lobby.store.engine import FileLock, reading_engine, writing_engine
from lobby.store.epochs import EpochCause, Loss, begin_epoch, positions
from lobby.store.file_swap import clear, fold_log_into, make_one_file, put_in_place
from lobby.store.history import read_history
from lobby.store.kinds import ActorKind
from lobby.store.log import Signature, event_row, last_version
from lobby.store.mark import BranchMark, Mark, read_mark, write_mark
from lobby.store.migrate import NEWEST, migrate
from lobby.store.put_aside import Learned, learn
from lobby.store.tail import is_without_log
from lobby.store.timestamps import from_microseconds
from lobby.store.transaction import Transaction

GAP = 200
"""So many numbers of each series are passed over where nobody can say which were given out: more
than the busiest series gives out in the hours between two backups."""

Numbers = Mapping[str, int]


class Source(Enum):
    """Who said which numbers had been given out."""

    DATABASE = "database"
    MARK = "mark"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Known:
    """What can be known of the time since the backup: from the database put aside, which may end
    early, from the mark beside it, and from the paper in people's hands."""

    learned: Learned
    mark: Mark | None
    stated: Numbers
    ends_early: bool

    def marked(self, branch_id: str) -> BranchMark | None:
        return self.mark.branches.get(branch_id) if self.mark else None


@dataclass(frozen=True, slots=True)
class RestoredBranch:
    """The series of `day` go on behind `up_to`; `lost` are the numbers that the backup does not
    know, in the order in which they were taken."""

    branch_id: str
    day: date
    up_to: Numbers
    source: Source
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """`kept` is the old database, under its new name; `learned` what it could tell."""

    info: BackupInfo
    kept: Path | None
    learned: Learned
    branches: tuple[RestoredBranch, ...]
    migrated: tuple[str, ...]


def restore(
    copy: Path, database: Path, now: datetime, *, replace: bool, stated: Numbers | None = None
) -> Restored:
    """`stated` are the highest numbers of today on paper, by series.

    Raises `CopyError`, or `StoreUnavailableError`, or `StoreInUseError` while a server runs;
    nothing has changed then.
    """
    found = examine(copy)
    if found.version > NEWEST:
        raise CopyError(f"{copy} was made by a newer Lobby (tables {found.version}): start that.")
    lock = FileLock(database)
    lock.acquire()
    try:
        if database.exists() and copy.samefile(database):
            raise CopyError(f"{copy} is the database itself.")
        if database.exists() and not replace:
            raise CopyError(f"{database} exists: add --yes to put it aside and take the copy.")
        return _restore(copy, database, now, found, stated or {})
    except (OSError, sqlite3.Error) as error:
        raise CopyError(f"{copy} could not be put back: {error}.") from error
    finally:
        lock.release()


def _restore(
    copy: Path, database: Path, now: datetime, found: BackupInfo, stated: Numbers
) -> Restored:
    part = database.with_name(database.name + ".part")
    clear(part)
    try:
        with closing(reading(copy)) as source:
            copy_pages(source, part)
        migrated = migrate(part)
        without_log = is_without_log(database)
        fold_log_into(database)
        learned = learn(part, database)
        known = Known(learned, read_mark(database), stated, ends_early=without_log)
        branches = _begin_again(part, now, known)
        make_one_file(part)
        kept = put_in_place(part, database, now, is_damaged=bool(learned.reason))
    finally:
        clear(part)
    _mark_anew(database)
    return Restored(found, kept, learned, branches, tuple(migrated))


def _begin_again(part: Path, now: datetime, known: Known) -> tuple[RestoredBranch, ...]:
    """In each branch another epoch, and no number twice."""
    engine = writing_engine(part)
    with engine.begin() as connection:
        branches = tuple(
            _begin_branch(connection, plan, now, known) for plan in load_plans(connection)
        )
    engine.dispose()
    return branches


def _begin_branch(
    connection: Connection, plan: Plan, now: datetime, known: Known
) -> RestoredBranch:
    marked = known.marked(plan.id)
    hall = read_history(connection, plan).hall
    today = max(plan.business_day(now), hall.day or date.min)
    up_to, source = _numbers_given(plan.id, today, known)
    if source is Source.NOBODY:
        up_to = {**_gaps(hall, today), **known.stated}
    lost = known.learned.lost.get(plan.id, ())
    begin_epoch(
        connection,
        plan.id,
        EpochCause.RESTORED,
        now,
        last_version(connection, plan.id),
        replaced=marked.epoch if marked else known.learned.epochs.get(plan.id, ""),
        loss=Loss(
            not known.learned.reason, _last_at(connection, plan.id), _spans(lost), dict(up_to)
        ),
    )
    _reserve(connection, plan, today, up_to, now)
    return RestoredBranch(plan.id, today, up_to, source, lost)


def _numbers_given(branch_id: str, day: date, known: Known) -> tuple[dict[str, int], Source]:
    """The highest of each series that anybody knows of. The database put aside says it to the
    number, unless its end is missing too."""
    learned, marked = known.learned, known.marked(branch_id)
    version = learned.versions.get(branch_id, 0)
    is_short = known.ends_early or (marked is not None and marked.version > version)
    is_whole = not learned.reason and not is_short
    up_to = dict(learned.given.get(branch_id, {}).get(day.isoformat(), {}))
    if not is_whole and marked is not None:
        for prefix, bound in marked.numbers.get(day.isoformat(), {}).items():
            up_to[prefix] = max(bound, up_to.get(prefix, 0))
    for prefix, last in known.stated.items():
        up_to[prefix] = max(last, up_to.get(prefix, 0))
    if is_whole:
        return up_to, Source.DATABASE
    return up_to, Source.MARK if marked is not None else Source.NOBODY


def _gaps(hall: Hall, day: date) -> dict[str, int]:
    """Behind what the backup itself knows of the day."""
    services = hall.plan.services.values()
    series = sorted({service.prefix for service in services} | {SLIP_PREFIX})
    tickets = hall.tickets if hall.day == day else TicketRegister()
    return {prefix: tickets.count(prefix) + GAP for prefix in series}


def _spans(lost: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """The first and the last of each series."""
    ordinals: dict[str, list[int]] = {}
    for number in lost:
        ordinals.setdefault(number[0], []).append(int(number[1:]))
    return {prefix: (min(found), max(found)) for prefix, found in ordinals.items()}


def _reserve(connection: Connection, plan: Plan, day: date, up_to: Numbers, now: datetime) -> None:
    hall = read_history(connection, plan).hall
    signature = Signature(ActorKind.SYSTEM, "restore", f"restore-{now.isoformat()}")
    transaction = Transaction(connection)
    for event, _, after in steps_of(hall, decide(hall, ReserveNumbers(day, up_to), now)):
        assert after.day is not None, "the first event of all opens a day"
        row = event_row(plan.id, after.version, after.day, event, signature)
        transaction.record_event(row)
    transaction.flush()


def _last_at(connection: Connection, branch_id: str) -> str:
    query = "SELECT max(at) FROM events WHERE branch_id = ?"
    at = connection.exec_driver_sql(query, (branch_id,)).scalar()
    return "" if at is None else from_microseconds(at).isoformat()


def _mark_anew(database: Path) -> None:
    """A mark that is not written now is written at the next start."""
    engine = reading_engine(database)
    try:
        with engine.connect() as connection:
            found = positions(connection)
    finally:
        engine.dispose()
    before = read_mark(database)
    numbers = {key: at.numbers for key, at in before.branches.items()} if before else {}
    branches = {
        key: BranchMark(at.epoch, at.version, at.digest, numbers.get(key, {}))
        for key, at in found.items()
    }
    write_mark(database, Mark(database.stat().st_ino, branches))
