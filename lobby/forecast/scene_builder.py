"""Make a scene of people and counters, wherever they come from: the hall now, or a recorded log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from lobby.forecast.draws import mixed
from lobby.forecast.knowledge import Knowledge
from lobby.forecast.scene import Chances, Counters, Floats, Groups, Ints, People, Rules, Scene
from lobby.queueing.model.priority import STRICT_ORDER, CallingRule, Order, Priority

MINUTE_S = 60.0

STEPS_MORE = 64
"""Steps allowed beyond four for each person: three may pass each of them."""


@dataclass(frozen=True, slots=True)
class SimulatedCustomer:
    """Somebody who waits. Times are seconds from now, so those of the past are negative; `only`
    is the one counter that may call (an index), `is_probe` somebody who asks without queueing."""

    service: str
    priority: Priority
    came_s: float
    clock_s: float
    overtakes: int = 0
    is_next: bool = False
    only: int | None = None
    is_probe: bool = False
    is_wanted: bool = True


@dataclass(frozen=True, slots=True)
class SimulatedCounter:
    """A counter that serves or will: `free_s` (replicates) is when it can call next."""

    services: frozenset[str]
    free_s: Floats
    speed: float = 1.0
    break_at_s: float = np.inf
    break_s: float = 0.0
    is_premium: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """Arrivals to come of one service and class, in 1/s."""

    service: str
    priority: Priority
    rate: float


@dataclass(slots=True)
class _Line:
    service: str
    priority: Priority
    serves: tuple[bool, ...]
    people: list[int] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SceneBuilder:
    """Builds scenes for one branch: its rule, how quick its services are, what it knows. With
    `follows_all` those to come have their lines even where they can pass nobody."""

    rule: CallingRule
    quickness: Callable[[str], float]
    knowledge: Knowledge
    follows_all: bool = False

    def scene(
        self,
        people: Sequence[SimulatedCustomer],
        counters: Sequence[SimulatedCounter],
        streams: Sequence[Stream],
        rng: np.random.Generator,
        replicates: int,
    ) -> Scene:
        """`people` in the order of their places."""
        order = sorted(range(len(counters)), key=lambda at: len(counters[at].services))
        ranked = [counters[at] for at in order]
        seat = {at: rank for rank, at in enumerate(order)}
        lines = self._lines(people, ranked, seat)
        lines += self._streams(streams, ranked, lines)
        pools, rows = self._jobs(lines)
        size = len(people)
        return Scene(
            Rules(self.rule.order, self.rule.overtakes_max, self.rule.keeps_next),
            self._people(people, lines, rng, replicates),
            self._groups(lines, rows, size),
            _counters(ranked, lines, replicates),
            Chances(
                pools,
                self.knowledge.between(),
                self.knowledge.absent_share,
                self.knowledge.absences.mean(),
            ),
            4 * size + STEPS_MORE,
        )

    def _pace(self, line: _Line) -> float:
        """Quickness over the promise, in 1/s."""
        within_s = self.rule.promise(line.priority).within_min * MINUTE_S
        return max(1e-9, self.quickness(line.service) / within_s)

    def _head_start_s(self, line: _Line) -> float:
        return self.rule.promise(line.priority).head_start_min * MINUTE_S

    def _lines(
        self,
        people: Sequence[SimulatedCustomer],
        counters: Sequence[SimulatedCounter],
        seat: dict[int, int],
    ) -> list[_Line]:
        """People whom the rule treats alike stand in one line, if an earlier place there also
        means at least as long a wait and as many overtakes; otherwise in a line of their own."""
        lines: list[_Line] = []
        tails: dict[tuple[object, ...], _Line] = {}
        for index, person in enumerate(people):
            key = (person.service, person.priority, person.only)
            line = tails.get(key)
            if line is None or not _may_follow(people[line.people[-1]], person):
                line = _Line(person.service, person.priority, _serves(person, counters, seat))
                tails[key] = line
                lines.append(line)
            line.people.append(index)
        return lines

    def _streams(
        self,
        streams: Sequence[Stream],
        counters: Sequence[SimulatedCounter],
        lines: Sequence[_Line],
    ) -> list[_Line]:
        """Lines of those to come who might pass somebody; alike ones are one line."""
        if self.rule.order is Order.FIRST_COME and not self.follows_all:
            return []
        merged: dict[tuple[object, ...], _Line] = {}
        for stream in streams:
            serves = tuple(stream.service in counter.services for counter in counters)
            key = (stream.priority, serves, round(3 * self.quickness(stream.service)))
            line = merged.get(key) or _Line(stream.service, stream.priority, serves)
            if self.follows_all or key in merged or self._may_pass(line, lines):
                line.streams.append(stream)
                merged[key] = line
        return list(merged.values())

    def _may_pass(self, coming: _Line, lines: Sequence[_Line]) -> bool:
        """Whoever has no more head start and no more pace than others never passes them."""
        strict = self.rule.order is Order.STRICT
        for line in lines:
            if not any(a and b for a, b in zip(line.serves, coming.serves, strict=True)):
                continue
            if strict and _rank(coming.priority) < _rank(line.priority):
                return True
            earlier = self._head_start_s(coming) > self._head_start_s(line)
            if not strict and (earlier or self._pace(coming) > self._pace(line)):
                return True
        return False

    def _jobs(self, lines: Sequence[_Line]) -> tuple[Floats, list[int]]:
        """The distinct rows of job lengths, and the row of each line."""
        jobs, rows = self.knowledge.jobs, dict[tuple[tuple[str, float], ...], int]()
        pools: list[Floats] = []
        found: list[int] = []
        for line in lines:
            parts = tuple((each.service, each.rate) for each in line.streams)
            key = parts or ((line.service, 1.0),)
            if key not in rows:
                rows[key] = len(pools)
                pools.append(mixed([jobs.pool(s) for s, _ in key], [rate for _, rate in key]))
            found.append(rows[key])
        return np.array(pools) if pools else np.ones((1, 1)), found

    def _people(
        self,
        people: Sequence[SimulatedCustomer],
        lines: Sequence[_Line],
        rng: np.random.Generator,
        replicates: int,
    ) -> People:
        size = len(people)
        group, following = np.zeros(size, dtype=np.int64), np.full(size, size, dtype=np.int64)
        for number, line in enumerate(lines):
            group[line.people] = number
            following[line.people[:-1]] = line.people[1:]
        ages_s = np.array([max(0.0, -person.came_s) for person in people])
        probe_tickets = np.array([person.is_probe for person in people], dtype=np.bool_)
        (of_leaving,) = rng.spawn(1)
        draws = of_leaving.standard_exponential((size, replicates)).T  # by person, as they came
        leaves_s = self.knowledge.leaving.remaining_s(ages_s, draws)
        return People(
            group,
            following,
            np.array([person.clock_s for person in people], dtype=np.float64),
            np.array([person.overtakes for person in people], dtype=np.int64),
            np.array([person.is_next for person in people], dtype=np.bool_),
            np.where(probe_tickets, -np.inf, leaves_s),
            np.array([person.is_wanted for person in people], dtype=np.bool_),
        )

    def _groups(self, lines: Sequence[_Line], rows: Sequence[int], size: int) -> Groups:
        classes = [line.priority for line in lines]
        return Groups(
            first=_ints([line.people[0] if line.people else size for line in lines]),
            pool=_ints(rows),
            head_start_s=_floats([self._head_start_s(line) for line in lines]),
            pace=_floats([self._pace(line) for line in lines]),
            full=_floats([self.rule.used_max * self.quickness(line.service) for line in lines]),
            rank=_floats([_rank(priority) for priority in classes]),
            rate=_floats([sum(stream.rate for stream in line.streams) for line in lines]),
            is_premium=np.array([each is Priority.PREMIUM for each in classes], dtype=np.bool_),
            is_assistance=np.array(
                [each is Priority.ASSISTANCE for each in classes], dtype=np.bool_
            ),
        )


def _may_follow(before: SimulatedCustomer, after: SimulatedCustomer) -> bool:
    return (
        after.clock_s >= before.clock_s
        and after.overtakes <= before.overtakes
        and not after.is_next
    )


def _serves(
    person: SimulatedCustomer, counters: Sequence[SimulatedCounter], seat: dict[int, int]
) -> tuple[bool, ...]:
    if person.only is not None:
        return tuple(rank == seat[person.only] for rank in range(len(counters)))
    return tuple(person.service in counter.services for counter in counters)


def _counters(
    counters: Sequence[SimulatedCounter], lines: Sequence[_Line], replicates: int
) -> Counters:
    """At least one counter, so that every array has a width: nobody sits at it."""
    if not counters:
        counters = [SimulatedCounter(frozenset(), np.full(replicates, np.inf))]
        lines = [_Line(each.service, each.priority, (False,)) for each in lines]
    return Counters(
        free_s=np.stack([counter.free_s for counter in counters], axis=1),
        serves=np.array([line.serves for line in lines], dtype=np.bool_).T.copy(),
        speed=_floats([counter.speed for counter in counters]),
        break_at_s=_floats([counter.break_at_s for counter in counters]),
        break_s=_floats([counter.break_s for counter in counters]),
        is_premium=np.array([counter.is_premium for counter in counters], dtype=np.bool_),
    )


def _rank(priority: Priority) -> int:
    return STRICT_ORDER.index(priority)


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _floats(values: Sequence[float]) -> Floats:
    return np.array(values, dtype=np.float64)
