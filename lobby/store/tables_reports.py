"""The table of roll-ups: each day that is over in sums, by which long periods are told."""

from datetime import date

from sqlalchemy import BigInteger, Column, LargeBinary, text
from sqlmodel import Field

from lobby.store.columns import Table, coded, core
from lobby.store.kinds import RollupPart


def _sum() -> int:
    column: int = Field(
        default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")}
    )
    return column


class RollupRow(Table, table=True):
    """One part of one branch's day: the whole of it, a half hour, a service, and so on. `half_hour`
    counts from the day's midnight, -1 where the part has none; `name` says which of its kind.
    `kept` of `due` is by what each was promised, `on_target` of `target_of` by the branch's target.
    All columns add up, but for those of the most and the longest; times are microseconds.
    `waits` and `service_times` are histograms as `lobby.store.histograms` packs them."""

    __tablename__ = "rollups"

    branch_id: str = Field(primary_key=True, foreign_key="branches.id")
    part: RollupPart = coded("part", RollupPart, primary_key=True)
    business_day: date = Field(primary_key=True)
    half_hour: int = Field(primary_key=True)
    name: str = Field(primary_key=True)
    tickets: int = _sum()
    served: int = _sum()
    wait_us: int = _sum()
    wait_max_us: int = _sum()
    kept: int = _sum()
    due: int = _sum()
    on_target: int = _sum()
    target_of: int = _sum()
    called: int = _sum()
    missed: int = _sum()
    in_line: int = _sum()
    gave_up: int = _sum()
    closed_out: int = _sum()
    done: int = _sum()
    service_us: int = _sum()
    servings: int = _sum()
    serving_us: int = _sum()
    signed_in_us: int = _sum()
    breaks_us: int = _sum()
    assumed: int = _sum()
    open_us: int = _sum()
    most_waiting: int = _sum()
    eligible: int = _sum()
    offered: int = _sum()
    accepted: int = _sum()
    completed: int = _sum()
    returned: int = _sum()
    unconfirmed: int = _sum()
    told: int = _sum()
    inside: int = _sum()
    late: int = _sum()
    passed: int = _sum()
    overtakes_max: int = _sum()
    waits: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    service_times: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


ROLLUPS = core(RollupRow)
