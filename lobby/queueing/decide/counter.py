"""A counter's own acts, decided: calling, pausing, breaks, closing, and taking back a mistake."""

from datetime import datetime, timedelta
from typing import assert_never

from lobby.queueing.calling import select as calling
from lobby.queueing.commands.counter import (
    CallChosen,
    CallNext,
    CloseCounter,
    CounterCommand,
    DropBreak,
    PauseCounter,
    PlanBreak,
    ResumeCounter,
    Undo,
)
from lobby.queueing.decide import checks
from lobby.queueing.decide.serving import decide_with_customer
from lobby.queueing.events.counter import (
    BreakDropped,
    BreakPlanned,
    CounterClosed,
    CounterPaused,
    CounterResumed,
)
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import ActUndone, TicketCalled
from lobby.queueing.model.choice import Choice
from lobby.queueing.model.counter import Break, Counter
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import (
    BREAK_BEGINS_WITHIN,
    BREAK_MINUTES_MAX,
    PAUSE_MINUTES_MAX,
)
from lobby.queueing.model.ticket import TicketState
from lobby.queueing.refusals.ticket import (
    BreakInThePast,
    CounterNotOnPause,
    NobodyWaiting,
    NoBreakPlanned,
    NothingToUndo,
    TouchedSince,
)

Events = tuple[Event, ...]


def decide_at_counter(hall: Hall, command: CounterCommand, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    match command:
        case PauseCounter():
            return (_pause(counter, command, now),)
        case ResumeCounter():
            if not counter.is_paused:
                raise CounterNotOnPause(counter.id)
            return (CounterResumed(now, counter.id),)
        case CloseCounter():
            checks.no_customer(counter)
            return (CounterClosed(now, counter.id),)
        case PlanBreak() | DropBreak():
            return (_break(hall, counter, command, now),)
        case CallNext():
            return _call_next(hall, counter, now)
        case CallChosen():
            return _call_chosen(hall, counter, command, now)
        case Undo():
            return _undo(hall, counter, now)
        case _:
            return decide_with_customer(hall, counter, command, now)


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


def _pause(counter: Counter, command: PauseCounter, now: datetime) -> CounterPaused:
    checks.not_paused(counter)
    checks.no_customer(counter)
    until = checks.later(now, command.minutes, PAUSE_MINUTES_MAX)
    planned = counter.session.planned_break if counter.session else None
    takes_break = planned is not None and planned.at - now <= BREAK_BEGINS_WITHIN
    if until is None and planned is not None and takes_break:
        until = now + timedelta(minutes=planned.minutes)
    why = checks.reason(command.reason)
    return CounterPaused(now, counter.id, why, until, takes_break)


def _break(hall: Hall, counter: Counter, command: PlanBreak | DropBreak, now: datetime) -> Event:
    match command:
        case PlanBreak(_, at, minutes):
            planned = Break(at, checks.minutes(minutes, BREAK_MINUTES_MAX))
            if at < now or hall.plan.business_day(at) != hall.plan.business_day(now):
                raise BreakInThePast
            return BreakPlanned(now, counter.id, planned.at, planned.minutes)
        case DropBreak():
            if counter.session is None or counter.session.planned_break is None:
                raise NoBreakPlanned(counter.id)
            return BreakDropped(now, counter.id)
        case _:
            assert_never(command)


def _call_next(hall: Hall, counter: Counter, now: datetime) -> Events:
    checks.free_to_call(counter)
    choice = calling.next_ticket(hall, counter, now)
    if choice is None:
        raise NobodyWaiting
    return (called(hall, counter, choice, now),)


def _call_chosen(hall: Hall, counter: Counter, command: CallChosen, now: datetime) -> Events:
    checks.free_to_call(counter)
    states = (TicketState.WAITING, TicketState.ON_HOLD)
    ticket = checks.ticket_in(hall, command.number, *states)
    why = checks.reason(command.reason)
    choice = calling.chosen_ticket(hall, counter, ticket, why, now)
    return (called(hall, counter, choice, now),)


def _undo(hall: Hall, counter: Counter, now: datetime) -> Events:
    last = counter.last_act
    if last is None:
        raise NothingToUndo
    checks.free_to_call(counter)
    number = last.before.number
    if checks.ticket(hall, number).touched != last.version:
        raise TouchedSince(number)
    return (ActUndone(now, number, counter.id, last.act),)
