"""The watcher: follows what the core decides beside it, and says where a promise is broken."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from lobby.queueing.commands.command import Command, OpenDay, TakeBackDay
from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.events.counter import (
    CounterAttended,
    CounterClosed,
    CounterEvent,
    CounterOpened,
    CounterPaused,
    CounterResumed,
    CounterUnattended,
)
from lobby.queueing.events.event import (
    ClockCorrected,
    DayClosedOut,
    DayOpened,
    DayTakenBack,
    Event,
    NumbersReserved,
)
from lobby.queueing.events.floor import (
    DutyLeft,
    DutySet,
    EscortEnded,
    EscortStarted,
    HelpCalled,
    HelpEnded,
    MachineReported,
)
from lobby.queueing.events.ticket import TicketCalled, TicketLapsed, TicketTaken
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.ticket import TicketState
from tests.bench import invariants_days as days
from tests.bench.invariants_model import House, Turn, broken
from tests.bench.invariants_moves import WAYS, move, take
from tests.bench.invariants_same import check_near, check_whole

OPENERS = (TakeTicket, OpenCounter, OpenDay)
"""What turns a day; any act may open the very first."""

WHOLE_EVERY = 64
"""So many acts lie between two looks at the whole hall; each act's own tickets are looked at."""

CALLS_BY_ONE_ACT = 2
"""Whoever arrives is called by an idle counter, and the counter that became free calls another."""

FOLLOWED = timedelta(seconds=2)
"""A clock that is set by no more than a leap second and a bit is followed at once."""


class Watch:
    """Fed with every act. `is_steady`: the times of events never go back (by more than nobody
    notices), but where the clock is corrected or the process begins anew."""

    def __init__(self, plan: Plan, *, is_steady: bool) -> None:
        self.house = House(plan)
        self.days = 0
        self._is_steady = is_steady
        self._last_at: datetime | None = None
        self._acts = 0

    def begin_anew(self) -> None:
        """The process starts again, by whatever clock the machine has now."""
        self._last_at = None

    def check_awake(self, now: datetime) -> None:
        """After a look of the day task nobody rests whose time was over."""
        visits = self.house.visits
        for number in self.house.states[TicketState.RESTING]:
            until = visits[number].rests[-1][1]
            if until <= now:
                broken("rest", number, "was to rest until", until, "and rests at", now)

    def accepted(
        self,
        command: Command,
        now: datetime,
        halls: Sequence[Hall],
        events: Sequence[Event],
        *,
        by_day_task: bool = False,
    ) -> None:
        """`halls` are one more than `events`: before the first, and after each."""
        house = self.house
        before = self._before(events)
        if by_day_task and isinstance(command, OpenDay):
            self._check_quiet()
        for event, hall in zip(events, halls[1:], strict=True):
            house.version += 1
            if hall.version != house.version:
                broken("version", hall.version, "after", event, "and not", house.version)
            self._check_time(event, now)
            self._apply(command, event, before)
        self._check_ends(events)
        self._acts += 1
        hall = halls[-1]
        is_special = any(isinstance(e, DayOpened | ClockCorrected | DayTakenBack) for e in events)
        if self._acts % WHOLE_EVERY == 0 or is_special:
            check_whole(house, hall)
        else:
            check_near(house, hall, events)

    def _before(self, events: Sequence[Event]) -> Turn | None:
        """The house before a turn or a closing out, to be held against what becomes of it."""
        is_turn = any(isinstance(event, DayOpened | DayClosedOut) for event in events)
        return Turn(self.house) if is_turn and self.house.day is not None else None

    def _apply(self, command: Command, event: Event, before: Turn | None) -> None:
        house, kind = self.house, type(event)
        if kind in WAYS:
            move(house, event)
        elif isinstance(event, TicketTaken):
            take(house, event)
        elif isinstance(event, DayOpened):
            if house.day is not None and not isinstance(command, OPENERS):
                broken("day", command, "turned the day")
            days.open_day(house, event, before)
            self.days += 1
        elif isinstance(event, NumbersReserved):
            days.reserve(house, event)
        elif isinstance(event, DayClosedOut):
            days.close_out(house, event, before)
        elif isinstance(event, ClockCorrected):
            days.correct(house, event, self._now)
        elif isinstance(event, DayTakenBack):
            days.take_back(house, event, command.by if isinstance(command, TakeBackDay) else "")
        else:
            _at_counter_or_floor(house, event)

    def _check_time(self, event: Event, now: datetime) -> None:
        """An event has the time of its act, and no event is before the one before it."""
        self._now = now
        is_correction = isinstance(event, ClockCorrected)
        if event.at != now and not is_correction:
            broken("time", event, "at", now)
        last_at, self._last_at = self._last_at, event.at
        if self._is_steady and not is_correction and last_at and event.at < last_at - FOLLOWED:
            broken("time", event, "is before", last_at)

    def _check_quiet(self) -> None:
        """By itself a day never turns while somebody is at a counter or waits for one."""
        desks = self.house.desks.values()
        if any(desk.ticket for desk in desks):
            broken("day", "turned by itself while somebody is at a counter")
        if self.house.waiting() and any(desk.serves for desk in desks):
            broken("day", "turned by itself while somebody waits for a counter")

    def _check_ends(self, events: Sequence[Event]) -> None:
        """Nobody lapses but by a day that turns or is closed out, and then it is said."""
        kinds = {type(event) for event in events}
        if TicketLapsed in kinds and not kinds & {DayOpened, DayClosedOut}:
            broken("record", "somebody lapsed, and no day ended:", events[-1])
        calls = [event for event in events if isinstance(event, TicketCalled)]
        counters, customers = {call.counter for call in calls}, {call.number for call in calls}
        if len(calls) > CALLS_BY_ONE_ACT or min(len(counters), len(customers)) < len(calls):
            broken("two counters", "so many calls by one act", calls)


