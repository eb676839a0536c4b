"""The live half of what the rules look at: one branch at one moment, for one service."""

from datetime import datetime

from lobby.branch import Branch
from lobby.machines import MachineState
from lobby.queueing.model.duty import DutyState
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.machine import Machine as MachineNow
from lobby.screens.opening import closes_in_min, is_open, outlook
from lobby.screens.today import hall_today
from lobby.triage.catalogue import Catalogue, Service
from lobby.triage.machine import MachineStatus
from lobby.triage.situation import Dial, OtherBranch, Situation
from lobby.waits.announced import NO_ANNOUNCEMENT, Announced
from lobby.waits.fallback import rough_wait_min
from lobby.web.services import Services

MINUTES_EACH_BEFORE_A_MACHINE = 3.0
"""How long one person before a machine takes, until the branch's own measure says better."""

HAS_TIME = frozenset({DutyState.ON_DUTY, DutyState.PATROLLING})


def situation_of(
    catalogue: Catalogue,
    branch: Branch,
    service: Service,
    now: datetime,
    announced: Announced = NO_ANNOUNCEMENT,
    *,
    other_branch: OtherBranch | None = None,
    adviser: str = "",
) -> Situation:
    """`other_branch` as `near_branch` finds it; `adviser` is the teller whom the customer knows."""
    hall, facts = hall_today(branch.hall, now), catalogue.branch
    serving = [c for c in hall.counters.values() if c.is_serving and service.code in c.services]
    rough_min = rough_wait_min(hall, service.code)
    later = None if serving else outlook(catalogue, branch, service, now)
    return Situation(
        open_counters=len(serving),
        counter_free=rough_min == 0,  # a counter between two customers of a line is not free
        opens_later=later is not None and later.opens_later,
        opens_in_min=_minutes_until(later.at, now) if later else None,
        waiting=hall.waiting_in_pool(hall.pool(service.code)),
        counter_wait_min=_wait_min(announced, service.code, rough_min),
        counter_service_min=service.minutes,
        machines=machines_now(catalogue, hall),
        per_operation_limit=facts.per_operation_limit,
        minutes_per_operation=facts.minutes_per_operation,
        profile=catalogue.profile,
        dial=Dial(branch.plan.dial),
        day=branch.plan.business_day(now),
        lobby_manager_free=lobby_manager_free(hall),
        branch_kind=facts.kind,
        other_branch=other_branch,
        takes_bookings=facts.takes_bookings,
        same_adviser_wait_min=_wait_for(hall, adviser, service) if adviser else None,
        minutes_to_closing=closes_in_min(catalogue, branch, service, now),
    )


def near_branch(services: Services, branch: Branch, code: str, now: datetime) -> OtherBranch | None:
    """Where this branch sends people: with its wait, where both are in this program and somebody
    serves there now; None for a service that is not done there either."""
    hub = services.catalogues[branch.id].branch.hub
    if hub is None:
        return None
    there, catalogue = services.branches.get(hub.id), services.catalogues.get(hub.id)
    if there is None or catalogue is None:
        return OtherBranch(hub.id, hub.names)
    service = catalogue.services.get(code)
    if service is None or catalogue.branch.kind not in service.branches:
        return None
    return OtherBranch(hub.id, there.plan.names, _wait_there(services, there, code, now))


def lobby_manager_free(hall: Hall) -> bool:
    """A colleague who walks the hall and is with nobody. Where nobody ever says who is on duty,
    whoever is called comes."""
    team = hall.duty.values()
    return not team or any(duty.state in HAS_TIME for duty in team)


def machines_now(catalogue: Catalogue, hall: Hall) -> tuple[MachineStatus, ...]:
    return tuple(
        MachineStatus(
            machine,
            MachineState(_now(hall, machine.id).state.value),
            _now(hall, machine.id).queue * MINUTES_EACH_BEFORE_A_MACHINE,
        )
        for machine in catalogue.machines.values()
    )


def _now(hall: Hall, machine_id: str) -> MachineNow:
    return hall.machines.get(machine_id) or MachineNow(machine_id)


def _minutes_until(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else max(0.0, (at - now).total_seconds() / 60)


def _wait_min(announced: Announced, service: str, rough_min: float | None) -> float:
    """Half of the people wait no longer than this; never a forecast against plain sight."""
    estimate = announced.fresh_services.get(service)
    if not rough_min or estimate is None or not estimate.is_known:
        return rough_min or 0.0
    return estimate.p50_s / 60


def _wait_there(services: Services, there: Branch, code: str, now: datetime) -> float | None:
    rough_min = rough_wait_min(there.hall, code)
    if rough_min is None or not is_open(services, there, now):
        return None
    return _wait_min(services.waits.announced(there.id), code, rough_min)


def _wait_for(hall: Hall, teller: str, service: Service) -> float | None:
    """Until this one person is free: the customer at the counter and those who wait for nobody
    else; None where they are not there to be waited for."""
    counter = hall.counter_of(teller)
    if counter is None or not counter.is_attended:
        return None
    theirs = [t for t in hall.waiting_tickets() if t.reserved_teller == teller]
    busy = [hall.tickets[counter.ticket]] if counter.ticket else []
    return sum(hall.plan.typical_min.get(t.service, service.minutes) for t in (*busy, *theirs))
