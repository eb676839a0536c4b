"""People from a spreadsheet, written all together or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from lobby.accounts.comparing import Comparison, IsAtWork, compared
from lobby.accounts.new_passwords import drawn_password
from lobby.accounts.passwords import hash_of_drawn
from lobby.accounts.people_table import Mistake, Person
from lobby.accounts.refusals import AccountRefusedError, Problem
from lobby.i18n.texts import mark
from lobby.store import accounts, bulk_accounts
from lobby.store.accounts import StaffChangeKind, account_by_id
from lobby.store.acts import Actor
from lobby.store.catalogue import load_plans
from lobby.store.kinds import ActorKind
from lobby.store.people import Staff
from lobby.store.store import Connection

LIST_LIVES = timedelta(days=14)
"""A list of first passwords is made before a branch opens, and reaches its people by the head."""

CHANGED_MEANWHILE = mark(
    "Some of these accounts have been changed since this list was looked at. Nothing was imported; "
    "please look at it once more."
)


class ImportPeople(msgspec.Struct, frozen=True, tag=True):
    """`seen` tells what was looked at before, so that nothing else is done."""

    people: tuple[Person, ...]
    seen: str


class NewAccount(msgspec.Struct, frozen=True):
    """With the password for the first sign-in, told this once."""

    person: Person
    password: str


class Imported(msgspec.Struct, frozen=True, tag=True):
    """The passwords are good until then; `changed_ids` are accounts that were there before."""

    new: tuple[NewAccount, ...]
    changed_ids: tuple[int, ...]
    unchanged: int
    until: datetime


class NotImported(msgspec.Struct, frozen=True, tag=True):
    """Nothing was changed."""

    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Passwords and their hashes by user name, made before anything is written."""

    passwords: dict[str, str]
    hashes: dict[str, str]


def drawn_for(usernames: Sequence[str]) -> Drawn:
    """Takes about a fifth of a millisecond for each."""
    passwords = {username: drawn_password() for username in usernames}
    return Drawn(passwords, {name: hash_of_drawn(text) for name, text in passwords.items()})


def preview(
    connection: Connection,
    people: Sequence[Person],
    mine: Staff | None,
    at: datetime,
    is_at_work: IsAtWork,
) -> Comparison:
    every = accounts.accounts(connection)
    return compared(people, every, mine=mine, at=at, is_at_work=is_at_work)


def import_people(
    connection: Connection,
    asked: ImportPeople,
    *,
    actor: Actor,
    at: datetime,
    drawn: Drawn,
    is_at_work: IsAtWork,
) -> Imported | NotImported:
    """Raises `AccountRefusedError`. What a program sends is looked at as if nobody had."""
    mine = _account_of(connection, actor, at)
    wrong = _unknown_branches(connection, asked.people)
    found = preview(connection, asked.people, mine, at, is_at_work)
    if wrong or found.mistakes:
        return NotImported((*wrong, *found.mistakes))
    if found.seen != asked.seen or any(each.username not in drawn.hashes for each in found.new):
        return NotImported((Mistake(0, "", CHANGED_MEANWHILE),))
    _write(connection, found, actor, at, drawn)
    new = tuple(NewAccount(each, drawn.passwords[each.username]) for each in found.new)
    changed_ids = tuple(each.before.id for each in found.changed)
    return Imported(new, changed_ids, found.unchanged, at + LIST_LIVES)


def _account_of(connection: Connection, actor: Actor, at: datetime) -> Staff | None:
    """None for whoever may run commands on this computer."""
    if actor.kind is ActorKind.SYSTEM:
        return None
    mine = account_by_id(connection, int(actor.id))
    if mine is None or not mine.may_sign_in(at):
        raise AccountRefusedError(Problem.NOT_YOURS)
    return mine.staff


def _unknown_branches(connection: Connection, people: Sequence[Person]) -> list[Mistake]:
    known = {plan.id for plan in load_plans(connection)}
    wrong = (person for person in people if person.branch_id not in known)
    return [Mistake(person.row, "branch", Problem.NO_BRANCH.value) for person in wrong]


def _write(
    connection: Connection, found: Comparison, actor: Actor, at: datetime, drawn: Drawn
) -> None:
    until = at + LIST_LIVES
    ids = bulk_accounts.add_people(
        connection,
        [
            {
                "branch_id": person.branch_id,
                "username": person.username,
                "name": person.name,
                "role": person.role,
                "language": person.language,
                "password_hash": drawn.hashes[person.username],
                "active": True,
                "created_at": at,
                "locked_at": None,
                "one_time_until": until,
            }
            for person in found.new
        ],
    )
    added = [
        (
            ids[each.username],
            StaffChangeKind.ADDED,
            {"role": each.role, "branch_id": each.branch_id},
        )
        for each in found.new
    ]
    for each in found.changed:
        person = each.person
        accounts.change_account(
            connection,
            each.before.id,
            name=person.name,
            role=person.role,
            branch_id=person.branch_id,
            language=person.language,
        )
    changed = [
        (
            each.before.id,
            StaffChangeKind.CHANGED,
            {
                field: [getattr(each.before, field), getattr(each.person, field)]
                for field in each.fields
            },
        )
        for each in found.changed
    ]
    bulk_accounts.note_changes(connection, [*added, *changed], actor=actor, at=at)
