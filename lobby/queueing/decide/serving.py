"""What a teller does with the customer at the counter, decided: from the call to the end."""

from datetime import datetime

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
)
from lobby.queueing.decide import checks
from lobby.queueing.decide.absence import check_absence
from lobby.queueing.decide.decider import Deciders, Events
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
from lobby.queueing.model.ticket import ReturnTo, Ticket
from lobby.queueing.refusals.ticket import (
    ServingNotOnPause,
    ServingOnPause,
    TextTooLong,
    TransferGoesNowhere,
    UnknownService,
)


def _call_again(hall: Hall, command: CallAgain, now: datetime) -> Events:
    counter, ticket = checks.counter_and_ticket(hall, command)
    announced = (ticket.language, ticket.call_modes, ticket.pager, ticket.service)
    return (TicketCalledAgain(now, ticket.number, counter.id, *announced),)


def _start(hall: Hall, command: StartServing, now: datetime) -> Events:
    counter, ticket = checks.counter_and_ticket(hall, command)
    return (ServingStarted(now, ticket.number, counter.id),)


def _mark_absent(hall: Hall, command: MarkAbsent, now: datetime) -> Events:
    counter, ticket = checks.counter_and_ticket(hall, command)
    check_absence(hall.plan, ticket, now)
    return (CustomerAbsent(now, ticket.number, counter.id),)


def _pause(hall: Hall, command: PauseServing, now: datetime) -> Events:
    counter, ticket = checks.counter_and_ticket(hall, command)
    if ticket.is_paused:
        raise ServingOnPause(ticket.number)
    return (ServingPaused(now, ticket.number, counter.id),)


def _resume(hall: Hall, command: ResumeServing, now: datetime) -> Events:
    counter, ticket = checks.counter_and_ticket(hall, command)
    if not ticket.is_paused:
        raise ServingNotOnPause(ticket.number)
    return (ServingResumed(now, ticket.number, counter.id),)


def _add_service(hall: Hall, command: AddService, now: datetime) -> Events:
    """What is asked for or added already is not added again."""
    counter, ticket = checks.counter_and_ticket(hall, command)
    (service,) = checks.services(hall, (command.service,))
    if service in (ticket.service, *ticket.services_done):
        return ()
    if len(ticket.services_done) + 1 >= SERVICES_DONE_MAX:
        raise TextTooLong(SERVICES_DONE_MAX)
    return (ServiceAdded(now, ticket.number, counter.id, service, command.answered),)


def _finish(hall: Hall, command: Finish, now: datetime) -> Events:
    """Who has to come back to the sender waits for the sender again."""
    counter, ticket = checks.counter_and_ticket(hall, command)
    named = checks.services(hall, command.services_done) or (ticket.service,)
    done = tuple(dict.fromkeys((*named, *ticket.services_done)))
    if len(done) > SERVICES_DONE_MAX:
        raise TextTooLong(SERVICES_DONE_MAX)
    sender = ticket.return_to
    if sender is None or sender.teller == counter.teller or sender.counter == counter.id:
        return (ServingFinished(now, ticket.number, counter.id, done),)
    return (TicketSentBack(now, ticket.number, counter.id, done, sender),)


def _hold(hall: Hall, command: Hold, now: datetime) -> Events:
    counter, ticket = checks.counter_and_ticket(hall, command)
    why = checks.reason(command.reason)
    until = checks.later(now, command.minutes, HOLD_MINUTES_MAX)
    return (TicketHeld(now, ticket.number, counter.id, why, until),)


def _transfer(hall: Hall, command: Transfer, now: datetime) -> Events:
    counter, ticket = checks.counter_and_ticket(hall, command)
    to_service = command.to_service or ticket.service
    if to_service not in hall.plan.services:
        raise UnknownService(to_service)
    to_counter, to_teller = command.to_counter or None, command.to_teller or None
    if to_counter is not None:
        checks.attended_counter(hall, to_counter)
    if to_teller is not None:
        to_counter = None
        checks.adviser(hall, to_teller)
    stays = to_counter in (None, counter.id) and to_teller in (None, counter.teller)
    if to_service == ticket.service and stays:
        raise TransferGoesNowhere
    transferred = TicketTransferred(
        at=now,
        number=ticket.number,
        counter=counter.id,
        to_service=to_service,
        to_counter=to_counter,
        note=checks.note(command.note),
        to_teller=to_teller,
        return_to=_sender(counter, ticket) if command.come_back else ticket.return_to,
        answered=command.answered,
        priority=None
        if to_service == ticket.service
        else checks.class_for(ticket, urgent=command.urgent),
    )
    return (transferred,)


def _sender(counter: Counter, ticket: Ticket) -> ReturnTo:
    assert counter.teller is not None, "only an open counter transfers"
    return ReturnTo(counter.id, counter.teller, ticket.service)


DECIDERS: Deciders = {
    CallAgain: _call_again,
    StartServing: _start,
    MarkAbsent: _mark_absent,
    PauseServing: _pause,
    ResumeServing: _resume,
    AddService: _add_service,
    Finish: _finish,
    Hold: _hold,
    Transfer: _transfer,
}
