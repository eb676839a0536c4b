"""A recorded day prepared for another calling rule: the same people, jobs and tellers."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from lobby.queueing.model.plan import Plan
from lobby.replay.branch import plan_of
from lobby.replay.recording import Recorded
from lobby.replay.script import DAY_S, Script
from lobby.replay.seating import Seat as RecordedSeat
from lobby.simulation.customer import Customer
from lobby.simulation.day import Day
from lobby.simulation.staffing import Break, Seat

JOB_S = 180.0
"""Of a service of which the day has no job."""


def plan_of_day(script: Script, branch: Plan | None = None) -> Plan:
    """Quick and long services are told apart by the day's own medians. With the `branch` it is
    called by that one's promises and limits, and its services share counters as they do there."""
    plan, medians_s = plan_of(script), _medians_s(script.day)
    typical_min = {service: max(1.0, length) / 60 for service, length in medians_s.items()}
    if branch is None:
        return replace(plan, calling=replace(plan.calling, typical_min=typical_min))
    services = {code: branch.services.get(code, service) for code, service in plan.services.items()}
    return replace(
        plan,
        services=services,
        target_min=branch.target_min,
        calling=replace(branch.calling, typical_min=typical_min),
    )


def day_of(script: Script, on: date) -> Day:
    """Who hung up before joining the line is left out: no rule could have served them."""
    jobs_s = _medians_s(script.day)
    stayed = [one for one in script.day if one.left_s != one.taken_s]
    customers = [_customer(one, jobs_s) for one in sorted(stayed, key=lambda one: one.taken_s)]
    seats = [_seat(seat, own, script.day) for seat, own in script.seats.items()]
    return Day(on, tuple(customers), tuple(seats))


def _medians_s(day: Iterable[Recorded]) -> dict[str, float]:
    lengths_s: dict[str, list[int]] = {}
    for one in day:
        if one.started_s is not None and one.finished_s is not None:
            lengths_s.setdefault(one.service, []).append(one.finished_s - one.started_s)
    return {service: statistics.median(found) for service, found in lengths_s.items()}


def _customer(one: Recorded, jobs_s: Mapping[str, float]) -> Customer:
    """Of who gave up nobody knows how long their job was: it is taken as the median."""
    priority = one.priority
    if one.started_s is not None and one.finished_s is not None:
        length_s = float(one.finished_s - one.started_s)
        return Customer(one.taken_s, one.service, priority, length_s)
    assert one.left_s is not None, "who was not served has left"
    job_s = jobs_s.get(one.service, JOB_S)
    patience_s = one.left_s - one.taken_s
    return Customer(one.taken_s, one.service, priority, job_s, patience_s=patience_s)


def _seat(seat: RecordedSeat, own: Sequence[Recorded], day: Sequence[Recorded]) -> Seat:
    services = tuple(sorted({one.service for one in own}))
    first_s, last_s = own[0].started_s, own[-1].finished_s
    assert first_s is not None and last_s is not None, "a seat's customers were served"
    return Seat(
        counter=seat.counter,
        teller=seat.username,
        services=services,
        from_s=min(first_s, DAY_S - 1),
        until_s=last_s,
        breaks=tuple(_breaks(own, [one for one in day if one.service in services])),
    )


def _breaks(own: Sequence[Recorded], served_here: Sequence[Recorded]) -> Iterable[Break]:
    """The log has no pauses: a teller who calls nobody while people wait is taken to be away."""
    for before, after in pairwise(own):
        assert before.finished_s is not None and after.started_s is not None
        waited = _waited(served_here, before.finished_s, after.started_s)
        if waited:
            from_s = min(start_s for start_s, _ in waited)
            yield Break(from_s, sum(end_s - start_s for start_s, end_s in waited))


def _waited(people: Iterable[Recorded], from_s: int, until_s: int) -> list[tuple[int, int]]:
    """The stretches between two moments in which anybody waited, none touching another."""
    stretches: list[tuple[int, int]] = []
    for one in people:
        end_s = one.started_s if one.started_s is not None else one.left_s
        start_s = max(one.taken_s, from_s)
        end_s = min(end_s or 0, until_s)
        if start_s < end_s:
            stretches.append((start_s, end_s))
    return _joined(stretches)


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start_s, end_s in sorted(stretches):
        if joined and start_s <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end_s))
        else:
            joined.append((start_s, end_s))
    return joined
