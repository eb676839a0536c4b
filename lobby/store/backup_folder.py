"""A folder of backups: each is named by its time, and old ones are thinned out.

All of the last two days are kept, then the last of each day for a month, then the last of each
month for a year. The newest is kept however old it is, and no other file is touched.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lobby.store.backups import BackupInfo, CopyError, back_up, sync
from lobby.store.encryption import ENDING, encrypt

ALL_FOR = timedelta(hours=48)
DAILY_FOR = timedelta(days=30)
MONTHLY_FOR = timedelta(days=366)

TIME = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"lobby-(\d{8}T\d{6}Z)\.db(\.age)?")


@dataclass(frozen=True, slots=True)
class Kept:
    path: Path
    at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    path: Path
    info: BackupInfo
    thinned_out: int


def back_up_into(folder: Path, database: Path, now: datetime, recipient: str | None) -> Made:
    """One more backup, and then fewer old ones. Raises `CopyError`, and then all old ones are
    there."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"lobby-{now.astimezone(UTC):{TIME}}.db"
        if recipient is None:
            info = back_up(database, path)
        else:
            path = path.with_name(path.name + ENDING)
            info = _back_up_encrypted(database, path, recipient)
        return Made(path, info, _thin_out(folder, now))
    except OSError as error:
        raise CopyError(f"No backup was made in {folder}: {error.strerror or error}.") from error


def newest_in(folder: Path) -> datetime | None:
    """When the last backup there was made; None where there is none, or no folder."""
    try:
        return max((each.at for each in backups_in(folder)), default=None)
    except OSError:
        return None


def backups_in(folder: Path) -> Iterator[Kept]:
    for path in folder.iterdir():
        found = NAME.fullmatch(path.name)
        if found:
            yield Kept(path, datetime.strptime(found[1], TIME).replace(tzinfo=UTC))


def too_many(backups: Iterable[Kept], now: datetime) -> list[Kept]:
    """Those that are thinned out."""
    newest_first = sorted(backups, key=lambda each: each.at, reverse=True)
    kept_for: set[str] = set()
    gone = [each for each in newest_first if not _is_kept(each.at, now, kept_for)]
    return [each for each in gone if each is not newest_first[0]]


def _is_kept(at: datetime, now: datetime, kept_for: set[str]) -> bool:
    """Noting for which day and month there is one."""
    age, day, month = now - at, f"{at:%Y-%m-%d}", f"{at:%Y-%m}"
    is_first_of_day, is_first_of_month = day not in kept_for, month not in kept_for
    kept = (
        age <= ALL_FOR
        or (age <= DAILY_FOR and is_first_of_day)
        or (age <= MONTHLY_FOR and is_first_of_month)
    )
    if kept:
        kept_for.update((day, month))
    return kept


def _thin_out(folder: Path, now: datetime) -> int:
    gone = too_many(backups_in(folder), now)
    for each in gone:
        each.path.unlink(missing_ok=True)
    return len(gone)


def _back_up_encrypted(database: Path, path: Path, recipient: str) -> BackupInfo:
    """Beside the database, where it is as safe as the database, stands the plain copy meanwhile."""
    if path.exists():
        raise CopyError(f"{path} exists: name another file.")
    plain = database.with_name(f"{database.name}.being-encrypted")
    part = path.with_name(path.name + ".part")
    try:
        for left in (plain, part):
            left.unlink(missing_ok=True)
        info = back_up(database, plain)
        encrypt(plain, part, recipient)
        os.link(part, path)
        sync(path.parent)
    finally:
        plain.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
    return info
