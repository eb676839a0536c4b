"""What is asked of an account, the same from a screen and from the command line."""

from datetime import datetime

import msgspec

from lobby.store.kinds import Role


class AddPerson(msgspec.Struct, frozen=True, tag=True):
    """Without a password one is drawn, for the first sign-in."""

    username: str
    name: str
    role: Role
    branch_id: str
    language: str
    password: str | None = None


class ChangePerson(msgspec.Struct, frozen=True, tag=True):
    staff_id: int
    name: str
    role: Role
    branch_id: str
    language: str


class LockPerson(msgspec.Struct, frozen=True, tag=True):
    staff_id: int


class UnlockPerson(msgspec.Struct, frozen=True, tag=True):
    staff_id: int


class ResetPassword(msgspec.Struct, frozen=True, tag=True):
    """Without a password one is drawn, for the next sign-in."""

    staff_id: int
    password: str | None = None


class RemovePerson(msgspec.Struct, frozen=True, tag=True):
    """Somebody leaves; what they did stays."""

    staff_id: int


class ReturnPerson(msgspec.Struct, frozen=True, tag=True):
    """Somebody who left is here again, with a password drawn for the first sign-in."""

    staff_id: int


class ChoosePassword(msgspec.Struct, frozen=True, tag=True):
    """One's own. `current` is asked for unless one has just come in by a password drawn for one
    sign-in; all sessions end."""

    staff_id: int
    current: str | None
    password: str


class EndSessions(msgspec.Struct, frozen=True, tag=True):
    """One's own browsers, by the hashes of their tokens."""

    staff_id: int
    token_hashes: tuple[str, ...]


Command = (
    AddPerson
    | ChangePerson
    | LockPerson
    | UnlockPerson
    | ResetPassword
    | RemovePerson
    | ReturnPerson
    | ChoosePassword
    | EndSessions
)


class Done(msgspec.Struct, frozen=True, tag=True):
    """`password` is the one that was drawn, told this once, and `until` how long it is good."""

    staff_id: int
    username: str
    password: str | None = None
    until: datetime | None = None
