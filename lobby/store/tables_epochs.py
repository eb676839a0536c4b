"""The tables of a database's own history: its epochs, and what was lost between two of them."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Field

from lobby.store.columns import Table, coded, core, empty, instant, json_column
from lobby.store.kinds import EpochCause


class EpochRow(Table, table=True):
    """One stretch of a branch's history that was told without a break. Version numbers mean the
    same only within one: after a restore they come again for other events.

    `ordinal` counts the epochs of the branch; `epoch` is a name that no other copy of the database
    gives. It began after the event `after_version`. `replaced` names the epoch that stood in this
    place before, where that was known; `details` says what was lost (`lobby.store.epochs.Loss`).
    """

    __tablename__ = "epochs"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    ordinal: int = Field(primary_key=True)
    epoch: str = Field(max_length=16)
    cause: EpochCause = coded("cause", EpochCause)
    began_at: datetime = instant()
    after_version: int
    replaced: str = empty()
    details: dict[str, Any] = json_column(nullable=False)


class LostTicketRow(Table, table=True):
    """A ticket that was given out and that a restored database does not know: its customer still
    holds the slip."""

    __tablename__ = "lost_tickets"

    secret: str = Field(primary_key=True)
    branch_id: str = Field(foreign_key="branches.id", index=True)
    business_day: date
    number: str = Field(max_length=8)
    language: str


class LostActRow(Table, table=True):
    """The key of an act that was done and that a restored database does not know."""

    __tablename__ = "lost_acts"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    key: str = Field(primary_key=True, max_length=100)


class SealRow(Table, table=True):
    """Empty in a database at work. In a backup, how far each branch's log reached when it was made:
    a backup that was cut short or changed since is noticed."""

    __tablename__ = "seals"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    epoch: str = Field(primary_key=True, max_length=16)
    version: int
    fingerprint: str
    at: datetime = instant()


EPOCHS = core(EpochRow)
LOST_TICKETS = core(LostTicketRow)
LOST_ACTS = core(LostActRow)
SEALS = core(SealRow)
