"""The simulated people of the demo, acting on a real branch in a database of its own."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec import structs

from lobby.branch import Actor, ActorKind, Branch, Outcome
from lobby.catalogue.reading import DEMO, read_branch_file
from lobby.console.demo_setup import set_up_demo
from lobby.demo import hours
from lobby.demo.arrivals import Arrival, arrivals
from lobby.demo.clock import DemoClock
from lobby.demo.commands import DemoCommands
from lobby.demo.scenario import Scenario, opening_of, tellers_of, visitors_come
from lobby.live.changes import Change
from lobby.machines import MachineState
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CloseCounter, Finish, StartServing
from lobby.queueing.events.event import Event
from lobby.queueing.events.ticket import TicketTaken
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import CounterPlan, Plan
from lobby.queueing.model.ticket import TicketState
from lobby.store.history import read_history
from lobby.store.log import events_of_last_day
from lobby.store.store import Store

SPEED = 20_000
FRIDAY = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
SET_UP = read_branch_file(DEMO)
PLAN = SET_UP.plan
OPENING = opening_of(PLAN, FRIDAY)


class NobodyLooks:
    def publish(self, change: Change) -> None:
        """No screen is open."""


Scene = Callable[[Branch, Scenario, DemoClock], Awaitable[None]]


def play(folder: Path, seed: int, scene: Scene, plan: Plan = PLAN) -> tuple[Hall, list[Event]]:
    """The hall and the last day's events after the scene."""
    database = folder / f"{seed}-{len(list(folder.iterdir()))}.db"
    demo = set_up_demo(database, replace(SET_UP, plan=plan))

    async def act() -> tuple[Hall, list[Event]]:
        store, clock = Store(database), DemoClock(OPENING)
        store.open()
        try:
            history = await store.read(lambda connection: read_history(connection, plan))
            branch = Branch(history, store, clock, NobodyLooks())
            await scene(branch, Scenario(branch, clock, demo.people, seed, SET_UP.catalogue), clock)
            _, events = await store.read(lambda sql: events_of_last_day(sql, plan.id))
            return branch.hall, events
        finally:
            store.close()

    return asyncio.run(act())


def until(hour: int, minute: int = 0) -> Scene:
    async def scene(_branch: Branch, life: Scenario, _clock: DemoClock) -> None:
        await life.live_until(OPENING.replace(hour=hour, minute=minute))

    return scene


def without_secrets(events: Sequence[Event]) -> list[Event]:
    return [structs.replace(e, secret="") if isinstance(e, TicketTaken) else e for e in events]


def test_it_makes_the_same_day_of_the_same_seed(tmp_path: Path) -> None:
    _, first = play(tmp_path, 7, until(11))
    _, again = play(tmp_path, 7, until(11))
    _, other = play(tmp_path, 8, until(11))
    assert len(first) > 200
    assert without_secrets(first) == without_secrets(again)
    assert without_secrets(first) != without_secrets(other)


def test_it_has_a_morning_behind_it_when_visitors_come(tmp_path: Path) -> None:
    hall, _ = play(tmp_path, 1, until(9, 20))
    states = Counter(ticket.state for ticket in hall.tickets.values())
    assert states[TicketState.FINISHED] >= 10
    assert hall.waiting_count() > 0
    assert len(hall.calls) == 5


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_has_a_full_hall_at_the_peak_of_the_morning(tmp_path: Path, seed: int) -> None:
    waiting: list[int] = []

    async def scene(branch: Branch, life: Scenario, _clock: DemoClock) -> None:
        for minutes in range(50, 151, 10):
            await life.live_until(OPENING + timedelta(minutes=minutes))
            waiting.append(branch.hall.waiting_count())

    play(tmp_path, seed, scene)
    assert 15 <= max(waiting) <= 40
    assert sum(count >= 12 for count in waiting) > len(waiting) / 2, waiting


def test_somebody_needs_the_lobby_manager_when_visitors_come(tmp_path: Path) -> None:
    """A machine that has failed, and a customer among the seats; both pass."""
    seen: dict[str, Hall] = {}

    async def scene(branch: Branch, life: Scenario, _clock: DemoClock) -> None:
        for name, minutes in (("then", 50), ("later", 75)):
            await life.live_until(OPENING + timedelta(minutes=minutes))
            seen[name] = branch.hall

    play(tmp_path, 1, scene)
    failed = [m for m in seen["then"].machines.values() if m.state is MachineState.DOWN]
    (call,) = seen["then"].help_calls
    assert len(failed) == 1 and call.ticket is not None
    assert all(m.state is MachineState.UP for m in seen["later"].machines.values())
    assert call.id not in [other.id for other in seen["later"].help_calls]


def test_it_shows_everything_that_happens_at_counters_in_a_day(tmp_path: Path) -> None:
    """A busy day: on a quiet one nobody waits long enough to leave."""
    _, events = play(tmp_path, 3, until(18, 45))
    kinds = {type(event).__name__ for event in events}
    assert kinds >= {
        *("TicketTaken", "TicketCalled", "TicketCalledAgain", "ServingStarted"),
        *("ServingFinished", "CustomerAbsent", "CustomerReturned", "TicketHeld", "TicketUnheld"),
        *("TicketTransferred", "TicketCancelled", "CounterPaused", "CounterResumed"),
        *("CounterOpened", "CounterClosed"),
    }


