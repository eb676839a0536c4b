"""A branch played on the pure core, with the watcher beside it; and what fails made as short as it
can be."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from lobby.queueing.commands.command import (
    CloseOutDay,
    Command,
    CorrectClock,
    OpenDay,
    TakeBackDay,
)
from lobby.queueing.commands.ticket import EndRest
from lobby.queueing.decide import dispatch as deciding
from lobby.queueing.decide.day import is_left_open, is_quiet
from lobby.queueing.events.event import DayOpened, Event
from lobby.queueing.evolve import dispatch as evolving
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.overview import over_now
from lobby.queueing.refusals.refusal import Refusal
from lobby.store.log import decode, encode
from tests.bench.invariants_model import Broken, broken
from tests.bench.invariants_refusals import check_refused
from tests.bench.invariants_watch import Watch
from tests.bench.invariants_world import Crowd, Hands, World

TWICE_EVERY = 16
"""Every so many acts one is decided a second time, and must come out the same."""

DAY_TASK_EVERY = 16
CLOSED_OUT_AFTER_S = 1_800.0
IS_DIFFERENT = "the same act on the same hall was decided in two ways:"


class Step(NamedTuple):
    """An act at a time; `by_day_task`: nobody asked; `is_first` of a process that began anew."""

    now: datetime
    command: Command
    by_day_task: bool = False
    is_first: bool = False


class Game:
    """One hall from its first act on. Raises `Broken`."""

    def __init__(self, world: World) -> None:
        self.hall = self.first = Hall.empty(world.plan)
        self.watch = Watch(world.plan, is_steady=world.is_steady)
        self.log: list[Event] = []
        self.accepted = self.refused = 0
        self._before_turn: Hall | None = None

    def play(self, step: Step) -> bool:
        """Whether it was accepted. A crash of the core is a broken promise too."""
        try:
            return self._play(step)
        except Broken:
            raise
        except Exception as error:
            raise Broken("crash", f"{error!r} at {step.command}") from error

    def _play(self, step: Step) -> bool:
        if step.is_first:
            self.watch.begin_anew()
        now, command, hall = step.now, step.command, self.hall
        if isinstance(command, TakeBackDay):
            hall = replace(hall, before_turn=self._before_turn)
        try:
            events = deciding.decide(hall, command, now)
        except Refusal as refusal:
            self.refused += 1
            check_refused(self.watch.house, command, refusal, now)
            self._check_again(hall, command, now, None)
            return False
        self.accepted += 1
        self._check_again(hall, command, now, events)
        halls = [self.hall]
        for event in events:
            halls.append(evolving.evolve(halls[-1], event))
        if _turns(events):
            self._before_turn = self.hall if self.hall.day is not None else None
        self.watch.accepted(command, now, halls, events, by_day_task=step.by_day_task)
        self.hall = halls[-1]
        self.log += events
        return True

    def _check_again(
        self, hall: Hall, command: Command, now: datetime, events: Sequence[Event] | None
    ) -> None:
        """Nothing but the hall, the act and the time decides."""
        if (self.accepted + self.refused) % TWICE_EVERY:
            return
        try:
            again = deciding.decide(hall, command, now)
        except Refusal:
            if events is not None:
                broken("deterministic", IS_DIFFERENT, command)
            return
        if again != events:
            broken("deterministic", IS_DIFFERENT, command)

    def finish(self) -> None:
        """What was written down makes the same hall: no refusal and no decision has changed one."""
        hall = self.first
        for event in self.log:
            hall = evolving.evolve(hall, decode(type(event).__name__, encode(event).decode()))
        if hall != self.hall:
            broken("replay", "the log makes another hall than the one in memory")


def _turns(events: Sequence[Event]) -> bool:
    return any(isinstance(event, DayOpened) for event in events)


class Round:
    """One seed: its world is played to the end, or to what is broken."""

    def __init__(self, seed: int) -> None:
        self.world = World(seed)
        self.game = Game(self.world)
        self.steps: list[Step] = []
        self.broken: Broken | None = None
        self._chance = Random(f"hands-{seed}")
        self._hands = Hands(self.world, self._chance)
        self._crowd = Crowd(
            self._chance, self.game.watch.house, sets_clock=not self.world.is_steady
        )
        self._began_at = 0
        self._is_first = True
        self._acted_at: datetime | None = None

    def play(self) -> None:
        try:
            for index in range(self.world.steps):
                self._hands.pass_on()
                if index % DAY_TASK_EVERY == 0 and self.world.is_steady:
                    self._keep_day()
                self._act(self._crowd.act(self.game.hall))
            self.game.finish()
        except Broken as found:
            self.broken = found

    def _act(self, command: Command, *, by_day_task: bool = False) -> bool:
        now = self._hands.now(is_empty=self.game.hall.day is None)
        step = Step(now, command, by_day_task, self._is_first)
        self._is_first = False
        self.steps.append(step)
        was_accepted = self.game.play(step)
        if was_accepted:
            self._acted_at = now
        return was_accepted

    def _keep_day(self) -> None:
        """As the day task does: follow the clock, close out who was forgotten, turn at night."""
        hands, luck = self._hands, self._chance.random()
        if luck < 0.02:
            hands.start_again()
            self._began_at, self._is_first = self.game.hall.version, True
        elif luck < 0.1:
            hands.judge()
        hands.steady.settle()
        shift_s = hands.behind_s
        if shift_s and self.game.hall.day is not None:
            right_until = self._began_at if self._chance.random() < 0.3 else 0
            command = CorrectClock(shift_s, self._began_at, right_until, "minh")
            if self._act(command, by_day_task=True):
                hands.recorded(shift_s)
        now, hall = hands.now(is_empty=self.game.hall.day is None), self.game.hall
        last_at = self._acted_at
        is_idle = last_at is not None and (now - last_at).total_seconds() >= CLOSED_OUT_AFTER_S
        if last_at is not None and is_idle and is_left_open(hall):
            self._act(CloseOutDay(last_at, hall.version), by_day_task=True)
        now = hands.now(is_empty=self.game.hall.day is None)
        if is_quiet(self.game.hall, now):
            self._act(OpenDay(), by_day_task=True)
        self._wake()

    def _wake(self) -> None:
        """Whose time is over waits again."""
        now = self._hands.now(is_empty=self.game.hall.day is None)
        for number in over_now(self.game.hall, now):
            self._act(EndRest(number), by_day_task=True)
        self.game.watch.check_awake(now)


def replayed(world: World, steps: Iterable[Step]) -> Broken | None:
    """What these acts break, on a hall of this world; None where they break nothing."""
    game = Game(world)
    try:
        for step in steps:
            game.play(step)
        game.finish()
    except Broken as found:
        return found
    return None


def shrunk(world: World, steps: Sequence[Step], rule: str, tries: int = 2_000) -> list[Step]:
    """The fewest of these acts that still break this rule, by leaving out ever smaller parts."""

    def still_breaks(some: Sequence[Step]) -> bool:
        found = replayed(world, some)
        return found is not None and found.rule == rule

    kept, size = list(steps), max(1, len(steps) // 2)
    while tries > 0:
        at, has_shrunk = 0, False
        while at < len(kept) and tries > 0:
            tries -= 1
            fewer = [
                *kept[:at],
                *(s for s in kept[at : at + size] if _stays(s)),
                *kept[at + size :],
            ]
            if len(fewer) < len(kept) and still_breaks(fewer):
                kept, has_shrunk = fewer, True
            else:
                at += size
        if size == 1 and not has_shrunk:
            break
        size = max(1, size // 2)
    return kept


def _stays(step: Step) -> bool:
    """Without its correction a clock would seem to run back by itself."""
    return isinstance(step.command, CorrectClock) or step.is_first
