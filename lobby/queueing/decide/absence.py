"""When a customer who was called may be taken for absent: not before there was time to come."""

from datetime import datetime, timedelta
from math import ceil

from lobby.queueing.model.plan import Plan
from lobby.queueing.model.ticket import Ticket
from lobby.queueing.refusals.ticket import TooSoonForAbsent

LONGER_GRACE = 2
"""Who was promised a longer grace has this many times the usual one."""


def grace_s(plan: Plan, ticket: Ticket) -> float:
    """Seconds that the customer has to come after the last call: the branch's own, twice that
    where it was promised, or what the class of the customer asks for, if that is more."""
    usual_s = plan.counter_policy.grace_s * (LONGER_GRACE if ticket.longer_grace else 1)
    return max(usual_s, ticket.intake.grace_s)


def absent_from(plan: Plan, ticket: Ticket) -> datetime | None:
    """From when on the ticket may be marked as absent; None: it has to be called again first."""
    if ticket.called_at is None or ticket.calls_here < plan.counter_policy.calls_before_absent:
        return None
    return ticket.called_at + timedelta(seconds=grace_s(plan, ticket))


def check_absence(plan: Plan, ticket: Ticket, now: datetime) -> None:
    """Where the clock has gone back, another call begins the grace anew."""
    begins = absent_from(plan, ticket)
    left_s = grace_s(plan, ticket)
    if begins is None:
        calls_left = plan.counter_policy.calls_before_absent - ticket.calls_here
        raise TooSoonForAbsent(ticket.number, ceil(left_s), calls_left)
    left_s = min(left_s, (begins - now).total_seconds())
    if left_s > 0:
        raise TooSoonForAbsent(ticket.number, ceil(left_s))
