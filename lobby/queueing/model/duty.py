"""Lobby duty: who walks the hall now, who stands in, and who should answer a call now."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from lobby.queueing.model.help import HelpCall
from lobby.queueing.model.limits import ESCALATE_AFTER
from lobby.queueing.model.value import Value


class DutyState(StrEnum):
    ON_DUTY = "on_duty"
    PATROLLING = "patrolling"
    WITH_CUSTOMER = "with_customer"
    AWAY = "away"


class Duty(Value, frozen=True):
    """`stand_in` is who answers while this one is away; `since` moves with the state only."""

    staff: str
    state: DutyState
    since: datetime
    stand_in: str | None = None
    note: str = ""


class Handover(Value, frozen=True):
    """What the last one to leave lobby duty wrote for the next."""

    note: str
    by: str
    at: datetime


def on_duty(team: Mapping[str, Duty]) -> tuple[Duty, ...]:
    """All but those away, the one who has been in this state longest first."""
    here = (duty for duty in team.values() if duty.state is not DutyState.AWAY)
    return tuple(sorted(here, key=lambda duty: (duty.since, duty.staff)))


def responsible(team: Mapping[str, Duty], call: HelpCall, now: datetime) -> str | None:
    """Who should answer now; after each 60 s without an answer the next one, and round again.

    Who handed the call back is passed over while there is anybody else. None: nobody is on duty.
    """
    if call.taken_by is not None:
        return call.taken_by
    rota = _rota(team)
    willing = [staff for staff in rota if staff not in call.handed_back] or rota
    if not willing:
        return None
    unanswered = max(now - call.waiting_since, ESCALATE_AFTER * 0)
    return willing[unanswered // ESCALATE_AFTER % len(willing)]


def _rota(team: Mapping[str, Duty]) -> list[str]:
    """First who is free, then who is with a customer, then who stands in for somebody away."""
    here = on_duty(team)
    free = [duty.staff for duty in here if duty.state is not DutyState.WITH_CUSTOMER]
    busy = [duty.staff for duty in here if duty.state is DutyState.WITH_CUSTOMER]
    away = [duty for duty in team.values() if duty.state is DutyState.AWAY]
    standing_in = [duty.stand_in for duty in away if duty.stand_in is not None]
    return list(dict.fromkeys((*free, *busy, *standing_in)))
