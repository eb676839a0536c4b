"""Epochs: which history a branch's version numbers belong to.

Versions count 1, 2, 3 in every copy of a database. Once a backup is put back they come again, for
other events; so do the numbers of tickets. Whoever remembers a version (a display, a forwarder)
remembers the epoch with it, and forgets both when the epoch is another one.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, select

from lobby.store.kinds import EpochCause as EpochCause
from lobby.store.log import last_version
from lobby.store.tables import BRANCHES
from lobby.store.tables_epochs import EPOCHS

NAME_BYTES = 4
"""Enough that two copies of one database never choose alike by chance."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What a restore took away, as far as it can be known. `backup_at` is the time of the last
    event that was kept (ISO 8601, UTC). `lost` are the first and the last number lost of each
    series, `last_given` the numbers behind which each goes on."""

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


def epoch_of(connection: Connection, branch_id: str) -> Epoch | None:
    """The newest; None before the first start."""
    row = connection.execute(
        select(EPOCHS)
        .where(EPOCHS.c.branch_id == branch_id)
        .order_by(EPOCHS.c.ordinal.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    names = ("epoch", "ordinal", "cause", "began_at", "after_version", "replaced")
    return Epoch(*(getattr(row, name) for name in names), _loss(row.details))


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


def begin_missing_epochs(connection: Connection, at: datetime) -> None:
    """Each branch has an epoch from its first start on."""
    for branch_id in connection.execute(select(BRANCHES.c.id)).scalars().all():
        if epoch_of(connection, branch_id) is None:
            version = last_version(connection, branch_id)
            begin_epoch(connection, branch_id, EpochCause.FOUNDED, at, version)


def _loss(details: Mapping[str, Any]) -> Loss:
    lost = {prefix: (first, last) for prefix, (first, last) in details.get("lost", {}).items()}
    return Loss(details.get("backup_at", ""), lost, details.get("last_given", {}))
