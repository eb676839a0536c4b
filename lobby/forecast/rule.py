"""The branch's calling rule on many replicates of a hall at once.

The same rule as `lobby.queueing.calling`, person by person (a test holds the two together): who
may be passed no more or was shown as next comes first, by place; else the largest used share of
the promise times quickness. Lines are made so that only their heads need be looked at.
"""

import numpy as np

from lobby.forecast.scene import Bools, Floats, Ints, Scene
from lobby.queueing.priority import Order

PINNED = 1e12
"""Above any score: those who may not be passed, the earliest place first."""

TIE = 1e-10
"""Per place: of equal scores the earlier place is called."""


NOWHERE = 1e9
"""The place of nobody: behind everybody."""


class Stand:
    """Who stands at the head of each line in every replicate; arrays are (replicates, lines).

    `head` is the person (N for somebody yet to come), `from_s` when there (infinite where the line
    has ended), `clock_s` since when the promise runs, `place` smaller for an earlier place:
    negative for people of now, the time of arrival for those to come."""

    def __init__(self, scene: Scene, rng: np.random.Generator) -> None:
        self.scene, self.rng = scene, rng
        people, groups, size = scene.people, scene.groups, scene.size
        rows = scene.replicates
        self.rows = np.arange(rows)
        self.serves = scene.counters.serves
        self.clock_of = np.append(people.clock_s, 0.0)
        self.place_of = np.append(np.arange(size) - float(size), NOWHERE)
        self.next_of = np.append(people.is_next, False)
        self.following = np.append(people.following, size)
        self.overtakes = np.repeat(np.append(people.overtakes, 0)[None, :], rows, axis=0)
        self.waits = np.ones((rows, size + 1), dtype=np.bool_)
        self.group_of = np.append(people.group, 0)
        self.head = np.repeat(groups.first[None, :], rows, axis=0)
        is_there = self.head < size
        self.from_s = np.where(is_there, -np.inf, np.inf)
        self.clock_s = self.clock_of[self.head]
        self.place = self.place_of[self.head]
        self.is_next = self.next_of[self.head]
        self.passed = np.take_along_axis(self.overtakes, self.head, axis=1)
        leaves_s = np.append(people.leaves_s[0], np.inf)
        self.is_ghost = np.isneginf(leaves_s[groups.first])
        self._first_arrivals()
        self.has_premium = bool(groups.is_premium.any())
        self.has_premium_counter = self.has_premium and bool(scene.counters.is_premium.any())
        self.is_rule_a = scene.rules.order is Order.RULE_A
        self.keeps_next = self.is_rule_a and scene.rules.keeps_next

    def choose(self, counter: Ints, now_s: Floats) -> tuple[Bools, Ints, Bools]:
        """Who may be called by each counter (by line), the line that is, and whether any is."""
        allowed, waiting = self._candidates(counter, now_s)
        group, best = self._best(waiting, now_s)
        return allowed, group, (best > -np.inf) & np.isfinite(now_s)

    def _candidates(self, counter: Ints, now_s: Floats) -> tuple[Bools, Bools]:
        """The lines each counter may call from, and those of them with somebody there. A counter
        of the premium pool calls of that pool alone while anybody of it waits."""
        allowed = self.serves[counter]
        waiting = allowed & (self.from_s <= now_s[:, None])
        if not self.has_premium_counter:
            return allowed, waiting
        own = waiting & self.scene.groups.is_premium
        keeps = (self.scene.counters.is_premium[counter] & own.any(axis=1))[:, None]
        allowed = np.where(keeps, allowed & self.scene.groups.is_premium, allowed)
        return allowed, np.where(keeps, own, waiting)

    def _best(self, waiting: Bools, now_s: Floats) -> tuple[Ints, Floats]:
        """The line to call from, and its key: minus infinite where nobody waits."""
        keys = self._keys(now_s)
        np.copyto(keys, -np.inf, where=~waiting)
        group = keys.argmax(axis=1)
        best = keys[self.rows, group]
        if self.is_rule_a and self.has_premium:
            group = self._help_first(keys, group, best)
        return group, best

    def _keys(self, now_s: Floats) -> Floats:
        """Larger is called first."""
        groups, rules = self.scene.groups, self.scene.rules
        if not self.is_rule_a:
            strict = PINNED if rules.order is Order.STRICT else 0.0
            order = self.place + strict * groups.rank
            return np.asarray(-order, dtype=np.float64)
        keys: Floats = np.subtract(now_s[:, None], self.clock_s)
        np.maximum(keys, 0.0, out=keys)
        keys += groups.head_start_s
        keys *= groups.pace
        keys -= TIE * self.place
        pinned = self.passed >= rules.overtakes_max
        pinned |= self.is_next
        if pinned.any():
            np.copyto(keys, PINNED - self.place, where=pinned)
        return keys

    def _help_first(self, keys: Floats, group: Ints, best: Floats) -> Ints:
        """Assistance never ranks below premium."""
        groups = self.scene.groups
        rows = np.flatnonzero(groups.is_premium[group] & (best < PINNED / 2) & (best > -np.inf))
        if not rows.size:
            return group
        helped = np.where(groups.is_assistance, keys[rows], -np.inf)
        first = helped.argmax(axis=1)
        found = helped[np.arange(len(rows)), first] > -np.inf
        group = group.copy()
        group[rows[found]] = first[found]
        return group

    def advance(
        self, group: Ints, called: Bools, real: Bools, allowed: Bools, now_s: Floats
    ) -> None:
        """The called leave their lines; those they passed are overtaken once more; who comes next
        at the same counter is shown as next."""
        place = self.place[self.rows, group]
        passing = real & (allowed & (self.place < place[:, None])).any(axis=1)
        rows = np.flatnonzero(called)
        self._next_in_line(rows, group[rows])
        if passing.any():
            self._count(np.flatnonzero(passing), place, allowed)
        if self.keeps_next:
            self._show_next(real, allowed, now_s)

    def _next_in_line(self, rows: Ints, group: Ints) -> None:
        nobody = self.scene.size
        person = self.head[rows, group]
        self.waits[rows, person] = False
        following = self.following[person]
        self.head[rows, group] = following
        self.clock_s[rows, group] = self.clock_of[following]
        self.place[rows, group] = self.place_of[following]
        self.is_next[rows, group] = self.next_of[following]
        self.passed[rows, group] = self.overtakes[rows, following]
        self.from_s[rows, group] = np.where(following < nobody, -np.inf, np.inf)
        came = person == nobody
        if came.any():
            self._arrive(rows[came], group[came])

    def _count(self, rows: Ints, place: Floats, allowed: Bools) -> None:
        """Everybody with an earlier place whom the counter could have called is passed."""
        passed = self.waits[rows] & (self.place_of < place[rows, None])
        passed &= allowed[rows][:, self.group_of]
        self.overtakes[rows] += passed
        self.passed[rows] = np.take_along_axis(self.overtakes[rows], self.head[rows], axis=1)

    def _show_next(self, real: Bools, allowed: Bools, now_s: Floats) -> None:
        waiting = allowed & (self.from_s <= now_s[:, None]) & ~self.is_ghost
        group, best = self._best(waiting, now_s)
        rows = np.flatnonzero(real & (best > -np.inf))
        self.is_next[rows, group[rows]] = True

    def absorb(self, rows: Ints, counter: Ints) -> None:
        """An idle counter takes whoever it can serve of those to come: they pass nobody."""
        taken = self.serves[counter[rows]] & (self.head[rows] == self.scene.size)
        self.from_s[rows] = np.where(taken, np.inf, self.from_s[rows])

    def _first_arrivals(self) -> None:
        self.arrived_s = np.zeros(self.head.shape)
        for line in np.flatnonzero(self.scene.groups.rate > 0):
            self._arrive(self.rows, np.full(len(self.rows), line))

    def _arrive(self, rows: Ints, group: Ints) -> None:
        """The next of a line to come: a Poisson stream at the line's rate."""
        rate = self.scene.groups.rate[group]
        gap_s = self.rng.standard_exponential(len(rows)) / np.maximum(rate, 1e-12)
        at_s = self.arrived_s[rows, group] + gap_s
        self.arrived_s[rows, group] = at_s
        self.from_s[rows, group] = self.clock_s[rows, group] = self.place[rows, group] = at_s
        self.is_next[rows, group] = False
