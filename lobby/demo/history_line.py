"""A past day of the demo's branch, played without its hall: who waited, who was called by whom, and
who left. As in the hall, the one who has used most of the promised time is called first, and nobody
is passed by more than the rule allows."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from lobby.demo import hours
from lobby.demo.arrivals import SHORTENED
from lobby.demo.history import DayOfPast
from lobby.demo.history_people import Guest
from lobby.demo.tellers import (
    BREAK_AFTER_OTHERS_MIN,
    BREAKS_MIN,
    COMES_BACK_SHARE,
    LONGEST,
    NEVER_COMES_SHARE,
    SHORTEST,
    SPREAD,
    Seat,
)

GRACE = timedelta(seconds=100)
"""From the first call until a teller goes on without who does not come."""


@dataclass(slots=True)
class Served:
    """What became of one guest in the line; none of it where they left or were never called."""

    counter: str = ""
    teller: str = ""
    called_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    overtakes: int = 0
    is_absent: bool = False
    ahead: int = 0
    open_counters: int = 1


@dataclass(slots=True)
class AtWork:
    """A teller's day at a counter: when they are free again, and the breaks to come."""

    seat: Seat
    free_at: datetime
    breaks: list[tuple[datetime, timedelta]]
    opened_at: datetime
    closed_at: datetime | None = None
    paused_s: float = 0.0
    is_idle: bool = False


@dataclass(slots=True)
class LineOfDay:
    """Plays the guests through the counters; see `play`."""

    past: DayOfPast
    guests: Sequence[Guest]
    seats: Sequence[Seat]
    draw: Random
    outcomes: list[Served] = field(default_factory=list)
    tellers: list[AtWork] = field(default_factory=list)
    _waiting: list[int] = field(default_factory=list)
    _agenda: list[tuple[datetime, int, str, int]] = field(default_factory=list)
    _turn: Iterator[int] = field(default_factory=count)

    def play(self) -> None:
        """Fills `outcomes`, one for each guest, and `tellers`."""
        plan, day = self.past.plan, self.past.day
        self.outcomes = [Served() for _guest in self.guests]
        opens, closes = hours.at(plan, day, hours.OPENS), hours.at(plan, day, hours.CLOSES)
        empties = hours.at(plan, day, hours.EMPTIES)
        self.tellers = [_at_work(seat, opens) for seat in self.seats]
        for index, guest in enumerate(self.guests):
            if guest.joins_at is not None:
                self._add(guest.joins_at, "joins", index)
        for index, teller in enumerate(self.tellers):
            self._add(teller.free_at, "free", index)
        while self._agenda:
            at, _turn, what, index = heapq.heappop(self._agenda)
            match what:
                case "joins":
                    self._join(index, at)
                case "leaves":
                    self._leave(index, at)
                case _:
                    self._free(self.tellers[index], at, closes, empties)
        for teller in self.tellers:
            teller.closed_at = max(teller.closed_at or closes, closes)

    def _add(self, at: datetime, what: str, index: int) -> None:
        heapq.heappush(self._agenda, (at, next(self._turn), what, index))

    def _join(self, index: int, at: datetime) -> None:
        guest, outcome = self.guests[index], self.outcomes[index]
        able = [t for t in self.tellers if guest.service in t.seat.services and not t.closed_at]
        mine = {code for teller in able for code in teller.seat.services}
        outcome.ahead = sum(self.guests[other].service in mine for other in self._waiting)
        outcome.open_counters = max(1, len(able))
        self._waiting.append(index)
        if guest.leaves_at is not None:
            self._add(max(at, guest.leaves_at), "leaves", index)
        for teller in able:
            if teller.is_idle:
                teller.is_idle = False
                self._add(at, "free", self.tellers.index(teller))
                return

    def _leave(self, index: int, at: datetime) -> None:
        if index in self._waiting:
            self._waiting.remove(index)
            self.outcomes[index].ended_at = at

    def _free(self, teller: AtWork, at: datetime, closes: datetime, empties: datetime) -> None:
        if at < teller.free_at or teller.closed_at is not None:
            return  # busy, or gone: there is another turn for it
        if teller.breaks and at >= teller.breaks[0][0] and at < closes:
            _at, lasts = teller.breaks.pop(0)
            teller.paused_s += lasts.total_seconds()
            teller.free_at = at + lasts
            self._add(teller.free_at, "free", self.tellers.index(teller))
            return
        chosen = self._chosen(teller, at)
        if chosen is not None and at < empties:
            self._serve(teller, chosen, at)
        elif at >= closes:
            teller.closed_at = at
        else:
            teller.is_idle = True
            self._add(max(at, closes), "free", self.tellers.index(teller))

    def _chosen(self, teller: AtWork, at: datetime) -> int | None:
        """Who has used most of the promised time; first of all who must not be passed any more."""
        mine = [i for i in self._waiting if self.guests[i].service in teller.seat.services]
        if not mine:
            return None
        calling = self.past.plan.calling
        full = [i for i in mine if self.outcomes[i].overtakes >= calling.overtakes_max]
        if full:
            return full[0]

        def used(index: int) -> float:
            guest = self.guests[index]
            promise = calling.promise(guest.priority)
            assert guest.joins_at is not None, "who waits has come"
            waited_min = (at - guest.taken_at).total_seconds() / 60 + promise.head_start_min
            return waited_min / promise.within_min

        return max(mine, key=used)

    def _serve(self, teller: AtWork, index: int, at: datetime) -> None:
        guest, outcome = self.guests[index], self.outcomes[index]
        place = self._waiting.index(index)
        for other in self._waiting[:place]:
            if self.guests[other].service in teller.seat.services:
                self.outcomes[other].overtakes += 1
        self._waiting.pop(place)
        outcome.counter, outcome.teller = teller.seat.counter, teller.seat.teller
        outcome.called_at = at
        if self.draw.random() < NEVER_COMES_SHARE * (1 - COMES_BACK_SHARE):
            outcome.is_absent, outcome.ended_at = True, at + GRACE
        else:
            outcome.started_at = at + timedelta(seconds=self.draw.uniform(10, 40))
            outcome.ended_at = outcome.started_at + self._serving_time(guest)
        pause = timedelta(seconds=self.draw.uniform(5, 30))
        teller.free_at = outcome.ended_at + pause
        self._add(teller.free_at, "free", self.tellers.index(teller))

    def _serving_time(self, guest: Guest) -> timedelta:
        usual_min = self.past.plan.services[guest.service].minutes
        minutes = usual_min * SHORTENED * self.draw.lognormvariate(-(SPREAD**2) / 2, SPREAD)
        return min(LONGEST, max(SHORTEST, timedelta(minutes=minutes)))


def _at_work(seat: Seat, opens: datetime) -> AtWork:
    comes_at = opens + timedelta(seconds=20 + 15 * seat.turn)
    late = timedelta(minutes=BREAK_AFTER_OTHERS_MIN * seat.turn)
    breaks = [
        (opens + timedelta(minutes=after) + late, timedelta(minutes=lasts))
        for after, lasts, _reason in BREAKS_MIN
    ]
    return AtWork(seat, comes_at, breaks, comes_at)
