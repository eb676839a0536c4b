"""Who may read a risk card: colleagues on lobby duty, and nobody else of those signed in."""

from starlette.exceptions import HTTPException

from lobby.i18n.texts import mark
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.web.permissions import nobody_on_duty

OFF_DUTY = mark("Only colleagues on lobby duty can read this. Please take lobby duty first.")


def may_see_risk(hall: Hall, staff: str) -> bool:
    """On duty and not away, or standing in for somebody who is away. While nobody is on duty
    everybody whom the tablet lets in may: somebody has to go."""
    mine = hall.duty.get(staff)
    is_here = mine is not None and mine.state is not DutyState.AWAY
    return is_here or _stands_in(hall, staff) or nobody_on_duty(hall)


def refuse_off_duty(hall: Hall, staff: str, help_id: int | None = None) -> None:
    """By whatever address: who may not read a risk card may not answer or end one (403). With an
    id, only where that call is one."""
    is_risk = help_id is None or open_risk(hall, help_id) is not None
    if is_risk and not may_see_risk(hall, staff):
        raise HTTPException(403, OFF_DUTY)


def open_risk(hall: Hall, help_id: int) -> HelpCall | None:
    """The call behind the card while it is open; other kinds of calls are no risk cards."""
    calls = (call for call in hall.help_calls if call.kind is HelpKind.RISK)
    return next((call for call in calls if call.id == help_id), None)


def _stands_in(hall: Hall, staff: str) -> bool:
    away = (duty for duty in hall.duty.values() if duty.state is DutyState.AWAY)
    return any(duty.stand_in == staff for duty in away)
