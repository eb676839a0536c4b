"""The branch's calling rule on many replicates of a hall at once.

The same rule as `lobby.queueing.calling.select`, person by person (a test holds the two together):
the largest used share of the promise times quickness, but nobody is called past somebody who may
be passed no more, nor past who was shown as next. Lines are made so that only their heads need be
looked at. A step is a few dozen operations on small arrays, and their number is what it costs.
"""

import numpy as np

from lobby.forecast.random_numbers import RandomNumbers
from lobby.forecast.rule_tables import tables_of
from lobby.forecast.scene import Bools, Floats, Ints, Scene
from lobby.forecast.sentinels import BOUNDLESS, CLOSED, OPEN, TIE

WINDOW_EVERY = 16
"""Steps after which it is looked up who still waits with the earliest place."""

CROWD = 64
"""People of whom all are counted at each step: to look for a few of them would take longer."""


class LineHeads:
    """Who stands at the head of each line in every replicate; arrays are (replicates, lines).

    Lines of people come first, arrivals to come after them, last one that holds nobody. `slots` is
    the head's place in an array of (replicates, people), `from_s` when who is to come arrives."""

    def __init__(self, scene: Scene, numbers: RandomNumbers) -> None:
        self.scene, self.numbers, self.tables = scene, numbers, tables_of(scene)
        rows, lines = scene.replicates, len(self.tables.first)
        self.rows, self.width = np.arange(rows), self.tables.size + 2
        self.row_slots, self.row_lines = self.rows * self.width, self.rows * lines
        self.nobody = lines - 1
        self._people(scene)
        self._lines(scene)
        self.steps, self.earliest = 0, 0
        if self.tables.coming < self.nobody:
            self._first_arrivals(scene, numbers)

    def _people(self, scene: Scene) -> None:
        tables = self.tables
        overtakes = np.minimum(tables.overtakes, BOUNDLESS).astype(np.uint8)
        self.overtakes = np.repeat(overtakes[None, :], scene.replicates, axis=0)
        self._flat_overtakes = self.overtakes.reshape(-1)
        self.number = np.arange(self.width, dtype=np.int32)
        self.overtakes_max = np.uint8(scene.rules.overtakes_max if tables.counts else 0)
        self.beyond = self.width * len(self.rows)

    def _lines(self, scene: Scene) -> None:
        tables, shape = self.tables, (scene.replicates, len(self.tables.first))
        self.slots: Ints = tables.first + self.row_slots[:, None]
        self.origin_s = np.repeat(tables.origin_s[tables.first][None, :], shape[0], axis=0)
        self.limit = np.repeat(tables.limit[tables.first][None, :], shape[0], axis=0)
        self.shown = np.repeat(tables.is_next[tables.first][None, :], shape[0], axis=0)
        self.from_s = np.full(shape, -np.inf)
        self.keys = np.empty(shape)
        nobody = np.zeros(1, dtype=np.bool_)
        self.is_premium = np.append(scene.groups.is_premium, nobody)
        self.is_other = np.append(~scene.groups.is_premium, nobody)
        self.not_help = np.where(np.append(scene.groups.is_assistance, nobody), 0.0, CLOSED)
        self.head_start_s = np.append(scene.groups.head_start_s, 0.0)
        self.at_premium = np.append(scene.counters.is_premium, nobody)
        self._flat_slots, self._flat_shown = self.slots.reshape(-1), self.shown.reshape(-1)
        self._flat_origin_s, self._flat_limit = self.origin_s.reshape(-1), self.limit.reshape(-1)

    def slot(self, line: Ints) -> Ints:
        """Where the head of this line stands in an array of (replicates, people)."""
        slot: Ints = self._flat_slots.take(self.row_lines + line)
        return slot

    def choose(self, counter: Ints, now_s: Floats) -> Ints:
        """The line that each counter calls from now; one of nobody, where nobody is left."""
        self._look(counter, now_s)
        if not self.tables.keeps_next:
            return self._best(counter)
        shown = np.where(self.shown & (self.keys > OPEN), self.slots, 2 * self.beyond)
        first_spent, first_shown = self._first_spent(), shown.min(axis=1)
        return np.where(first_shown < first_spent, shown.argmin(axis=1), self._best(counter))

    def _look(self, counter: Ints, now_s: Floats) -> None:
        """Keys: larger is called first; below `OPEN` where nobody waits or none may call."""
        keys, tables = self.keys, self.tables
        if tables.is_rule_a:
            np.subtract(now_s[:, None], self.origin_s, out=keys)
            if tables.is_booked:
                np.copyto(keys, self.head_start_s, where=self._is_early(keys))
            keys *= tables.pace
            np.minimum(keys, self.limit, out=keys)
        else:
            np.negative(self.origin_s, out=keys)
        keys += tables.barred.take(counter, axis=0)
        if tables.coming < self.nobody:
            coming = slice(tables.coming, self.nobody)
            keys[:, coming] += (self.from_s[:, coming] > now_s[:, None]) * CLOSED

    def _is_early(self, used_s: Floats) -> Bools:
        """Whose booked time has not come: only the head start counts so far."""
        return (used_s < self.head_start_s) & (used_s > OPEN)

    def _best(self, counter: Ints) -> Ints:
        """The line with the largest key among those that pass nobody who may not be passed."""
        if self.tables.counts:
            first = self._first_spent()
            self.keys += (self.slots > first[:, None]) * CLOSED
        if self.tables.has_own_pool:
            self._close_to_others(counter)
        line: Ints = self.keys.argmax(axis=1)
        if self.tables.has_help:
            self._help_instead(line)
        return line

    def _close_to_others(self, counter: Ints) -> None:
        """A counter of the premium pool calls of that pool alone while it may call any of it."""
        may = (self.keys[:, self.is_premium] > OPEN).any(axis=1)
        keeps_to_own = self.at_premium[counter] & may
        self.keys += (keeps_to_own[:, None] & self.is_other) * CLOSED

    def _first_spent(self) -> Ints:
        """The slot of the first head who may be passed no more; beyond all, where there is none."""
        is_no_bar = self._flat_overtakes.take(self.slots) < self.overtakes_max
        is_no_bar |= self.keys <= OPEN
        first: Ints = (self.slots + is_no_bar * self.beyond).min(axis=1)
        return first

    def _help_instead(self, line: Ints) -> None:
        """Assistance never ranks below premium."""
        rows = self.is_premium.take(line).nonzero()[0]
        if rows.size:
            helped = self.keys[rows]
            helped += self.not_help
            first = helped.argmax(axis=1)
            found = helped[self.rows[: len(rows)], first] > OPEN
            line[rows[found]] = first[found]

    def advance(self, counter: Ints, now_s: Floats, line: Ints, person: Ints, real: Bools) -> None:
        """The called leave their lines; those whom the `real` among them passed are overtaken once
        more; who comes next at the same counter is shown as next."""
        tables, at = self.tables, self.row_lines + line
        following = tables.following.take(person)
        self._flat_slots[at] = following + self.row_slots
        self._flat_origin_s[at] = tables.origin_s.take(following)
        self._flat_limit[at] = tables.limit.take(following)
        if tables.coming < self.nobody:
            came = (person == tables.size).nonzero()[0]
            if came.size:
                self._arrive(at[came], line[came])
        if tables.counts:
            self._count(counter, person * real)
        if tables.keeps_next:
            self._flat_shown[at] = tables.is_next.take(following)
            self._show_next(counter, now_s, real)

    def _count(self, counter: Ints, until: Ints) -> None:
        """Everybody with an earlier place whom the counter could have called is passed: people
        are numbered by their places. Those before the `earliest` who waits need no count."""
        window = self._window(until)
        passed = self.tables.serves_person[:, window].take(counter, axis=0)
        passed &= self.number[window] < until[:, None]
        counts = self.overtakes[:, window]
        counts += passed.view(np.uint8)

    def _window(self, until: Ints) -> slice:
        """From the earliest head of a line in any replicate to the last who passes anybody."""
        if self.width < CROWD:
            return slice(self.width)
        if self.steps % WINDOW_EVERY == 0:
            heads = self.slots[:, : self.tables.coming] - self.row_slots[:, None]
            self.earliest = int(heads.min(initial=self.tables.size))
        self.steps += 1
        return slice(self.earliest, int(until.max()))

    def _show_next(self, counter: Ints, now_s: Floats, real: Bools) -> None:
        """The best of those left at this counter, probe tickets apart, given nobody else comes; one
        in each replicate at a time."""
        free = real & ~self.shown.any(axis=1)
        self._look(counter, now_s)
        heads = self.slots - self.row_slots[:, None]
        self.keys += self.tables.is_probe.take(heads) * CLOSED
        line = self._best(counter)
        free &= self.slot(line) - self.row_slots <= self.tables.size
        self._flat_shown[(self.row_lines + line)[free]] = True

    def absorb(self, rows: Ints, counter: Ints) -> None:
        """An idle counter takes whoever it can serve of those to come: they pass nobody."""
        if self.tables.coming < self.nobody:
            coming = slice(self.tables.coming, self.nobody)
            taken = self.tables.barred[counter[rows], coming] == 0.0
            self.from_s[rows, coming] = np.where(taken, np.inf, self.from_s[rows, coming])

    def _first_arrivals(self, scene: Scene, numbers: RandomNumbers) -> None:
        """Of every line to come, a Poisson stream at the line's rate."""
        coming, gaps = slice(self.tables.coming, self.nobody), numbers.gaps
        self.gaps_s = (gaps / scene.groups.rate[coming, None]).reshape(-1)
        self.gaps_before = gaps[0].size
        self.gap_at = np.zeros(self.from_s.shape, dtype=np.int64)
        self.gap_at[:, coming] = np.arange(self.gaps_before).reshape(gaps[0].shape).T
        self.from_s[:, coming] = 0.0
        self._flat_from_s, self._flat_gap_at = self.from_s.reshape(-1), self.gap_at.reshape(-1)
        self.full = np.append(scene.groups.full, 0.0)
        lines = np.arange(self.tables.coming, self.nobody)
        at: Ints = self.row_lines[:, None] + lines
        self._arrive(at.reshape(-1), np.tile(lines, len(self.rows)))

    def _arrive(self, at: Ints, line: Ints) -> None:
        """The next of these lines to come, after one more gap."""
        gap_at = self._flat_gap_at.take(at)
        self._flat_gap_at[at] = (gap_at + self.gaps_before) % len(self.gaps_s)
        from_s = self._flat_from_s.take(at) + self.gaps_s.take(gap_at)
        self._flat_from_s[at] = from_s
        tables = self.tables
        self._flat_origin_s[at] = tables.late_s.take(line) + tables.later.take(line) * from_s
        self._flat_limit[at] = self.full.take(line) - TIE * from_s
