"""Recommendations to open or close a counter, and what became of each."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from lobby.store.kinds import AdviceKind as AdviceKind
from lobby.store.kinds import AdviceOutcome as AdviceOutcome
from lobby.store.rows import select_as
from lobby.store.tables_waits import STAFFING_ADVICE


@dataclass(frozen=True, slots=True)
class StaffingAdvice:
    """`gain_points` of people called within their promise, `gain_people` of them; `in_promise` the
    share as it was. `outcome` None where nobody answered."""

    id: str
    at: datetime
    kind: AdviceKind
    counter: str | None
    gain_points: float
    gain_people: float
    in_promise: float
    reason: dict[str, Any]
    outcome: AdviceOutcome | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None


def keep_staffing_advice(connection: Connection, branch_id: str, advice: StaffingAdvice) -> None:
    row = {name: getattr(advice, name) for name in StaffingAdvice.__dataclass_fields__}
    reason = json.dumps(advice.reason)
    connection.execute(
        insert(STAFFING_ADVICE).values(**{**row, "reason": reason, "branch_id": branch_id})
    )


def answer_staffing_advice(
    connection: Connection,
    branch_id: str,
    advice_id: str,
    outcome: AdviceOutcome,
    *,
    at: datetime,
    by: str,
) -> bool:
    """Whether this was the first answer: a second changes nothing."""
    table = STAFFING_ADVICE
    changed = connection.execute(
        table.update()
        .where(table.c.branch_id == branch_id, table.c.id == advice_id)
        .where(table.c.outcome.is_(None))
        .values(outcome=outcome, decided_at=at, decided_by=by)
    )
    return changed.rowcount == 1


def staffing_advice_between(
    connection: Connection, branch_id: str, begin: datetime, end: datetime
) -> list[StaffingAdvice]:
    """In the order in which they came."""
    table = STAFFING_ADVICE
    query = select_as(table, StaffingAdvice, branch_id).where(table.c.at >= begin, table.c.at < end)
    rows = connection.execute(query.order_by(table.c.at))
    return [StaffingAdvice(**{**row._mapping, "reason": json.loads(row.reason)}) for row in rows]
