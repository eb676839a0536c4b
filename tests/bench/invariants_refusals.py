"""What must not be refused: said of each kind of act by the documented rules."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from lobby.queueing.commands.command import CloseOutDay, Command, OpenDay, TakeBackDay
from lobby.queueing.commands.counter import (
    CallAgain,
    CallNext,
    CloseCounter,
    Finish,
    MarkAbsent,
    OpenCounter,
    PauseServing,
    ResumeCounter,
    ResumeServing,
    StartServing,
    Undo,
)
from lobby.queueing.commands.ticket import (
    BringBack,
    CancelTicket,
    ChangePriority,
    EndRest,
    Postpone,
    ReturnFromHold,
    ReturnFromRest,
    TakeTicket,
)
from lobby.queueing.model.ticket import TicketState as State
from tests.bench.invariants_model import OVER, RETURN_WITHIN, Desk, House, Visit, broken
from tests.bench.invariants_moves import NOT_CALLED

Possible = Callable[[House, Any, datetime], bool]


def check_refused(house: House, command: Command, refusal: Exception, now: datetime) -> None:
    """Where the act was possible, a refusal breaks the promise as an act against it would."""
    possible = POSSIBLE.get(type(command))
    if possible is not None and possible(house, command, now):
        broken("refusal", repr(refusal), "to", command)


def _desk(house: House, command: Any) -> Desk | None:
    desk = house.desks.get(command.counter)
    return desk if desk is not None and desk.is_open else None


def _here(house: House, command: Any, *states: State) -> Visit | None:
    """The customer at this counter, in one of these states."""
    desk, visit = _desk(house, command), house.visits.get(command.number)
    if desk is None or visit is None or desk.ticket != visit.number:
        return None
    return visit if visit.state in states else None


def _in_state(*states: State) -> Possible:
    def possible(house: House, command: Any, _now: datetime) -> bool:
        visit = house.visits.get(command.number)
        return visit is not None and visit.state in states

    return possible


def _at_counter(*states: State) -> Possible:
    def possible(house: House, command: Any, _now: datetime) -> bool:
        return _here(house, command, *states) is not None

    return possible


def _take(house: House, command: TakeTicket, _now: datetime) -> bool:
    machine = command.machine
    works = machine is None or (machine in house.plan.machines and machine not in house.down)
    return command.service in house.prefixes and works


def _is_free(house: House, command: Any) -> bool:
    desk = _desk(house, command)
    return desk is not None and not desk.is_paused and desk.ticket is None


def _call_next(house: House, command: CallNext, _now: datetime) -> bool:
    return _is_free(house, command) and house.reachable(house.desks[command.counter]) != []


def _undo(house: House, command: Undo, _now: datetime) -> bool:
    if not _is_free(house, command):
        return False
    last = house.desks[command.counter].last
    return last is not None and house.visits[last[0].number].touched == last[1]


def _absent(house: House, command: MarkAbsent, now: datetime) -> bool:
    visit = _here(house, command, State.CALLED)
    return visit is not None and house.absent_from(visit) <= now


def _serving(*, is_paused: bool) -> Possible:
    def possible(house: House, command: Any, _now: datetime) -> bool:
        visit = _here(house, command, State.SERVING)
        return visit is not None and visit.is_paused == is_paused

    return possible


def _bring_back(house: House, command: BringBack, now: datetime) -> bool:
    visit = house.visits.get(command.number)
    if visit is None or visit.state not in (State.ABSENT, State.CANCELLED) or visit.returns:
        return False
    return visit.gone_at is None or now - visit.gone_at <= RETURN_WITHIN


def _always(_house: House, _command: EndRest, _now: datetime) -> bool:
    return True


def _postpone(house: House, command: Postpone, _now: datetime) -> bool:
    visit = house.visits.get(command.number)
    return visit is not None and visit.state is State.WAITING and not visit.postponements


def _open(house: House, command: OpenCounter, now: datetime) -> bool:
    desk = house.desks.get(command.counter)
    known = command.services != () and all(code in house.prefixes for code in command.services)
    if desk is None or not known:
        return False
    return house.is_new_day(now) or not (desk.is_open or house.sits(command.teller))


def _resume(house: House, command: ResumeCounter, _now: datetime) -> bool:
    desk = _desk(house, command)
    return desk is not None and desk.is_paused


def _close(house: House, command: CloseCounter, _now: datetime) -> bool:
    desk = _desk(house, command)
    return desk is not None and desk.ticket is None


def _open_day(house: House, _command: OpenDay, now: datetime) -> bool:
    return house.is_new_day(now)


def _take_back(house: House, command: TakeBackDay, _now: datetime) -> bool:
    return house.turn is not None and command.day == house.day


def _close_out(house: House, command: CloseOutDay, _now: datetime) -> bool:
    is_left = any(visit.state not in OVER for visit in house.visits.values())
    is_open = any(desk.is_open for desk in house.desks.values())
    return command.version == house.version and (is_left or is_open)


POSSIBLE: Mapping[type[Command], Possible] = {
    TakeTicket: _take,
    CallNext: _call_next,
    CallAgain: _at_counter(State.CALLED),
    StartServing: _at_counter(State.CALLED),
    PauseServing: _serving(is_paused=False),
    ResumeServing: _serving(is_paused=True),
    Finish: _at_counter(State.SERVING),
    MarkAbsent: _absent,
    Undo: _undo,
    CancelTicket: _in_state(*NOT_CALLED, State.CALLED),
    ChangePriority: _in_state(*NOT_CALLED, State.CALLED),
    ReturnFromRest: _in_state(State.RESTING),
    EndRest: _always,
    ReturnFromHold: _in_state(State.ON_HOLD),
    BringBack: _bring_back,
    Postpone: _postpone,
    OpenCounter: _open,
    ResumeCounter: _resume,
    CloseCounter: _close,
    OpenDay: _open_day,
    TakeBackDay: _take_back,
    CloseOutDay: _close_out,
}
