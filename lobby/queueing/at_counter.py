"""A counter's own acts, decided: calling, pausing, breaks, closing, and taking back a mistake."""

from datetime import datetime, timedelta
from typing import assert_never

from lobby.queueing import calling, checks
from lobby.queueing import counter_commands as do
from lobby.queueing import events as on
from lobby.queueing import refusals as no
from lobby.queueing.choice import Choice
from lobby.queueing.counter import Break, Counter
from lobby.queueing.hall import Hall
from lobby.queueing.limits import BREAK_BEGINS_WITHIN, BREAK_MINUTES_MAX, PAUSE_MINUTES_MAX
from lobby.queueing.ticket import TicketState
from lobby.queueing.with_customer import decide_with_customer

Events = tuple[on.Event, ...]


def decide_at_counter(hall: Hall, command: do.CounterCommand, now: datetime) -> Events:
    counter = checks.open_counter(hall, command.counter)
    match command:
        case do.PauseCounter():
            return (_pause(counter, command, now),)
        case do.ResumeCounter():
            if not counter.is_paused:
                raise no.CounterNotOnPause(counter.id)
            return (on.CounterResumed(now, counter.id),)
        case do.CloseCounter():
            checks.no_customer(counter)
            return (on.CounterClosed(now, counter.id),)
        case do.PlanBreak() | do.DropBreak():
            return (_break(hall, counter, command, now),)
        case do.CallNext():
            return _call_next(hall, counter, now)
        case do.CallChosen():
            return _call_chosen(hall, counter, command, now)
        case do.Undo():
            return _undo(hall, counter, now)
        case _:
            return decide_with_customer(hall, counter, command, now)


def called(
    hall: Hall, counter: Counter, choice: Choice, now: datetime, *, auto: bool = False
) -> on.TicketCalled:
    ticket = hall.tickets[choice.number]
    return on.TicketCalled(
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


def _pause(counter: Counter, command: do.PauseCounter, now: datetime) -> on.CounterPaused:
    checks.not_paused(counter)
    checks.no_customer(counter)
    until = checks.later(now, command.minutes, PAUSE_MINUTES_MAX)
    planned = counter.sitting.planned_break if counter.sitting else None
    takes_break = planned is not None and planned.at - now <= BREAK_BEGINS_WITHIN
    if until is None and planned is not None and takes_break:
        until = now + timedelta(minutes=planned.minutes)
    why = checks.reason(command.reason)
    return on.CounterPaused(now, counter.id, why, until, takes_break)


def _break(
    hall: Hall, counter: Counter, command: do.PlanBreak | do.DropBreak, now: datetime
) -> on.Event:
    match command:
        case do.PlanBreak(_, at, minutes):
            planned = Break(at, checks.minutes(minutes, BREAK_MINUTES_MAX))
            if at < now or hall.plan.business_day(at) != hall.plan.business_day(now):
                raise no.BreakInThePast
            return on.BreakPlanned(now, counter.id, planned.at, planned.minutes)
        case do.DropBreak():
            if counter.sitting is None or counter.sitting.planned_break is None:
                raise no.NoBreakPlanned(counter.id)
            return on.BreakDropped(now, counter.id)
        case _:
            assert_never(command)


def _call_next(hall: Hall, counter: Counter, now: datetime) -> Events:
    checks.free_to_call(counter)
    choice = calling.next_ticket(hall, counter, now)
    if choice is None:
        raise no.NobodyWaiting
    return (called(hall, counter, choice, now),)


def _call_chosen(hall: Hall, counter: Counter, command: do.CallChosen, now: datetime) -> Events:
    checks.free_to_call(counter)
    states = (TicketState.WAITING, TicketState.ON_HOLD)
    ticket = checks.ticket_in(hall, command.number, *states)
    why = checks.reason(command.reason)
    choice = calling.chosen_ticket(hall, counter, ticket, why, now)
    return (called(hall, counter, choice, now),)


def _undo(hall: Hall, counter: Counter, now: datetime) -> Events:
    last = counter.last_act
    if last is None:
        raise no.NothingToUndo
    checks.free_to_call(counter)
    number = last.before.number
    if checks.ticket(hall, number).touched != last.version:
        raise no.TouchedSince(number)
    return (on.ActUndone(now, number, counter.id, last.act),)
