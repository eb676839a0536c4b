"""`lobby user`: the people who sign in, where no screen for them exists yet."""

import secrets
from argparse import Namespace
from datetime import UTC, datetime
from functools import partial
from getpass import getpass
from typing import Any

from rich.console import Console
from rich.table import Table

from lobby import typed_text
from lobby.console.database import (
    KNOWN,
    branch_of,
    branches_of,
    read,
    require_ready,
    settings_of_environment,
    write,
)
from lobby.console.errors import CommandError, one_sentence
from lobby.settings import Database
from lobby.store import people
from lobby.store.engine import require_reachable
from lobby.store.people import Role, Staff, UsernameTakenError
from lobby.web.passwords import LENGTH_MIN, hash_password

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""No two that look alike: a printed password is typed by hand."""

GROUPS, GROUP_LENGTH = 4, 4


def run(options: Namespace) -> int:
    database = settings_of_environment().database
    if options.action == "list":
        return _list(database, options.branch)
    require_ready(database)
    match options.action:
        case "add":
            _add(database, options)
        case "password":
            _set_password(database, options)
        case "remove":
            _remove(database, options.username)
    return 0


def generated_password() -> str:
    """About 79 random bits in groups that can be read out."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def _add(database: Database, options: Namespace) -> None:
    plan = branch_of(database, options.branch)
    username = people.normal_username(options.username)
    if _find(database, username) is not None:
        raise CommandError(f"Somebody signs in as {username!r} already.")
    password = _new_password(generate=options.generate)

    def add(connection: Any) -> Staff:
        return people.add_staff(
            connection,
            branch_id=plan.id,
            username=username,
            name=typed_text.name(options.name or username),
            role=Role(options.role),
            language=options.language or plan.language,
            password_hash=hash_password(password),
            at=datetime.now(UTC),
        )

    with one_sentence(UsernameTakenError):
        write(database, add)
    print(f"{username} can sign in at {plan.name('en')} as {options.role.replace('_', ' ')}.")
    _tell(password, generated=options.generate)


def _set_password(database: Database, options: Namespace) -> None:
    staff = _staff(database, options.username)
    password = _new_password(generate=options.generate)
    hashed = hash_password(password)
    write(database, lambda connection: people.set_password(connection, staff.id, hashed))
    print(f"{staff.username} has a new password; whoever was signed in with the old one is not.")
    _tell(password, generated=options.generate)


def _remove(database: Database, username: str) -> None:
    staff = _staff(database, username)
    write(database, lambda connection: people.deactivate(connection, staff.id))
    print(f"{staff.username} can no longer sign in; what they did stays in the record.")


def _list(database: Database, branch_id: str | None) -> int:
    with one_sentence(*KNOWN):
        require_reachable(database)
    wanted = [branch_of(database, branch_id)] if branch_id else branches_of(database)
    table = Table("username", "name", "role", "branch", "language")
    for plan in wanted:
        for person in read(database, partial(people.staff_of_branch, branch_id=plan.id)):
            role = person.role.value.replace("_", " ")
            table.add_row(person.username, person.name, role, plan.id, person.language)
    Console().print(table)
    return 0


def _staff(database: Database, username: str) -> Staff:
    staff = _find(database, username)
    if staff is None:
        raise CommandError(f"Nobody signs in as {username!r}; `lobby user list` names all.")
    return staff


def _find(database: Database, username: str) -> Staff | None:
    found = read(database, lambda sql: people.staff_with_password(sql, username))
    return found[0] if found else None


def _new_password(*, generate: bool) -> str:
    """Raises `CommandError` where the person's choice is short or not typed twice alike."""
    if generate:
        return generated_password()
    password = typed_text.secret(getpass("Password: "))
    if len(password) < LENGTH_MIN:
        raise CommandError(f"A password has at least {LENGTH_MIN} characters.")
    if typed_text.secret(getpass("Once more: ")) != password:
        raise CommandError("The two were not the same; nothing was changed.")
    return password


def _tell(password: str, *, generated: bool) -> None:
    if generated:
        print(f"Password, shown this once: {password}")
