"""The rules: a command on a hall becomes events, or a refusal that changes nothing."""

from datetime import datetime
from typing import assert_never

from lobby.queueing.commands.command import Command, OpenDay
from lobby.queueing.commands.counter import CounterCommand, OpenCounter
from lobby.queueing.commands.floor import FloorCommand
from lobby.queueing.commands.ticket import (
    AcceptMachine,
    AskAdviser,
    BringBack,
    CancelTicket,
    ChangePriority,
    ChangeService,
    ConfirmMachineJob,
    CustomerCommand,
    DeclineMachine,
    GiveLongerGrace,
    OfferMachine,
    Postpone,
    RecordCare,
    ReturnFromHold,
    ReturnFromMachine,
    SetCallModes,
    TakeTicket,
    WentAlong,
)
from lobby.queueing.decide import checks
from lobby.queueing.decide.auto_call import auto_called
from lobby.queueing.decide.care import decide_care
from lobby.queueing.decide.counter import decide_at_counter
from lobby.queueing.decide.day import new_day
from lobby.queueing.decide.diversion import decide_diversion, working_machine
from lobby.queueing.decide.help import decide_on_floor
from lobby.queueing.decide.return_places import place_behind, place_later
from lobby.queueing.events.counter import CounterOpened
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import (
    CustomerReturned,
    PriorityChanged,
    ServiceChanged,
    TicketCancelled,
    TicketPostponed,
    TicketTaken,
    TicketUnheld,
)
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import (
    COUNTER_SERVICES_MAX,
    POSTPONEMENTS_MAX,
    SERIES_MAX,
    SLIP_PREFIX,
)
from lobby.queueing.model.numbering import ticket_number
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.floor import PostponedBefore
from lobby.queueing.refusals.ticket import (
    AlreadyAtCounter,
    CounterTaken,
    DayNotOver,
    NoServicesChosen,
    SeriesFull,
    TransferGoesNowhere,
    UnknownService,
)

Events = tuple[Event, ...]


def decide(hall: Hall, command: Command, now: datetime) -> Events:
    """Raises a `Refusal`; `now` is aware UTC."""
    events = _decide(hall, command, now)
    return (*events, *auto_called(hall, events, now))


def _decide(hall: Hall, command: Command, now: datetime) -> Events:
    match command:
        case OpenDay():
            return new_day(hall, now) or checks.refuse(DayNotOver())
        case OpenCounter():
            return _open_counter(hall, command, now)
        case (
            TakeTicket()
            | BringBack()
            | ReturnFromHold()
            | CancelTicket()
            | Postpone()
            | ChangeService()
            | ChangePriority()
        ):
            return _in_line(hall, command, now)
        case (
            OfferMachine()
            | AcceptMachine()
            | WentAlong()
            | DeclineMachine()
            | ConfirmMachineJob()
            | ReturnFromMachine()
        ):
            return decide_diversion(hall, command, now)
        case RecordCare() | SetCallModes() | GiveLongerGrace() | AskAdviser():
            return decide_care(hall, command, now)
        case _:
            return _elsewhere(hall, command, now)


def _elsewhere(hall: Hall, command: CounterCommand | FloorCommand, now: datetime) -> Events:
    """On the floor the first act of all opens the branch's first day."""
    if not isinstance(command, FloorCommand):
        return decide_at_counter(hall, command, now)
    opening = new_day(hall, now) if hall.day is None else ()
    return (*opening, *decide_on_floor(hall, command, now))


def _in_line(hall: Hall, command: CustomerCommand, now: datetime) -> Events:
    match command:
        case TakeTicket():
            return _take_ticket(hall, command, now)
        case BringBack():
            return _bring_back(hall, command, now)
        case ReturnFromHold():
            ticket = checks.ticket_in(hall, command.number, TicketState.ON_HOLD)
            return (TicketUnheld(now, ticket.number),)
        case CancelTicket():
            ticket = checks.ticket_in(hall, command.number, *CANCELLABLE)
            return (TicketCancelled(now, ticket.number),)
        case Postpone():
            return _postpone(hall, command, now)
        case ChangeService():
            return _change_service(hall, command, now)
        case ChangePriority():
            ticket = checks.ticket_in(hall, command.number, *CANCELLABLE)
            return (PriorityChanged(now, ticket.number, command.priority),)
        case _:
            assert_never(command)


CANCELLABLE = (
    TicketState.WAITING,
    TicketState.ON_HOLD,
    TicketState.CALLED,
    TicketState.AT_MACHINE,
)


def _take_ticket(hall: Hall, command: TakeTicket, now: datetime) -> Events:
    service = hall.plan.services.get(command.service)
    if service is None:
        raise UnknownService(command.service)
    if command.machine is not None:
        working_machine(hall, command.machine)
    opening = new_day(hall, now)
    prefix = service.prefix if command.machine is None else SLIP_PREFIX
    ordinal = 1 if opening else hall.tickets.count(prefix) + 1
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
    )
    return (*opening, taken)


def _priority(command: TakeTicket) -> Priority:
    return Priority.ASSISTANCE if command.intake.help_wanted else Priority.REGULAR


def _open_counter(hall: Hall, command: OpenCounter, now: datetime) -> Events:
    counter = checks.counter(hall, command.counter)
    opening = new_day(hall, now)
    if not opening:
        sits_at = hall.counter_of(command.teller)
        if counter.is_open and counter.teller != command.teller:
            raise CounterTaken(counter.id)
        if sits_at is not None:
            raise AlreadyAtCounter(sits_at.id)
    services = checks.services(hall, command.services, limit=COUNTER_SERVICES_MAX)
    if not services:
        raise NoServicesChosen
    return (*opening, CounterOpened(now, counter.id, command.teller, services))


def _bring_back(hall: Hall, command: BringBack, now: datetime) -> Events:
    ticket = checks.ticket_in(hall, command.number, TicketState.ABSENT)
    checks.may_return(ticket, now)
    return (CustomerReturned(now, ticket.number, place_behind(hall, ticket, now)),)


def _postpone(hall: Hall, command: Postpone, now: datetime) -> Events:
    ticket = checks.ticket_in(hall, command.number, TicketState.WAITING)
    if ticket.postponements >= POSTPONEMENTS_MAX:
        raise PostponedBefore(ticket.number)
    return (TicketPostponed(now, ticket.number, place_later(hall, ticket)),)


def _change_service(hall: Hall, command: ChangeService, now: datetime) -> Events:
    states = (TicketState.WAITING, TicketState.ON_HOLD, TicketState.AT_MACHINE)
    ticket = checks.ticket_in(hall, command.number, *states)
    if command.service not in hall.plan.services:
        raise UnknownService(command.service)
    if command.service == ticket.service:
        raise TransferGoesNowhere
    return (ServiceChanged(now, ticket.number, command.service),)
