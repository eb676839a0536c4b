"""A counter's own acts, decided: opening, calling, pausing, breaks, closing, and undoing."""

from datetime import datetime, timedelta

from lobby.queueing.calling import select as calling
from lobby.queueing.commands.counter import (
    CallChosen,
    CallNext,
    CloseCounter,
    DropBreak,
    OpenCounter,
    PauseCounter,
    PlanBreak,
    ResumeCounter,
    Undo,
)
from lobby.queueing.decide import checks
from lobby.queueing.decide.day import new_day
from lobby.queueing.decide.decider import Deciders, Events
from lobby.queueing.decide.seats import closed_for_others
from lobby.queueing.events.counter import (
    BreakDropped,
    BreakPlanned,
    CounterClosed,
    CounterOpened,
    CounterPaused,
    CounterResumed,
)
from lobby.queueing.events.ticket import ActUndone, TicketCalled
from lobby.queueing.model.choice import Choice
from lobby.queueing.model.counter import Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import (
    BREAK_BEGINS_WITHIN,
    BREAK_MINUTES_MAX,
    COUNTER_SERVICES_MAX,
    PAUSE_MINUTES_MAX,
)
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.ticket import (
    AlreadyAtCounter,
    BreakInThePast,
    CounterNotOnPause,
    CounterTaken,
    NobodyWaiting,
    NoBreakPlanned,
    NoServicesChosen,
    NotBackYet,
    NothingToUndo,
    TakeOverNotConfirmed,
    TouchedSince,
)


def _open(hall: Hall, command: OpenCounter, now: datetime) -> Events:
    counter = checks.counter(hall, command.counter)
    opening = new_day(hall, now)
    if not opening:
        sits_at = hall.counter_of(command.teller)
        if counter.is_open and counter.teller != command.teller:
            opening = _taken_over(hall, counter, command, now)
        if sits_at is not None:
            raise AlreadyAtCounter(sits_at.id)
    services = checks.services(hall, command.services, limit=COUNTER_SERVICES_MAX)
    if not services:
        raise NoServicesChosen
    return (*opening, CounterOpened(now, counter.id, command.teller, services))


def _taken_over(hall: Hall, counter: Counter, command: OpenCounter, now: datetime) -> Events:
    """A counter that a colleague left open is the next one's, who says so."""
    if counter.is_attended:
        raise CounterTaken(counter.id)
    if not command.takes_over:
        raise TakeOverNotConfirmed(counter.id)
    return closed_for_others(hall, counter, now)


def _pause(hall: Hall, command: PauseCounter, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    checks.not_paused(counter)
    checks.no_customer(counter)
    until = checks.later(now, command.minutes, PAUSE_MINUTES_MAX)
    planned = counter.session.planned_break if counter.session else None
    takes_break = planned is not None and planned.at - now <= BREAK_BEGINS_WITHIN
    if until is None and planned is not None and takes_break:
        until = now + timedelta(minutes=planned.minutes)
    why = checks.reason(command.reason)
    return (CounterPaused(now, counter.id, why, until, takes_break),)


def _resume(hall: Hall, command: ResumeCounter, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    if not counter.is_paused:
        raise CounterNotOnPause(counter.id)
    return (CounterResumed(now, counter.id),)


def _close(hall: Hall, command: CloseCounter, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    checks.no_customer(counter)
    return (CounterClosed(now, counter.id),)


def _plan_break(hall: Hall, command: PlanBreak, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    minutes, at = checks.minutes(command.minutes, BREAK_MINUTES_MAX), command.at
    if at < now or hall.plan.business_day(at) != hall.plan.business_day(now):
        raise BreakInThePast
    return (BreakPlanned(now, counter.id, at, minutes),)


def _drop_break(hall: Hall, command: DropBreak, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    if counter.session is None or counter.session.planned_break is None:
        raise NoBreakPlanned(counter.id)
    return (BreakDropped(now, counter.id),)


def _call_next(hall: Hall, command: CallNext, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    checks.free_to_call(counter)
    choice = calling.next_ticket(hall, counter, now)
    if choice is None:
        raise NobodyWaiting
    return (called(hall, counter, choice, now),)


def _call_chosen(hall: Hall, command: CallChosen, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    checks.free_to_call(counter)
    if checks.ticket(hall, command.number).state is TicketState.RESTING:
        raise NotBackYet(command.number)
    ticket = checks.allowed_ticket(hall, command)
    why = checks.reason(command.reason)
    choice = calling.chosen_ticket(hall, counter, ticket, why, now)
    return (called(hall, counter, choice, now),)


def called(
    hall: Hall, counter: Counter, choice: Choice, now: datetime, *, auto: bool = False
) -> TicketCalled:
    ticket = hall.tickets[choice.number]
    return TicketCalled(
        at=now,
        number=choice.number,
        counter=counter.id,
        language=ticket.language,
        choice=choice,
        next=calling.next_after(hall, counter, choice, now),
        modes=ticket.call_modes,
        pager=ticket.pager,
        service=ticket.service,
        auto=auto,
    )


def _undo(hall: Hall, command: Undo, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    last = counter.last_act
    if last is None:
        raise NothingToUndo
    checks.free_to_call(counter)
    number = last.before.number
    if checks.ticket(hall, number).touched != last.version:
        raise TouchedSince(number)
    return (ActUndone(now, number, counter.id, last.act),)


DECIDERS: Deciders = {
    OpenCounter: _open,
    PauseCounter: _pause,
    ResumeCounter: _resume,
    CloseCounter: _close,
    PlanBreak: _plan_break,
    DropBreak: _drop_break,
    CallNext: _call_next,
    CallChosen: _call_chosen,
    Undo: _undo,
}