def test_it_goes_quiet_in_the_evening(tmp_path: Path) -> None:
    hall, _ = play(tmp_path, 1, until(18, 45))
    assert hall.waiting_count() == 0
    assert [counter.id for counter in hall.counters.values() if counter.is_open] == []


def test_it_leaves_counters_free_for_visitors(tmp_path: Path) -> None:
    hall, _ = play(tmp_path, 1, until(9, 20))
    free = [counter.id for counter in hall.counters.values() if not counter.is_open]
    assert len(free) >= 2


def test_it_lives_on_while_a_visitor_interferes(tmp_path: Path) -> None:
    """Somebody calls at a simulated teller's counter and closes another: a no is only a no."""

    async def scene(branch: Branch, life: Scenario, _clock: DemoClock) -> None:
        await life.live_until(OPENING.replace(hour=9, minute=20))
        hands = DemoCommands(branch, Actor(ActorKind.STAFF, "visitor"))
        for counter in ("1", "2", "3", "4"):
            number = branch.hall.counters[counter].ticket
            if number is not None:
                await hands.do(StartServing(counter, number))
                await hands.do(Finish(counter, number))
        await hands.do(CloseCounter("2"))
        await life.live_until(OPENING.replace(hour=12))

    hall, _ = play(tmp_path, 1, scene)
    assert not hall.counters["2"].is_open
    noon = OPENING.replace(hour=11, minute=30)
    assert any(ticket.ended_at and ticket.ended_at > noon for ticket in hall.tickets.values())


def test_it_serves_everybody_though_the_clock_runs_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So fast that the clock has moved on between an act and the next, by ten seconds whenever
    anybody looks at it: whoever is refused looks again, and does not ask for the next customer for
    the rest of the day."""
    looks = count()
    hasty = SimpleNamespace(monotonic=lambda: next(looks) * 10 / SPEED)
    monkeypatch.setattr("lobby.demo.clock.time", hasty)
    refused: Counter[str] = Counter()
    do = DemoCommands.do

    async def counting(self: DemoCommands, command: Command) -> Outcome | None:
        outcome = await do(self, command)
        refused[type(command).__name__] += outcome is None
        return outcome

    monkeypatch.setattr(DemoCommands, "do", counting)

    async def scene(branch: Branch, life: Scenario, clock: DemoClock) -> None:
        await life.live_until(OPENING.replace(hour=9, minute=20))
        clock.run(speed=SPEED)
        living = asyncio.create_task(life.live_on())
        for _ in range(6_000):
            if not any(counter.is_open for counter in branch.hall.counters.values()):
                break
            await asyncio.sleep(0.01)
        living.cancel()

    hall, _ = play(tmp_path, 1, scene)
    states = Counter(ticket.state for ticket in hall.tickets.values())
    assert [counter.id for counter in hall.counters.values() if counter.is_open] == []
    assert refused.total() < 20, refused
    assert states[TicketState.FINISHED] > 100, states


def test_it_passes_over_the_night_to_the_next_working_day(tmp_path: Path) -> None:
    async def scene(branch: Branch, life: Scenario, clock: DemoClock) -> None:
        await life.live_until(OPENING.replace(hour=18, minute=45))
        clock.run(speed=20_000)
        living = asyncio.create_task(life.live_on())
        for _ in range(3_000):
            if branch.hall.day != OPENING.date():
                break
            await asyncio.sleep(0.01)
        living.cancel()

    hall, events = play(tmp_path, 1, scene)
    assert hall.day == date(2026, 3, 9)  # Monday
    assert events[0].at - OPENING > timedelta(days=2, hours=23)


def test_it_draws_customers_in_the_order_of_time_and_within_opening_hours() -> None:
    drawn: list[Arrival] = list(arrivals(PLAN, OPENING.date(), 4, seed=1))
    times = [arrival.at for arrival in drawn]
    assert times == sorted(times)
    assert 150 < len(times) < 320
    assert times[0] >= hours.at(PLAN, OPENING.date(), hours.OPENS)
    assert times[-1] < hours.at(PLAN, OPENING.date(), hours.GIVES_NO_MORE)


@pytest.mark.parametrize(("counters", "taken"), [(1, 1), (2, 1), (3, 1), (5, 3), (6, 4), (12, 4)])
def test_it_takes_only_some_of_the_counters(counters: int, taken: int) -> None:
    plan = replace(
        PLAN, counters={str(n): CounterPlan(str(n), str(n)) for n in range(1, counters + 1)}
    )
    assert tellers_of(plan) == taken


@pytest.mark.parametrize("counters", [1, 3, 4])
def test_it_serves_everybody_with_few_counters(tmp_path: Path, counters: int) -> None:
    plan = replace(
        PLAN, counters={str(n): CounterPlan(str(n), str(n)) for n in range(1, counters + 1)}
    )
    hall, _ = play(tmp_path, 4, until(18, 45), plan)
    served = {s for c in hall.counters.values() if c.session for s in c.session.services}
    assert served == set(plan.services)
    assert hall.waiting_count() == 0


def test_it_begins_on_a_working_day() -> None:
    saturday = FRIDAY + timedelta(days=1)
    assert opening_of(PLAN, saturday) == opening_of(PLAN, FRIDAY) == OPENING
    assert visitors_come(PLAN, OPENING) - OPENING == timedelta(minutes=50)
