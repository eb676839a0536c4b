"""How long a whole snapshot takes: every waiting ticket and every service, five counters, classes.

Beside it, after each snapshot, a fixed load of small numpy operations is timed: on a noisy machine
the ratio of the two holds where milliseconds do not.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from msgspec import structs

from lobby.forecast import forward, kernel
from lobby.forecast.forecaster import Forecaster
from lobby.forecast.knowledge import Knowledge
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import CallNext, OpenCounter, StartServing
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.evolve.dispatch import fold
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.plan import CounterPlan
from lobby.queueing.model.priority import Priority
from tests.app.people import MORNING, plan
from tests.bench.figures import percentile, report

COUNTERS = 5
CASH = ("A01", "A02", "A04")
SERVICES = (*CASH, "B01", "F01")
CLASSES = (Priority.REGULAR,) * 7 + (Priority.ASSISTANCE,) * 2 + (Priority.PREMIUM,)
WARM_UP = 5

REFERENCE_OPERATIONS = 500
"""Of the reference: about what a snapshot of fifteen waiting once made."""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--waiting", type=_counts, default=(15, 200, 1000), help="how many wait: 15,200,1000"
    )
    parser.add_argument("--snapshots", type=int, default=100, help="timed for each (default: 100)")
    parser.add_argument(
        "--counters", type=int, default=COUNTERS, help="that are open, 0 to 5 (default: 5)"
    )
    parser.add_argument(
        "--engine", choices=("best", "numpy"), default="best", help="leave a kernel aside (numpy)"
    )


def _engine(asked: str) -> str:
    """What runs the hall forward from here on."""
    if asked == "numpy":
        for module in (forward, kernel):
            module.__dict__["library"] = lambda: None
    return "numpy" if kernel.library() is None else "kernel"


def _counts(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


@dataclass(slots=True)
class Timings:
    """Milliseconds of the wall's clock, and of this thread's processor time."""

    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def take(self, work: Callable[[], object]) -> None:
        began, began_cpu = time.perf_counter(), time.thread_time()
        work()
        self.cpu_ms.append((time.thread_time() - began_cpu) * 1000)
        self.wall_ms.append((time.perf_counter() - began) * 1000)


async def run(arguments: argparse.Namespace) -> None:
    engine = _engine(arguments.engine)
    sizes = {
        str(waiting): _measured(waiting, arguments.counters, arguments.snapshots)
        for waiting in arguments.waiting
    }
    rows = {"engine": engine, "counters": arguments.counters, **_by_figure(sizes)}
    report("board: one snapshot of all waits, by number waiting", rows, arguments.json)


def _measured(waiting: int, counters: int, snapshots: int) -> dict[str, float]:
    forecaster, hall, now = busy_branch(waiting, counters)
    ours, reference = Timings(), Timings()
    for number in range(WARM_UP + snapshots):
        state, at = (
            structs.replace(hall, version=hall.version + number),
            now + timedelta(seconds=number),
        )
        for timings, work in (
            (ours, lambda state=state, at=at: forecaster.snapshot(state, at)),
            (reference, _reference),
        ):
            timings.take(work)
    wall_ms, cpu_ms = ours.wall_ms[WARM_UP:], ours.cpu_ms[WARM_UP:]
    reference_ms = percentile(reference.cpu_ms[WARM_UP:], 0.5)
    return {
        "p50_ms": round(percentile(wall_ms, 0.5), 2),
        "p95_ms": round(percentile(wall_ms, 0.95), 2),
        "cpu_p50_ms": round(percentile(cpu_ms, 0.5), 2),
        "reference_cpu_p50_ms": round(reference_ms, 2),
        "cpu_ratio": round(percentile(cpu_ms, 0.5) / reference_ms, 2),
    }


def _by_figure(sizes: dict[str, dict[str, float]]) -> dict[str, Any]:
    names = next(iter(sizes.values()))
    return {name: {size: each[name] for size, each in sizes.items()} for name in names}


def _reference() -> float:
    """Adds, compares and chooses on arrays of the size of a step: 200 futures, eight lines."""
    left = np.arange(1600.0).reshape(200, 8)
    right = np.ones(8)
    chosen = 0
    for _ in range(REFERENCE_OPERATIONS // 5):
        left += right
        kept = left > 800.0
        chosen += int(left.argmax(axis=1)[0])
        chosen += int(kept[0, 0])
        left = np.where(kept, left - 1.0, left)
    return float(chosen)


def busy_branch(waiting: int, counters: int) -> tuple[Forecaster, Hall, datetime]:
    """So many wait where counters serve: the first three cash only, the others everything."""
    names = [str(number + 1) for number in range(counters)]
    plans = {
        str(number + 1): CounterPlan(str(number + 1), str(number + 1)) for number in range(COUNTERS)
    }
    branch = replace(plan(), counters=plans)
    hall, now = Hall.empty(branch), MORNING
    forecaster = Forecaster(Knowledge.of(branch))

    def act(command: Command) -> None:
        nonlocal hall, now
        now += timedelta(seconds=20)
        for event in decide(hall, command, now):
            after = fold(hall, (event,))
            forecaster.observe(event, hall, after)
            hall = after

    for counter in names:
        act(OpenCounter(counter, f"teller-{counter}", SERVICES if counter > "3" else CASH))
    for number in range(waiting + counters):
        service, priority = SERVICES[number * 7 % 5], CLASSES[number * 3 % 10]
        act(TakeTicket(service, "en", f"secret-{number}", priority=priority))
    for counter in names:
        act(CallNext(counter))
        number_called = hall.counters[counter].ticket
        assert number_called is not None
        act(StartServing(counter, number_called))
    return forecaster, hall, now
