"""The ways that a ticket may go, event by event, and what each does to the house.

`WAYS` is the documented table: from which states an event may come, and to which it leads.
"""

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any

from lobby.queueing.events.care import (
    AdviserAsked,
    CallModesSet,
    CareRecorded,
    CustomerAccompanied,
    LongerGraceGiven,
    MachineAccepted,
    MachineDeclined,
    MachineJobDone,
    MachineOffered,
    ReturnedFromMachine,
)
from lobby.queueing.events.ticket import (
    ActUndone,
    CustomerAbsent,
    CustomerReturned,
    PriorityChanged,
    RestEnded,
    ServiceAdded,
    ServiceChanged,
    ServingFinished,
    ServingPaused,
    ServingResumed,
    ServingStarted,
    TicketCalled,
    TicketCalledAgain,
    TicketCancelled,
    TicketHeld,
    TicketLapsed,
    TicketPostponed,
    TicketRested,
    TicketSentBack,
    TicketTaken,
    TicketTransferred,
    TicketUnheld,
)
from lobby.queueing.model.ticket import TicketState as State
from tests.bench.invariants_calls import check_call
from tests.bench.invariants_model import AT_A_COUNTER, OVER, RETURN_WITHIN, House, Visit, broken
from tests.bench.invariants_rests import rest_ended, rested

BEHIND = 2
"""A returner, and who asks for more time, waits behind this many others."""

NOT_OVER = (State.WAITING, State.ON_HOLD, State.RESTING, State.AT_MACHINE, *AT_A_COUNTER)
NOT_CALLED = (State.WAITING, State.ON_HOLD, State.RESTING, State.AT_MACHINE)

Ways = Mapping[type[Any], tuple[tuple[State, ...], State | None]]

WAYS: Ways = {
    TicketCalled: ((State.WAITING, State.ON_HOLD), State.CALLED),
    TicketCalledAgain: ((State.CALLED,), None),
    ServingStarted: ((State.CALLED,), State.SERVING),
    ServingPaused: ((State.SERVING,), None),
    ServingResumed: ((State.SERVING,), None),
    ServiceAdded: ((State.SERVING,), None),
    ServingFinished: ((State.SERVING,), State.FINISHED),
    TicketSentBack: ((State.SERVING,), State.WAITING),
    CustomerAbsent: ((State.CALLED,), State.ABSENT),
    CustomerReturned: ((State.ABSENT, State.CANCELLED), State.WAITING),
    TicketRested: ((State.WAITING,), State.RESTING),
    RestEnded: ((State.RESTING,), State.WAITING),
    TicketHeld: (AT_A_COUNTER, State.ON_HOLD),
    TicketUnheld: ((State.ON_HOLD,), State.WAITING),
    TicketTransferred: (AT_A_COUNTER, State.WAITING),
    TicketCancelled: ((*NOT_CALLED, State.CALLED), State.CANCELLED),
    TicketLapsed: (NOT_OVER, State.LAPSED),
    TicketPostponed: ((State.WAITING,), None),
    ServiceChanged: (NOT_CALLED, None),
    PriorityChanged: ((*NOT_CALLED, State.CALLED), None),
    AdviserAsked: (NOT_CALLED, None),
    MachineOffered: ((State.WAITING,), None),
    MachineAccepted: ((State.WAITING,), State.AT_MACHINE),
    MachineDeclined: ((State.WAITING,), None),
    CustomerAccompanied: ((State.AT_MACHINE,), None),
    MachineJobDone: ((State.AT_MACHINE,), State.DONE_AT_MACHINE),
    ReturnedFromMachine: ((State.AT_MACHINE,), State.WAITING),
    ActUndone: ((State.ABSENT, State.FINISHED, State.WAITING), None),
    CareRecorded: (tuple(State), None),
    CallModesSet: ((*NOT_OVER, State.ABSENT), None),
    LongerGraceGiven: ((*NOT_OVER, State.ABSENT), None),
}

UNDOABLE = (CustomerAbsent, ServingFinished, TicketSentBack, TicketTransferred)
CARE = (CareRecorded, CallModesSet, LongerGraceGiven)
"""Care leaves a ticket where it is, also for an undo."""


