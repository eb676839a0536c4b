"""A spreadsheet of people held against those there are: who is new or changes, what may not be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

import msgspec

from lobby.accounts.authority import looks_after
from lobby.accounts.people_columns import BRANCH, ROLE, USERNAME
from lobby.accounts.people_table import Mistake, Person
from lobby.accounts.refusals import Problem
from lobby.store.accounts import Account
from lobby.store.kinds import Role
from lobby.store.people import Staff

FIELDS = ("name", "role", "branch_id", "language")

IsAtWork = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Change:
    person: Person
    before: Staff

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(
            field for field in FIELDS if getattr(self.before, field) != getattr(self.person, field)
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whoever is not in the spreadsheet stays as they are."""

    new: tuple[Person, ...] = ()
    changed: tuple[Change, ...] = ()
    unchanged: int = 0
    mistakes: tuple[Mistake, ...] = ()

    @property
    def seen(self) -> str:
        """The same where the same would be done to the same accounts."""
        changes = [(each.person, msgspec.to_builtins(each.before)) for each in self.changed]
        return blake2b(msgspec.json.encode((self.new, changes)), digest_size=12).hexdigest()


def compared(
    people: Sequence[Person],
    accounts: Sequence[Account],
    *,
    mine: Staff | None,
    at: datetime,
    is_at_work: IsAtWork,
) -> Comparison:
    """`accounts` are all of the bank's; `mine` is the account of who asks, None at the command
    line, which may do everything."""
    known = {account.staff.username: account for account in accounts}
    new: list[Person] = []
    changed: list[Change] = []
    mistakes: list[Mistake] = []
    unchanged = 0
    for person in people:
        account = known.get(person.username)
        mistake = _mistake(person, account, mine, is_at_work)
        if mistake is not None:
            mistakes.append(mistake)
        elif account is None:
            new.append(person)
        elif Change(person, account.staff).fields:
            changed.append(Change(person, account.staff))
        else:
            unchanged += 1
    mistakes += _last_administrators(changed, known, at)
    return Comparison(tuple(new), tuple(changed), unchanged, tuple(mistakes))


def _mistake(
    person: Person, account: Account | None, mine: Staff | None, is_at_work: IsAtWork
) -> Mistake | None:
    if mine and not looks_after(mine, role=person.role, branch_id=person.branch_id):
        return _wrong(person, ROLE, Problem.NOT_YOURS)
    if account is None:
        return None
    staff = account.staff
    if mine and not looks_after(mine, role=staff.role, branch_id=staff.branch_id):
        return _wrong(person, USERNAME, Problem.USERNAME_TAKEN, username=staff.username)
    if account.has_left:
        return _wrong(person, USERNAME, Problem.WORKED_HERE, username=staff.username)
    if mine and mine.id == staff.id and person.role != staff.role:
        return _wrong(person, ROLE, Problem.OWN_ACCOUNT)
    if person.branch_id != staff.branch_id and is_at_work(staff.branch_id, str(staff.id)):
        return _wrong(person, BRANCH, Problem.AT_WORK, name=staff.name)
    return None


def _last_administrators(
    changed: Sequence[Change], known: Mapping[str, Account], at: datetime
) -> list[Mistake]:
    """Somebody has to be left who can let others in."""
    fallen = {
        each.before.id: each.person
        for each in changed
        if each.before.role is Role.ADMINISTRATOR and each.person.role is not Role.ADMINISTRATOR
    }
    left = any(
        account.staff.role is Role.ADMINISTRATOR and account.may_sign_in(at)
        for account in known.values()
        if account.staff.id not in fallen
    )
    if left:
        return []
    return [_wrong(person, ROLE, Problem.LAST_ADMINISTRATOR) for person in fallen.values()]


def _wrong(person: Person, column: str, problem: Problem, **blanks: str | int) -> Mistake:
    return Mistake(person.row, column, problem.value, blanks)
