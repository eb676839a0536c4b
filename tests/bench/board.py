"""How long a whole board takes: every waiting ticket and every service, five counters, classes."""

import argparse
import time
from dataclasses import replace
from datetime import datetime, timedelta

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
from tests.bench.figures import percentile, report
from tests.cast import MORNING, plan

COUNTERS = ("1", "2", "3", "4", "5")
CASH = ("A01", "A02", "A04")
SERVICES = (*CASH, "B01", "F01")
CLASSES = (Priority.REGULAR,) * 7 + (Priority.ASSISTANCE,) * 2 + (Priority.PREMIUM,)
WARM_UP = 5


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--waiting", type=int, default=15)
    parser.add_argument("--boards", type=int, default=200)


async def run(arguments: argparse.Namespace) -> None:
    forecaster, hall, now = busy_branch(arguments.waiting)
    took_ms = []
    for number in range(WARM_UP + arguments.boards):
        state = replace(hall, version=hall.version + number)
        began = time.perf_counter()
        board = forecaster.board(state, now + timedelta(seconds=number % 20))
        took_ms.append((time.perf_counter() - began) * 1000)
    rows = {
        "waiting": len(board.tickets),
        "counters": len(COUNTERS),
        "replicates": forecaster.replicates,
        "p50_ms": round(percentile(took_ms[WARM_UP:], 0.5), 2),
        "p95_ms": round(percentile(took_ms[WARM_UP:], 0.95), 2),
    }
    report("board: one board of all waits", rows, arguments.json)


def busy_branch(waiting: int) -> tuple[Forecaster, Hall, datetime]:
    """Five counters serving, and so many who wait: two counters take everything, three cash."""
    branch = replace(plan(), counters={each: CounterPlan(each, int(each)) for each in COUNTERS})
    hall, now = Hall.empty(branch), MORNING
    forecaster = Forecaster(Knowledge.of(branch))

    def act(command: Command) -> None:
        nonlocal hall, now
        now += timedelta(seconds=20)
        for event in decide(hall, command, now):
            after = fold(hall, (event,))
            forecaster.observe(event, hall, after)
            hall = after

    for counter in COUNTERS:
        act(OpenCounter(counter, f"teller-{counter}", SERVICES if counter > "3" else CASH))
    for number in range(waiting + len(COUNTERS)):
        service, priority = SERVICES[number * 7 % 5], CLASSES[number * 3 % 10]
        act(TakeTicket(service, "en", f"secret-{number}", priority=priority))
    for counter in COUNTERS:
        act(CallNext(counter))
        number_called = hall.counters[counter].ticket
        assert number_called is not None
        act(StartServing(counter, number_called))
    return forecaster, hall, now
