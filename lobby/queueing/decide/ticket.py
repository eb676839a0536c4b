"""What is asked for one ticket in the line, decided: taken, moved, changed, cancelled."""

from datetime import datetime, timedelta

from lobby.queueing.commands.ticket import (
    BringBack,
    CancelTicket,
    ChangePriority,
    ChangeService,
    EndRest,
    Postpone,
    Rest,
    ReturnFromHold,
    ReturnFromRest,
    TakeTicket,
)
from lobby.queueing.decide import checks
from lobby.queueing.decide.day import new_day
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.decide.diversion import working_machine
from lobby.queueing.decide.return_places import place_behind, place_later
from lobby.queueing.events.event import DayOpened
from lobby.queueing.events.ticket import (
    CustomerReturned,
    PriorityChanged,
    RestEnded,
    ServiceChanged,
    TicketCancelled,
    TicketPostponed,
    TicketRested,
    TicketTaken,
    TicketUnheld,
)
from lobby.queueing.model.call_modes import HELPED_MODES, USUAL_MODES, CallMode
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import (
    POSTPONEMENTS_MAX,
    REST_MINUTES_MAX,
    SERIES_MAX,
    SLIP_PREFIX,
)
from lobby.queueing.model.numbering import ticket_number
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.rest import RestReason
from lobby.queueing.refusals.floor import PostponedBefore
from lobby.queueing.refusals.ticket import (
    RestedBefore,
    SeriesFull,
    TransferGoesNowhere,
    UnknownService,
)


def _take_ticket(hall: Hall, command: TakeTicket, now: datetime) -> Events:
    service = hall.plan.services.get(command.service)
    if service is None:
        raise UnknownService(command.service)
    if command.machine is not None:
        working_machine(hall, command.machine)
    if command.adviser is not None:
        checks.adviser(hall, command.adviser)
    opening = new_day(hall, now)
    prefix = service.prefix if command.machine is None else SLIP_PREFIX
    given = _reserved(opening, prefix) if opening else hall.tickets.count(prefix)
    ordinal = given + 1
    if ordinal > SERIES_MAX:
        raise SeriesFull(prefix)
    taken = TicketTaken(
        at=now,
        number=ticket_number(prefix, ordinal),
        service=service.code,
        language=command.language,
        secret=command.secret,
        channel=command.channel,
        ahead=0 if opening else hall.waiting_in_pool(service.pool),
        intake=command.intake,
        machine=command.machine,
        priority=command.priority or _priority(command),
        booked_at=command.booked_at,
        rests_until=_fetches_until(command, now),
        modes=command.call_modes or _modes(command),
        longer_grace=command.intake.help_wanted,
        adviser=command.adviser,
    )
    return (*opening, taken)


def _fetches_until(command: TakeTicket, now: datetime) -> datetime | None:
    """Nobody fetches a paper for a machine."""
    if not command.keeps_place_min or command.machine is not None:
        return None
    return now + timedelta(minutes=checks.minutes(command.keeps_place_min, REST_MINUTES_MAX))


def _reserved(opening: Events, prefix: str) -> int:
    """The number behind which this series goes on today, where the day opens with this ticket."""
    opened = opening[-1]
    assert isinstance(opened, DayOpened), "the last event of a turn opens the day"
    return opened.reserved.get(opened.day, {}).get(prefix, 0)


def _modes(command: TakeTicket) -> tuple[CallMode, ...]:
    return HELPED_MODES if command.intake.help_wanted else USUAL_MODES


def _priority(command: TakeTicket) -> Priority:
    return Priority.ASSISTANCE if command.intake.help_wanted else Priority.REGULAR


def _bring_back(hall: Hall, command: BringBack, now: datetime) -> Events:
    ticket = checks.allowed_ticket(hall, command)
    checks.may_return(ticket, now)
    return (CustomerReturned(now, ticket.number, place_behind(hall, ticket, now)),)


def _return_from_hold(hall: Hall, command: ReturnFromHold, now: datetime) -> Events:
    return (TicketUnheld(now, checks.allowed_ticket(hall, command).number),)


def _rest(hall: Hall, command: Rest, now: datetime) -> Events:
    ticket = checks.allowed_ticket(hall, command)
    came_back_later = any(rest.reason is RestReason.LATER for rest in ticket.rests)
    if command.reason is RestReason.LATER and came_back_later and not command.by_staff:
        raise RestedBefore(ticket.number)
    until = now + timedelta(minutes=checks.minutes(command.minutes, REST_MINUTES_MAX))
    return (TicketRested(now, ticket.number, command.reason, until),)


def _return_from_rest(hall: Hall, command: ReturnFromRest, now: datetime) -> Events:
    return (RestEnded(now, checks.allowed_ticket(hall, command).number),)


def _end_rest(hall: Hall, command: EndRest, now: datetime) -> Events:
    """Nothing to end is no event: the customer may have come back meanwhile."""
    ticket = hall.ticket(command.number)
    until = ticket.rests_until if ticket else None
    is_over = until is not None and now >= until
    return (RestEnded(now, command.number, by_itself=True),) if is_over else ()


def _cancel(hall: Hall, command: CancelTicket, now: datetime) -> Events:
    return (TicketCancelled(now, checks.allowed_ticket(hall, command).number),)


def _postpone(hall: Hall, command: Postpone, now: datetime) -> Events:
    ticket = checks.allowed_ticket(hall, command)
    if ticket.postponements >= POSTPONEMENTS_MAX:
        raise PostponedBefore(ticket.number)
    return (TicketPostponed(now, ticket.number, place_later(hall, ticket)),)


def _change_service(hall: Hall, command: ChangeService, now: datetime) -> Events:
    ticket = checks.allowed_ticket(hall, command)
    if command.service not in hall.plan.services:
        raise UnknownService(command.service)
    if command.service == ticket.service:
        raise TransferGoesNowhere
    priority = checks.class_for(ticket, urgent=command.urgent)
    return (ServiceChanged(now, ticket.number, command.service, command.answered, priority),)


def _change_priority(hall: Hall, command: ChangePriority, now: datetime) -> Events:
    ticket = checks.allowed_ticket(hall, command)
    return (PriorityChanged(now, ticket.number, command.priority),)


DECIDERS: Deciders = {
    TakeTicket: _take_ticket,
    BringBack: _bring_back,
    ReturnFromHold: _return_from_hold,
    Rest: _rest,
    ReturnFromRest: _return_from_rest,
    EndRest: _end_rest,
    CancelTicket: _cancel,
    Postpone: _postpone,
    ChangeService: _change_service,
    ChangePriority: _change_priority,
}
