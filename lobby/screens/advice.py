"""Triage for this moment: asks the rules with the hall as it stands; waits, opening hours."""

from dataclasses import replace
from datetime import datetime, time

from lobby.branch import Branch
from lobby.forecast.wait_range import WaitRange
from lobby.machines import MachineState
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.intake import Intake
from lobby.queueing.model.machine import Machine as MachineNow
from lobby.queueing.model.ticket import Ticket
from lobby.screens.today import hall_today
from lobby.triage.advice import Advice, Channel
from lobby.triage.advising import advise
from lobby.triage.answers import request_from
from lobby.triage.catalogue import Catalogue, Service, Span
from lobby.triage.errors import TriageError
from lobby.triage.machine import MachineStatus
from lobby.triage.request import Request
from lobby.triage.situation import Dial, Situation
from lobby.waits.announced import (
    NO_ANNOUNCEMENT,
    Announced,
    Wait,
    wait_for_service,
    wait_for_ticket,
)
from lobby.waits.fallback import rough_wait_min
from lobby.web.services import Services

MINUTES_EACH_BEFORE_A_MACHINE = 3.0
"""How long one person before a machine takes, until the branch's own measure says better."""

SECOND_OFFER_AFTER_MIN = 8.0
"""Before that the first decision still stands; nobody is asked twice at the door."""

AT_MACHINE = (Channel.SELF_SERVICE, Channel.ASSISTED_SELF)
RETAIL = "retail"


def catalogue_of(services: Services, branch: Branch) -> Catalogue | None:
    """None for a branch that was set up without one: it gives tickets, not advice."""
    return services.catalogues.get(branch.id)


def advise_now(services: Services, branch: Branch, request: Request, now: datetime) -> Advice:
    """Raises `UnknownServiceError`. The branch has a catalogue."""
    announced = services.waits.announced(branch.id)
    return advise_with(services.catalogues[branch.id], branch, request, now, announced)


def advise_with(
    catalogue: Catalogue,
    branch: Branch,
    request: Request,
    now: datetime,
    announced: Announced = NO_ANNOUNCEMENT,
) -> Advice:
    """The same with a catalogue at hand, and with or without a forecast."""
    service = catalogue.service(request.service)
    return advise(catalogue, request, situation_of(catalogue, branch, service, now, announced))


def situation_of(
    catalogue: Catalogue,
    branch: Branch,
    service: Service,
    now: datetime,
    announced: Announced = NO_ANNOUNCEMENT,
) -> Situation:
    hall = branch.hall
    serving = [c for c in hall.counters.values() if c.is_serving and service.code in c.services]
    rough_min = rough_wait_min(hall, service.code)
    return Situation(
        open_counters=len(serving),
        counter_free=rough_min == 0,  # a counter between two customers of a line is not free
        opens_later=not serving and _opens_later(catalogue, branch, now),
        waiting=hall.waiting_in_pool(hall.pool(service.code)),
        counter_wait_min=_wait_min(announced, service.code, rough_min),
        counter_service_min=service.minutes,
        machines=machines_now(catalogue, hall),
        dial=Dial(branch.plan.dial),
        day=branch.plan.business_day(now),
        minutes_to_closing=_minutes_to_closing(catalogue, branch, now),
    )


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


def _wait_min(announced: Announced, service: str, rough_min: float | None) -> float:
    """Half of the people wait no longer than this; never a forecast against plain sight."""
    estimate = announced.fresh_services.get(service)
    if not rough_min or estimate is None or not estimate.is_known:
        return rough_min or 0.0
    return estimate.p50_s / 60


def wait_now(services: Services, branch: Branch, service: str) -> Wait:
    """What somebody who takes a ticket for this service now is told."""
    hall = hall_today(branch.hall, services.clock.now())
    return wait_for_service(hall, service, services.waits.announced(branch.id))


def range_now(services: Services, branch: Branch, service: str) -> WaitRange | None:
    """The range of that alone, for who says no more: None where nobody can say."""
    return wait_now(services, branch, service).range


def wait_of(services: Services, branch: Branch, ticket: Ticket) -> Wait:
    """What somebody who waits already is told."""
    return wait_for_ticket(branch.hall, ticket, services.waits.announced(branch.id))


def intake_of(advice: Advice, answers: tuple[tuple[str, str], ...], *, help_wanted: bool) -> Intake:
    """What is kept with the ticket of an advice and the answers that led to it."""
    return Intake(
        rule=advice.rule,
        rule_set=advice.rule_set_version,
        channel=advice.channel.value,
        reasons=tuple(reason.value for reason in advice.reasons),
        eligible=advice.eligible,
        exclusion=advice.exclusion.value if advice.exclusion else "",
        offered=offers_machine(advice),
        help_wanted=help_wanted,
        answers=answers,
    )


def offers_machine(advice: Advice) -> bool:
    """Whether the customer is really asked; a line of text about machines is no offer."""
    return advice.channel in AT_MACHINE and advice.machine is not None and not advice.notice


def second_offer(services: Services, branch: Branch, ticket: Ticket, now: datetime) -> str | None:
    """The machine that a colleague may offer to this waiting customer now, once; else None."""
    waited_min = (now - ticket.taken_at).total_seconds() / 60
    catalogue = services.catalogues.get(branch.id)
    if catalogue is None or ticket.diversion is not None or waited_min < SECOND_OFFER_AFTER_MIN:
        return None
    if not ticket.intake.rule or ticket.service != ticket.asked_service:
        return None  # nobody has asked about this service what the rules need to know
    try:
        answers = dict(ticket.intake.answers)
        service = catalogue.service(ticket.service)
        request = request_from(service, catalogue.profile_named(), answers)
        request = replace(request, minutes_waited=waited_min)
        advice = advise_now(services, branch, request, now)
    except TriageError:
        return None  # the questions have changed since
    return advice.machine.machine.id if offers_machine(advice) and advice.machine else None


def opening_hours(services: Services, branch: Branch, now: datetime) -> Span | None:
    """Today's hours of the branch; None where it is closed all day. A branch without a
    catalogue never closes."""
    catalogue = services.catalogues.get(branch.id)
    return _hours(catalogue, branch, now) if catalogue else Span(time.min, time.max)


def is_open(services: Services, branch: Branch, now: datetime) -> bool:
    span = opening_hours(services, branch, now)
    local = branch.plan.local(now).time()
    return span is not None and span.opens <= local <= span.closes


def _hours(catalogue: Catalogue, branch: Branch, now: datetime) -> Span | None:
    hours = catalogue.hours.get(RETAIL) or next(iter(catalogue.hours.values()))
    is_weekend = branch.plan.local(now).weekday() >= 5
    return hours.weekend if is_weekend else hours.weekday


def _opens_later(catalogue: Catalogue, branch: Branch, now: datetime) -> bool:
    span = _hours(catalogue, branch, now)
    return span is not None and branch.plan.local(now).time() <= span.closes


def _minutes_to_closing(catalogue: Catalogue, branch: Branch, now: datetime) -> float | None:
    span = _hours(catalogue, branch, now)
    if span is None:
        return None
    local = branch.plan.local(now)
    closes = local.replace(hour=span.closes.hour, minute=span.closes.minute, second=0)
    return (closes - local).total_seconds() / 60
