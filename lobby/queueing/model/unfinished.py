"""What somebody took and has not ended, cards and walks: when it is open to the others again."""

from collections.abc import Set
from datetime import datetime, timedelta

from lobby.queueing.model.escorts import Escort
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HandBackReason, HelpCall, HelpKind
from lobby.queueing.model.plan import LobbyPolicy
from lobby.queueing.model.ticket import TicketState


def outcome_within(policy: LobbyPolicy, kind: HelpKind) -> timedelta | None:
    """How long a card of this kind stays with who took it; None: until it has an outcome."""
    minutes = {
        HelpKind.HELP: policy.help_outcome_min,
        HelpKind.WAIT: policy.wait_outcome_min,
        HelpKind.STUCK: policy.stuck_outcome_min,
        HelpKind.RISK: policy.risk_outcome_min,
    }.get(kind)
    return timedelta(minutes=minutes) if minutes is not None else None


def takers(hall: Hall) -> Set[str]:
    """Everybody who has a card, walks with a customer or is on lobby duty."""
    going = {call.taken_by for call in hall.help_calls if call.taken_by}
    return going | {escort.staff for escort in hall.escorts} | set(hall.duty)


def is_out_of_time(hall: Hall, call: HelpCall, now: datetime) -> bool:
    within = outcome_within(hall.plan.lobby_policy, call.kind)
    return within is not None and call.taken_at is not None and now - call.taken_at >= within


def fetches(hall: Hall, escort: Escort) -> bool:
    """Whether the customer is called and still on the way."""
    ticket = hall.ticket(escort.ticket) if escort.ticket else None
    return ticket is not None and ticket.state is TicketState.CALLED


def is_fetch_out_of_time(hall: Hall, escort: Escort, now: datetime) -> bool:
    """Of a walk that leads a called customer to the counter; any other may last."""
    within = timedelta(minutes=hall.plan.lobby_policy.fetch_outcome_min)
    return fetches(hall, escort) and now - escort.started_at >= within


def why_gone(staff: str, signed_out: Set[str], removed: Set[str]) -> HandBackReason | None:
    """None: this person is here."""
    if staff in removed:
        return HandBackReason.REMOVED
    return HandBackReason.SIGNED_OUT if staff in signed_out else None
