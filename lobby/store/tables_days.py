"""The table of what a branch was on a business day: reports of that day read it for ever."""

from datetime import date

from sqlalchemy import Column, Text
from sqlmodel import Field

from lobby.store.columns import Table, core


class DayPlanRow(Table, table=True):
    """Names, promises, services, counters and the version of the catalogue, as they were."""

    __tablename__ = "day_plans"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    business_day: date = Field(primary_key=True)
    content: str = Field(sa_column=Column(Text, nullable=False))


DAY_PLANS = core(DayPlanRow)
