"""Boards and halls for tests of what is announced: minutes in, estimates out."""

import math
from collections.abc import Mapping
from datetime import datetime

from lobby.forecast.estimate import Cause, Estimate, Snapshot, Why
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.counter import OpenCounter
from lobby.queueing.commands.ticket import TakeTicket
from lobby.queueing.decide.dispatch import decide
from lobby.queueing.evolve.dispatch import evolve, fold
from lobby.queueing.evolve.step import Step
from lobby.queueing.model.hall import Hall
from tests.app.people import MORNING, hall

OPEN_ONE = OpenCounter("1", "thu", ("A01", "A02"))
OPEN_TWO = OpenCounter("2", "wei", ("A01", "A02"))

NEVER = math.inf
NOBODY = Estimate(NEVER, NEVER, NEVER, NEVER, NEVER, 0, 0, Why(Cause.NOBODY))


def after(*commands: Command, at: datetime = MORNING, before: Hall | None = None) -> Hall:
    found = before or hall()
    for command in commands:
        found = fold(found, decide(found, command, at))
    return found


def steps(*commands: Command, before: Hall, at: datetime = MORNING) -> tuple[Step, ...]:
    """The same commands, as the branch hands their events to whoever follows it."""
    found: list[Step] = []
    for command in commands:
        for event in decide(before, command, at):
            step = Step(event, before, evolve(before, event))
            found.append(step)
            before = step.after
    return tuple(found)


def take(*secrets: str, service: str = "A01") -> tuple[Command, ...]:
    return tuple(TakeTicket(service, "en", secret) for secret in secrets)


def between(p25_min: float, p90_min: float, ahead: int = 1, cause: Cause = Cause.AHEAD) -> Estimate:
    middle_s = (p25_min + p90_min) / 2 * 60
    return Estimate(
        p10_s=p25_min * 60,
        p25_s=p25_min * 60,
        p50_s=middle_s,
        p75_s=middle_s,
        p90_s=p90_min * 60,
        ahead=ahead,
        counters=1,
        why=Why(cause, ahead, 1, 4.2),
        naive_s=240.0 * ahead,
    )


def snapshot(
    state: Hall,
    tickets: Mapping[str, Estimate],
    services: Mapping[str, Estimate] | None = None,
    at: datetime = MORNING,
) -> Snapshot:
    return Snapshot(state.version, at, tickets, services or {})
