"""What a teller does with the customer at the counter, decided: from the call to the end."""

from datetime import datetime
from typing import assert_never

from lobby.queueing import checks
from lobby.queueing import counter_commands as do
from lobby.queueing import events as on
from lobby.queueing import refusals as no
from lobby.queueing.absence import check_absence
from lobby.queueing.counter import Counter
from lobby.queueing.hall import Hall
from lobby.queueing.limits import HOLD_MINUTES_MAX, SERVICES_DONE_MAX
from lobby.queueing.ticket import ReturnTo, Ticket, TicketState

Events = tuple[on.Event, ...]


def decide_with_customer(
    hall: Hall, counter: Counter, command: do.WithCustomerCommand, now: datetime
) -> Events:
    match command:
        case do.CallAgain() | do.StartServing() | do.MarkAbsent():
            return (_with_called(hall, counter, command, now),)
        case do.PauseServing() | do.ResumeServing() | do.AddService() | do.Finish():
            return _while_serving(hall, counter, command, now)
        case do.Hold():
            states = (TicketState.CALLED, TicketState.SERVING)
            ticket = checks.own_ticket(hall, counter, command.number, *states)
            why = checks.reason(command.reason)
            until = checks.later(now, command.minutes, HOLD_MINUTES_MAX)
            return (on.TicketHeld(now, ticket.number, counter.id, why, until),)
        case do.Transfer():
            return (_transfer(hall, counter, command, now),)
        case _:
            assert_never(command)


def _with_called(
    hall: Hall,
    counter: Counter,
    command: do.CallAgain | do.StartServing | do.MarkAbsent,
    now: datetime,
) -> on.Event:
    ticket = checks.own_ticket(hall, counter, command.number, TicketState.CALLED)
    number = ticket.number
    match command:
        case do.CallAgain():
            said = (ticket.language, ticket.call_modes, ticket.pager, ticket.service)
            return on.TicketCalledAgain(now, number, counter.id, *said)
        case do.StartServing():
            return on.ServingStarted(now, number, counter.id)
        case do.MarkAbsent():
            check_absence(hall.plan, ticket, now)
            return on.CustomerAbsent(now, number, counter.id)
        case _:
            assert_never(command)


def _while_serving(
    hall: Hall,
    counter: Counter,
    command: do.PauseServing | do.ResumeServing | do.AddService | do.Finish,
    now: datetime,
) -> Events:
    ticket = checks.own_ticket(hall, counter, command.number, TicketState.SERVING)
    number = ticket.number
    match command:
        case do.PauseServing():
            if ticket.is_paused:
                raise no.ServingOnPause(number)
            return (on.ServingPaused(now, number, counter.id),)
        case do.ResumeServing():
            if not ticket.is_paused:
                raise no.ServingNotOnPause(number)
            return (on.ServingResumed(now, number, counter.id),)
        case do.AddService():
            return _add_service(hall, counter, command, now)
        case do.Finish():
            return (_finish(hall, counter, command, now),)
        case _:
            assert_never(command)


def _add_service(hall: Hall, counter: Counter, command: do.AddService, now: datetime) -> Events:
    """What is asked for or added already is not added again."""
    (service,) = checks.services(hall, (command.service,))
    ticket = checks.ticket(hall, command.number)
    if service in (ticket.service, *ticket.services_done):
        return ()
    if len(ticket.services_done) + 1 >= SERVICES_DONE_MAX:
        raise no.TextTooLong(SERVICES_DONE_MAX)
    return (on.ServiceAdded(now, ticket.number, counter.id, service),)


def _finish(hall: Hall, counter: Counter, command: do.Finish, now: datetime) -> on.Event:
    """Who has to come back to the sender waits for the sender again."""
    ticket = checks.ticket(hall, command.number)
    named = checks.services(hall, command.services_done) or (ticket.service,)
    done = tuple(dict.fromkeys((*named, *ticket.services_done)))
    if len(done) > SERVICES_DONE_MAX:
        raise no.TextTooLong(SERVICES_DONE_MAX)
    sender = ticket.return_to
    if sender is None or sender.teller == counter.teller or sender.counter == counter.id:
        return on.ServingFinished(now, ticket.number, counter.id, done)
    return on.TicketSentBack(now, ticket.number, counter.id, done, sender)


def _transfer(
    hall: Hall, counter: Counter, command: do.Transfer, now: datetime
) -> on.TicketTransferred:
    states = (TicketState.CALLED, TicketState.SERVING)
    ticket = checks.own_ticket(hall, counter, command.number, *states)
    to_service = command.to_service or ticket.service
    if to_service not in hall.plan.services:
        raise no.UnknownService(to_service)
    to_counter, to_teller = command.to_counter or None, command.to_teller or None
    if to_counter is not None:
        checks.open_counter(hall, to_counter)
    if to_teller is not None:
        to_counter = None
        checks.adviser(hall, to_teller)
    stays = to_counter in (None, counter.id) and to_teller in (None, counter.teller)
    if to_service == ticket.service and stays:
        raise no.TransferGoesNowhere
    return on.TicketTransferred(
        at=now,
        number=ticket.number,
        counter=counter.id,
        to_service=to_service,
        to_counter=to_counter,
        note=checks.note(command.note),
        to_teller=to_teller,
        return_to=_sender(counter, ticket) if command.come_back else ticket.return_to,
    )


def _sender(counter: Counter, ticket: Ticket) -> ReturnTo:
    assert counter.teller is not None, "only an open counter transfers"
    return ReturnTo(counter.id, counter.teller, ticket.service)