def _at_counter_or_floor(house: House, event: Any) -> None:
    if isinstance(event, CounterEvent):
        _at_counter(house, event)
    else:
        _on_floor(house, event)


def _at_counter(house: House, event: Any) -> None:
    if isinstance(event, CounterOpened):
        desk = house.desks[event.counter]
        if desk.is_open or house.sits(event.teller):
            broken("two counters", event.teller, "sits already, or", desk.teller, "does")
        desk.is_open, desk.is_paused, desk.last = True, False, None
        desk.teller, desk.services, desk.ticket = event.teller, event.services, None
    elif isinstance(event, CounterPaused | CounterResumed | CounterClosed):
        desk = house.desks[event.counter]
        is_resumed = isinstance(event, CounterResumed)
        if not desk.is_open or desk.ticket is not None or (is_resumed and not desk.is_paused):
            broken("ways", "counter", desk.id, "with", desk.ticket, "at", event)
        desk.is_paused = isinstance(event, CounterPaused)
        if isinstance(event, CounterClosed):
            desk.close()
    elif isinstance(event, CounterUnattended | CounterAttended):
        desk, is_left = house.desks[event.counter], isinstance(event, CounterUnattended)
        if not desk.is_open or desk.is_left == is_left:
            broken("ways", "counter", desk.id, "is so already:", event)
        desk.is_left = is_left


def _on_floor(house: House, event: Any) -> None:
    if isinstance(event, MachineReported):
        house.report_machine(event.machine, event.state)
    elif isinstance(event, HelpCalled):
        house.help_calls.append(house.version)
    elif isinstance(event, HelpEnded):
        house.help_calls.remove(event.help_id)
    elif isinstance(event, EscortStarted):
        house.escorts.append(house.version)
    elif isinstance(event, EscortEnded):
        house.escorts.remove(event.escort_id)
    elif isinstance(event, DutySet):
        house.on_duty.add(event.staff)
    elif isinstance(event, DutyLeft):
        house.on_duty.remove(event.staff)
