"""Changes of a ticket that several events have in common: it waits again, ends, is undone."""

from datetime import datetime

from msgspec.structs import replace

from lobby.queueing.model.intake import Intake
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Place, Serving, Ticket, TicketState


def waiting(ticket: Ticket, place: Place) -> Ticket:
    return replace(
        ticket,
        state=TicketState.WAITING,
        place=place,
        counter=None,
        hold_reason="",
        hold_until=None,
        ended_at=None,
    )


def for_service(
    ticket: Ticket, service: str, answered: Intake, priority: Priority | None
) -> Ticket:
    """For another service, in the class that follows from it; None: as before."""
    after = replace(ticket, service=service, answered=answered)
    if priority is None:
        return after
    usual = ticket.priority if priority is Priority.URGENT else None
    return replace(after, priority=priority, usual_priority=usual)


def ended(ticket: Ticket, state: TicketState, at: datetime) -> Ticket:
    over = awake(stopped(ticket, at), at)
    return replace(over, state=state, counter=None, ended_at=at, is_next=False)


def awake(ticket: Ticket, at: datetime) -> Ticket:
    """The rest that lasts, if any, ends here."""
    if ticket.rests_until is None:
        return ticket
    rest = replace(ticket.rests[-1], ended_at=at)
    return replace(ticket, rests=(*ticket.rests[:-1], rest))


def stopped(ticket: Ticket, at: datetime) -> Ticket:
    """The serving that lasts, if any, ends here."""
    if not ticket.servings or ticket.servings[-1].finished_at is not None:
        return ticket
    finished = replace(unpaused(ticket.servings[-1], at), finished_at=at)
    return replace(ticket, servings=(*ticket.servings[:-1], finished))


def unpaused(serving: Serving, at: datetime) -> Serving:
    """The stretch that does not count, if one lasts, ends here."""
    if serving.paused_at is None:
        return serving
    paused_s = serving.paused_s + max(0.0, (at - serving.paused_at).total_seconds())
    return replace(serving, paused_at=None, paused_s=paused_s)


def with_care_of(before: Ticket, now: Ticket) -> Ticket:
    """The ticket as it was before a mistake, with the care that was given and the turns that were
    taken since: an undo takes back what a counter did, not what others did meanwhile."""
    return replace(
        before,
        care=now.care,
        call_modes=now.call_modes,
        pager=now.pager,
        longer_grace=now.longer_grace,
        overtakes=now.overtakes,
    )
