"""Things that the branch lends: how many there are, who has one, and when it came back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from lobby.store.tables_floor import AMENITIES, AMENITY_LOANS


@dataclass(frozen=True, slots=True)
class Amenity:
    """`detail` tells things of one kind apart: the strength of glasses. `out` are lent now."""

    id: int
    kind: str
    detail: str
    total: int
    out: int

    @property
    def left(self) -> int:
        return max(0, self.total - self.out)


@dataclass(frozen=True, slots=True)
class Loan:
    id: int
    amenity_id: int
    ticket: str | None
    lent_at: datetime
    lent_by: str


class NoneLeftError(Exception):
    """All of them are lent."""


class UnknownAmenityError(Exception):
    """There is no such thing in this branch, or it is not lent."""


def amenities_of(connection: Connection, branch_id: str) -> list[Amenity]:
    """By kind and detail, also those of which there are none any more."""
    out = (
        select(AMENITY_LOANS.c.amenity_id, func.count().label("out"))
        .where(AMENITY_LOANS.c.branch_id == branch_id, AMENITY_LOANS.c.back_at.is_(None))
        .group_by(AMENITY_LOANS.c.amenity_id)
        .subquery()
    )
    mine = AMENITIES.c
    query = (
        select(mine.id, mine.kind, mine.detail, mine.total, func.coalesce(out.c.out, 0))
        .select_from(AMENITIES.outerjoin(out, out.c.amenity_id == mine.id))
        .where(mine.branch_id == branch_id)
        .order_by(mine.kind, mine.detail)
    )
    return [Amenity(*row) for row in connection.execute(query)]


def open_loans(connection: Connection, branch_id: str) -> list[Loan]:
    """What is lent now, the longest first."""
    loans = AMENITY_LOANS.c
    query = (
        select(*(loans[name] for name in Loan.__dataclass_fields__))
        .where(loans.branch_id == branch_id, loans.back_at.is_(None))
        .order_by(loans.lent_at, loans.id)
    )
    return [Loan(**row._mapping) for row in connection.execute(query)]


def set_amenity(
    connection: Connection, branch_id: str, *, kind: str, detail: str, total: int
) -> None:
    """How many there are; a new kind or detail is added."""
    mine = (AMENITIES.c.branch_id == branch_id) & (AMENITIES.c.kind == kind)
    same = mine & (AMENITIES.c.detail == detail)
    if connection.execute(AMENITIES.update().where(same).values(total=total)).rowcount == 0:
        values = {"branch_id": branch_id, "kind": kind, "detail": detail, "total": total}
        connection.execute(AMENITIES.insert().values(**values))


def lend(
    connection: Connection,
    branch_id: str,
    *,
    amenity_id: int,
    ticket: str | None,
    at: datetime,
    by: str,
    key: str,
) -> None:
    """Raises `NoneLeftError`, `UnknownAmenityError`."""
    known = {amenity.id: amenity for amenity in amenities_of(connection, branch_id)}
    if amenity_id not in known:
        raise UnknownAmenityError
    if not known[amenity_id].left:
        raise NoneLeftError
    values = {"amenity_id": amenity_id, "ticket": ticket, "lent_at": at, "lent_by": by}
    connection.execute(AMENITY_LOANS.insert().values(branch_id=branch_id, key=key, **values))


def pass_on(connection: Connection, branch_id: str, *, loan_id: int, by: str, to: str) -> None:
    """Somebody else looks after it from now on; what is not out, or not `by`'s, stays as it is."""
    mine = (AMENITY_LOANS.c.branch_id == branch_id) & (AMENITY_LOANS.c.id == loan_id)
    out = (AMENITY_LOANS.c.lent_by == by) & AMENITY_LOANS.c.back_at.is_(None)
    connection.execute(AMENITY_LOANS.update().where(mine, out).values(lent_by=to))


def give_back(
    connection: Connection, branch_id: str, *, loan_id: int, at: datetime, by: str
) -> None:
    """Given back before stays as it was. Raises `UnknownAmenityError`."""
    mine = (AMENITY_LOANS.c.branch_id == branch_id) & (AMENITY_LOANS.c.id == loan_id)
    if connection.execute(select(AMENITY_LOANS.c.id).where(mine)).first() is None:
        raise UnknownAmenityError
    still_out = AMENITY_LOANS.c.back_at.is_(None)
    connection.execute(AMENITY_LOANS.update().where(mine, still_out).values(back_at=at, back_by=by))
