"""Triage for this moment: asks the rules with the hall as it stands; and what is waited for."""

from dataclasses import replace
from datetime import datetime

from lobby.branch import Branch
from lobby.forecast.wait_range import WaitRange
from lobby.queueing.model.intake import Intake
from lobby.queueing.model.ticket import Ticket
from lobby.screens.situations import near_branch, situation_of
from lobby.screens.today import hall_today
from lobby.triage.advice import Advice, Channel
from lobby.triage.advising import advise
from lobby.triage.answers import request_from
from lobby.triage.catalogue import Catalogue
from lobby.triage.errors import TriageError
from lobby.triage.request import Request
from lobby.triage.situation import OtherBranch
from lobby.waits.announced import (
    NO_ANNOUNCEMENT,
    Announced,
    Wait,
    wait_for_service,
    wait_for_ticket,
)
from lobby.web.services import Services

SECOND_OFFER_AFTER_MIN = 8.0
"""Before that the first decision still stands; nobody is asked twice at the door."""

AT_MACHINE = (Channel.SELF_SERVICE, Channel.ASSISTED_SELF)


def catalogue_of(services: Services, branch: Branch) -> Catalogue | None:
    """None for a branch that was set up without one: it gives tickets, not advice."""
    return services.catalogues.get(branch.id)


def advise_now(services: Services, branch: Branch, request: Request, now: datetime) -> Advice:
    """Raises `UnknownServiceError`. The branch has a catalogue."""
    announced = services.waits.announced(branch.id)
    other = near_branch(services, branch, request.service, now)
    catalogue = services.catalogues[branch.id]
    return advise_with(catalogue, branch, request, now, announced, other_branch=other)


def advise_with(
    catalogue: Catalogue,
    branch: Branch,
    request: Request,
    now: datetime,
    announced: Announced = NO_ANNOUNCEMENT,
    *,
    other_branch: OtherBranch | None = None,
) -> Advice:
    """The same with a catalogue at hand, and with or without a forecast."""
    service = catalogue.service(request.service)
    situation = situation_of(
        *(catalogue, branch, service, now, announced), other_branch=other_branch
    )
    return advise(catalogue, request, situation)


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
        request = request_from(service, catalogue.profile_named(day=ticket.day), answers)
        request = replace(request, minutes_waited=waited_min)
        advice = advise_now(services, branch, request, now)
    except TriageError:
        return None  # the questions have changed since
    return advice.machine.machine.id if offers_machine(advice) and advice.machine else None
