"""The call centre as the log lets us see it: who waits, who is on duty, made into scenes.

Log-ins and pauses are not in the log: a server is on duty from the first call of the day, and
after each call away until the next; how long is a hazard by age, learned from times when somebody
waited whom the server could have taken.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from lobby.forecast.draws import remaining
from lobby.forecast.knowledge import Knowledge
from lobby.forecast.scene import Scene
from lobby.forecast.scene_builder import SceneBuilder, SimulatedCounter, SimulatedCustomer, Stream
from lobby.queueing.model.priority import CallingRule, Priority, Promise
from tests.bench.waits_log import NO_SERVER, Call

MINUTES = {"PS": 3.0, "NW": 2.0, "NE": 4.5, "IN": 5.0, "TT": 2.0, "PE": 4.5}
"""Configured means: what a manager would have said."""

SKILL_SHARE, SKILL_FADING = 0.02, 0.8
"""A server has a skill if so large a share of the recent calls were of it."""

FRESH_S = 1200.0
"""A server counts as open for rules of thumb so long after the last call."""

AWAY_MAX_S = 7200.0
"""Later than this nobody is expected back."""

HIGH_S = 90.0
"""High priority is served as if it had come so much earlier (said with the log)."""

OFFSETS_S = (-180.0, -90.0, 0.0, 90.0)
"""What a kind of call may have beside that: learned from who was taken before whom."""

COMMONEST = "PS"
"""The kind that others are compared with."""

SURE, FAITH = 50.0, 0.9
"""Contests that stand for no offset at first, and what stays of contests from day to day."""

SHIFT_S = 600.0
"""Added to every head start, so that none is negative."""

HIGH, LOW = Priority.ASSISTANCE, Priority.REGULAR
COMING = {HIGH: Priority.ASSISTANCE, LOW: Priority.APPOINTMENT}
"""Classes of those to come; people of now have their head start in their clock."""


@dataclass(slots=True)
class Server:
    """`call` in hand, or free since `since_s`; `counts` of calls by kind, fading by the day."""

    call: Call | None = None
    since_s: float = -1.0
    counts: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _skills: frozenset[str] | None = None

    def count(self, kind: str) -> None:
        self.counts[kind] += 1
        self._skills = None

    def skills(self) -> frozenset[str]:
        if self._skills is None:
            least = SKILL_SHARE * sum(self.counts.values())
            self._skills = frozenset(kind for kind, n in self.counts.items() if n >= least)
        return self._skills


class Spans:
    """When somebody of a kind waited, as closed spans of the day."""

    def __init__(self) -> None:
        self.spans: list[tuple[float, float]] = []
        self.waiting = 0
        self._since_s = 0.0

    def come(self, at_s: float) -> None:
        if self.waiting == 0:
            self._since_s = at_s
        self.waiting += 1

    def go(self, at_s: float) -> None:
        self.waiting -= 1
        if self.waiting == 0:
            self.spans.append((self._since_s, at_s))

    def overlap(self, since_s: float, until_s: float) -> Iterator[tuple[float, float]]:
        """The parts of a span of time in which somebody waited."""
        if self.waiting and self._since_s < until_s:
            yield max(since_s, self._since_s), until_s
        for begin_s, end_s in reversed(self.spans):
            if end_s <= since_s:
                return
            if begin_s < until_s:
                yield max(since_s, begin_s), min(until_s, end_s)


class Offsets:
    """By how much each kind is served as if it had come earlier or later than the commonest."""

    def __init__(self) -> None:
        self.agrees: dict[str, dict[float, float]] = {}
        self.offset_s: dict[str, float] = defaultdict(float)

    def of(self, call: Call) -> float:
        return self.offset_s[call.kind] + (HIGH_S if call.high else 0.0)

    def learn(self, taken: Call, passed: Call) -> None:
        """A server who could have taken both took one."""
        pair = {taken.kind, passed.kind}
        if COMMONEST not in pair or len(pair) == 1:
            return
        (kind,) = pair - {COMMONEST}
        earlier_s = (passed.arrival_s - _high_s(passed)) - (taken.arrival_s - _high_s(taken))
        agrees = self.agrees.setdefault(kind, dict.fromkeys(OFFSETS_S, 0.0) | {0.0: SURE})
        for offset_s in OFFSETS_S:
            own_s = offset_s if taken.kind == kind else -offset_s
            agrees[offset_s] += earlier_s + own_s >= 0

    def end_day(self) -> None:
        for kind, agrees in self.agrees.items():
            self.offset_s[kind] = max(OFFSETS_S, key=lambda offset_s: agrees[offset_s])
            self.agrees[kind] = {each: count * FAITH for each, count in agrees.items()}


def _high_s(call: Call) -> float:
    return HIGH_S if call.high else 0.0


class LogHall:
    """One day after the other; everything it knows comes from moments already past."""

    def __init__(self) -> None:
        self.knowledge = Knowledge(MINUTES)
        self.knowledge.walks.configured = [0.0]
        promises = {
            LOW: Promise(20, 0),
            COMING[HIGH]: Promise(20, (SHIFT_S + HIGH_S) / 60),
            COMING[LOW]: Promise(20, SHIFT_S / 60),
        }
        rule = CallingRule(overtakes_max=10**6, promises=promises, used_max=10**6, keeps_next=False)
        self.assembly = SceneBuilder(rule, lambda _: 1.0, self.knowledge)
        self.offsets = Offsets()
        self.servers: dict[str, Server] = {}
        self.roster: dict[str, Server] = {}
        self.waiting: dict[int, Call] = {}
        self.spans: dict[str, Spans] = defaultdict(Spans)
        self.weekday = self.day = 0

    def begin_day(self, day: int, weekday: int) -> None:
        self.day, self.weekday = day, weekday
        self.servers, self.waiting = {}, {}
        self.spans = defaultdict(Spans)

    def end_day(self) -> None:
        for server in self.servers.values():
            self._away(server, server.since_s + AWAY_MAX_S, ended=False)
        self.offsets.end_day()
        for server in self.roster.values():
            for kind in server.counts:
                server.counts[kind] *= SKILL_FADING

    def join(self, call: Call) -> None:
        self.waiting[call.key] = call
        self.spans[call.kind].come(call.arrival_s)
        self.knowledge.arrivals.learn(call.arrival_s, (call.kind, self.priority(call).value))

    def leave(self, call: Call) -> None:
        del self.waiting[call.key]
        self.spans[call.kind].go(call.exit_s)
        self.knowledge.leaving.learn(call.wait_s, ended=True)

    def start(self, call: Call) -> None:
        if call.queued:
            del self.waiting[call.key]
            self.knowledge.leaving.learn(call.wait_s, ended=False)
        if call.server != NO_SERVER:
            server = self.servers.get(call.server) or self._log_in(call.server)
            if call.queued:
                self._contest(call, server)
            if server.call is None and server.since_s >= 0:
                self._away(server, call.exit_s, ended=call.queued)
            server.call = call
            server.count(call.kind)
        if call.queued:
            self.spans[call.kind].go(call.exit_s)

    def _contest(self, call: Call, server: Server) -> None:
        """Who else might have been taken."""
        skills = server.skills()
        for other in self.waiting.values():
            if other.kind != call.kind and other.kind in skills:
                self.offsets.learn(call, other)

    def end(self, call: Call) -> None:
        if call.server == NO_SERVER:
            return
        self.knowledge.jobs.learn(self.day, call.kind, call.server, call.end_s - call.start_s)
        server = self.servers[call.server]
        if server.call is call:
            server.call, server.since_s = None, call.end_s

    def _log_in(self, name: str) -> Server:
        server = self.roster.setdefault(name, Server())
        server.call, server.since_s = None, -1.0
        self.servers[name] = server
        return server

    def _away(self, server: Server, until_s: float, ended: bool) -> None:
        """Learn from the time a server was free while people of its main kind waited."""
        if server.call is not None or server.since_s < 0 or not server.counts:
            return
        main = max(server.counts, key=lambda kind: server.counts[kind])
        for begin_s, end_s in self.spans[main].overlap(server.since_s, until_s):
            last = ended and end_s >= until_s
            since_s = server.since_s
            self.knowledge.gaps.learn(end_s - since_s, last, begin_s - since_s)

    @staticmethod
    def priority(call: Call) -> Priority:
        return HIGH if call.high else LOW

    def clock_s(self, call: Call) -> float:
        """When this call would have come, were there no priorities."""
        return call.arrival_s - self.offsets.of(call)

    def ahead(self, call: Call) -> list[Call]:
        """Those who wait and come before this call."""
        clock_s = self.clock_s(call)
        return [
            other
            for other in self.waiting.values()
            if other is not call and self.clock_s(other) <= clock_s
        ]

    def on_duty(self, now_s: float, kind: str | None = None) -> list[Server]:
        """For rules of thumb: busy, or with a call not long ago."""
        return [
            server
            for server in self.servers.values()
            if (server.call is not None or now_s - server.since_s < FRESH_S)
            and (kind is None or kind in server.skills())
        ]

    def scene(self, call: Call, rng: np.random.Generator, replicates: int) -> Scene:
        """The hall as this call joins: those before it, and itself as a probe ticket."""
        now_s = call.arrival_s
        ahead = sorted(self.ahead(call), key=self.clock_s)
        people = [self._person(other, now_s) for other in ahead]
        people.append(self._person(call, now_s, is_probe=True))
        desks = self._desks(now_s, rng, replicates)
        return self.assembly.scene(people, desks, self._streams(call), rng, replicates)

    def _person(self, call: Call, now_s: float, is_probe: bool = False) -> SimulatedCustomer:
        """In the order of clocks, which is all that decides here."""
        clock_s = self.clock_s(call) - now_s - SHIFT_S
        came_s = call.arrival_s - now_s
        return SimulatedCustomer(
            call.kind, LOW, came_s, clock_s, is_probe=is_probe, is_wanted=is_probe
        )

    def _desks(
        self, now_s: float, rng: np.random.Generator, replicates: int
    ) -> list[SimulatedCounter]:
        """Everybody seen today: free after the call in hand, and back after some time away."""
        servers = self.servers.values()
        ages_s = np.array([0.0 if each.call else now_s - each.since_s for each in servers])
        draws = rng.standard_exponential((replicates, len(servers)))
        free_s = self.knowledge.gaps.remaining_s(np.maximum(ages_s, 0.0), draws)
        uniforms = rng.random((len(servers), replicates))
        desks = []
        for at, (name, server) in enumerate(self.servers.items()):
            speed = self.knowledge.jobs.speed(name)
            own_s = free_s[:, at]
            if server.call is not None:
                ordered = self.knowledge.jobs.ordered(server.call.kind)
                past_s = max(0.0, now_s - server.call.start_s)
                own_s = own_s + speed * remaining(ordered, past_s / speed, uniforms[at])
            desks.append(SimulatedCounter(server.skills(), own_s, speed))
        return desks

    def _streams(self, call: Call) -> list[Stream]:
        """Those to come who would be taken before this call if they came soon enough. Kinds with
        an offset of their own pass nobody, as far as this reading goes."""
        rate = self.knowledge.arrivals.rate(self.weekday, call.arrival_s, 0.0)
        own_s = self.offsets.of(call)
        return [
            Stream(kind, COMING[Priority(priority)], rate * share)
            for (kind, priority), share in self.knowledge.arrivals.shares().items()
            if self.offsets.offset_s[kind] == 0
            and own_s < (HIGH_S if priority == HIGH.value else 0.0)
        ]
