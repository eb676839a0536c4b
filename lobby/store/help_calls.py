"""Calls for a colleague through their life, kept for reports: called, taken, ended."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from sqlalchemy import Connection, Executable

from lobby.queueing.events.floor import (
    HelpAnswered,
    HelpCalled,
    HelpEnded,
    HelpEvent,
    HelpHandedBack,
    HelpReasonChanged,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpKind
from lobby.store.rows import read_as, select_as
from lobby.store.tables_floor import HELP_CALLS


@dataclass(frozen=True, slots=True)
class KeptCall:
    """`outcome` is how it ended, as a code; `handed_back` how often somebody went and could not
    help after all; `service` what somebody without a ticket came for, `rule` of `rule_set` what
    advised to call."""

    id: int
    kind: HelpKind
    place: str
    ticket: str | None
    called_at: datetime
    taken_by: str | None
    taken_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    note: str = ""
    handed_back: int = 0
    service: str = ""
    rule: str = ""
    rule_set: str = ""


def help_statement(hall: Hall, event: HelpEvent) -> Executable:
    """What the event, the last of `hall`, changes."""
    match event:
        case HelpCalled():
            return HELP_CALLS.insert().values(
                branch_id=hall.plan.id,
                id=hall.version,
                business_day=hall.day,
                kind=event.kind,
                place=event.place,
                ticket=event.ticket,
                called_at=event.at,
                note=event.note,
                service=event.service,
                rule=event.intake.rule,
                rule_set=event.intake.rule_set,
            )
        case HelpReasonChanged():
            return _changed(hall, event.help_id, kind=event.kind, note=event.note)
        case HelpAnswered():
            return _changed(hall, event.help_id, taken_by=event.staff, taken_at=event.at)
        case HelpHandedBack():
            times = HELP_CALLS.c.handed_back + 1
            return _changed(hall, event.help_id, taken_by=None, taken_at=None, handed_back=times)
        case HelpEnded():
            return _changed(hall, event.help_id, ended_at=event.at, outcome=event.outcome)
        case _:
            assert_never(event)


def _changed(hall: Hall, help_id: int, **values: object) -> Executable:
    mine = (HELP_CALLS.c.branch_id == hall.plan.id) & (HELP_CALLS.c.id == help_id)
    return HELP_CALLS.update().where(mine).values(**values)


def help_calls_of(connection: Connection, branch_id: str, day: date) -> list[KeptCall]:
    """Those of a business day, in the order of the calls."""
    query = select_as(HELP_CALLS, KeptCall, branch_id).where(HELP_CALLS.c.business_day == day)
    return read_as(connection, KeptCall, query.order_by(HELP_CALLS.c.id))
