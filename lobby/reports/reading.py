"""A day's record measured: by the plan and the hours of that day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lobby.catalogue.entries import CatalogueError
from lobby.catalogue.serialise import from_json
from lobby.queueing.events.event import DayClosedOut
from lobby.queueing.model.plan import Plan
from lobby.reports.at_machines import Upkeep
from lobby.reports.day import DayReport, report_of
from lobby.reports.periods import whole_day
from lobby.screens.opening import hours_of_day
from lobby.store.day_record import DayRecord, record_of_day
from lobby.triage.catalogue import Catalogue
from lobby.web.services import Services


@dataclass(frozen=True, slots=True)
class Reading:
    """A day's report, the record it rests on, and the plan by which it is told: that of the day."""

    plan: Plan
    report: DayReport
    record: DayRecord


async def read_day(services: Services, now_plan: Plan, day: date) -> Reading:
    """Read and measured beside the event loop: a long day takes a while."""
    now = services.clock.now()
    today = now_plan.business_day(now)
    begin, end = whole_day(now_plan, min(day, today))
    in_force = services.catalogues.get(now_plan.id)

    def read(connection: Any) -> Reading:
        record = record_of_day(connection, now_plan, day, begin, end)
        if day >= today:
            return measured(now_plan, in_force, record, day, now)
        return measured(record.kept.plan, readable(record.kept.catalogue), record, day, now)

    return await services.store.read(read)


def measured(
    plan: Plan, catalogue: Catalogue | None, record: DayRecord, day: date, now: datetime
) -> Reading:
    report = report_of(
        plan,
        day,
        record.visits,
        record.sittings,
        now,
        upkeep=Upkeep(record.faults, record.help_calls),
        stretches=record.stretches,
        told=record.told,
        advice=record.advice,
        closes_at=closes_at(catalogue, plan, day),
        closings=[each for each in record.records if isinstance(each, DayClosedOut)],
    )
    return Reading(plan, report, record)


def readable(text: str | None) -> Catalogue | None:
    """One that another version of Lobby wrote has no hours that could be told."""
    try:
        return from_json(text) if text else None
    except CatalogueError:
        return None


def closes_at(catalogue: Catalogue | None, plan: Plan, day: date) -> datetime | None:
    """The end of the day's hours; None where the branch has none on it."""
    spans = hours_of_day(catalogue, day) if catalogue else ()
    return datetime.combine(day, spans[-1].closes, plan.time_zone) if spans else None
