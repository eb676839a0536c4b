"""The database as the command line needs it: whether it is ready, and one write."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from lobby.catalogue.reading import CatalogueError
from lobby.console.errors import CommandError, one_sentence
from lobby.queueing.model.plan import Plan
from lobby.settings import Database, Settings, SettingsError
from lobby.store import backups
from lobby.store.backups import CopyError
from lobby.store.catalogue import load_plans
from lobby.store.catalogues import CatalogueVersionTakenError
from lobby.store.engine import is_untouched, require_reachable, write_access
from lobby.store.errors import (
    DATABASE_ERRORS,
    StoreInUseError,
    StoreUnavailableError,
    why_unreadable,
)
from lobby.store.migrate import NEWEST, DatabaseTooNewError, migrate, schema_version
from lobby.store.store import Store

T = TypeVar("T")

KNOWN = (
    CatalogueError,
    CatalogueVersionTakenError,
    CopyError,
    DatabaseTooNewError,
    SettingsError,
    StoreInUseError,
    StoreUnavailableError,
)
"""The errors whose text is the sentence to print."""


def settings_of_environment() -> Settings:
    with one_sentence(*KNOWN):
        return Settings.read(os.environ)


def file_of_environment(alternative: str) -> Path:
    """The database where it is a file. Raises `CommandError` with what to do where it is none."""
    database = settings_of_environment().database
    if isinstance(database, Path):
        return database
    raise CommandError(f"The branch's record is in {database}: {alternative}")


def make_where_nothing_is(database: Database) -> None:
    """Makes the tables where there is no database at all: a file that is absent and was never
    there, or a server's database without a single table. Whatever else is there stays as it is.
    Raises `CommandError`."""
    with one_sentence(*KNOWN):
        if is_untouched(database):
            migrate(database)


def require_ready(database: Database) -> None:
    """Raises `CommandError` where it is absent, made by another version, or in use."""
    with one_sentence(*KNOWN):
        require_reachable(database)
        require_unused(database)
    require_made(database)


def require_made(database: Database) -> None:
    """Raises `CommandError` where it is absent or made by another version."""
    with one_sentence(*KNOWN):
        require_reachable(database)
        version = _version_of(database)
    if version is None:
        raise CommandError(f"There is nothing in {database} yet: `lobby migrate` makes its tables.")
    require_version(version)


def require_unused(database: Database) -> None:
    """Raises `StoreInUseError` while a server runs on it."""
    access = write_access(database)
    access.acquire()
    access.disconnect()
    access.release()


def _version_of(database: Database) -> str | None:
    if isinstance(database, Path):
        return backups.version_of(database)
    return read(database, schema_version)


def require_version(version: str) -> None:
    if version > NEWEST:
        raise CommandError(
            f"A newer Lobby made this database (its tables are at {version}, this program knows "
            f"{NEWEST}): start that one, or restore a backup from before."
        )
    if version < NEWEST:
        raise CommandError("An older Lobby made this database: `lobby migrate` brings it along.")


def write(database: Database, work: Callable[[Any], T]) -> T:
    """One act in a transaction of its own, with the right to write. Raises `CommandError` where a
    server runs: a database has one writer."""

    async def once() -> T:
        store = Store(database)
        store.open()
        try:
            return await store.write(work)
        finally:
            store.close()

    with one_sentence(*KNOWN):
        return asyncio.run(once())


def read(database: Database, work: Callable[[Any], T]) -> T:
    """Works beside a running server. Raises `CommandError` where it cannot be read."""
    store = Store(database)
    try:
        return store.read_now(work)
    except DATABASE_ERRORS as error:
        raise CommandError(why_unreadable(database, error)) from error
    finally:
        store.close()


def branches_of(database: Database) -> list[Plan]:
    """Raises `CommandError` where there is none."""
    plans = read(database, load_plans)
    if not plans:
        raise CommandError("There is no branch yet: `lobby migrate --branch FILE` loads one.")
    return plans


def branch_of(database: Database, wanted: str | None) -> Plan:
    """The branch that is meant: the one named, or the only one. Raises `CommandError`."""
    plans = branches_of(database)
    names = ", ".join(plan.id for plan in plans)
    if wanted is None:
        if len(plans) > 1:
            raise CommandError(f"There are several branches ({names}): name one with --branch.")
        return plans[0]
    found = next((plan for plan in plans if plan.id == wanted), None)
    if found is None:
        raise CommandError(f"There is no branch {wanted!r}; there is {names}.")
    return found
