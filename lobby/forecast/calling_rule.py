"""The branch's calling rule on many replicates of a hall at once.

The same rule as `lobby.queueing.calling.select`, person by person (a test holds the two together):
who was shown as next comes first; else the largest used share of the promise times quickness, but
nobody is called past somebody who may be passed no more. Lines are made so that only their heads
need be looked at.

A step is a few dozen operations on small arrays: a head's key is kept up to date, not made anew.
"""

from dataclasses import dataclass

import numpy as np

from lobby.forecast.scene import Bools, Floats, Ints, Scene
from lobby.forecast.sentinels import (
    BOUNDLESS,
    CLOSED,
    ENDED,
    FAR_S,
    GONE,
    OPEN,
    PER_PLACE,
    PINNED,
    TIE,
)
from lobby.queueing.model.priority import Order


@dataclass(frozen=True, slots=True)
class Selection:
    """One call in each replicate: the counter, the line it calls from, whether it calls at all."""

    counter: Ints
    now_s: Floats
    group: Ints
    called: Bools


class LineHeads:
    """Who stands at the head of each line in every replicate; arrays are (replicates, lines).

    Lines of people come first, probe tickets after them, arrivals to come last. `head` is the
    person (N for somebody yet to come), `from_s` when somebody to come arrives. A key is
    (now - origin) * pace + pin."""

    def __init__(self, scene: Scene, rng: np.random.Generator) -> None:
        self.scene, self.rng = scene, rng
        self.rows = np.arange(scene.replicates)
        self.serves = scene.counters.serves
        self.barred = np.where(self.serves, 0.0, CLOSED)
        self.base = self.rows * len(scene.groups.first)
        self.is_rule_a = scene.rules.order is Order.RULE_A
        self.keeps_next = self.is_rule_a and scene.rules.keeps_next
        self.counts = self.is_rule_a and scene.rules.overtakes_max < BOUNDLESS
        self.pace = scene.groups.pace if self.is_rule_a else np.ones(len(scene.groups.first))
        self.keeps_to_own: Bools | None = None
        self._people(scene)
        self._heads(scene)
        for line in range(self.coming, len(scene.groups.first)):
            self._arrive(self.rows, np.full(len(self.rows), line))

    def _people(self, scene: Scene) -> None:
        """What each person brings to the head of a line; the last column is nobody."""
        people, size = scene.people, scene.size
        place: Floats = np.arange(size, dtype=np.float64) - size
        self.origin_of = np.append(self._origin_s(people.clock_s, people.group, place), ENDED)
        self.limit_of = np.append(scene.groups.full[people.group] - TIE * place, 0.0)
        pin = PINNED - PER_PLACE * place
        self.pinned_of = np.append(pin, 0.0)
        shown = people.is_next & self.keeps_next
        self.pin_of = np.append(np.where(shown, pin, 0.0), 0.0)
        self.shown_of = np.append(shown, False)
        self.following = np.append(people.following, size)
        nobody = np.zeros((len(self.serves), 1), dtype=np.bool_)
        self.serves_person = np.append(self.serves[:, people.group], nobody, axis=1)
        overtakes = np.minimum(np.append(people.overtakes, 0), BOUNDLESS - 1).astype(np.int16)
        self.overtakes = np.repeat(overtakes[None, :], scene.replicates, axis=0)
        self.number = np.arange(size + 1, dtype=np.int32)
        self.wide = self.rows * (size + 1)
        self.is_booked = bool((people.clock_s > 0).any())
        self.is_premium_person = np.append(scene.groups.is_premium[people.group], False)

    def _origin_s(self, clock_s: Floats, group: Ints, place: Floats) -> Floats:
        """Where a key is zero: in rule A a head start before the clock of the promise."""
        groups = self.scene.groups
        if self.is_rule_a:
            return clock_s - groups.head_start_s[group] + TIE * place / self.pace[group]
        strict = PINNED if self.scene.rules.order is Order.STRICT else 0.0
        return place + strict * groups.rank[group]

    def _heads(self, scene: Scene) -> None:
        groups = scene.groups
        self.head = np.repeat(groups.first[None, :], scene.replicates, axis=0)
        self.origin_s = self.origin_of[self.head]
        self.limit, self.shown = self.limit_of[self.head], self.shown_of[self.head]
        spent = self.overtakes[self.rows[:, None], self.head] >= scene.rules.overtakes_max
        spent &= self.counts
        self.pin = np.where(spent, self.pinned_of[self.head], self.pin_of[self.head])
        self.from_s = np.where(self.head < scene.size, -np.inf, np.inf)
        self.arrived_s = np.zeros(self.head.shape)
        leaves_s = np.append(scene.people.leaves_s[0], np.inf)
        probes = np.flatnonzero(np.isneginf(leaves_s[groups.first]))
        self.probes = slice(probes[0], probes[-1] + 1) if probes.size else slice(0, 0)
        self.coming = len(groups.first) - int((groups.rate > 0).sum())
        self.has_coming = self.coming < len(groups.first)
        is_premium = bool(groups.is_premium.any())
        self.has_help = self.is_rule_a and is_premium and bool(groups.is_assistance.any())
        self.has_own_pool = is_premium and bool(scene.counters.is_premium.any())
        self.keys, self.scores = np.empty(self.head.shape), np.empty(self.head.shape)
        self._flat_scores = self.scores.reshape(-1)
        self._flat_keys, self._flat_head = self.keys.reshape(-1), self.head.reshape(-1)
        self._flat_origin_s, self._flat_pin = self.origin_s.reshape(-1), self.pin.reshape(-1)
        self._flat_from_s, self._flat_limit = self.from_s.reshape(-1), self.limit.reshape(-1)
        self._flat_overtakes, self._flat_shown = self.overtakes.reshape(-1), self.shown.reshape(-1)
        self.not_help = np.where(groups.is_assistance, 0.0, CLOSED)

    def choose(self, counter: Ints, now_s: Floats) -> Selection:
        """Whom each counter calls now."""
        self._look(counter, now_s)
        if self.has_own_pool:
            self._own_pool(counter)
        np.add(self.scores, self.pin, out=self.keys)
        group, best = self._best()
        return Selection(counter, now_s, group, (best > OPEN) & (now_s < FAR_S))

    def _look(self, counter: Ints, now_s: Floats) -> None:
        """Keys but for the pins: larger is called first; `CLOSED` where nobody waits or none may
        call."""
        keys = self.scores
        if self.is_rule_a:
            np.subtract(now_s[:, None], self.origin_s, out=keys)
        else:
            np.negative(self.origin_s, out=keys)
        if self.is_booked and self.is_rule_a:
            np.copyto(keys, self.scene.groups.head_start_s, where=self._is_early(keys))
        keys *= self.pace
        if self.is_rule_a:
            np.minimum(keys, self.limit, out=keys)
        keys += self.barred[counter]
        if self.has_coming:
            late = self.from_s[:, self.coming :] > now_s[:, None]
            keys[:, self.coming :] += late * CLOSED

    def _is_early(self, used_s: Floats) -> Bools:
        """Whose booked time has not come: only the head start counts so far."""
        return (used_s < self.scene.groups.head_start_s) & (used_s > OPEN)

    def _own_pool(self, counter: Ints) -> None:
        """A counter of the premium pool calls of that pool alone while anybody of it waits."""
        is_premium = self.scene.groups.is_premium
        waits = (self.scores[:, is_premium] > OPEN).any(axis=1)
        self.keeps_to_own = self.scene.counters.is_premium[counter] & waits
        self.scores += (self.keeps_to_own[:, None] & ~is_premium) * CLOSED

    def _best(self) -> tuple[Ints, Floats]:
        """The line to call from, and its key: `CLOSED` where nobody waits."""
        group = self.keys.argmax(axis=1)
        best = self._flat_keys[self.base + group]
        if not self.counts and not self.keeps_next:
            if self.has_help:
                self._help_instead(self.keys, group)
            return group, best
        is_pinned = best >= PINNED / 2
        if self.has_help:
            free = np.flatnonzero(~is_pinned & self.scene.groups.is_premium[group])
            if free.size:
                helped = group[free]
                self._help_instead(self.keys[free], helped)
                group[free] = helped
        pinned = np.flatnonzero(is_pinned)
        if pinned.size and self.counts:
            group[pinned] = self._not_past_the_spent(pinned, group[pinned])
        return group, best

    def _not_past_the_spent(self, rows: Ints, group: Ints) -> Ints:
        """Where the first who is pinned may be passed no more, the best of those with a place up
        to that one: who came earlier passes nobody. Who is shown as next is called. People are
        numbered by their places."""
        head = self.head[rows]
        first = head[self.rows[: len(rows)], group]
        keys: Floats = np.multiply(head > first[:, None], CLOSED)
        keys += self.scores[rows]
        best: Ints = keys.argmax(axis=1)
        if self.has_help:
            self._help_instead(keys, best)
        if not self.keeps_next:
            return best
        spent = self._flat_overtakes[self.wide[rows] + first] >= self.scene.rules.overtakes_max
        return np.where(spent, best, group)

    def _help_instead(self, keys: Floats, best: Ints) -> None:
        """Assistance never ranks below premium."""
        rows = np.flatnonzero(self.scene.groups.is_premium[best])
        if rows.size:
            helped = keys[rows]
            helped += self.not_help
            first = helped.argmax(axis=1)
            found = helped[self.rows[: len(rows)], first] > OPEN
            best[rows[found]] = first[found]

    def advance(self, pick: Selection, real: Bools) -> None:
        """The called leave their lines; those whom the `real` among them passed are overtaken once
        more; who comes next at the same counter is shown as next."""
        at = self.base + pick.group
        person = self._flat_head[at]
        if pick.called.all():
            self._next_in_line(self.rows, at, person, pick.group)
        else:
            rows = np.flatnonzero(pick.called)
            self._next_in_line(rows, at[rows], person[rows], pick.group[rows])
        if self.counts:
            self._count(pick.counter, person * real)
        if self.keeps_next:
            self._show_next(real, pick, at)

    def _next_in_line(self, rows: Ints, at: Ints, person: Ints, group: Ints) -> None:
        following = self.following[person]
        self._flat_head[at] = following
        self._flat_origin_s[at] = self.origin_of[following]
        self._flat_limit[at] = self.limit_of[following]
        if self.keeps_next:
            self._flat_shown[at] = self.shown_of[following]
        pin = self.pin_of[following]
        if self.counts:
            wide = self.wide[rows]
            self._flat_overtakes[wide + person] = GONE
            spent = self._flat_overtakes[wide + following] >= self.scene.rules.overtakes_max
            pin = np.where(spent, self.pinned_of[following], pin)
        self._flat_pin[at] = pin
        if self.has_coming:
            came = np.flatnonzero(group >= self.coming)
            if came.size:
                self._arrive(rows[came], group[came])

    def _count(self, counter: Ints, until: Ints) -> None:
        """Everybody with an earlier place whom the counter could have called is passed: people
        are numbered by their places."""
        passed = self.serves_person[counter]
        passed &= self.number < until.astype(np.int32)[:, None]
        if self.keeps_to_own is not None:
            passed &= self.is_premium_person | ~self.keeps_to_own[:, None]
        self.overtakes += passed
        newly = self.overtakes == self.scene.rules.overtakes_max
        newly &= passed
        if newly.any():
            self._pin(np.flatnonzero(newly.any(axis=1)))

    def _pin(self, rows: Ints) -> None:
        """Heads who may be passed no more, in these replicates."""
        head = self.head[rows]
        overtakes = self._flat_overtakes[head + self.wide[rows, None]]
        spent = overtakes >= self.scene.rules.overtakes_max
        pin = np.where(spent, self.pinned_of[head], self.pin[rows])
        if self.keeps_next:
            self.keys[rows] += pin - self.pin[rows]
        self.pin[rows] = pin

    def _show_next(self, real: Bools, pick: Selection, at: Ints) -> None:
        """The best of those left at this counter, probe tickets apart, given nobody else comes; one
        in each replicate at a time."""
        free = real & ~self.shown.any(axis=1)
        used_s = pick.now_s - self._flat_origin_s[at]
        if self.is_booked:
            used_s = np.maximum(used_s, self.scene.groups.head_start_s[pick.group])
        fresh = used_s * self.pace[pick.group]
        if self.is_rule_a:
            fresh = np.minimum(fresh, self._flat_limit[at])
        fresh = np.where(self._flat_origin_s[at] >= ENDED, CLOSED, fresh)
        if self.has_coming:
            fresh += (self._flat_from_s[at] > pick.now_s) * CLOSED
        self._flat_scores[at] = fresh
        self._flat_keys[at] = fresh + self._flat_pin[at]
        self.keys[:, self.probes] = self.scores[:, self.probes] = CLOSED
        group, best = self._best()
        shown = (self.base + group)[free & (best > OPEN)]
        self._flat_shown[shown] = True
        head = self._flat_head[shown]
        pin = self.pinned_of[head]
        if self.has_coming:
            arrival_s = np.minimum(self._flat_from_s[shown], FAR_S)
            pin = np.where(head < self.scene.size, pin, PINNED - PER_PLACE * arrival_s)
        self._flat_pin[shown] = pin

    def absorb(self, rows: Ints, counter: Ints) -> None:
        """An idle counter takes whoever it can serve of those to come: they pass nobody."""
        if self.has_coming:
            taken = self.serves[counter[rows], self.coming :]
            coming = self.from_s[:, self.coming :]
            coming[rows] = np.where(taken, np.inf, coming[rows])

    def _arrive(self, rows: Ints, group: Ints) -> None:
        """The next of a line to come: a Poisson stream at the line's rate."""
        at = self.base[rows] + group
        arrived_s = self.arrived_s.reshape(-1)
        gap_s = self.rng.standard_exponential(len(rows)) / self.scene.groups.rate[group]
        arrived_s[at] = at_s = arrived_s[at] + gap_s
        self._flat_from_s[at] = at_s
        self._flat_origin_s[at] = self._origin_s(at_s, group, at_s)
        self._flat_limit[at] = self.scene.groups.full[group] - TIE * at_s
