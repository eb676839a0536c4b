"""One counter more or fewer over the next hour, on the same simulation that tells the waits.

Everybody who waits and everybody who comes within the window is followed until called; what a
counter changes is the share called within the promise of their class.
"""

from collections import Counter as Counts
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from msgspec import structs

from lobby.forecast.forward import Run
from lobby.forecast.kernel import Following, library
from lobby.forecast.kernel import run as run_compiled
from lobby.forecast.knowledge import Knowledge
from lobby.forecast.outlook import Outlook, WhatIf
from lobby.forecast.random_numbers import RandomNumbers, draw
from lobby.forecast.reading import Reader
from lobby.forecast.scene import Floats, Ints, Scene
from lobby.forecast.scene_builder import SceneBuilder, Stream
from lobby.queueing.calling.score import quickness
from lobby.queueing.model.counter import Counter, CounterSession
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.priority import STRICT_ORDER

WINDOW_S = 45 * 60.0
"""Those who come within this time are counted."""

REPLICATES = 100
STEPS_MAX = 4000
NOBODY = ""

NEVER_S = 1e7
"""Long after everybody is gone, yet a number to reckon with."""


def what_if(hall: Hall, now: datetime, knowledge: Knowledge, seed: int = 0) -> WhatIf:
    """Every counter that could open, with the services it last had, and every one that could
    close. The same chances are drawn for each, so that differences are the counter's."""
    streams = _streams(hall, now, knowledge)
    return WhatIf(
        outlook(hall, now, knowledge, streams, seed=seed),
        {
            counter: outlook(with_counter(hall, counter, now), now, knowledge, streams, seed=seed)
            for counter in could_open(hall)
        },
        {
            counter: outlook(without_counter(hall, counter), now, knowledge, streams, seed=seed)
            for counter in could_close(hall)
        },
    )


def could_open(hall: Hall) -> tuple[str, ...]:
    """The first closed counter, and those on pause: opening one rather than another is the
    branch's to decide, unless they serve different things."""
    found: dict[frozenset[str], str] = {}
    for counter in hall.counters.values():
        if not counter.is_serving and counter.id in hall.plan.counters:
            found.setdefault(frozenset(_services(hall, counter)), counter.id)
    return tuple(counter for services, counter in found.items() if services)


def could_close(hall: Hall) -> tuple[str, ...]:
    """Every counter that serves, as long as another does."""
    serving = [counter.id for counter in hall.counters.values() if counter.is_serving]
    return tuple(serving) if len(serving) > 1 else ()


def with_counter(hall: Hall, counter_id: str, now: datetime) -> Hall:
    """The hall with this counter open and idle."""
    services = _services(hall, hall.counters[counter_id])
    session = CounterSession(NOBODY, services, opened_at=now)
    return _with(hall, Counter(counter_id, session))


def without_counter(hall: Hall, counter_id: str) -> Hall:
    """The hall as if this counter had finished with its customer and closed."""
    return _with(hall, Counter(counter_id))


def outlook(
    hall: Hall,
    now: datetime,
    knowledge: Knowledge,
    streams: Sequence[Stream],
    *,
    seed: int = 0,
    replicates: int = REPLICATES,
) -> Outlook:
    """What becomes of those who wait and of these streams in this hall."""
    rng = np.random.default_rng(seed)
    reader = Reader(hall, now, knowledge, rng, replicates)
    waiting = sorted(hall.waiting_tickets(), key=lambda ticket: ticket.place)
    people = [reader.person(ticket) for ticket in waiting]
    come = sum(stream.rate for stream in streams) * WINDOW_S
    if not people and not streams:
        return Outlook(0.0, 0.0)
    plan = hall.plan
    assembly = SceneBuilder(
        plan.calling, lambda code: quickness(plan, code), knowledge, follows_all=True
    )
    scene = assembly.scene(people, reader.simulated_counters(), streams, rng, replicates)
    steps = min(STEPS_MAX, 4 * (len(people) + int(2 * come)) + 200)
    kept = _kept(replace(scene, steps_max=steps), rng, _promises(hall, scene))
    return Outlook(len(people) + come, min(len(people) + come, kept))


def _kept(scene: Scene, rng: np.random.Generator, within_s: Floats) -> float:
    """Called within their promise, who waits and who is to come, on average over the replicates."""
    numbers, found = draw(scene, rng), library()
    horizon_s = WINDOW_S + float(within_s.max())
    if found is None:
        followed = _Followed(scene, numbers, within_s, horizon_s)
        starts_s, to_come = followed.run()
    else:
        following = Following(horizon_s, WINDOW_S, within_s, NEVER_S)
        starts_s, to_come = run_compiled(found, scene, numbers, following)
    people = scene.people
    in_time = starts_s - people.clock_s <= within_s[people.group]
    return (int(in_time.sum()) + to_come) / scene.replicates


class _Followed(Run):
    """A run that also counts those to come; counters wait for them."""

    def __init__(
        self, scene: Scene, numbers: RandomNumbers, within_s: Floats, horizon_s: float
    ) -> None:
        super().__init__(scene, numbers)
        self.within_s, self.horizon_s = np.append(within_s, 0.0), horizon_s
        self.free_s[:, :-1] = np.minimum(self.free_s[:, :-1], NEVER_S)
        self.kept_to_come = 0

    def run(self) -> tuple[Floats, int]:
        """When people are called, and how many of those to come are called in time."""
        for step in range(self.scene.steps_max):
            if step % 4 == 0 and bool((self.free_s.min(axis=1) >= self.horizon_s).all()):
                break
            self.step(step)
        return self.starts_s[:, : self.scene.size], self.kept_to_come

    def record(self, slot: Ints, line: Ints, now_s: Floats) -> None:
        super().record(slot, line, now_s)
        came_s = self.heads.from_s[self.rows, line]
        is_to_come = slot - self.heads.row_slots == self.scene.size
        counted = is_to_come & (came_s <= WINDOW_S)
        self.kept_to_come += int((counted & (now_s - came_s <= self.within_s[line])).sum())

    def idle(self, rows: Ints, counter: Ints, now_s: Floats) -> None:
        """Until the next of those to come whom the counter serves."""
        served = self.heads.tables.barred[counter[rows]] == 0.0
        from_s = self.heads.from_s[rows]
        next_s = np.where(served & (from_s > now_s[rows][:, None]), from_s, NEVER_S).min(axis=1)
        self.free_s[rows, counter[rows]] = np.minimum(next_s, NEVER_S)


def _promises(hall: Hall, scene: Scene) -> Floats:
    """The promise of each line in seconds: a head start shortens the way to a call, not that."""
    rule = hall.plan.calling
    within_s = [rule.promise(priority).within_min * 60 for priority in STRICT_ORDER]
    return np.array(within_s)[scene.groups.rank.astype(np.int64)]


def _streams(hall: Hall, now: datetime, knowledge: Knowledge) -> list[Stream]:
    """Those to come, whether or not anybody serves them now: a new counter may."""
    return _Coming(hall, now, knowledge, np.random.default_rng(0), 1).streams()


class _Coming(Reader):
    def served(self) -> set[str]:
        return set(self.hall.plan.services)


def _services(hall: Hall, counter: Counter) -> tuple[str, ...]:
    """What the counter served last; of one that has not opened today what most counters serve."""
    if counter.session is not None:
        return counter.session.services
    others = Counts(c.services for c in hall.counters.values() if c.is_open)
    return others.most_common(1)[0][0] if others else tuple(hall.plan.services)


def _with(hall: Hall, counter: Counter) -> Hall:
    return structs.replace(hall, counters={**hall.counters, counter.id: counter})