def move(house: House, event: Any) -> None:
    """One event about a ticket that is there."""
    visit, kind = house.find(event), type(event)
    froms, to = WAYS[kind]
    if visit.state not in froms:
        broken("ways", visit.number, "is", visit.state, "at", event)
    if kind is not TicketCalled and kind is not ActUndone:
        counter = getattr(event, "counter", None)
        if counter is not None and house.desks[counter].ticket != visit.number:
            broken("two counters", visit.number, "is at", visit.counter, "and not at", event)
    if kind in CARE:
        visit.longer_grace = visit.longer_grace or kind is LongerGraceGiven
        return
    before = copy(visit) if kind in UNDOABLE else None
    act = ACTS.get(kind)
    if act is not None:
        act(house, visit, event)
    visit.touched = house.version
    if to is None:
        return
    if kind is CustomerReturned and visit.offer == "accepted":
        to = State.AT_MACHINE
    if visit.state in AT_A_COUNTER and to not in AT_A_COUNTER:
        house.leave_desk(visit, before)
    visit.is_paused = False
    house.move(visit, to)
    if to is not State.RESTING:
        visit.wake(event.at)
    if to in OVER:
        visit.ended_at, visit.is_next = event.at, False
    elif to in (State.WAITING, State.AT_MACHINE):
        visit.ended_at = None


def take(house: House, event: TicketTaken) -> None:
    """The next number of the series, behind all who wait."""
    if house.day is None:
        broken("day", "no day is open at", event)
    prefix = house.prefixes[event.service] if event.machine is None else "S"
    ordinal = house.given.get(prefix, 0) + 1
    if event.number != f"{prefix}{ordinal:03d}" or event.number in house.visits:
        broken("numbers", event.number, "and not the next,", prefix, ordinal)
    pools, pool = house.pools, house.pools[event.service]
    ahead = sum(pools[each.service] == pool for each in house.waiting())
    if event.ahead != ahead:
        broken("choice", event.number, "has", ahead, "ahead, not", event.ahead)
    house.given[prefix] = ordinal
    house.latest_at = max(event.at, house.latest_at) if house.latest_at else event.at
    place = (house.latest_at, house.version, 0.0)
    visit = Visit(event.number, house.day, event.service, event.at, place)
    visit.secret, visit.priority, visit.booked_at = event.secret, event.priority, event.booked_at
    if event.machine is not None:
        visit.state, visit.offer = State.AT_MACHINE, "accepted"
    elif event.intake.offered:
        visit.offer = "declined"
    visit.longer_grace = event.intake.help_wanted
    if event.rests_until is not None:
        visit.state, visit.rests = State.RESTING, ((event.at, event.rests_until, None),)
    house.put(visit)


def _called(house: House, visit: Visit, event: TicketCalled) -> None:
    desk = house.desks[event.counter]
    if desk.ticket is not None or not desk.serves or visit.counter is not None:
        broken("two counters", visit.number, "at", visit.counter, "; there is", desk.ticket)
    check_call(house, event, visit)
    if visit.first_called_at is None:
        visit.waited_s = event.choice.waited_s
        visit.first_called_at = event.at
    desk.ticket, desk.last = visit.number, None
    visit.counter, visit.called_at, visit.calls_here = desk.id, event.at, 1
    visit.reserved_counter, visit.is_next = None, False
    if visit.reserved_teller != desk.teller:
        visit.reserved_teller = None
    if event.next is not None:
        house.visits[event.next].is_next = True


def _called_again(house: House, visit: Visit, event: TicketCalledAgain) -> None:
    visit.called_at, visit.calls_here = event.at, visit.calls_here + 1
    house.desks[event.counter].last = None


def _paused(_house: House, visit: Visit, event: ServingPaused | ServingResumed) -> None:
    is_pause = isinstance(event, ServingPaused)
    if visit.is_paused == is_pause:
        broken("ways", visit.number, "is so already:", event)
    visit.is_paused = is_pause


def _absent(house: House, visit: Visit, event: CustomerAbsent) -> None:
    if house.absent_from(visit) > event.at:
        broken("ways", visit.number, "had no time to come:", event)
    visit.absent_at = event.at


