"""Triage for this moment: asks the rules with the hall as it stands; and what is waited for."""

from dataclasses import replace
from datetime import datetime

from lobby.branch import Branch
from lobby.forecast.wait_range import WaitRange
from lobby.queueing.model.call_modes import CallMode
from lobby.queueing.model.intake import Intake
from lobby.queueing.model.priority import Priority
from lobby.queueing.model.ticket import Ticket
from lobby.screens.situations import near_branch, situation_of
from lobby.screens.today import hall_today
from lobby.triage.advice import Advice, Channel
from lobby.triage.advising import advise
from lobby.triage.answers import request_from
from lobby.triage.catalogue import Catalogue
from lobby.triage.errors import TriageError
from lobby.triage.request import LastAdviser, Request
from lobby.triage.situation import OtherBranch, Situation
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

PRIORITIES = {
    "URGENT": Priority.URGENT,
    "ASSIST": Priority.ASSISTANCE,
    "PREGNANT_INFANT": Priority.ASSISTANCE,
    "MILITARY_VETERAN": Priority.ASSISTANCE,
    "PREMIUM": Priority.PREMIUM,
    "APPOINTMENT": Priority.APPOINTMENT,
}
"""From a class of the catalogue to the one by which the branch calls; a class that a bank adds
itself changes the time to come, and not the order."""

AT_MACHINE = (Channel.SELF_SERVICE, Channel.ASSISTED_SELF)


def catalogue_of(services: Services, branch: Branch) -> Catalogue | None:
    """None for a branch that was set up without one: it gives tickets, not advice."""
    return services.catalogues.get(branch.id)


def advise_now(
    services: Services, branch: Branch, request: Request, now: datetime, *, adviser: str = ""
) -> Advice:
    """Raises `UnknownServiceError`. The branch has a catalogue; `adviser` is the teller whom the
    customer knows."""
    announced = services.waits.announced(branch.id)
    other = near_branch(services, branch, request.service, now)
    catalogue = services.catalogues[branch.id]
    return advise_with(
        *(catalogue, branch, request, now, announced), other_branch=other, adviser=adviser
    )


def advise_with(
    catalogue: Catalogue,
    branch: Branch,
    request: Request,
    now: datetime,
    announced: Announced = NO_ANNOUNCEMENT,
    *,
    other_branch: OtherBranch | None = None,
    adviser: str = "",
) -> Advice:
    """The same with a catalogue at hand, and with or without a forecast."""
    service = catalogue.service(request.service)
    situation = situation_of(
        *(catalogue, branch, service, now, announced),
        other_branch=other_branch,
        adviser=adviser,
    )
    return advise(catalogue, _with_adviser(request, situation), situation)


def _with_adviser(request: Request, situation: Situation) -> Request:
    """Whether the one whom the customer knows is free now; nobody who has gone is offered."""
    if request.last_adviser is None:
        return request
    wait_min = situation.same_adviser_wait_min
    if wait_min is None:
        return replace(request, last_adviser=None)
    return replace(request, last_adviser=LastAdviser.BUSY if wait_min else LastAdviser.FREE)


def priority_of(advice: Advice) -> Priority | None:
    """The class in which the ticket waits; None: as the core finds it."""
    return PRIORITIES.get(advice.priority or "")


def modes_of(advice: Advice) -> tuple[CallMode, ...]:
    """In the order in which they are always named; none where nothing was asked for."""
    asked = {mode.value for mode in advice.call_modes}
    return tuple(mode for mode in CallMode if mode.value in asked)


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
        grace_s=advice.grace_s or 0,
    )


def offers_machine(advice: Advice) -> bool:
    """Whether the customer is really asked; a line of text about machines is no offer."""
    return advice.channel in AT_MACHINE and advice.machine is not None and not advice.notice


def second_offer(services: Services, branch: Branch, ticket: Ticket, now: datetime) -> str | None:
    """The machine that a colleague may offer to this waiting customer now, once; else None."""
    if (now - ticket.taken_at).total_seconds() / 60 < SECOND_OFFER_AFTER_MIN:
        return None
    advice = advice_in_line(services, branch, ticket, now)
    if advice is None or not offers_machine(advice) or advice.machine is None:
        return None
    return advice.machine.machine.id


def advice_in_line(
    services: Services, branch: Branch, ticket: Ticket, now: datetime
) -> Advice | None:
    """The same rules asked once more of somebody who has a number: what was answered, how long it
    is since, and what became of a machine that was offered. None where nobody asked about this
    service what the rules need to know, or where the questions have changed since."""
    catalogue = services.catalogues.get(branch.id)
    if catalogue is None or not ticket.intake.rule or ticket.service != ticket.asked_service:
        return None
    try:
        profile = catalogue.profile_named(day=ticket.day)
        answers = dict(ticket.intake.answers)
        request = request_from(catalogue.service(ticket.service), profile, answers)
        return advise_now(services, branch, _in_line(request, ticket, now), now)
    except TriageError:
        return None


def _in_line(request: Request, ticket: Ticket, now: datetime) -> Request:
    diversion = ticket.diversion
    return replace(
        request,
        minutes_waited=(now - ticket.taken_at).total_seconds() / 60,
        offered_before=diversion is not None,
        returned_from_machine=diversion is not None and diversion.returned_at is not None,
        premium=request.premium or ticket.priority is Priority.PREMIUM,
        help=request.help or ticket.priority is Priority.ASSISTANCE,
    )
