"""The mark: a small file beside an SQLite database that says how far it had come.

A database alone cannot tell that its end is missing: without its log (-wal) it is whole, only
older. The mark knows better. It is never ahead of what is durable: the version in it is written
after the commit, at the latest a second later and when the house closes. For numbers it is the
other way round: before the first number beyond it is given out, a bound for the next hundred is
written, so that no number above the mark was ever given to anybody.
"""

import logging
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic

import msgspec

log = logging.getLogger(__name__)

NUMBERS_AHEAD = 100
"""A small file is written twice a day and series in a usual branch, and in a crowd once a minute;
so many numbers are passed over at the most where nothing but the mark was left of a day."""

WRITTEN_EVERY_S = 1.0
"""An end of the log that is younger than this may go without the mark noticing it."""

DAYS_KEPT = 2

Numbers = dict[str, dict[str, int]]
"""By business day (ISO) and series: no higher number was given out."""


class BranchMark(msgspec.Struct, frozen=True):
    """The event `version` of this epoch is durable, and this was its digest."""

    epoch: str
    version: int
    digest: str
    numbers: Numbers = msgspec.field(default_factory=dict)


class Mark(msgspec.Struct, frozen=True):
    """`inode` is the file's own: a copy of it is another file."""

    inode: int
    branches: dict[str, BranchMark]


@dataclass(frozen=True, slots=True)
class Position:
    """How far a branch's log has come."""

    epoch: str
    version: int
    digest: str


def mark_beside(database: Path) -> Path:
    return database.with_name(database.name + ".mark")


def read_mark(database: Path) -> Mark | None:
    """None where there is none, or none that can be read."""
    try:
        return msgspec.json.decode(mark_beside(database).read_bytes(), type=Mark)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        log.warning("the mark of %s cannot be read: %s", database, error)
        return None


def write_mark(database: Path, mark: Mark) -> None:
    """All of it or nothing, and durable on return. Raises `OSError`."""
    path = mark_beside(database)
    part = path.with_name(path.name + ".part")
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(file, msgspec.json.encode(mark))
        os.fsync(file)
    finally:
        os.close(file)
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


class MarkKeeper:
    """Keeps the mark while the database is written to; all but `begin` and `close` in the writer's
    thread. Where no mark can be written the branch goes on, and the log says so once."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._positions: dict[str, Position] = {}
        self._bounds: dict[tuple[str, str, str], int] = {}
        self._is_dirty = False
        self._has_failed = False
        self._written_at_s = monotonic()

    def begin(self, positions: Mapping[str, Position]) -> None:
        """From these durable positions on. Bounds of numbers are taken over from the mark that is
        there."""
        before = read_mark(self._database)
        for branch_id, marked in before.branches.items() if before else ():
            for day, series in marked.numbers.items():
                for prefix, bound in series.items():
                    self._bounds[branch_id, day, prefix] = bound
        self._positions = dict(positions)
        self.write()

    @property
    def due_in_s(self) -> float | None:
        """None while the file says all there is to say."""
        if not self._is_dirty:
            return None
        return max(0.0, self._written_at_s + WRITTEN_EVERY_S - monotonic())

    def note_number(self, branch_id: str, day: date, number: str) -> None:
        """Before a ticket is durable. Most numbers are within the bound."""
        if not self._positions:
            return
        key = branch_id, day.isoformat(), number[0]
        ordinal = int(number[1:])
        if ordinal > self._bounds.get(key, 0):
            self._bounds[key] = ordinal + NUMBERS_AHEAD - 1
            self.write()

    def committed(self, last_rows: Iterable[Mapping[str, object]]) -> None:
        """These events are durable, the last of each branch."""
        for row in last_rows:
            branch_id = str(row["branch_id"])
            before = self._positions.get(branch_id)
            if before is not None:
                version, digest = int(str(row["version"])), str(row["digest"])
                self._positions[branch_id] = Position(before.epoch, version, digest)
                self._is_dirty = True
        if self.due_in_s == 0.0:
            self.write()

    def write(self) -> None:
        if not self._positions:
            return
        self._is_dirty, self._written_at_s = False, monotonic()
        try:
            write_mark(self._database, self._mark())
            self._has_failed = False
        except OSError as error:
            if not self._has_failed:
                log.error("the mark of %s cannot be written: %s", self._database, error)
            self._has_failed = True

    def close(self) -> None:
        """All that was written is in the file."""
        if self._is_dirty:
            self.write()

    def _mark(self) -> Mark:
        branches = {
            branch_id: BranchMark(at.epoch, at.version, at.digest, self._numbers(branch_id))
            for branch_id, at in self._positions.items()
        }
        return Mark(self._database.stat().st_ino, branches)

    def _numbers(self, branch_id: str) -> Numbers:
        days = sorted({day for branch, day, _ in self._bounds if branch == branch_id})
        kept = days[-DAYS_KEPT:]
        return {
            day: {
                prefix: bound
                for (branch, of_day, prefix), bound in self._bounds.items()
                if branch == branch_id and of_day == day
            }
            for day in kept
        }


class NoMark(MarkKeeper):
    """A database of a server keeps its own log whole, and gives no file to stand beside."""

    def __init__(self) -> None:
        super().__init__(Path())

    def begin(self, positions: Mapping[str, Position]) -> None:
        """Nothing to keep."""
