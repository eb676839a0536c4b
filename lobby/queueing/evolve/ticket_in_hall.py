"""What a ticket's event does to the hall around it: its line, its counter, the announced calls."""

from msgspec.structs import replace

from lobby.queueing.events.care import CareEvent
from lobby.queueing.events.counter import CounterEvent
from lobby.queueing.events.event import TicketEvent
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
from lobby.queueing.evolve import care, counter, served_ticket, ticket
from lobby.queueing.evolve.evolver import TicketEvolvers
from lobby.queueing.evolve.ticket_changes import with_care_of
from lobby.queueing.model.counter import Counter, LastAct, UndoableAct
from lobby.queueing.model.hall import CallRecord, Hall
from lobby.queueing.model.intake import Diversion, OfferedBy
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.rest import Rest, RestReason
from lobby.queueing.model.ticket import AT_COUNTER, Place, Ticket, TicketState

CALLS_KEPT = 5
"""As many calls as a display lists."""

TICKETS: TicketEvolvers = {**ticket.EVOLVERS, **served_ticket.EVOLVERS, **care.EVOLVERS}

UNDOABLE: dict[type[TicketEvent], UndoableAct] = {
    CustomerAbsent: UndoableAct.ABSENCE,
    ServingFinished: UndoableAct.FINISH,
    TicketSentBack: UndoableAct.FINISH,
    TicketTransferred: UndoableAct.TRANSFER,
}


def taken(hall: Hall, event: TicketTaken) -> Hall:
    assert hall.day is not None, "a day is opened before its first ticket"
    place_at = hall.not_before_others(event.at)
    new = Ticket(
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
        state=_first_state(event),
        diversion=_first_offer(event),
        priority=event.priority,
        booked_at=event.booked_at,
        rests=_first_rest(event),
        call_modes=event.modes,
        longer_grace=event.longer_grace,
        reserved_teller=event.adviser,
        usual_priority=_usual_priority(event),
    )
    hall = replace(hall, tickets=hall.tickets.put(new), latest_at=place_at)
    return hall.joined(new) if new.state is TicketState.WAITING else hall


def _usual_priority(event: TicketTaken) -> Priority | None:
    """What was advised is urgent for its service; otherwise a colleague said so."""
    if event.priority is not Priority.URGENT or not event.intake.rule:
        return None
    if event.booked_at is not None:
        return Priority.APPOINTMENT
    return Priority.ASSISTANCE if event.intake.help_wanted else Priority.REGULAR


def _first_state(event: TicketTaken) -> TicketState:
    if event.machine is not None:
        return TicketState.AT_MACHINE
    return TicketState.RESTING if event.rests_until else TicketState.WAITING


def _first_rest(event: TicketTaken) -> tuple[Rest, ...]:
    until = event.rests_until
    return (Rest(RestReason.PAPERS, event.at, until),) if until else ()


def _first_offer(event: TicketTaken) -> Diversion | None:
    """What the kiosk offered: taken up with a slip, declined with a ticket for the counter."""
    if not event.intake.offered and event.machine is None:
        return None
    offer = Diversion(OfferedBy.KIOSK, offered_at=event.at, machine=event.machine)
    if event.machine is None:
        return replace(offer, declined_at=event.at)
    return replace(offer, accepted_at=event.at)


def moved(hall: Hall, event: TicketEvent) -> Hall:
    """The ticket changes, and its counter lets it go where it is there no longer."""
    before = hall.tickets[event.number]
    at = _counter(hall, getattr(event, "counter", None) or before.counter or "")
    after = TICKETS[type(event)](before, event, at.teller or "")
    after = replace(after, touched=hall.version)
    hall = _put_ticket(hall, before, after)
    if at.ticket != event.number or after.state in AT_COUNTER:
        return hall
    return _free(hall, at, event, before)


def cared_for(hall: Hall, event: CareEvent) -> Hall:
    before = hall.tickets[event.number]
    return _put_ticket(hall, before, TICKETS[type(event)](before, event, ""))


def called(hall: Hall, event: TicketCalled) -> Hall:
    hall = _shown_as_next(_overtaken(moved(hall, event), event), event.next)
    return _announced(hall, event)


def called_again(hall: Hall, event: TicketCalledAgain) -> Hall:
    return _announced(moved(hall, event), event)


def returned(hall: Hall, event: CustomerReturned) -> Hall:
    return replace(moved(hall, event), latest_at=hall.not_before_others(event.place.at))


def undone(hall: Hall, event: ActUndone) -> Hall:
    at = _counter(hall, event.counter)
    assert at.last_act is not None, "only a remembered act is undone"
    now = hall.tickets[event.number]
    after = replace(with_care_of(at.last_act.before, now), touched=hall.version)
    return _seat(_put_ticket(hall, now, after), at, event.number)


def counter_changed(hall: Hall, event: CounterEvent) -> Hall:
    before = _counter(hall, event.counter)
    return _put_counter(hall, counter.EVOLVERS[type(event)](before, event))


def _free(hall: Hall, at: Counter, event: TicketEvent, before: Ticket) -> Hall:
    """The counter lets its ticket go, and remembers what for."""
    act = UNDOABLE.get(type(event))
    last = LastAct(act, before, hall.version) if act else None
    return _put_counter(hall, replace(at, ticket=None, last_act=last))


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


def _announced(hall: Hall, event: TicketCalled | TicketCalledAgain) -> Hall:
    record = CallRecord(event.number, event.counter, hall.version, event.modes)
    others = tuple(call for call in hall.calls if call.ticket != event.number)
    hall = _seat(hall, _counter(hall, event.counter), event.number)
    return replace(hall, calls=(record, *others)[:CALLS_KEPT])


def _seat(hall: Hall, at: Counter, number: str) -> Hall:
    return _put_counter(hall, replace(at, ticket=number, last_act=None))


def _counter(hall: Hall, counter_id: str) -> Counter:
    """A counter taken out of the plan during the day lives on until its day is over."""
    return hall.counters.get(counter_id) or Counter(counter_id)


def _put_counter(hall: Hall, at: Counter) -> Hall:
    return replace(hall, counters={**hall.counters, at.id: at})


def _put_ticket(hall: Hall, before: Ticket, after: Ticket) -> Hall:
    waited, waits = before.state is TicketState.WAITING, after.state is TicketState.WAITING
    stays = waited and waits and (before.service, before.place) == (after.service, after.place)
    if waited and not stays:
        hall = hall.left(before)
    hall = replace(hall, tickets=hall.tickets.put(after))
    return hall.joined(after) if waits and not stays else hall
