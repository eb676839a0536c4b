"""The tables of past days: what a branch was on each, and who has looked a ticket of it up."""

from datetime import date, datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field

from lobby.store.columns import Table, core, instant


class DayPlanRow(Table, table=True):
    """Names, promises, services, counters and the version of the catalogue, as they were."""

    __tablename__ = "day_plans"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    business_day: date = Field(primary_key=True)
    content: str = Field(sa_column=Column(Text, nullable=False))


class TicketLookupRow(Table, table=True):
    """Who looked up the journey of which ticket, and when."""

    __tablename__ = "ticket_lookups"
    __table_args__ = (Index(None, "branch_id", "business_day", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    branch_id: str = Field(foreign_key="branches.id")
    at: datetime = instant()
    staff: str
    business_day: date
    number: str = Field(max_length=8)


DAY_PLANS = core(DayPlanRow)
TICKET_LOOKUPS = core(TicketLookupRow)
