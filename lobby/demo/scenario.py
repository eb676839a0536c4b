"""The demo's scenario, day after day: the early morning at once, the rest as it comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lobby.branch import Actor, ActorKind, Branch
from lobby.demo import hours
from lobby.demo.agenda import Agenda
from lobby.demo.answers import Answers
from lobby.demo.clock import DemoClock
from lobby.demo.commands import DemoCommands
from lobby.demo.customers import Customers
from lobby.demo.incidents import Incidents
from lobby.demo.tellers import Seat, Teller, seats
from lobby.queueing.model.plan import Plan
from lobby.triage.catalogue import Catalogue

TELLERS_MAX = 4
FREE_COUNTERS = 2
"""For the visitors to sit down at."""


@dataclass(frozen=True, slots=True)
class People:
    """The ids under which simulated tellers and the kiosk act."""

    tellers: Sequence[str]
    kiosk: str


class Scenario:
    def __init__(
        self,
        branch: Branch,
        clock: DemoClock,
        people: People,
        seed: int,
        catalogue: Catalogue | None = None,
    ) -> None:
        self._branch, self._clock, self._people, self._seed = branch, clock, people, seed
        self._agenda = Agenda(clock)
        kiosk = DemoCommands(branch, Actor(ActorKind.DEVICE, people.kiosk))
        answers = Answers(branch, catalogue, seed)
        self._customers = Customers(self._agenda, kiosk, answers, seed)
        self._incidents = Incidents(self._agenda, kiosk)
        self._days = hours.working_days(branch.plan.business_day(clock.now()))
        self._plan_day()

    async def live_until(self, end: datetime) -> None:
        """The first day's hours until then, as fast as they can be written down."""
        await self._agenda.play_until(end)

    async def live_on(self) -> None:
        """The rest of that day and all days after it, on the running clock."""
        while True:
            await self._agenda.play_on()
            self._plan_day()

    async def live_days(self, count: int) -> None:
        """So many whole days, as fast as they can be written down, to the next day's opening."""
        plan = self._branch.plan
        for _ in range(count):
            today = plan.business_day(self._clock.now())
            await self._agenda.play_until(hours.at(plan, today, hours.DARK))
            opening = hours.at(plan, self._plan_day(), hours.OPENS)
            await self._agenda.play_until(opening)

    def _plan_day(self) -> date:
        day = next(self._days)
        taken = seats_of(self._branch.plan, self._people.tellers)
        self._customers.come_on(day, len(taken))
        self._incidents.come_on(day)
        for seat in taken:
            hands = DemoCommands(self._branch, Actor(ActorKind.STAFF, seat.teller))
            Teller(self._agenda, hands, seat, day, self._seed)
        return day


def tellers_of(plan: Plan) -> int:
    """How many counters simulated tellers take."""
    return max(1, min(TELLERS_MAX, len(plan.counters) - FREE_COUNTERS))


def opening_of(plan: Plan, now: datetime) -> datetime:
    """When the demo's first day begins: today, or the last working day before."""
    day = hours.last_working_day(plan.business_day(now))
    return hours.at(plan, day, hours.OPENS)


def visitors_come(plan: Plan, opening: datetime) -> datetime:
    return hours.at(plan, plan.business_day(opening), hours.VISITORS_COME)


def seats_of(plan: Plan, tellers: Sequence[str]) -> list[Seat]:
    """Who sits at which counter and serves what there."""
    pools = dict.fromkeys(service.pool for service in plan.services.values())
    by_pool = [
        tuple(code for code, service in plan.services.items() if service.pool == pool)
        for pool in pools
    ]
    return seats(by_pool, list(plan.counters), tellers)
