"""The tables of waits: the calling rule, what people were told, and how long it took."""

from datetime import date, datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field

from lobby.store.columns import Table, coded, core, instant
from lobby.store.kinds import AdviceKind, AdviceOutcome


class CallingRuleRow(Table, table=True):
    """The calling rule and the counter policy, as they hold from a day on."""

    __tablename__ = "calling_rules"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    valid_from: date = Field(primary_key=True)
    content: str = Field(sa_column=Column(Text, nullable=False))


class ServingRow(Table, table=True):
    """One stretch of service at one counter; open while `finished_at` is empty. Pauses
    within it, in seconds, are no service."""

    __tablename__ = "servings"
    __table_args__ = (Index(None, "branch_id", "started_at"),)

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    business_day: date = Field(primary_key=True)
    number: str = Field(primary_key=True, max_length=8)
    ordinal: int = Field(primary_key=True)
    counter: str
    teller: str
    service: str
    started_at: datetime = instant()
    finished_at: datetime | None = instant(default=None)
    paused_s: float = 0.0


class ToldWaitRow(Table, table=True):
    """A range that a ticket was told, the first at its taking. Minutes in steps of five, seconds
    as forecast; `high_min` empty means over an hour."""

    __tablename__ = "told_waits"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    business_day: date = Field(primary_key=True)
    number: str = Field(primary_key=True, max_length=8)
    at: datetime = instant(primary_key=True)
    low_min: int
    high_min: int | None = None
    p10_s: float
    p25_s: float
    p50_s: float
    p75_s: float
    p90_s: float
    naive_s: float
    ahead: int
    reason: str


class LearnedRow(Table, table=True):
    """What a branch's forecast has learned, kept over a restart."""

    __tablename__ = "learned"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    name: str = Field(primary_key=True, max_length=40)
    at: datetime = instant()
    content: str = Field(sa_column=Column(Text, nullable=False))


class StaffingAdviceRow(Table, table=True):
    """A recommendation to open or close a counter, and what became of it. Gains: in points of
    tickets called within their promise, and in people, over the next hour."""

    __tablename__ = "staffing_advice"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    id: str = Field(primary_key=True, max_length=40)
    at: datetime = instant()
    kind: AdviceKind = coded("kind", AdviceKind)
    counter: str | None = None
    gain_points: float
    gain_people: float
    in_promise: float
    reason: str = Field(sa_column=Column(Text, nullable=False))
    outcome: AdviceOutcome | None = coded("outcome", AdviceOutcome, default=None)
    decided_at: datetime | None = instant(default=None)
    decided_by: str | None = None


CALLING_RULES = core(CallingRuleRow)
SERVINGS = core(ServingRow)
TOLD_WAITS = core(ToldWaitRow)
LEARNED = core(LearnedRow)
STAFFING_ADVICE = core(StaffingAdviceRow)
