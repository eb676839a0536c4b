"""A branch drawn from a seed: its rules, its people, and a clock that somebody sets at times."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from random import Random

from lobby.clock import FrozenClock
from lobby.queueing.commands.command import (
    CloseOutDay,
    Command,
    CorrectClock,
    OpenDay,
    ReserveNumbers,
    TakeBackDay,
)
from lobby.queueing.commands.counter import (
    CallAgain,
    CallNext,
    CloseUnattended,
    Finish,
    LeftSeat,
    MarkSeats,
    OpenCounter,
    ResumeCounter,
    StartServing,
)
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import CounterPolicy, Plan
from lobby.queueing.model.priority import CallingRule, Order, Priority
from lobby.queueing.model.ticket import TicketState
from lobby.steady_clock import SteadyClock
from tests.app.people import plan
from tests.bench.invariants_model import Desk, House
from tests.queueing.people import People
from tests.queueing.shift import ALL_SERVICES, CASH

NIGHTS = {
    "Asia/Shanghai": datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
    "Europe/Berlin": datetime(2026, 3, 28, 15, 0, tzinfo=UTC),
    "America/New_York": datetime(2026, 10, 31, 20, 0, tzinfo=UTC),
    "Africa/Cairo": datetime(2026, 4, 23, 14, 0, tzinfo=UTC),
}
"""A time of day in each; in three of them the clocks of the country change that night."""

JUMPS_S = (1, 3, 16 * 60, 3_600, 9 * 3_600, 86_400, 2 * 86_400, 10 * 365 * 86_400)

SKILLS = (ALL_SERVICES, ALL_SERVICES, CASH, ("A01", "B01"), ("B01", "F01"))


class World:
    """What a seed says: the same seed, the same branch. Where it `is_steady` acts have the time of
    the house's steady clock, as in the program; else of the machine's, wherever that jumps."""

    def __init__(self, seed: int) -> None:
        chance = Random(seed)
        self.seed = seed
        self.is_steady = chance.random() < 0.7
        zone = chance.choice(sorted(NIGHTS))
        self.begins = NIGHTS[zone]
        self.plan = _plan(zone, chance)
        self.steps = chance.choice((150, 300, 600))


def _plan(zone: str, chance: Random) -> Plan:
    whole = plan(zone=zone)
    premium = {key for key in whole.counters if chance.random() < 0.3}
    calling = CallingRule(
        order=chance.choice((Order.RULE_A, Order.RULE_A, Order.FIRST_COME, Order.STRICT)),
        overtakes_max=chance.choice((3, 3, 3, 0, 1, 2)),
        keeps_next=chance.random() < 0.4,
        used_max=chance.choice((1.0, 1.0, 4.0)),
    )
    policy = CounterPolicy(
        grace_s=chance.choice((0, 45)),
        calls_before_absent=chance.choice((1, 2)),
        auto_call=chance.random() < 0.2,
    )
    counters = {
        key: replace(counter, premium=key in premium) for key, counter in whole.counters.items()
    }
    return replace(whole, counters=counters, calling=calling, counter_policy=policy)


class Hands:
    """A machine's clock that people set, and the time that acts get from it."""

    def __init__(self, world: World, chance: Random) -> None:
        self._chance = chance
        self._is_steady = world.is_steady
        self._zone = world.plan.time_zone
        self._raw = FrozenClock(world.begins)
        self.steady = SteadyClock(self._raw)
        self._recorded_s = 0.0

    def start_again(self) -> None:
        """A new process believes the clock that it finds."""
        self.steady = SteadyClock(self._raw)
        self._recorded_s = 0.0

    @property
    def behind_s(self) -> float:
        return self.steady.corrected_s - self._recorded_s

    def recorded(self, shift_s: float) -> None:
        self._recorded_s += shift_s

    def now(self, *, is_empty: bool) -> datetime:
        if not self._is_steady:
            return self._raw.now()
        now, corrected_s = self.steady.read()
        if is_empty:
            self._recorded_s = corrected_s
        behind_s = corrected_s - self._recorded_s
        return now - timedelta(seconds=behind_s) if behind_s else now

    def pass_on(self) -> None:
        """Mostly a minute; now and then hours, up to midnight, or a jump."""
        luck = self._chance.random()
        if luck > 0.03:
            self._raw.advance(self._chance.choice((0, 1, 5, 20, 60)))
        elif luck > 0.02:
            self._raw.advance(self._chance.choice((301, 1_000, 4 * 3_600, 9 * 3_600)))
        elif luck > 0.016:
            self._to_midnight()
        elif luck < 0.004:
            self._raw.jump(self._chance.choice(JUMPS_S) * self._chance.choice((1, 1, -1)))

    def _to_midnight(self) -> None:
        tomorrow = self._raw.now().astimezone(self._zone).date() + timedelta(days=1)
        midnight = datetime.combine(tomorrow, time(), self._zone).astimezone(UTC)
        self._raw.advance(max(0.0, (midnight - self._raw.now()).total_seconds() - 1))

    def judge(self) -> None:
        """The head says which clock is right."""
        (self.steady.follow if self._chance.random() < 0.7 else self.steady.refuse)("minh")


