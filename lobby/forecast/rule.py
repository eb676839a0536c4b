"""The branch's calling rule on many replicates of a hall at once.

The same rule as `lobby.queueing.calling`, person by person (a test holds the two together): who
may be passed no more or was shown as next comes first, by place; else the largest used share of
the promise times quickness. Lines are made so that only their heads need be looked at.

A step of the simulation is a few dozen operations on small arrays, so what a head's key is made of
is kept up to date when the head changes instead of being worked out at each look.
"""

from dataclasses import dataclass

import numpy as np

from lobby.forecast.scene import Bools, Floats, Ints, Scene
from lobby.queueing.priority import Order

PINNED, PER_PLACE = 1e9, 1e3
"""Added to the keys of those who may not be passed: above any score, earlier places higher."""

TIE = 1e-10
"""Per place: of equal scores the earlier place is called."""

FAR_S = 1e12
"""The time of a replicate in which nobody can be called any more: finite, to reckon with."""

NOWHERE = 1e6
"""The place of nobody: behind everybody."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One call in each replicate: the counter, the line it calls from, whether it calls at all,
    and the lines it might have called from."""

    counter: Ints
    now_s: Floats
    group: Ints
    called: Bools
    allowed: Bools


class Stand:
    """Who stands at the head of each line in every replicate; arrays are (replicates, lines).

    `head` is the person (N for somebody yet to come), `from_s` when there (infinite where the line
    has ended), `place` smaller for an earlier place: negative for people of now, the time of
    arrival for those to come. A key is (now - origin) * pace - tie + pin."""

    def __init__(self, scene: Scene, rng: np.random.Generator) -> None:
        self.scene, self.rng = scene, rng
        self.rows = np.arange(scene.replicates)
        self.serves = scene.counters.serves
        self.barred = np.where(self.serves, 0.0, -np.inf)
        self.base = self.rows * len(scene.groups.first)
        self.is_rule_a = scene.rules.order is Order.RULE_A
        self.keeps_next = self.is_rule_a and scene.rules.keeps_next
        self.pace = scene.groups.pace if self.is_rule_a else np.ones(len(scene.groups.first))
        self.keeps_to_own: Bools | None = None
        self._people(scene)
        self._heads(scene)
        self._first_arrivals()

    def _people(self, scene: Scene) -> None:
        """What each person brings to the head of a line; the last column is nobody."""
        people, size = scene.people, scene.size
        place: Floats = np.arange(size, dtype=np.float64) - size
        self.place_of = np.append(place, NOWHERE)
        self.origin_of = np.append(self._origin_s(people.clock_s, people.group, place), np.inf)
        self.pin_of = np.where(people.is_next, PINNED - PER_PLACE * place, 0.0)
        self.pin_of = np.append(self.pin_of, 0.0)
        self.from_of = np.append(np.full(size, -np.inf), np.inf)
        self.following = np.append(people.following, size)
        self.serves_person = np.append(
            self.serves[:, people.group], np.zeros((len(self.serves), 1), dtype=np.bool_), axis=1
        )
        start = np.append(people.overtakes, 0).astype(np.int16)
        self.overtakes = np.repeat(start[None, :], scene.replicates, axis=0)
        self.waits = np.ones(self.overtakes.shape, dtype=np.bool_)
        self.wide = (self.rows * (size + 1))[:, None]
        self.is_booked = bool((people.clock_s > 0).any())
        self.is_premium_person = np.append(scene.groups.is_premium[people.group], False)

    def _origin_s(self, clock_s: Floats, group: Ints, place: Floats) -> Floats:
        """Where a key is zero: in rule A a head start before the clock of the promise."""
        groups = self.scene.groups
        if self.is_rule_a:
            return clock_s - groups.head_start_s[group]
        strict = PINNED if self.scene.rules.order is Order.STRICT else 0.0
        return place + strict * groups.rank[group]

    def _heads(self, scene: Scene) -> None:
        groups, rows = scene.groups, scene.replicates
        self.head = np.repeat(groups.first[None, :], rows, axis=0)
        self.origin_s = self.origin_of[self.head]
        self.place = self.place_of[self.head]
        self.tie = TIE * self.place
        self.from_s = self.from_of[self.head]
        spent = np.take_along_axis(self.overtakes, self.head, axis=1) >= self._overtakes_max
        self.pin = np.where(spent, PINNED - PER_PLACE * self.place, self.pin_of[self.head])
        if not self.is_rule_a:
            self.pin[:] = 0.0
        leaves_s = np.append(scene.people.leaves_s[0], np.inf)
        self.ghosts = np.flatnonzero(np.isneginf(leaves_s[groups.first]))
        self.coming = np.flatnonzero(groups.rate > 0)
        self.has_premium = self.is_rule_a and bool(groups.is_premium.any())
        own = scene.counters.is_premium
        self.has_premium_counter = bool(groups.is_premium.any()) and bool(own.any())
        self._flat = [
            each.reshape(-1)
            for each in (self.head, self.origin_s, self.place, self.tie, self.from_s, self.pin)
        ]

    @property
    def _overtakes_max(self) -> int:
        return min(self.scene.rules.overtakes_max, 30_000)

    def choose(self, counter: Ints, now_s: Floats) -> Pick:
        """Whom each counter calls now."""
        allowed = self.serves[counter]
        self.keys = self._keys(counter, now_s)
        if self.has_premium_counter:
            allowed = self._own_pool(counter, allowed)
        group, best = self._best()
        return Pick(counter, now_s, group, (best > -np.inf) & (now_s < FAR_S), allowed)

    def _keys(self, counter: Ints, now_s: Floats) -> Floats:
        """Larger is called first; minus infinite where nobody waits or the counter may not."""
        keys: Floats = np.subtract(now_s[:, None], self.origin_s)
        if not self.is_rule_a:
            keys = np.negative(self.origin_s)
        elif self.is_booked:
            np.maximum(keys, self.scene.groups.head_start_s, out=keys)
            keys[np.isinf(self.origin_s)] = -np.inf
        keys *= self.pace
        keys -= self.tie
        keys += self.pin
        keys += self.barred[counter]
        if self.coming.size:
            late = self.from_s[:, self.coming] > now_s[:, None]
            keys[:, self.coming] = np.where(late, -np.inf, keys[:, self.coming])
        return keys

    def _own_pool(self, counter: Ints, allowed: Bools) -> Bools:
        """A counter of the premium pool calls of that pool alone while anybody of it waits."""
        is_premium = self.scene.groups.is_premium
        waits = (self.keys[:, is_premium] > -np.inf).any(axis=1)
        self.keeps_to_own = self.scene.counters.is_premium[counter] & waits
        closed = self.keeps_to_own[:, None] & ~is_premium
        np.copyto(self.keys, -np.inf, where=closed)
        return np.logical_and(allowed, ~closed)

    def _best(self) -> tuple[Ints, Floats]:
        """The line to call from, and its key: minus infinite where nobody waits."""
        group = self.keys.argmax(axis=1)
        best = self.keys.reshape(-1)[self.base + group]
        if self.has_premium:
            group = self._help_first(group, best)
        return group, best

    def _help_first(self, group: Ints, best: Floats) -> Ints:
        """Assistance never ranks below premium."""
        groups = self.scene.groups
        rows = np.flatnonzero(groups.is_premium[group] & (best < PINNED / 2) & (best > -np.inf))
        if not rows.size or not groups.is_assistance.any():
            return group
        helped = np.where(groups.is_assistance, self.keys[rows], -np.inf)
        first = helped.argmax(axis=1)
        found = helped[np.arange(len(rows)), first] > -np.inf
        group = group.copy()
        group[rows[found]] = first[found]
        return group

    def advance(self, pick: Pick, real: Bools) -> None:
        """The called leave their lines; those whom the `real` among them passed are overtaken once
        more; who comes next at the same counter is shown as next."""
        at = self.base + pick.group
        place = self._flat[2][at]
        passed = pick.allowed & (self.place < place[:, None])
        passing = real & passed.reshape(-1)[self.base + passed.argmax(axis=1)]
        if pick.called.all():
            self._next_in_line(self.rows, at, pick.group)
        else:
            rows = np.flatnonzero(pick.called)
            self._next_in_line(rows, at[rows], pick.group[rows])
        if passing.any():
            self._count(np.flatnonzero(passing), pick.counter, place)
        if self.keeps_next:
            self._show_next(real, pick.group, at, pick.now_s)

    def _next_in_line(self, rows: Ints, at: Ints, group: Ints) -> None:
        head, origin_s, place, tie, from_s, pin = self._flat
        nobody = self.scene.size
        person = head[at]
        self.waits[rows, person] = False
        following = self.following[person]
        head[at] = following
        origin_s[at] = self.origin_of[following]
        place[at] = places = self.place_of[following]
        tie[at] = TIE * places
        from_s[at] = self.from_of[following]
        if self.is_rule_a:
            spent = self.overtakes[rows, following] >= self._overtakes_max
            pin[at] = np.where(spent, PINNED - PER_PLACE * places, self.pin_of[following])
        if self.coming.size:
            came = person == nobody
            if came.any():
                self._arrive(rows[came], group[came])

    def _count(self, rows: Ints, counter: Ints, place: Floats) -> None:
        """Everybody with an earlier place whom the counter could have called is passed."""
        passed = self.serves_person[counter[rows]]
        passed &= self.waits[rows]
        passed &= self.place_of < place[rows, None]
        if self.keeps_to_own is not None:
            passed &= self.is_premium_person | ~self.keeps_to_own[rows, None]
        overtakes = self.overtakes[rows] + passed
        self.overtakes[rows] = overtakes
        if not self.is_rule_a:
            return
        counts = overtakes.reshape(-1)[self.head[rows] + self.wide[: len(rows)]]
        spent = counts >= self._overtakes_max
        if spent.any():
            pin = np.where(spent, PINNED - PER_PLACE * self.place[rows], self.pin[rows])
            self.keys[rows] += pin - self.pin[rows]
            self.pin[rows] = pin

    def _show_next(self, real: Bools, group: Ints, at: Ints, now_s: Floats) -> None:
        """The best of those left at this counter, ghosts apart, given nobody else comes."""
        _, origin_s, _, tie, from_s, pin = self._flat
        used_s = now_s - origin_s[at]
        if self.is_booked:
            used_s = np.maximum(used_s, self.scene.groups.head_start_s[group])
        fresh = used_s * self.pace[group] - tie[at] + pin[at]
        self.keys.reshape(-1)[at] = np.where(from_s[at] <= now_s, fresh, -np.inf)
        self.keys[:, self.ghosts] = -np.inf
        group, best = self._best()
        rows = np.flatnonzero(real & (best > -np.inf))
        shown = self.base[rows] + group[rows]
        pin[shown] = PINNED - PER_PLACE * self._flat[2][shown]

    def absorb(self, rows: Ints, counter: Ints) -> None:
        """An idle counter takes whoever it can serve of those to come: they pass nobody."""
        if self.coming.size:
            taken = self.serves[counter[rows]] & (self.head[rows] == self.scene.size)
            self.from_s[rows] = np.where(taken, np.inf, self.from_s[rows])

    def _first_arrivals(self) -> None:
        self.arrived_s = np.zeros(self.head.shape)
        for line in self.coming:
            self._arrive(self.rows, np.full(len(self.rows), line))

    def _arrive(self, rows: Ints, group: Ints) -> None:
        """The next of a line to come: a Poisson stream at the line's rate."""
        groups = self.scene.groups
        rate = np.maximum(groups.rate[group], 1e-12)
        at_s = self.arrived_s[rows, group] + self.rng.standard_exponential(len(rows)) / rate
        self.arrived_s[rows, group] = at_s
        self.from_s[rows, group] = self.place[rows, group] = at_s
        self.origin_s[rows, group] = self._origin_s(at_s, group, at_s)
        self.tie[rows, group] = TIE * at_s
