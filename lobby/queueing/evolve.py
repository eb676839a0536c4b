"""The fold: a hall and the next event make the next hall. The only path from history to state."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from lobby.queueing import events as on
from lobby.queueing.counter import Counter, LastAct, Sitting, UndoableAct
from lobby.queueing.floor import help_moved, machine_reported
from lobby.queueing.hall import CallRecord, Hall
from lobby.queueing.intake import Diversion, OfferedBy
from lobby.queueing.lines import joined, left
from lobby.queueing.passage import Passage, passed
from lobby.queueing.ticket import Place, Ticket, TicketState

CALLS_KEPT = 5
"""As many calls as a display lists."""


def fold(hall: Hall, events: Iterable[on.Event]) -> Hall:
    for event in events:
        hall = evolve(hall, event)
    return hall


def evolve(hall: Hall, event: on.Event) -> Hall:
    """Total over events that `decide` gave for this hall; each moves the version by one."""
    hall = replace(hall, version=hall.version + 1)
    match event:
        case on.DayOpened():
            return _day_opened(hall, event)
        case on.CounterOpened() | on.CounterPaused() | on.CounterResumed() | on.CounterClosed():
            return _evolve_counter(hall, event)
        case on.TicketTaken():
            return _taken(hall, event)
        case on.MachineReported():
            return machine_reported(hall, event)
        case on.HelpCalled() | on.HelpAnswered() | on.HelpEnded():
            return help_moved(hall, event)
        case on.ActUndone():
            return _undone(hall, event)
        case _:
            return _evolve_ticket(hall, event)


def _day_opened(hall: Hall, event: on.DayOpened) -> Hall:
    """A new sheet; what is broken stays broken, and who waits for a colleague still does."""
    new = Hall.empty(hall.plan, hall.version)
    handed_on = {machine.id: machine for machine in event.machines if machine.id in new.machines}
    return replace(
        new,
        day=event.day,
        machines={**new.machines, **handed_on},
        help_calls=tuple(replace(call, ticket=None) for call in event.help_calls),
    )


def _evolve_counter(hall: Hall, event: on.CounterEvent) -> Hall:
    counter = _counter(hall, event.counter)
    if isinstance(event, on.CounterOpened):
        sitting = Sitting(event.teller, event.services, opened_at=event.at)
        return _put_counter(hall, Counter(counter.id, sitting))
    assert counter.sitting is not None, "only an open counter pauses, resumes or closes"
    match event:
        case on.CounterPaused():
            sitting = replace(counter.sitting, paused_at=event.at, pause_reason=event.reason)
        case on.CounterResumed():
            sitting = _unpaused(counter.sitting, event.at)
        case on.CounterClosed():
            sitting = replace(_unpaused(counter.sitting, event.at), closed_at=event.at)
        case _:
            assert_never(event)
    return _put_counter(hall, replace(counter, sitting=sitting))


def _unpaused(sitting: Sitting, at: datetime) -> Sitting:
    if sitting.paused_at is None:
        return sitting
    paused_s = sitting.paused_s + max(0.0, (at - sitting.paused_at).total_seconds())
    return replace(sitting, paused_at=None, pause_reason="", paused_s=paused_s)


def _taken(hall: Hall, event: on.TicketTaken) -> Hall:
    assert hall.day is not None, "a day is opened before its first ticket"
    place_at = hall.not_before_others(event.at)
    ticket = Ticket(
        number=event.number,
        day=hall.day,
        service=event.service,
        asked_service=event.service,
        language=event.language,
        channel=event.channel,
        secret=event.secret,
        taken_at=event.at,
        place=Place(place_at, ordinal=hall.version),
        touched=hall.version,
        intake=event.intake,
        state=TicketState.WAITING if event.machine is None else TicketState.AT_MACHINE,
        diversion=_first_offer(event),
        priority=event.priority,
        booked_at=event.booked_at,
    )
    hall = replace(hall, tickets=hall.tickets.put(ticket), latest_at=place_at)
    return joined(hall, ticket) if ticket.state is TicketState.WAITING else hall


def _first_offer(event: on.TicketTaken) -> Diversion | None:
    """What the kiosk offered: taken up with a slip, declined with a ticket for the counter."""
    if not event.intake.offered and event.machine is None:
        return None
    offer = Diversion(OfferedBy.KIOSK, offered_at=event.at, machine=event.machine)
    if event.machine is None:
        return replace(offer, declined_at=event.at)
    return replace(offer, accepted_at=event.at)


def _evolve_ticket(hall: Hall, event: Passage) -> Hall:
    before = hall.tickets[event.number]
    counter = _counter(hall, getattr(event, "counter", None) or before.counter or "")
    after = replace(passed(before, event, counter.teller or ""), touched=hall.version)
    hall = _put_ticket(hall, before, after)
    if isinstance(event, on.CustomerReturned):
        return replace(hall, latest_at=hall.not_before_others(event.place.at))
    if isinstance(event, on.TicketCalled):
        hall = _shown_as_next(_overtaken(hall, event), event.next)
    if isinstance(event, Announced):
        return _announced(_seat(hall, counter, event.number), event)
    return _free(hall, counter, event, before) if counter.ticket == event.number else hall


Announced = on.TicketCalled | on.TicketCalledAgain

UNDOABLE = {
    on.CustomerAbsent: UndoableAct.ABSENCE,
    on.ServingFinished: UndoableAct.FINISH,
    on.TicketTransferred: UndoableAct.TRANSFER,
}


def _free(hall: Hall, counter: Counter, event: Passage, before: Ticket) -> Hall:
    """The counter lets its ticket go, unless service has only begun; it remembers what for."""
    if isinstance(event, on.ServingStarted):
        return hall
    act = UNDOABLE.get(type(event))
    last = LastAct(act, before, hall.version) if act else None
    return _put_counter(hall, replace(counter, ticket=None, last_act=last))


def _undone(hall: Hall, event: on.ActUndone) -> Hall:
    counter = _counter(hall, event.counter)
    assert counter.last_act is not None, "only a remembered act is undone"
    after = replace(counter.last_act.before, touched=hall.version)
    hall = _put_ticket(hall, hall.tickets[event.number], after)
    return _seat(hall, counter, event.number)


def _overtaken(hall: Hall, event: on.TicketCalled) -> Hall:
    tickets = hall.tickets
    for number in event.choice.passed:
        passed_by = tickets[number]
        tickets = tickets.put(replace(passed_by, overtakes=passed_by.overtakes + 1))
    return replace(hall, tickets=tickets)


def _shown_as_next(hall: Hall, number: str | None) -> Hall:
    if number is None:
        return hall
    shown = replace(hall.tickets[number], is_next=True)
    return replace(hall, tickets=hall.tickets.put(shown))


def _announced(hall: Hall, event: Announced) -> Hall:
    record = CallRecord(event.number, event.counter, hall.version)
    others = tuple(call for call in hall.calls if call.ticket != event.number)
    return replace(hall, calls=(record, *others)[:CALLS_KEPT])


def _seat(hall: Hall, counter: Counter, number: str) -> Hall:
    return _put_counter(hall, replace(counter, ticket=number, last_act=None))


def _counter(hall: Hall, counter_id: str) -> Counter:
    """A counter taken out of the plan during the day lives on until its day is over."""
    return hall.counters.get(counter_id) or Counter(counter_id)


def _put_counter(hall: Hall, counter: Counter) -> Hall:
    return replace(hall, counters={**hall.counters, counter.id: counter})


def _put_ticket(hall: Hall, before: Ticket, after: Ticket) -> Hall:
    if before.state is TicketState.WAITING:
        hall = left(hall, before)
    hall = replace(hall, tickets=hall.tickets.put(after))
    return joined(hall, after) if after.state is TicketState.WAITING else hall
