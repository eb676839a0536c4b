"""What the house knows by the documented rules: plain tickets and counters, moved by events.

Nothing here asks the core: it takes the events' own words, says where one of them breaks a promise,
and holds what the hall must then show.
"""

from copy import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any, NoReturn

from lobby.machines import MachineState
from lobby.queueing.events.event import Event
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import TicketState
from tests.bench.invariants_desk import Desk as Desk

Spot = tuple[datetime, int, float]
"""A place in time, as three parts that are compared one after the other."""

Away = tuple[datetime, datetime, datetime | None]
"""A rest: when it began, when it ends by itself, when it ended."""

RETURN_WITHIN = timedelta(minutes=15)
"""Who missed a call, or left the line by mistake, may come back so long."""

EVER = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)

AT_A_COUNTER = (TicketState.CALLED, TicketState.SERVING)

OVER = (
    TicketState.ABSENT,
    TicketState.FINISHED,
    TicketState.CANCELLED,
    TicketState.LAPSED,
    TicketState.DONE_AT_MACHINE,
)


class Broken(AssertionError):  # noqa: N818 - a finding, caught and counted
    """`rule` names the promise that was broken, the words say how."""

    def __init__(self, rule: str, words: str) -> None:
        super().__init__(f"{rule}: {words}")
        self.rule = rule
        self.words = words


def broken(rule: str, *words: object) -> NoReturn:
    raise Broken(rule, " ".join(map(str, words)))


class Visit:
    """One customer with one ticket. `by_rule` and `by_hand` count later tickets called before it;
    `touched` is the version of the last event that moved it on; `has_left`: a clock was corrected
    without it."""

    __slots__ = (
        "absent_at",
        "asked",
        "booked_at",
        "by_hand",
        "by_rule",
        "called_at",
        "calls_here",
        "counter",
        "day",
        "ended_at",
        "first_called_at",
        "has_left",
        "is_next",
        "is_paused",
        "longer_grace",
        "number",
        "offer",
        "place",
        "postponements",
        "priority",
        "reserved_counter",
        "reserved_teller",
        "rests",
        "returns",
        "secret",
        "sender",
        "service",
        "state",
        "taken_at",
        "touched",
        "waited_s",
    )

    def __init__(self, number: str, day: date, service: str, taken_at: datetime, place: Spot):
        self.number = number
        self.day = day
        self.service = self.asked = service
        self.taken_at = taken_at
        self.place = place
        self.state = TicketState.WAITING
        self.touched = place[1]
        self.by_rule = self.by_hand = self.returns = self.postponements = self.calls_here = 0
        self.counter: str | None = None
        self.reserved_counter: str | None = None
        self.reserved_teller: str | None = None
        self.sender: Any = None
        self.first_called_at: datetime | None = None
        self.called_at: datetime | None = None
        self.absent_at: datetime | None = None
        self.ended_at: datetime | None = None
        self.booked_at: datetime | None = None
        self.waited_s = 0.0
        self.is_next = self.is_paused = self.longer_grace = self.has_left = False
        self.rests: tuple[Away, ...] = ()
        self.offer = ""
        self.secret = ""
        self.priority = Priority.REGULAR

    @property
    def passed(self) -> int:
        return self.by_rule + self.by_hand

    def wait_s(self, now: datetime) -> float:
        """Up to the first call, or the end of who left uncalled; a booking waits from its hour.
        Who is away does not wait meanwhile."""
        since = max(self.taken_at, self.booked_at) if self.booked_at else self.taken_at
        until = self.first_called_at or self.ended_at or now
        away_s = sum(_overlap_s(rest, since, until) for rest in self.rests)
        return max(0.0, (until - since).total_seconds() - away_s)

    @property
    def gone_at(self) -> datetime | None:
        """When the call was missed, or the line left."""
        return self.absent_at if self.state is TicketState.ABSENT else self.ended_at

    def wake(self, at: datetime) -> None:
        """The rest that lasts, if any, is over."""
        if self.rests and self.rests[-1][2] is None:
            began_at, until, _ = self.rests[-1]
            self.rests = (*self.rests[:-1], (began_at, until, at))


def _overlap_s(rest: Away, since: datetime, until: datetime) -> float:
    began_at, _, ended_at = rest
    return max(0.0, (min(ended_at or until, until) - max(began_at, since)).total_seconds())


class Turn:
    """The house just before its day turned: what the head goes back to."""

    def __init__(self, house: "House") -> None:
        assert house.day is not None
        self.day = house.day
        self.previous_day = house.previous_day
        self.visits = {number: copy(visit) for number, visit in house.visits.items()}
        self.desks = {key: copy(desk) for key, desk in house.desks.items()}
        self.given = dict(house.given)
        self.latest_at = house.latest_at


