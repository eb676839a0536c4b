"""The demo's tellers: they call, serve, hold, pause and finish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from lobby.demo import hours
from lobby.demo.agenda import Act, Agenda
from lobby.demo.arrivals import SHORTENED
from lobby.demo.commands import DemoCommands
from lobby.queueing.calling import select as calling
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import (
    CallAgain,
    CallNext,
    CloseCounter,
    Finish,
    Hold,
    MarkAbsent,
    OpenCounter,
    PauseCounter,
    ResumeCounter,
    StartServing,
    Transfer,
)
from lobby.queueing.commands.ticket import BringBack, ReturnFromHold
from lobby.queueing.decide.absence import absent_from
from lobby.queueing.model.ticket import TicketState
from lobby.screens.words import HOLD_REASONS, PAUSE_REASONS

COMES_LATE_SHARE, NEVER_COMES_SHARE = 0.08, 0.06
COMES_BACK_SHARE = 0.45
HOLD_SHARE, TRANSFER_SHARE = 0.05, 0.04
SPREAD = 0.45
"""Of the logarithm of a serving's length: most are short, a few are long."""

SHORTEST, LONGEST = timedelta(seconds=40), timedelta(minutes=60)
LUNCH, SHORT_BREAK = PAUSE_REASONS[:2]
BREAKS_MIN = ((90, 8, SHORT_BREAK), (210, 25, LUNCH), (390, 8, SHORT_BREAK))
"""Minutes after opening, how long, and why; each teller some minutes after the one before."""

BREAK_AFTER_OTHERS_MIN = 26


@dataclass(frozen=True, slots=True)
class Break:
    at: datetime
    lasts: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class Seat:
    """`turn` counts the tellers from 0: they take their breaks one after the other."""

    counter: str
    teller: str
    services: tuple[str, ...]
    turn: int


