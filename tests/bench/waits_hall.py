"""The call centre as the log lets us see it: who waits, who is on duty, made into scenes.

Log-ins and pauses are not in the log: a server is on duty from the first call of the day, and
after each call away until the next; how long is a hazard by age, learned from times when somebody
waited whom the server could have taken.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from lobby.forecast.assembling import Assembly, Desk, Person, Stream
from lobby.forecast.draws import remaining
from lobby.forecast.knowledge import Knowledge
from lobby.forecast.scene import Scene
from lobby.queueing.priority import CallingRule, Priority, Promise
from tests.bench.waits_log import NO_SERVER, Call

MINUTES = {"PS": 3.0, "NW": 2.0, "NE": 4.5, "IN": 5.0, "TT": 2.0, "PE": 4.5}
"""Configured means: what a manager would have said."""

SKILL_SHARE, SKILL_FADING = 0.02, 0.8
"""A server has a skill if so large a share of the recent calls were of it."""

FRESH_S = 1200.0
"""A server counts as open for rules of thumb so long after the last call."""

AWAY_MAX_S = 7200.0
"""Later than this nobody is expected back."""

HIGH, LOW = Priority.ASSISTANCE, Priority.REGULAR


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


class LogHall:
    """One day after the other; everything it knows comes from moments already past."""

    def __init__(self, high_head_start_s: float = 90.0) -> None:
        self.knowledge = Knowledge(MINUTES)
        self.knowledge.walks.configured = [0.0]
        promises = {
            HIGH: Promise(20, high_head_start_s / 60),
            LOW: Promise(20, 0),
        }
        rule = CallingRule(overtakes_max=10**6, promises=promises, keeps_next=False)
        self.assembly = Assembly(rule, lambda _: 1.0, self.knowledge)
        self.high_s = high_head_start_s
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
            if server.call is None and server.since_s >= 0:
                self._away(server, call.exit_s, ended=call.queued)
            server.call = call
            server.count(call.kind)
        if call.queued:
            self.spans[call.kind].go(call.exit_s)

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
        return call.arrival_s - (self.high_s if call.high else 0.0)

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
        """The hall as this call joins: those before it, and itself as a ghost."""
        now_s = call.arrival_s
        people = [self._person(other, now_s) for other in self.ahead(call)]
        people.append(self._person(call, now_s, is_ghost=True))
        desks = self._desks(now_s, rng, replicates)
        return self.assembly.scene(people, desks, self._streams(now_s), rng, replicates)

    def _person(self, call: Call, now_s: float, is_ghost: bool = False) -> Person:
        came_s = call.arrival_s - now_s
        priority = self.priority(call)
        return Person(call.kind, priority, came_s, came_s, is_ghost=is_ghost, is_wanted=is_ghost)

    def _desks(self, now_s: float, rng: np.random.Generator, replicates: int) -> list[Desk]:
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
            desks.append(Desk(server.skills(), own_s, speed))
        return desks

    def _streams(self, now_s: float) -> list[Stream]:
        rate = self.knowledge.arrivals.rate(self.weekday, now_s, 0.0)
        return [
            Stream(kind, Priority(priority), rate * share)
            for (kind, priority), share in self.knowledge.arrivals.shares().items()
            if priority == HIGH.value
        ]
