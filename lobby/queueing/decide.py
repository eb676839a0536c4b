"""The rules: a command on a hall becomes events, or a refusal that changes nothing."""

from datetime import datetime
from typing import assert_never

from lobby.queueing import checks
from lobby.queueing import commands as do
from lobby.queueing import events as on
from lobby.queueing import refusals as no
from lobby.queueing.at_counter import decide_at_counter
from lobby.queueing.auto_call import auto_called
from lobby.queueing.caring import decide_care
from lobby.queueing.diverting import decide_diversion, working_machine
from lobby.queueing.hall import Hall
from lobby.queueing.helping import decide_on_floor
from lobby.queueing.limits import COUNTER_SERVICES_MAX, POSTPONEMENTS_MAX, SERIES_MAX, SLIP_PREFIX
from lobby.queueing.numbering import ticket_number
from lobby.queueing.opening import new_day
from lobby.queueing.priority import Priority
from lobby.queueing.returning import place_behind, place_later
from lobby.queueing.ticket import TicketState

Events = tuple[on.Event, ...]


def decide(hall: Hall, command: do.Command, now: datetime) -> Events:
    """Raises a `Refusal`; `now` is aware UTC."""
    events = _decide(hall, command, now)
    return (*events, *auto_called(hall, events, now))


def _decide(hall: Hall, command: do.Command, now: datetime) -> Events:
    match command:
        case do.OpenDay():
            return new_day(hall, now) or checks.refuse(no.DayNotOver())
        case do.OpenCounter():
            return _open_counter(hall, command, now)
        case (
            do.TakeTicket()
            | do.BringBack()
            | do.ReturnFromHold()
            | do.CancelTicket()
            | do.Postpone()
            | do.ChangeService()
            | do.ChangePriority()
        ):
            return _in_line(hall, command, now)
        case (
            do.OfferMachine()
            | do.AcceptMachine()
            | do.WentAlong()
            | do.DeclineMachine()
            | do.ConfirmMachineJob()
            | do.ReturnFromMachine()
        ):
            return decide_diversion(hall, command, now)
        case do.RecordCare() | do.SetCallModes() | do.GiveLongerGrace() | do.AskAdviser():
            return decide_care(hall, command, now)
        case _:
            return _elsewhere(hall, command, now)


def _elsewhere(hall: Hall, command: do.CounterCommand | do.FloorCommand, now: datetime) -> Events:
    """On the floor the first act of all opens the branch's first day."""
    if not isinstance(command, do.FloorCommand):
        return decide_at_counter(hall, command, now)
    opening = new_day(hall, now) if hall.day is None else ()
    return (*opening, *decide_on_floor(hall, command, now))


def _in_line(hall: Hall, command: do.CustomerCommand, now: datetime) -> Events:
    match command:
        case do.TakeTicket():
            return _take_ticket(hall, command, now)
        case do.BringBack():
            return _bring_back(hall, command, now)
        case do.ReturnFromHold():
            ticket = checks.ticket_in(hall, command.number, TicketState.ON_HOLD)
            return (on.TicketUnheld(now, ticket.number),)
        case do.CancelTicket():
            ticket = checks.ticket_in(hall, command.number, *CANCELLABLE)
            return (on.TicketCancelled(now, ticket.number),)
        case do.Postpone():
            return _postpone(hall, command, now)
        case do.ChangeService():
            return _change_service(hall, command, now)
        case do.ChangePriority():
            ticket = checks.ticket_in(hall, command.number, *CANCELLABLE)
            return (on.PriorityChanged(now, ticket.number, command.priority),)
        case _:
            assert_never(command)


CANCELLABLE = (
    TicketState.WAITING,
    TicketState.ON_HOLD,
    TicketState.CALLED,
    TicketState.AT_MACHINE,
)


def _take_ticket(hall: Hall, command: do.TakeTicket, now: datetime) -> Events:
    service = hall.plan.services.get(command.service)
    if service is None:
        raise no.UnknownService(command.service)
    if command.machine is not None:
        working_machine(hall, command.machine)
    opening = new_day(hall, now)
    prefix = service.prefix if command.machine is None else SLIP_PREFIX
    ordinal = 1 if opening else hall.tickets.count(prefix) + 1
    if ordinal > SERIES_MAX:
        raise no.SeriesFull(prefix)
    taken = on.TicketTaken(
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
    )
    return (*opening, taken)


def _priority(command: do.TakeTicket) -> Priority:
    return Priority.ASSISTANCE if command.intake.help_wanted else Priority.REGULAR


def _open_counter(hall: Hall, command: do.OpenCounter, now: datetime) -> Events:
    counter = checks.counter(hall, command.counter)
    opening = new_day(hall, now)
    if not opening:
        sits_at = hall.counter_of(command.teller)
        if counter.is_open and counter.teller != command.teller:
            raise no.CounterTaken(counter.id)
        if sits_at is not None:
            raise no.AlreadyAtCounter(sits_at.id)
    services = checks.services(hall, command.services, limit=COUNTER_SERVICES_MAX)
    if not services:
        raise no.NoServicesChosen
    return (*opening, on.CounterOpened(now, counter.id, command.teller, services))


def _bring_back(hall: Hall, command: do.BringBack, now: datetime) -> Events:
    ticket = checks.ticket_in(hall, command.number, TicketState.ABSENT)
    checks.may_return(ticket, now)
    return (on.CustomerReturned(now, ticket.number, place_behind(hall, ticket, now)),)


def _postpone(hall: Hall, command: do.Postpone, now: datetime) -> Events:
    ticket = checks.ticket_in(hall, command.number, TicketState.WAITING)
    if ticket.postponements >= POSTPONEMENTS_MAX:
        raise no.PostponedBefore(ticket.number)
    return (on.TicketPostponed(now, ticket.number, place_later(hall, ticket)),)


def _change_service(hall: Hall, command: do.ChangeService, now: datetime) -> Events:
    states = (TicketState.WAITING, TicketState.ON_HOLD, TicketState.AT_MACHINE)
    ticket = checks.ticket_in(hall, command.number, *states)
    if command.service not in hall.plan.services:
        raise no.UnknownService(command.service)
    if command.service == ticket.service:
        raise no.TransferGoesNowhere
    return (on.ServiceChanged(now, ticket.number, command.service),)
