"""The fold: a hall and the next event make the next hall. The only path from history to state."""

from collections.abc import Iterable
from dataclasses import replace

from lobby.queueing.events.care import CareEvent
from lobby.queueing.events.counter import CounterEvent
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.events.floor import FloorEvent
from lobby.queueing.events.ticket import (
    ActUndone,
    CustomerAbsent,
    CustomerReturned,
    ServingFinished,
    TicketCalled,
    TicketCalledAgain,
    TicketSentBack,
    TicketTaken,
    TicketTransferred,
)
from lobby.queueing.evolve.counter import evolve_counter
from lobby.queueing.evolve.floor import evolve_floor
from lobby.queueing.evolve.served_ticket import with_care_of
from lobby.queueing.evolve.ticket import Passage, evolve_ticket
from lobby.queueing.model.counter import Counter, LastAct, UndoableAct
from lobby.queueing.model.hall import CallRecord, Hall
from lobby.queueing.model.intake import Diversion, OfferedBy
from lobby.queueing.model.ticket import Place, Ticket, TicketState

CALLS_KEPT = 5
"""As many calls as a display lists."""


def fold(hall: Hall, events: Iterable[Event]) -> Hall:
    for event in events:
        hall = evolve(hall, event)
    return hall


def evolve(hall: Hall, event: Event) -> Hall:
    """Total over events that `decide` gave for this hall; each moves the version by one."""
    hall = replace(hall, version=hall.version + 1)
    match event:
        case DayOpened():
            return _day_opened(hall, event)
        case TicketTaken():
            return _taken(hall, event)
        case ActUndone():
            return _undone(hall, event)
        case _:
            return _evolve_more(hall, event)


def _evolve_more(hall: Hall, event: CounterEvent | FloorEvent | Passage) -> Hall:
    if isinstance(event, CounterEvent):
        counter = _counter(hall, event.counter)
        return _put_counter(hall, evolve_counter(counter, event))
    if isinstance(event, FloorEvent):
        return evolve_floor(hall, event)
    return _evolve_ticket(hall, event)


def _day_opened(hall: Hall, event: DayOpened) -> Hall:
    """A new sheet; what is broken stays broken, and who waits for a colleague still does."""
    new = Hall.empty(hall.plan, hall.version)
    handed_on = {machine.id: machine for machine in event.machines if machine.id in new.machines}
    return replace(
        new,
        day=event.day,
        machines={**new.machines, **handed_on},
        help_calls=tuple(replace(call, ticket=None) for call in event.help_calls),
        duty={duty.staff: duty for duty in event.duty},
        handover=event.handover,
        notices=event.notices,
        escorts=tuple(replace(escort, ticket=None) for escort in event.escorts),
    )


def _taken(hall: Hall, event: TicketTaken) -> Hall:
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
    return hall.joined(ticket) if ticket.state is TicketState.WAITING else hall


def _first_offer(event: TicketTaken) -> Diversion | None:
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
    after = evolve_ticket(before, event, counter.teller or "")
    if not isinstance(event, CareEvent):
        after = replace(after, touched=hall.version)
    hall = _put_ticket(hall, before, after)
    if isinstance(event, CustomerReturned):
        return replace(hall, latest_at=hall.not_before_others(event.place.at))
    if isinstance(event, TicketCalled):
        hall = _shown_as_next(_overtaken(hall, event), event.next)
    if isinstance(event, Announced):
        return _announced(_seat(hall, counter, event.number), event)
    if counter.ticket != event.number or after.state in AT_COUNTER:
        return hall
    return _free(hall, counter, event, before)


AT_COUNTER = frozenset({TicketState.CALLED, TicketState.SERVING})


Announced = TicketCalled | TicketCalledAgain

UNDOABLE = {
    CustomerAbsent: UndoableAct.ABSENCE,
    ServingFinished: UndoableAct.FINISH,
    TicketSentBack: UndoableAct.FINISH,
    TicketTransferred: UndoableAct.TRANSFER,
}


def _free(hall: Hall, counter: Counter, event: Passage, before: Ticket) -> Hall:
    """The counter lets its ticket go, and remembers what for."""
    act = UNDOABLE.get(type(event))
    last = LastAct(act, before, hall.version) if act else None
    return _put_counter(hall, replace(counter, ticket=None, last_act=last))


def _undone(hall: Hall, event: ActUndone) -> Hall:
    counter = _counter(hall, event.counter)
    assert counter.last_act is not None, "only a remembered act is undone"
    now = hall.tickets[event.number]
    after = replace(with_care_of(counter.last_act.before, now), touched=hall.version)
    hall = _put_ticket(hall, now, after)
    return _seat(hall, counter, event.number)


def _overtaken(hall: Hall, event: TicketCalled) -> Hall:
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
    record = CallRecord(event.number, event.counter, hall.version, event.modes)
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
        hall = hall.left(before)
    hall = replace(hall, tickets=hall.tickets.put(after))
    return hall.joined(after) if after.state is TicketState.WAITING else hall
