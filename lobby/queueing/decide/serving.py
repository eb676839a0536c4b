"""What a teller does with the customer at the counter, decided: from the call to the end."""

from datetime import datetime
from typing import assert_never

from lobby.queueing.commands.counter import (
    AddService,
    CallAgain,
    Finish,
    Hold,
    MarkAbsent,
    PauseServing,
    ResumeServing,
    StartServing,
    Transfer,
    WithCustomerCommand,
)
from lobby.queueing.decide import checks
from lobby.queueing.decide.absence import check_absence
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import (
    CustomerAbsent,
    ServiceAdded,
    ServingFinished,
    ServingPaused,
    ServingResumed,
    ServingStarted,
    TicketCalledAgain,
    TicketHeld,
    TicketSentBack,
    TicketTransferred,
)
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import HOLD_MINUTES_MAX, SERVICES_DONE_MAX
from lobby.queueing.model.ticket import ReturnTo, Ticket, TicketState
from lobby.queueing.refusals.ticket import (
    ServingNotOnPause,
    ServingOnPause,
    TextTooLong,
    TransferGoesNowhere,
    UnknownService,
)

Events = tuple[Event, ...]


def decide_with_customer(
    hall: Hall, counter: Counter, command: WithCustomerCommand, now: datetime
) -> Events:
    match command:
        case CallAgain() | StartServing() | MarkAbsent():
            return (_with_called(hall, counter, command, now),)
        case PauseServing() | ResumeServing() | AddService() | Finish():
            return _while_serving(hall, counter, command, now)
        case Hold():
            states = (TicketState.CALLED, TicketState.SERVING)
            ticket = checks.own_ticket(hall, counter, command.number, *states)
            why = checks.reason(command.reason)
            until = checks.later(now, command.minutes, HOLD_MINUTES_MAX)
            return (TicketHeld(now, ticket.number, counter.id, why, until),)
        case Transfer():
            return (_transfer(hall, counter, command, now),)
        case _:
            assert_never(command)


def _with_called(
    hall: Hall,
    counter: Counter,
    command: CallAgain | StartServing | MarkAbsent,
    now: datetime,
) -> Event:
    ticket = checks.own_ticket(hall, counter, command.number, TicketState.CALLED)
    number = ticket.number
    match command:
        case CallAgain():
            said = (ticket.language, ticket.call_modes, ticket.pager, ticket.service)
            return TicketCalledAgain(now, number, counter.id, *said)
        case StartServing():
            return ServingStarted(now, number, counter.id)
        case MarkAbsent():
            check_absence(hall.plan, ticket, now)
            return CustomerAbsent(now, number, counter.id)
        case _:
            assert_never(command)


def _while_serving(
    hall: Hall,
    counter: Counter,
    command: PauseServing | ResumeServing | AddService | Finish,
    now: datetime,
) -> Events:
    ticket = checks.own_ticket(hall, counter, command.number, TicketState.SERVING)
    number = ticket.number
    match command:
        case PauseServing():
            if ticket.is_paused:
                raise ServingOnPause(number)
            return (ServingPaused(now, number, counter.id),)
        case ResumeServing():
            if not ticket.is_paused:
                raise ServingNotOnPause(number)
            return (ServingResumed(now, number, counter.id),)
        case AddService():
            return _add_service(hall, counter, command, now)
        case Finish():
            return (_finish(hall, counter, command, now),)
        case _:
            assert_never(command)


def _add_service(hall: Hall, counter: Counter, command: AddService, now: datetime) -> Events:
    """What is asked for or added already is not added again."""
    (service,) = checks.services(hall, (command.service,))
    ticket = checks.ticket(hall, command.number)
    if service in (ticket.service, *ticket.services_done):
        return ()
    if len(ticket.services_done) + 1 >= SERVICES_DONE_MAX:
        raise TextTooLong(SERVICES_DONE_MAX)
    return (ServiceAdded(now, ticket.number, counter.id, service),)


def _finish(hall: Hall, counter: Counter, command: Finish, now: datetime) -> Event:
    """Who has to come back to the sender waits for the sender again."""
    ticket = checks.ticket(hall, command.number)
    named = checks.services(hall, command.services_done) or (ticket.service,)
    done = tuple(dict.fromkeys((*named, *ticket.services_done)))
    if len(done) > SERVICES_DONE_MAX:
        raise TextTooLong(SERVICES_DONE_MAX)
    sender = ticket.return_to
    if sender is None or sender.teller == counter.teller or sender.counter == counter.id:
        return ServingFinished(now, ticket.number, counter.id, done)
    return TicketSentBack(now, ticket.number, counter.id, done, sender)


def _transfer(hall: Hall, counter: Counter, command: Transfer, now: datetime) -> TicketTransferred:
    states = (TicketState.CALLED, TicketState.SERVING)
    ticket = checks.own_ticket(hall, counter, command.number, *states)
    to_service = command.to_service or ticket.service
    if to_service not in hall.plan.services:
        raise UnknownService(to_service)
    to_counter, to_teller = command.to_counter or None, command.to_teller or None
    if to_counter is not None:
        checks.open_counter(hall, to_counter)
    if to_teller is not None:
        to_counter = None
        checks.adviser(hall, to_teller)
    stays = to_counter in (None, counter.id) and to_teller in (None, counter.teller)
    if to_service == ticket.service and stays:
        raise TransferGoesNowhere
    return TicketTransferred(
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
