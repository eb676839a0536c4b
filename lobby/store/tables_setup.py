"""The tables of changes to a branch's set-up, and of what holds from which day by them."""

from datetime import date, datetime

from sqlalchemy import Column, Text
from sqlmodel import Field

from lobby.store.columns import Table, core, empty, instant


class SetUpVersionRow(Table, table=True):
    """One change by one person; never changed or deleted."""

    __tablename__ = "set_up_versions"

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id", index=True)
    valid_from: date
    at: datetime = instant()
    actor: str
    reason: str = empty()
    changes: str = Field(sa_column=Column(Text, nullable=False))
    takes_back: int | None = Field(default=None, foreign_key="set_up_versions.id")


class SetUpDayRow(Table, table=True):
    """What holds from a day on, as a day keeps its plan; of several from the same day the one that
    follows from the newest version."""

    __tablename__ = "set_up_days"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    valid_from: date = Field(primary_key=True)
    version_id: int = Field(primary_key=True, foreign_key="set_up_versions.id")
    content: str = Field(sa_column=Column(Text, nullable=False))


SET_UP_VERSIONS = core(SetUpVersionRow)
SET_UP_DAYS = core(SetUpDayRow)
