"""The table of slips: what was to be put on paper, and how far it has come."""

from datetime import date, datetime

from sqlmodel import Field

from lobby.store.columns import Table, coded, core, instant
from lobby.store.kinds import SlipState


class SlipRow(Table, table=True):
    """One slip on paper, written in the same commit as what asks for it. `copy_number` 1 belongs to
    the taking of the ticket; the others were asked for afterwards. The device's printer puts it
    out; `base_url` stands before the address in its code."""

    __tablename__ = "slips"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    business_day: date = Field(primary_key=True)
    number: str = Field(primary_key=True, max_length=8)
    copy_number: int = Field(primary_key=True)
    device_id: int = Field(foreign_key="devices.id")
    language: str
    base_url: str
    state: SlipState = coded("state", SlipState)
    asked_at: datetime = instant(index=True)


SLIPS = core(SlipRow)
