"""The rules: a command on a hall becomes events, or a refusal that changes nothing."""

from datetime import datetime
from typing import assert_never

from lobby.queueing import calling, checks
from lobby.queueing import commands as do
from lobby.queueing import events as on
from lobby.queueing import refusals as no
from lobby.queueing.choice import Choice
from lobby.queueing.counter import Counter
from lobby.queueing.diverting import decide_diversion, working_machine
from lobby.queueing.hall import Hall
from lobby.queueing.helping import decide_on_floor
from lobby.queueing.limits import COUNTER_SERVICES_MAX, POSTPONEMENTS_MAX, SERIES_MAX, SLIP_PREFIX
from lobby.queueing.numbering import ticket_number
from lobby.queueing.opening import new_day
from lobby.queueing.priority import Priority
from lobby.queueing.returning import place_behind, place_later
from lobby.queueing.ticket import Ticket, TicketState

Events = tuple[on.Event, ...]


def decide(hall: Hall, command: do.Command, now: datetime) -> Events:
    """Raises a `Refusal`; `now` is aware UTC."""
    match command:
        case do.OpenDay():
            return new_day(hall, now) or checks.refuse(no.DayNotOver())
        case do.TakeTicket():
            return _take_ticket(hall, command, now)
        case do.OpenCounter():
            return _open_counter(hall, command, now)
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
            ticket = checks.ticket_in(hall, command.number, *STILL_TO_COME)
            return (on.PriorityChanged(now, ticket.number, command.priority),)
        case (
            do.OfferMachine()
            | do.AcceptMachine()
            | do.DeclineMachine()
            | do.ConfirmMachineJob()
            | do.ReturnFromMachine()
        ):
            return (decide_diversion(hall, command, now),)
        case do.ReportMachine() | do.CallColleague() | do.AnswerHelp() | do.EndHelp():
            opening = new_day(hall, now) if hall.day is None else ()
            return (*opening, *decide_on_floor(hall, command, now))
        case _:
            return _at_counter(hall, command, now)


STILL_TO_COME = (TicketState.WAITING, TicketState.ON_HOLD, TicketState.AT_MACHINE)

CANCELLABLE = (
    TicketState.WAITING,
    TicketState.ON_HOLD,
    TicketState.CALLED,
    TicketState.AT_MACHINE,
)


def _at_counter(hall: Hall, command: do.CounterCommand, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    match command:
        case do.PauseCounter():
            checks.not_paused(counter)
            checks.no_customer(counter)
            return (on.CounterPaused(now, counter.id, checks.reason(command.reason)),)
        case do.ResumeCounter():
            if not counter.is_paused:
                raise no.CounterNotOnPause(counter.id)
            return (on.CounterResumed(now, counter.id),)
        case do.CloseCounter():
            checks.no_customer(counter)
            return (on.CounterClosed(now, counter.id),)
        case do.CallNext():
            return _call_next(hall, counter, now)
        case do.CallChosen():
            return _call_chosen(hall, counter, command, now)
        case do.Undo():
            return _undo(hall, counter, now)
        case _:
            return _with_customer(hall, counter, command, now)


CustomerCommand = do.CallAgain | do.StartServing | do.Finish | do.MarkAbsent | do.Hold | do.Transfer


def _with_customer(hall: Hall, counter: Counter, command: CustomerCommand, now: datetime) -> Events:
    called, serving = TicketState.CALLED, TicketState.SERVING
    match command:
        case do.CallAgain():
            ticket = checks.own_ticket(hall, counter, command.number, called)
            return (on.TicketCalledAgain(now, ticket.number, counter.id, ticket.language),)
        case do.StartServing():
            ticket = checks.own_ticket(hall, counter, command.number, called)
            return (on.ServingStarted(now, ticket.number, counter.id),)
        case do.Finish():
            ticket = checks.own_ticket(hall, counter, command.number, serving)
            done = checks.services(hall, command.services_done) or (ticket.service,)
            return (on.ServingFinished(now, ticket.number, counter.id, done),)
        case do.MarkAbsent():
            ticket = checks.own_ticket(hall, counter, command.number, called)
            return (on.CustomerAbsent(now, ticket.number, counter.id),)
        case do.Hold():
            ticket = checks.own_ticket(hall, counter, command.number, called, serving)
            why = checks.reason(command.reason)
            return (on.TicketHeld(now, ticket.number, counter.id, why),)
        case do.Transfer():
            return _transfer(hall, counter, command, now)
        case _:
            assert_never(command)


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


def _call_next(hall: Hall, counter: Counter, now: datetime) -> Events:
    checks.free_to_call(counter)
    choice = calling.next_ticket(hall, counter, now)
    if choice is None:
        raise no.NobodyWaiting
    return (_called(hall, counter, choice, now),)


def _call_chosen(hall: Hall, counter: Counter, command: do.CallChosen, now: datetime) -> Events:
    checks.free_to_call(counter)
    states = (TicketState.WAITING, TicketState.ON_HOLD)
    ticket = checks.ticket_in(hall, command.number, *states)
    why = checks.reason(command.reason)
    choice = calling.chosen_ticket(hall, counter, ticket, why, now)
    return (_called(hall, counter, choice, now),)


def _called(hall: Hall, counter: Counter, choice: Choice, now: datetime) -> on.Event:
    language = hall.tickets[choice.number].language
    shown = calling.next_after(hall, counter, choice, now)
    return on.TicketCalled(now, choice.number, counter.id, language, choice, shown)


def _transfer(hall: Hall, counter: Counter, command: do.Transfer, now: datetime) -> Events:
    states = (TicketState.CALLED, TicketState.SERVING)
    ticket = checks.own_ticket(hall, counter, command.number, *states)
    to_service = command.to_service or ticket.service
    if to_service not in hall.plan.services:
        raise no.UnknownService(to_service)
    to_counter = command.to_counter or None
    if to_counter is not None:
        checks.open_counter(hall, to_counter)
    if to_service == ticket.service and to_counter in (None, counter.id):
        raise no.TransferGoesNowhere
    note = checks.note(command.note)
    moved = on.TicketTransferred(now, ticket.number, counter.id, to_service, to_counter, note)
    return (moved,)


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


def _undo(hall: Hall, counter: Counter, now: datetime) -> Events:
    last = counter.last_act
    if last is None:
        raise no.NothingToUndo
    checks.free_to_call(counter)
    number = last.before.number
    ticket: Ticket = checks.ticket(hall, number)
    if ticket.touched != last.version:
        raise no.TouchedSince(number)
    return (on.ActUndone(now, number, counter.id, last.act),)
