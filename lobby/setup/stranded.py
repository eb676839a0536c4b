"""What may change in the middle of a day: nothing that somebody is waiting for, sits at, or has
reported is taken away."""

from collections import Counter

from lobby.queueing.model.hall import Hall
from lobby.queueing.model.machine import Machine
from lobby.queueing.model.plan import Plan
from lobby.queueing.model.ticket import ENDED
from lobby.setup.refusals import Problem, SetUpRefusedError


def require_nobody_stranded(hall: Hall, new: Plan) -> None:
    """Raises `SetUpRefusedError` with how many, and what to do."""
    if people := _people(hall, new):
        raise SetUpRefusedError(Problem.SERVICES_WAITED_FOR, people=people)
    if counters := _counters(hall, new):
        raise SetUpRefusedError(Problem.COUNTERS_OPEN, counters=counters)
    if machines := _machines(hall, new):
        raise SetUpRefusedError(Problem.MACHINES_REPORTED, machines=machines)
    if str(hall.plan.time_zone) != str(new.time_zone):
        raise SetUpRefusedError(Problem.TIME_ZONE_TODAY)


def _people(hall: Hall, new: Plan) -> str:
    """By service, as `B01: 2`."""
    here = Counter(
        ticket.service
        for ticket in hall.tickets.values()
        if ticket.state not in ENDED and ticket.service not in new.services
    )
    return ", ".join(f"{code}: {count}" for code, count in sorted(here.items()))


def _counters(hall: Hall, new: Plan) -> str:
    known = hall.plan.counters
    return ", ".join(
        known[counter.id].label if counter.id in known else counter.id
        for counter in hall.counters.values()
        if counter.is_open and counter.id not in new.counters
    )


def _machines(hall: Hall, new: Plan) -> str:
    return ", ".join(
        machine.id
        for machine in hall.machines.values()
        if machine.id not in new.machines and machine != Machine(machine.id)
    )
