"""All that was recorded of one business day, and what the branch was on it: what a report tells."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from lobby.queueing.events.event import DayClosedOut, DayTakenBack
from lobby.queueing.model.plan import Plan
from lobby.store.announced_waits import AnnouncedWaitRow, load_announced_waits
from lobby.store.day_plans import DayPlan, day_plan
from lobby.store.faults import Fault, faults_between
from lobby.store.help_calls import KeptCall, help_calls_of
from lobby.store.past_days import records_of_day
from lobby.store.staffing import StaffingAdvice, staffing_advice_between
from lobby.store.visits import SittingSpan, Stretch, Visit, sittings_of, stretches_of, visits_of


@dataclass(frozen=True, slots=True)
class DayRecord:
    """`kept` is the plan of that day, with the text of its catalogue."""

    kept: DayPlan
    visits: tuple[Visit, ...]
    sittings: tuple[SittingSpan, ...]
    stretches: tuple[Stretch, ...]
    told: tuple[AnnouncedWaitRow, ...]
    faults: tuple[Fault, ...]
    help_calls: tuple[KeptCall, ...]
    records: tuple[DayClosedOut | DayTakenBack, ...]
    advice: tuple[StaffingAdvice, ...] = ()


def record_of_day(
    connection: Connection, plan: Plan, day: date, begin: datetime, end: datetime
) -> DayRecord:
    """`plan` is the branch as it is now; `begin` and `end` are the midnights of the day."""
    of_day = (connection, plan.id, day)
    within = (connection, plan.id, begin, end)
    return DayRecord(
        kept=day_plan(connection, plan, day),
        visits=tuple(visits_of(*of_day)),
        sittings=tuple(sittings_of(*of_day)),
        stretches=tuple(stretches_of(*of_day)),
        told=tuple(load_announced_waits(*of_day)),
        faults=tuple(faults_between(*within)),
        help_calls=tuple(help_calls_of(*of_day)),
        records=tuple(records_of_day(*of_day)),
        advice=tuple(staffing_advice_between(*within)),
    )
