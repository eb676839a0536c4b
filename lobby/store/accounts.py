"""The accounts of people as whoever looks after them sees them, and who changed which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from lobby.store.acts import Actor
from lobby.store.kinds import Role
from lobby.store.kinds import StaffChangeKind as StaffChangeKind
from lobby.store.people import FIRST_RUN, PERSON, Staff, close_sessions_of, normal_username
from lobby.store.tables_people import STAFF, STAFF_CHANGES, STAFF_SESSIONS

CHANGES_SHOWN_MAX = 50
"""Of one person: years of changes, and still one page."""


@dataclass(frozen=True, slots=True)
class Account:
    """`has_left` where the person was removed; `one_time_until` is None where the password is their
    own; `last_seen_at` of the browsers that are signed in, None where there is none."""

    staff: Staff
    has_left: bool
    locked_at: datetime | None
    one_time_until: datetime | None
    last_seen_at: datetime | None

    def may_sign_in(self, at: datetime) -> bool:
        is_open = not self.has_left and self.locked_at is None
        return is_open and (self.one_time_until is None or self.one_time_until > at)


@dataclass(frozen=True, slots=True)
class StaffChange:
    """`actor` as `staff/ID` or `system/NAME`, the name of a user of this computer."""

    at: datetime
    kind: StaffChangeKind
    actor: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser in which somebody is signed in. The hash of its token tells it from others and
    opens nothing."""

    token_hash: str
    created_at: datetime
    last_seen_at: datetime
    place: str


def accounts(connection: Connection, branch_id: str | None = None) -> list[Account]:
    """Of one branch or of all, by branch and name; who has left comes last."""
    query = _accounts().order_by(
        STAFF.c.branch_id, STAFF.c.active.desc(), STAFF.c.name, STAFF.c.username
    )
    if branch_id is not None:
        query = query.where(STAFF.c.branch_id == branch_id)
    return [_account(row) for row in connection.execute(query)]


def account_by_id(connection: Connection, staff_id: int) -> Account | None:
    return _one(connection, _accounts().where(STAFF.c.id == staff_id))


def account_by_username(connection: Connection, username: str) -> Account | None:
    query = _accounts().where(STAFF.c.username == normal_username(username))
    return _one(connection, query)


def others_who_administer(connection: Connection, staff_id: int, at: datetime) -> int:
    """How many administrators can sign in beside this person."""
    others = _accounts().where(STAFF.c.role == Role.ADMINISTRATOR, STAFF.c.id != staff_id)
    return sum(_account(row).may_sign_in(at) for row in connection.execute(others))


def change_account(
    connection: Connection, staff_id: int, *, name: str, role: Role, branch_id: str, language: str
) -> None:
    values = {"name": name, "role": role, "branch_id": branch_id, "language": language}
    connection.execute(STAFF.update().where(STAFF.c.id == staff_id).values(values))


def lock(connection: Connection, staff_id: int, at: datetime) -> None:
    """Nobody is signed in as this person any more, or can be."""
    connection.execute(STAFF.update().where(STAFF.c.id == staff_id).values(locked_at=at))
    close_sessions_of(connection, staff_id)


def unlock(connection: Connection, staff_id: int) -> None:
    connection.execute(STAFF.update().where(STAFF.c.id == staff_id).values(locked_at=None))


def let_return(connection: Connection, staff_id: int) -> None:
    """Somebody who left works here again, under the old name."""
    values = {"active": True, "locked_at": None}
    connection.execute(STAFF.update().where(STAFF.c.id == staff_id).values(values))


def set_one_time_password(
    connection: Connection, staff_id: int, password_hash: str, until: datetime
) -> None:
    """Good for signing in until then, and for choosing an own one; ends all sign-ins."""
    values = {"password_hash": password_hash, "one_time_until": until}
    connection.execute(STAFF.update().where(STAFF.c.id == staff_id).values(values))
    close_sessions_of(connection, staff_id)


def note_change(
    connection: Connection,
    staff_id: int,
    kind: StaffChangeKind,
    *,
    actor: Actor,
    at: datetime,
    detail: Mapping[str, Any],
) -> None:
    connection.execute(
        STAFF_CHANGES.insert().values(
            staff_id=staff_id, at=at, kind=kind, actor=str(actor), detail=dict(detail)
        )
    )


def changes_of(connection: Connection, staff_id: int) -> list[StaffChange]:
    """The newest first."""
    mine = STAFF_CHANGES.c
    query = select(mine.at, mine.kind, mine.actor, mine.detail).where(mine.staff_id == staff_id)
    newest = query.order_by(mine.id.desc()).limit(CHANGES_SHOWN_MAX)
    return [StaffChange(**row._mapping) for row in connection.execute(newest)]


def is_made_in_first_run(connection: Connection, branch_id: str) -> bool:
    """Whether the branch's first account was made with the branch itself, in the browser."""
    query = (
        select(STAFF.c.id)
        .join(STAFF_CHANGES, STAFF_CHANGES.c.staff_id == STAFF.c.id)
        .where(STAFF.c.branch_id == branch_id, STAFF_CHANGES.c.actor == f"system/{FIRST_RUN}")
    )
    return connection.execute(query.limit(1)).first() is not None


def open_sessions_of(connection: Connection, staff_id: int, at: datetime) -> list[OpenSession]:
    """The one that was used last comes first."""
    mine = STAFF_SESSIONS.c
    query = select(mine.token_hash, mine.created_at, mine.last_seen_at, mine.place).where(
        mine.staff_id == staff_id, mine.expires_at > at
    )
    rows = connection.execute(query.order_by(mine.last_seen_at.desc(), mine.token_hash))
    return [OpenSession(**row._mapping) for row in rows]


def close_sessions(connection: Connection, staff_id: int, token_hashes: list[str]) -> int:
    """How many of this person's were among them."""
    mine = STAFF_SESSIONS.c
    ended = connection.execute(
        STAFF_SESSIONS.delete().where(mine.staff_id == staff_id, mine.token_hash.in_(token_hashes))
    )
    return ended.rowcount


def _accounts() -> Select[*tuple[object, ...]]:
    seen = (
        select(STAFF_SESSIONS.c.staff_id, func.max(STAFF_SESSIONS.c.last_seen_at).label("seen_at"))
        .group_by(STAFF_SESSIONS.c.staff_id)
        .subquery()
    )
    return select(
        *PERSON,
        STAFF.c.active,
        STAFF.c.locked_at,
        STAFF.c.one_time_until,
        seen.c.seen_at,
    ).join_from(STAFF, seen, STAFF.c.id == seen.c.staff_id, isouter=True)


def _one(connection: Connection, query: Select[*tuple[object, ...]]) -> Account | None:
    row = connection.execute(query).one_or_none()
    return None if row is None else _account(row)


def _account(row: Row[*tuple[object, ...]]) -> Account:
    staff = Staff(row.id, row.branch_id, row.username, row.name, row.role, row.language)
    return Account(staff, not row.active, row.locked_at, row.one_time_until, row.seen_at)
