"""Whether somebody who waits is next for certain: the only ones to whom a screen may say so.

For certain means that whichever counter they wait for calls first, it calls them, whoever comes or
comes back meanwhile; only a teller who chooses by hand can still call somebody else.
"""

from collections.abc import Iterator

from lobby.queueing.calling.score import effective_priority
from lobby.queueing.calling.select import eligible_tickets, may_call
from lobby.queueing.model import overview
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import STRICT_ORDER, Order, Priority
from lobby.queueing.model.ticket import Ticket, TicketState


def is_surely_next(hall: Hall, ticket: Ticket) -> bool:
    """False too where no counter serves them now."""
    if ticket.state is not TicketState.WAITING or not _is_passed_by_nobody_later(hall, ticket):
        return False
    counters = _counters(hall, ticket)
    if not any(counter.is_serving for counter in counters):
        return False
    earlier = _earlier(hall, ticket, counters)
    may_be_passed = ticket.overtakes < hall.plan.calling.overtakes_max
    if may_be_passed and _is_shown_next(hall, ticket):
        return not any(_may_be_first(hall, each, counters) for each in earlier)
    return not any(True for _ in earlier)


def _is_passed_by_nobody_later(hall: Hall, ticket: Ticket) -> bool:
    """By the branch's rule, at every counter that may call them, whoever comes."""
    rule = hall.plan.calling
    match rule.order:
        case Order.FIRST_COME:
            has_own_pool = any(counter.premium for counter in hall.plan.counters.values())
            return not has_own_pool or _has_class(hall, ticket, Priority.PREMIUM)
        case Order.STRICT:
            return _has_class(hall, ticket, STRICT_ORDER[0])
        case Order.RULE_A:
            return _is_shown_next(hall, ticket) or ticket.overtakes >= rule.overtakes_max


def _is_shown_next(hall: Hall, ticket: Ticket) -> bool:
    rule = hall.plan.calling
    return rule.order is Order.RULE_A and rule.keeps_next and ticket.is_next


def _counters(hall: Hall, ticket: Ticket) -> list[Counter]:
    return [c for c in hall.counters.values() if c.is_attended and may_call(hall, c, ticket)]


def _earlier(hall: Hall, ticket: Ticket, counters: list[Counter]) -> Iterator[Ticket]:
    """Those whom one of these counters may call and who have an earlier place, or may come back
    to one: who is on hold or at a machine has kept it."""
    for counter in counters:
        for other in eligible_tickets(hall, counter):
            if other.place < ticket.place:
                yield other
    for other in overview.keep_their_place(hall):
        if other.place < ticket.place:
            yield other


def _may_be_first(hall: Hall, other: Ticket, counters: list[Counter]) -> bool:
    """Before who is shown as next: whoever was shown so before and is away, may be passed no more,
    or may be passed meanwhile at a counter that does not serve the one who is next."""
    if other.is_next or other.overtakes >= hall.plan.calling.overtakes_max:
        return True
    return any(counter not in counters for counter in _counters(hall, other))


def _has_class(hall: Hall, ticket: Ticket, priority: Priority) -> bool:
    return effective_priority(hall, ticket) is priority