class Teller:
    """One working day at one counter. Each step says when the next one is; a teller who is refused
    looks again at what is there, like anybody whose screen has fallen behind."""

    def __init__(
        self, agenda: Agenda, hands: DemoCommands, seat: Seat, day: date, seed: int
    ) -> None:
        self._agenda, self._hands, self._seat = agenda, hands, seat
        self._draw = Random(f"{seed} counter {seat.counter} {day}")  # noqa: S311 - a play
        plan = hands.branch.plan
        opens = hours.at(plan, day, hours.OPENS)
        self._closes = hours.at(plan, day, hours.CLOSES)
        self._empties = hours.at(plan, day, hours.EMPTIES)
        late = timedelta(minutes=BREAK_AFTER_OTHERS_MIN * seat.turn)
        self._breaks = [
            Break(opens + timedelta(minutes=after) + late, timedelta(minutes=lasts), reason)
            for after, lasts, reason in BREAKS_MIN
        ]
        agenda.add(opens + timedelta(seconds=20 + 15 * seat.turn), self._come)

    async def _come(self, at: datetime) -> None:
        seat = self._seat
        open_counter = OpenCounter(seat.counter, seat.teller, seat.services)
        if await self._does(open_counter, at):
            self._later(at, 20, 60, self._next)

    async def _next(self, at: datetime) -> None:
        if at >= self._closes and (at >= self._empties or not self._somebody_waits()):
            await self._does(CloseCounter(self._seat.counter), at)
        elif self._breaks and at >= self._breaks[0].at:
            await self._take_break(at)
        else:
            await self._call(at)

    async def _does(self, command: Command, at: datetime) -> bool:
        """False where it was refused; then the teller looks again in a moment."""
        outcome = await self._hands.do(command)
        if outcome is None:
            self._later(at, 5, 20, self._look)
        return outcome is not None

    async def _look(self, at: datetime) -> None:
        """What is to be done here now, whatever was meant to be."""
        counter = self._hands.branch.hall.counters[self._seat.counter]
        ticket = self._hands.ticket(counter.ticket or "")
        if counter.teller != self._seat.teller:
            return  # closed, or taken by a visitor: the seat is theirs for today
        if counter.is_paused:
            await self._come_back(at)
        elif ticket is None:
            await self._next(at)
        elif ticket.state is TicketState.SERVING:
            await self._end(ticket.number, at)
        elif absent_from(self._hands.branch.plan, ticket) is None:
            await self._call_again(ticket.number, at, comes=False)
        else:
            await self._give_up(ticket.number, at)

    async def _take_break(self, at: datetime) -> None:
        pause = self._breaks.pop(0)
        if await self._does(PauseCounter(self._seat.counter, pause.reason), at):
            self._agenda.add(at + pause.lasts, self._come_back)

    async def _come_back(self, at: datetime) -> None:
        if await self._does(ResumeCounter(self._seat.counter), at):
            self._later(at, 5, 20, self._next)

    async def _call(self, at: datetime) -> None:
        if not self._somebody_waits():
            self._later(at, 15, 45, self._next)
            return
        if not await self._does(CallNext(self._seat.counter), at):
            return
        number = self._hands.branch.hall.counters[self._seat.counter].ticket or ""
        luck = self._draw.random()
        if luck < NEVER_COMES_SHARE:
            self._later(at, 40, 60, partial(self._call_again, number, comes=False))
        elif luck < NEVER_COMES_SHARE + COMES_LATE_SHARE:
            self._later(at, 40, 60, partial(self._call_again, number, comes=True))
        else:
            self._later(at, 10, 40, partial(self._start, number))

    async def _call_again(self, number: str, at: datetime, *, comes: bool) -> None:
        if not await self._does(CallAgain(self._seat.counter, number), at):
            return
        if comes:
            self._later(at, 15, 30, partial(self._start, number))
        else:
            self._later(self._grace_ends(number, at), 1, 20, partial(self._give_up, number))

    def _grace_ends(self, number: str, at: datetime) -> datetime:
        """As the branch's own clock has it, which may be ahead of the agenda."""
        ticket = self._hands.ticket(number)
        ends_at = absent_from(self._hands.branch.plan, ticket) if ticket else None
        return max(at, ends_at or at)

    async def _give_up(self, number: str, at: datetime) -> None:
        at = self._grace_ends(number, at)
        if not await self._does(MarkAbsent(self._seat.counter, number), at):
            return
        if self._draw.random() < COMES_BACK_SHARE:
            self._later(at, 120, 540, partial(self._bring_back, number))
        self._later(at, 5, 20, self._next)

    async def _bring_back(self, number: str, _at: datetime) -> None:
        await self._hands.do(BringBack(number))

    async def _start(self, number: str, at: datetime) -> None:
        if await self._does(StartServing(self._seat.counter, number), at):
            self._agenda.add(at + self._serving_time(number), partial(self._end, number))

    async def _end(self, number: str, at: datetime) -> None:
        luck = self._draw.random()
        if luck < HOLD_SHARE:
            is_done = await self._hold(number, at)
        elif luck < HOLD_SHARE + TRANSFER_SHARE:
            is_done = await self._transfer(number, at)
        else:
            is_done = await self._does(Finish(self._seat.counter, number), at)
        if is_done:
            self._later(at, 5, 30, self._next)

    async def _hold(self, number: str, at: datetime) -> bool:
        reason = self._draw.choice(HOLD_REASONS)
        is_held = await self._does(Hold(self._seat.counter, number, reason), at)
        if is_held:
            self._later(at, 120, 400, partial(self._return_from_hold, number))
        return is_held

    async def _return_from_hold(self, number: str, _at: datetime) -> None:
        await self._hands.do(ReturnFromHold(number))

    async def _transfer(self, number: str, at: datetime) -> bool:
        ticket = self._hands.ticket(number)
        here = ticket.service if ticket else ""
        service = self._draw.choice([c for c in self._hands.branch.plan.services if c != here])
        return await self._does(Transfer(self._seat.counter, number, to_service=service), at)

    def _serving_time(self, number: str) -> timedelta:
        ticket = self._hands.ticket(number)
        service = self._hands.branch.plan.services.get(ticket.service if ticket else "")
        usual_min = service.minutes if service else 1.0
        minutes = usual_min * SHORTENED * self._draw.lognormvariate(-(SPREAD**2) / 2, SPREAD)
        return min(LONGEST, max(SHORTEST, timedelta(minutes=minutes)))

    def _somebody_waits(self) -> bool:
        hall = self._hands.branch.hall
        return calling.eligible_count(hall, hall.counters[self._seat.counter]) > 0

    def _later(self, at: datetime, least_s: float, most_s: float, act: Act) -> None:
        self._agenda.add(at + timedelta(seconds=self._draw.uniform(least_s, most_s)), act)


def seats(
    pools: Sequence[tuple[str, ...]], counters: Sequence[str], tellers: Sequence[str]
) -> list[Seat]:
    """Who sits where. The first two serve the first two pools, the third all but the first; whoever
    comes last serves everything, so nobody waits in vain."""
    everything = tuple(code for pool in pools for code in pool)
    common = everything[: sum(map(len, pools[:2]))]
    skills = [common, common, everything[len(pools[0]) :]]
    special = [services or everything for services in skills[: len(tellers) - 1]]
    chosen = special + [everything] * (len(tellers) - len(special))
    taken = zip(counters, tellers, chosen, strict=False)
    return [Seat(*seat, turn) for turn, seat in enumerate(taken)]