class Crowd(People):
    """The people of the tests, with all classes and all counters, seen through the model: it finds
    whoever is in some state at once."""

    def __init__(self, chance: Random, house: House, *, sets_clock: bool) -> None:
        super().__init__(chance.randrange(2**32))
        self._house = house
        self._sets_clock = sets_clock
        self._taken = 0

    def act(self, hall: Hall) -> Command:
        luck = self._random.random()
        if luck < 0.26:
            return self._arrival()
        if luck < 0.70:
            return self._at_desk()
        return super().act(hall) if luck < 0.992 else self._about_days(hall)

    def _arrival(self) -> Command:
        chance = self._random
        self._taken += 1
        priority = chance.choice((None, None, None, *Priority))
        now = self._house.latest_at
        is_booked = priority is Priority.APPOINTMENT and now is not None
        booked_at = now + timedelta(minutes=chance.randrange(30)) if is_booked and now else None
        secret = f"own-{self._taken}"
        return TakeTicket(
            chance.choice(ALL_SERVICES), "zh", secret, priority=priority, booked_at=booked_at
        )

    def _at_desk(self) -> Command:
        chance, house = self._random, self._house
        desk = house.desks[chance.choice("1234")]
        if desk.is_open and chance.random() < 0.02:
            return self._about_seats(desk)
        if not desk.is_open:
            return OpenCounter(desk.id, f"teller-{desk.id}", chance.choice(SKILLS))
        if desk.is_paused:
            return ResumeCounter(desk.id)
        if desk.ticket is None or chance.random() < 0.03:
            return CallNext(desk.id)
        if house.visits[desk.ticket].state is TicketState.SERVING:
            return Finish(desk.id, desk.ticket)
        if chance.random() < 0.1:
            return CallAgain(desk.id, desk.ticket)
        return StartServing(desk.id, desk.ticket)

    def _about_seats(self, desk: Desk) -> Command:
        """The teller has gone, or is back, or somebody closes or takes over what was left."""
        since = self._house.latest_at or NIGHTS["Asia/Shanghai"]
        left = LeftSeat(desk.id, desk.teller or "", since)
        teller = self._random.choice(("lan", "minh"))
        acts: tuple[Command, ...] = (
            MarkSeats((left,)),
            MarkSeats((left,)),
            MarkSeats((), (desk.id,)),
            CloseUnattended(desk.id),
            OpenCounter(desk.id, teller, ALL_SERVICES, takes_over=True),
        )
        return self._random.choice(acts)

    def _about_days(self, hall: Hall) -> Command:
        """Sense and nonsense about days: openings, numbers kept free, turns taken back."""
        chance, house = self._random, self._house
        today = house.day or self._house.local_day(NIGHTS["Asia/Shanghai"])
        day = today + timedelta(days=chance.choice((0, 0, 0, 0, 1, -1)))
        idle_since = house.latest_at or NIGHTS["Asia/Shanghai"]
        acts: list[Command] = [
            OpenDay(),
            TakeBackDay(day, "minh"),
            TakeBackDay(day, "minh"),
            ReserveNumbers(day, {chance.choice("ABFS"): house.version % 60}),
            CloseOutDay(idle_since, hall.version - chance.randrange(2)),
        ]
        if self._sets_clock:
            shift_s = chance.choice(JUMPS_S[:-1]) * chance.choice((1, -1))
            since = chance.randrange(hall.version + 1)
            acts.append(CorrectClock(shift_s, since, chance.choice((0, since)), "minh"))
        return chance.choice(acts)

    def _number(self, hall: Hall, *states: TicketState) -> str:
        found = [number for state in states for number in self._house.states[state]]
        return self._random.choice(found) if found else "A001"

    def _offered(self, hall: Hall) -> list[str]:
        visits = self._house.visits
        waiting = self._house.states[TicketState.WAITING]
        return [number for number in waiting if visits[number].offer == "open"]
