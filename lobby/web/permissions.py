"""Whether anybody looks after the hall: what the head of a branch should know wherever they are."""

from lobby.queueing.model.duty import DutyState, on_duty
from lobby.queueing.model.hall import Hall


def nobody_on_duty(hall: Hall) -> bool:
    """Neither somebody on duty nor anybody who stands in for a colleague away."""
    return not on_duty(hall.duty) and not any(duty.stand_in for duty in hall.duty.values())


def is_at_work(hall: Hall, staff: str) -> bool:
    """Whether somebody would be missed who was suddenly of another branch."""
    sits = any(counter.teller == staff and counter.is_open for counter in hall.counters.values())
    return sits or is_on_lobby_duty(hall, staff)


def is_on_lobby_duty(hall: Hall, staff: str) -> bool:
    """Who is on lobby duty in any state, or stands in for somebody away."""
    return staff in hall.duty or any(
        duty.stand_in == staff and duty.state is DutyState.AWAY for duty in hall.duty.values()
    )
