"""What the pages of people say of roles, states and of what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lobby.i18n.texts import mark
from lobby.store.accounts import Account, StaffChange, StaffChangeKind

DONE = {
    StaffChangeKind.ADDED: mark("Account created"),
    StaffChangeKind.CHANGED: mark("Changed"),
    StaffChangeKind.LOCKED: mark("Locked"),
    StaffChangeKind.UNLOCKED: mark("Unlocked"),
    StaffChangeKind.RESET: mark("Password reset"),
    StaffChangeKind.REMOVED: mark("Marked as having left"),
    StaffChangeKind.RETURNED: mark("Came back"),
    StaffChangeKind.PASSWORD: mark("Chose a new password"),
    StaffChangeKind.SESSIONS: mark("Ended other sign-ins"),
}

FIELDS = {
    "name": mark("Name"),
    "role": mark("Role"),
    "branch_id": mark("Branch"),
    "language": mark("Language"),
}


@dataclass(frozen=True, slots=True)
class DoneView:
    """`changes` are the fields with what stood there before and after, as codes; `by` is the name
    of a person, or of a user of this computer where `is_command`."""

    at: datetime
    words: str
    changes: tuple[tuple[str, str, str], ...]
    by: str
    is_command: bool


def done_views(changes: list[StaffChange], names: Mapping[int, str]) -> list[DoneView]:
    """`names` are those of the people who may have acted, by their ids."""
    return [_done(change, names) for change in changes]


def actors_of(changes: list[StaffChange]) -> set[int]:
    """The ids of the people among those who acted."""
    parts = (change.actor.partition("/") for change in changes)
    return {int(who) for kind, _, who in parts if kind == "staff"}


def _done(change: StaffChange, names: Mapping[int, str]) -> DoneView:
    kind, _, who = change.actor.partition("/")
    is_person = kind == "staff"
    is_change = change.kind is StaffChangeKind.CHANGED
    fields = [field for field in FIELDS if is_change and field in change.detail]
    pairs = ((field, change.detail[field]) for field in fields)
    changed = tuple((field, str(before), str(after)) for field, (before, after) in pairs)
    by = names.get(int(who), who) if is_person else who
    return DoneView(change.at, DONE[change.kind], changed, by, is_command=not is_person)


def found_among(accounts: list[Account], typed: str) -> list[Account]:
    """Those whose name or user name has what was typed."""
    wanted = typed.casefold()
    return [
        account
        for account in accounts
        if wanted in account.staff.name.casefold() or wanted in account.staff.username
    ]
