"""Epochs: which history a branch's version numbers belong to.

Versions count 1, 2, 3 in every copy of a database. Once a backup is put back they come again, for
other events; so do the numbers of tickets. Whoever remembers a version (a display, a forwarder)
remembers the epoch with it, and forgets both when the epoch is another one.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, select

from lobby.store.chain import digest_at
from lobby.store.kinds import EpochCause as EpochCause
from lobby.store.log import last_version
from lobby.store.mark import Position
from lobby.store.rows import columns_of
from lobby.store.tables import BRANCHES
from lobby.store.tables_epochs import EPOCHS, LOST_ACTS, LOST_TICKETS
from lobby.store.tail import Continuity

NAME_BYTES = 4
"""Enough that two copies of one database never choose alike by chance."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a restore took away; `is_known` where the database put aside told it. `backup_at` is the
    time of the last event that was kept (ISO 8601, UTC). `lost` are the first and the last number
    lost of each series, `last_given` the numbers behind which each goes on."""

    is_known: bool = False
    backup_at: str = ""
    lost: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    last_given: Mapping[str, int] = field(default_factory=dict)


NO_LOSS = Loss()


@dataclass(frozen=True, slots=True)
class Epoch:
    """See `EpochRow`."""

    epoch: str
    ordinal: int
    cause: EpochCause
    began_at: datetime
    after_version: int
    replaced: str
    loss: Loss


def epoch_of(
    connection: Connection, branch_id: str, cause: EpochCause | None = None
) -> Epoch | None:
    """The newest, or the newest that began for this cause; None before the first start."""
    query = select(EPOCHS).where(EPOCHS.c.branch_id == branch_id)
    if cause is not None:
        query = query.where(EPOCHS.c.cause == cause)
    row = connection.execute(query.order_by(EPOCHS.c.ordinal.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    return Epoch(
        epoch=row.epoch,
        ordinal=row.ordinal,
        cause=row.cause,
        began_at=row.began_at,
        after_version=row.after_version,
        replaced=row.replaced,
        loss=_loss(row.details),
    )


def epoch_name(connection: Connection, branch_id: str) -> str:
    """Empty before the first start."""
    found = epoch_of(connection, branch_id)
    return found.epoch if found else ""


def begin_epoch(
    connection: Connection,
    branch_id: str,
    cause: EpochCause,
    at: datetime,
    after_version: int,
    *,
    replaced: str = "",
    loss: Loss = NO_LOSS,
) -> str:
    """Its name. What it replaces is the newest one, unless something else stood in this place."""
    before = epoch_of(connection, branch_id)
    name = token_hex(NAME_BYTES)
    connection.execute(
        EPOCHS.insert().values(
            branch_id=branch_id,
            ordinal=before.ordinal + 1 if before else 1,
            epoch=name,
            cause=cause,
            began_at=at,
            after_version=after_version,
            replaced=replaced or (before.epoch if before else ""),
            details=asdict(loss),
        )
    )
    return name


def begin_epochs(connection: Connection, at: datetime, continuity: Continuity) -> None:
    """Each branch has an epoch from its first start on, and another one in each copy."""
    for branch_id in connection.execute(select(BRANCHES.c.id)).scalars().all():
        version = last_version(connection, branch_id)
        if epoch_of(connection, branch_id) is None:
            begin_epoch(connection, branch_id, EpochCause.FOUNDED, at, version)
        elif continuity is Continuity.OTHER:
            begin_epoch(connection, branch_id, EpochCause.COPIED, at, version)


def restored_branches(connection: Connection) -> dict[str, Epoch]:
    """The last time that each branch was put back from a backup; most never were."""
    branch_ids = connection.execute(select(BRANCHES.c.id)).scalars().all()
    found = {key: epoch_of(connection, key, EpochCause.RESTORED) for key in branch_ids}
    return {key: epoch for key, epoch in found.items() if epoch is not None}


def positions(connection: Connection) -> dict[str, Position]:
    """Where each branch stands that has an epoch."""
    found = {}
    for branch_id in connection.execute(select(BRANCHES.c.id)).scalars().all():
        version = last_version(connection, branch_id)
        epoch = epoch_name(connection, branch_id)
        if epoch:
            digest = digest_at(connection, branch_id, version)
            found[branch_id] = Position(epoch, version, digest)
    return found


def lost_acts(connection: Connection, branch_id: str) -> frozenset[str]:
    """The keys of acts that were done and that a restore took away."""
    query = select(LOST_ACTS.c.key).where(LOST_ACTS.c.branch_id == branch_id)
    return frozenset(connection.execute(query).scalars())


@dataclass(frozen=True, slots=True)
class LostTicket:
    """What is left of a ticket that a restore took away."""

    branch_id: str
    business_day: date
    number: str
    language: str


def lost_ticket(connection: Connection, secret: str) -> LostTicket | None:
    """By the secret of its slip."""
    row = connection.execute(
        select(*columns_of(LOST_TICKETS, LostTicket)).where(LOST_TICKETS.c.secret == secret)
    ).one_or_none()
    return None if row is None else LostTicket(**row._mapping)


def _loss(details: Mapping[str, Any]) -> Loss:
    lost = {prefix: (first, last) for prefix, (first, last) in details.get("lost", {}).items()}
    is_known, backup_at = details.get("is_known", False), details.get("backup_at", "")
    return Loss(is_known, backup_at, lost, details.get("last_given", {}))