def _back(house: House, visit: Visit, event: CustomerReturned) -> None:
    """Once, within a quarter of an hour, behind two others, and never before the old place."""
    late = visit.gone_at is not None and event.at - visit.gone_at > RETURN_WITHIN
    if visit.returns or late:
        broken("ways", visit.number, "may not come back:", event)
    spot = (event.place.at, event.place.ordinal, event.place.turn)
    others = house.pool_of(visit.service)
    ahead = sum(each.place < spot for each in others)
    if ahead < min(BEHIND, len(others)) or (spot < visit.place and not visit.has_left):
        broken("choice", visit.number, "comes back before", len(others) - ahead)
    visit.place, visit.returns, visit.reserved_counter = spot, 1, None
    house.latest_at = max(event.place.at, house.latest_at) if house.latest_at else event.place.at


def _postponed(house: House, visit: Visit, event: TicketPostponed) -> None:
    spot = (event.place.at, event.place.ordinal, event.place.turn)
    behind = [each for each in house.pool_of(visit.service) if each.place > visit.place]
    passing = sum(each.place < spot for each in behind)
    if visit.postponements or passing != min(BEHIND, len(behind)):
        broken("choice", visit.number, "waits behind", passing, "more of", len(behind))
    visit.place, visit.is_next, visit.postponements = spot, False, 1


def _transferred(_house: House, visit: Visit, event: TicketTransferred) -> None:
    visit.service = event.to_service
    visit.reserved_counter, visit.reserved_teller = event.to_counter, event.to_teller
    visit.sender = event.return_to


def _sent_back(house: House, visit: Visit, event: TicketSentBack) -> None:
    sender, desk = visit.sender, house.desks[event.counter]
    if sender != event.return_to or sender is None or sender.teller == desk.teller:
        broken("ways", visit.number, "was sent by", sender, "not", event.return_to)
    visit.service, visit.sender = sender.service, None
    visit.reserved_counter, visit.reserved_teller = None, sender.teller


def _finished(house: House, visit: Visit, event: ServingFinished) -> None:
    sender, desk = visit.sender, house.desks[event.counter]
    goes_back = sender is not None and sender.teller != desk.teller and sender.counter != desk.id
    if goes_back and not desk.is_left:
        broken("ways", visit.number, "was to go back to", sender)


def _service_changed(_house: House, visit: Visit, event: ServiceChanged) -> None:
    visit.service, visit.reserved_counter, visit.is_next = event.service, None, False


def _priority_changed(_house: House, visit: Visit, event: PriorityChanged) -> None:
    visit.priority = event.priority


def _adviser(_house: House, visit: Visit, event: AdviserAsked) -> None:
    visit.reserved_teller, visit.is_next = event.teller, False


def _offered(expected: str, offer: str) -> Callable[[House, Visit, Any], None]:
    def check(_house: House, visit: Visit, event: Any) -> None:
        if visit.offer != expected:
            broken("ways", visit.number, "was offered a machine:", visit.offer, event)
        visit.offer = offer

    return check


def _undone(house: House, visit: Visit, event: ActUndone) -> None:
    """As it was before, but for the care given and the turns taken since."""
    desk = house.desks[event.counter]
    if desk.last is None or desk.last[0].number != visit.number or desk.ticket is not None:
        broken("ways", "nothing of", visit.number, "to undo at", desk.id)
    before, version = desk.last
    if visit.touched != version:
        broken("ways", visit.number, "was touched since", version, event)
    again = copy(before)
    again.by_rule, again.by_hand = visit.by_rule, visit.by_hand
    again.longer_grace, again.touched = visit.longer_grace, house.version
    del house.states[visit.state][visit.number]
    house.put(again)
    visit.touched = house.version
    desk.ticket, desk.last = again.number, None


ACTS: Mapping[type[Any], Callable[[House, Visit, Any], None]] = {
    TicketCalled: _called,
    TicketCalledAgain: _called_again,
    ServingPaused: _paused,
    ServingResumed: _paused,
    CustomerAbsent: _absent,
    CustomerReturned: _back,
    TicketRested: rested,
    RestEnded: rest_ended,
    TicketPostponed: _postponed,
    TicketTransferred: _transferred,
    TicketSentBack: _sent_back,
    ServingFinished: _finished,
    ServiceChanged: _service_changed,
    PriorityChanged: _priority_changed,
    AdviserAsked: _adviser,
    MachineOffered: _offered("", "open"),
    MachineAccepted: _offered("open", "accepted"),
    MachineDeclined: _offered("open", "declined"),
    MachineJobDone: _offered("accepted", "done"),
    ReturnedFromMachine: _offered("accepted", "returned"),
    ActUndone: _undone,
}