class House:
    """`given` is the highest number of each series so far today; `turn` is there until the turn is
    taken back; `reserved` the numbers behind which series go on, by day; `order` the waiting."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.version = 0
        self.day: date | None = None
        self.previous_day: date | None = None
        self.refused: tuple[date, datetime] | None = None
        self.turn: Turn | None = None
        self.visits: dict[str, Visit] = {}
        self.states: dict[TicketState, dict[str, None]] = {state: {} for state in TicketState}
        self.desks = {
            key: Desk(key, is_premium=counter.premium) for key, counter in plan.counters.items()
        }
        self.given: dict[str, int] = {}
        self.reserved: dict[date, dict[str, int]] = {}
        self.latest_at: datetime | None = None
        self.down: set[str] = set()
        self.help_calls: list[int] = []
        self.escorts: list[int] = []
        self.on_duty: set[str] = set()
        self.minutes = {code: service.minutes for code, service in plan.services.items()}
        self.pools = {code: service.pool for code, service in plan.services.items()}
        self.prefixes = {code: service.prefix for code, service in plan.services.items()}

    def put(self, visit: Visit) -> None:
        """Among the visits, and among those of its state."""
        self.visits[visit.number] = visit
        self.states[visit.state][visit.number] = None

    def clear(self) -> None:
        self.visits = {}
        for numbers in self.states.values():
            numbers.clear()

    def move(self, visit: Visit, state: TicketState) -> None:
        self.states[visit.state].pop(visit.number, None)
        self.states[state][visit.number] = None
        visit.state = state

    def find(self, event: Event) -> Visit:
        number: str = event.number  # type: ignore[union-attr]
        return self.visits.get(number) or broken("ways", "nobody has", number, event)

    def waiting(self) -> list[Visit]:
        visits = self.visits
        return [visits[number] for number in self.states[TicketState.WAITING]]

    def pool_of(self, service: str) -> list[Visit]:
        """All who wait for the same counters, first come first."""
        pool, pools = self.pools[service], self.pools
        return sorted(
            (v for v in self.waiting() if pools[v.service] == pool), key=lambda v: v.place
        )

    def reaches(self, desk: Desk, visit: Visit) -> bool:
        """Who was sent to a counter or a teller is theirs for as long as somebody is there."""
        if visit.reserved_counter is not None:
            if visit.reserved_counter == desk.id:
                return True
            if self.desks[visit.reserved_counter].is_attended:
                return False
        if visit.reserved_teller is not None:
            if visit.reserved_teller == desk.teller:
                return True
            if any(
                d.is_attended and d.teller == visit.reserved_teller for d in self.desks.values()
            ):
                return False
        return visit.service in desk.services

    def reachable(self, desk: Desk) -> list[Visit]:
        reaches = self.reaches
        return [visit for visit in self.waiting() if reaches(desk, visit)]

    def sits(self, teller: str) -> bool:
        return any(desk.teller == teller for desk in self.desks.values())

    def premium_counts(self) -> bool:
        """Premium is a class of its own with enough counters at work and machines that run."""
        rule = self.plan.calling
        at_work = sum(desk.serves for desk in self.desks.values())
        too_many = rule.premium_off_machines_down * len(self.plan.machines)
        is_broken = len(self.down) > 0 and len(self.down) >= too_many
        return at_work >= rule.premium_needs_counters and not is_broken

    def leave_desk(self, visit: Visit, before: Visit | None) -> None:
        """The counter is free; `before` is what it may take back."""
        desk = self.desks[visit.counter or ""]
        desk.ticket = None
        desk.last = (before, self.version) if before is not None else None
        visit.counter = None

    def absent_from(self, visit: Visit) -> datetime:
        """Called often enough, and then given time; twice the time where it was promised."""
        policy = self.plan.counter_policy
        if visit.called_at is None or visit.calls_here < policy.calls_before_absent:
            return NEVER
        grace_s = policy.grace_s * (2 if visit.longer_grace else 1)
        return visit.called_at + timedelta(seconds=grace_s) if grace_s else EVER

    def report_machine(self, machine: str, state: MachineState) -> None:
        (self.down.add if state is MachineState.DOWN else self.down.discard)(machine)

    def local_day(self, at: datetime) -> date:
        return at.astimezone(self.plan.time_zone).date()

    def is_new_day(self, now: datetime) -> bool:
        """A later date, and not the one that the head took back by a clock that still stands."""
        if self.day is None:
            return True
        today = self.local_day(now)
        if self.refused is not None and today == self.refused[0] and now >= self.refused[1]:
            return False
        return today > self.day

    def shift(self, visit: Visit, by: timedelta) -> None:
        """The clock was set; what was booked stays as it was agreed."""
        for name in ("taken_at", "first_called_at", "called_at", "absent_at", "ended_at"):
            at = getattr(visit, name)
            if at is not None:
                setattr(visit, name, at + by)
        visit.rests = tuple(
            (began_at + by, until + by, ended_at and ended_at + by)
            for began_at, until, ended_at in visit.rests
        )
