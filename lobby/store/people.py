"""The people who work here, and the browsers in which they are signed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, and_, or_, select

from lobby import typed_text
from lobby.store.kinds import Role as Role
from lobby.store.rows import columns_of
from lobby.store.tables_people import STAFF, STAFF_SESSIONS


@dataclass(frozen=True, slots=True)
class Staff:
    """A person of one branch."""

    id: int
    branch_id: str
    username: str
    name: str
    role: Role
    language: str


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser."""

    staff: Staff
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    must_choose: bool = False
    """Whether the person came in by a password for one sign-in, and chooses their own first."""


FIRST_RUN = "first-run"
"""Under which name of a computer's user the first administrator was added, where that was done in
the browser."""


class UsernameTakenError(Exception):
    """Somebody else, perhaps in another branch, signs in with this name."""


PERSON = columns_of(STAFF, Staff)
MAY_SIGN_IN = and_(STAFF.c.active, STAFF.c.locked_at.is_(None))


def normal_username(text: str) -> str:
    """As it is kept and compared: nobody should be kept out by a capital letter."""
    return typed_text.name(text).casefold()


def add_staff(
    connection: Connection,
    *,
    branch_id: str,
    username: str,
    name: str,
    role: Role,
    language: str,
    password_hash: str,
    at: datetime,
) -> Staff:
    """Raises `UsernameTakenError`."""
    username = normal_username(username)
    if connection.execute(select(STAFF.c.id).where(STAFF.c.username == username)).first():
        raise UsernameTakenError(username)
    values = {
        "branch_id": branch_id,
        "username": username,
        "name": name,
        "role": role,
        "language": language,
    }
    inserted = connection.execute(
        STAFF.insert().values(**values, password_hash=password_hash, active=True, created_at=at)
    )
    assert inserted.inserted_primary_key is not None
    return Staff(inserted.inserted_primary_key.id, branch_id, username, name, role, language)


def staff_with_password(
    connection: Connection, username: str, at: datetime | None = None
) -> tuple[Staff, str] | None:
    """The person who signs in with this name, and the hash to check the password against; None
    where the account is locked or was removed, or its password was for one sign-in before `at`."""
    query = select(*PERSON, STAFF.c.password_hash).where(
        STAFF.c.username == normal_username(username), MAY_SIGN_IN
    )
    if at is not None:
        query = query.where(or_(STAFF.c.one_time_until.is_(None), STAFF.c.one_time_until > at))
    row = connection.execute(query).one_or_none()
    return None if row is None else (_staff(row), row.password_hash)


def staff_of_branch(connection: Connection, branch_id: str) -> list[Staff]:
    query = select(*PERSON).where(STAFF.c.branch_id == branch_id, STAFF.c.active)
    return [_staff(row) for row in connection.execute(query.order_by(STAFF.c.username))]


@dataclass(frozen=True, slots=True)
class Gone:
    """Of some people, by their ids: who is signed in nowhere, and who does not work here now or is
    locked out."""

    signed_out: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


def who_is_gone(connection: Connection, branch_id: str, at: datetime) -> Gone:
    """Of all who work or worked in the branch."""
    of_branch = STAFF.c.branch_id == branch_id
    staff = select(STAFF.c.id, STAFF.c.active, STAFF.c.locked_at).where(of_branch)
    active = {row.id: row.active and not row.locked_at for row in connection.execute(staff)}
    sessions = select(STAFF_SESSIONS.c.staff_id).join(
        STAFF, STAFF.c.id == STAFF_SESSIONS.c.staff_id
    )
    running = sessions.where(of_branch, STAFF_SESSIONS.c.expires_at > at).distinct()
    signed_in = set(connection.execute(running).scalars())
    working = {person for person, works in active.items() if works}
    return Gone(
        frozenset(str(person) for person in working - signed_in),
        frozenset(str(person) for person in active.keys() - working),
    )


def set_password(connection: Connection, staff_id: int, password_hash: str) -> None:
    """Good for more than one sign-in. Whoever was signed in with the old one no longer is."""
    values = {"password_hash": password_hash, "one_time_until": None}
    connection.execute(STAFF.update().where(STAFF.c.id == staff_id).values(values))
    close_sessions_of(connection, staff_id)


def set_language(connection: Connection, staff_id: int, language: str) -> None:
    connection.execute(STAFF.update().where(STAFF.c.id == staff_id).values(language=language))


def deactivate(connection: Connection, staff_id: int) -> None:
    """The person leaves; what they did stays."""
    connection.execute(STAFF.update().where(STAFF.c.id == staff_id).values(active=False))
    close_sessions_of(connection, staff_id)


def open_session(
    connection: Connection,
    token_hash: str,
    staff_id: int,
    at: datetime,
    expires_at: datetime,
    *,
    place: str = "",
) -> None:
    """Sessions that have run out are swept away on the occasion."""
    connection.execute(STAFF_SESSIONS.delete().where(STAFF_SESSIONS.c.expires_at <= at))
    connection.execute(
        STAFF_SESSIONS.insert().values(
            token_hash=token_hash,
            staff_id=staff_id,
            created_at=at,
            last_seen_at=at,
            expires_at=expires_at,
            place=place,
        )
    )


def sessions_by_token(connection: Connection, token_hashes: Iterable[str]) -> dict[str, Session]:
    """Those that exist, by the hash of their token; whether they have run out is the caller's."""
    rows = connection.execute(_sessions().where(STAFF_SESSIONS.c.token_hash.in_(token_hashes)))
    return {
        row.token_hash: Session(
            _staff(row),
            row.created_at,
            row.last_seen_at,
            row.expires_at,
            must_choose=row.one_time_until is not None,
        )
        for row in rows
    }


def see_sessions(connection: Connection, ends: Mapping[str, datetime], at: datetime) -> None:
    """These browsers were used just now; each one's session lives until the time given."""
    for token_hash, expires_at in ends.items():
        connection.execute(
            STAFF_SESSIONS.update()
            .where(STAFF_SESSIONS.c.token_hash == token_hash)
            .values(last_seen_at=at, expires_at=expires_at)
        )


def close_session(connection: Connection, token_hash: str) -> None:
    connection.execute(STAFF_SESSIONS.delete().where(STAFF_SESSIONS.c.token_hash == token_hash))


def close_sessions_of(connection: Connection, staff_id: int) -> None:
    connection.execute(STAFF_SESSIONS.delete().where(STAFF_SESSIONS.c.staff_id == staff_id))


def _sessions() -> Select[*tuple[object, ...]]:
    return (
        select(
            *PERSON,
            STAFF_SESSIONS.c.token_hash,
            STAFF_SESSIONS.c.created_at,
            STAFF_SESSIONS.c.last_seen_at,
            STAFF_SESSIONS.c.expires_at,
            STAFF.c.one_time_until,
        )
        .join(STAFF, STAFF.c.id == STAFF_SESSIONS.c.staff_id)
        .where(MAY_SIGN_IN)
    )


def _staff(row: Row[*tuple[object, ...]]) -> Staff:
    return Staff(row.id, row.branch_id, row.username, row.name, row.role, row.language)
