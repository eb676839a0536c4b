"""A customer's ticket, found by the secret that only their slip carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import HTTPConnection

from kiosk.papers import papers_of
from kiosk.phone.machine import Whereabouts, whereabouts
from kiosk.ticket_status import SlipLink, TicketStatus, ticket_status
from lobby.branch import Branch
from lobby.live.channels import Urgency
from lobby.queueing.calling.score import effective_priority
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.notices import notices_now
from lobby.queueing.model.plan import Service
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.call_reasons import order_in_words, reason_for_customer
from lobby.screens.notices import notice_text
from lobby.screens.words import service_named
from lobby.store.visits import visit_by_secret
from lobby.waits.announced import Wait
from lobby.waits.words import cause_words, moved_words, wait_words
from lobby.web.live_screen import LiveScreen
from lobby.web.pages import language_of
from lobby.web.services import Services, services_of

SECRET_LENGTH_MAX = 64


@dataclass(frozen=True, slots=True)
class OwnTicket:
    """`language` is how this customer reads: as asked for, or as the ticket was taken."""

    services: Services
    branch: Branch
    link: SlipLink
    language: str

    @property
    def path(self) -> str:
        return f"/t/{self.link.secret}"

    @property
    def address(self) -> str:
        return f"{self.path}?language={self.language}"

    def standing(self) -> TicketStatus:
        return self.standing_in(self.branch.hall, self.services.clock.now())

    def standing_in(self, hall: Hall, now: datetime) -> TicketStatus:
        return ticket_status(hall, self.link, now, self.services.waits.announced(self.branch.id))


@dataclass(frozen=True, slots=True)
class OwnView:
    """All that the page says. The sentences and the `notices` are for somebody who waits: whoever
    is called or served needs no reason for a wait."""

    standing: TicketStatus
    promise: str = ""
    rule: str = ""
    notices: tuple[str, ...] = ()


async def find_own_ticket(connection: HTTPConnection) -> OwnTicket | None:
    """The ticket behind the address, of whatever day."""
    services = services_of(connection)
    secret = connection.path_params["secret"]
    if len(secret) > SECRET_LENGTH_MAX:
        return None
    visit = await services.store.read(lambda connection: visit_by_secret(connection, secret))
    if visit is None or visit[0] not in services.branches:
        return None
    branch, link = services.branches[visit[0]], SlipLink(secret, *visit)
    return OwnTicket(services, branch, link, language_of(connection, _language(branch, link)))


def _language(branch: Branch, link: SlipLink) -> str | None:
    ticket = branch.hall.ticket(link.number)
    return ticket.language if ticket and ticket.secret == link.secret else None


def own_screen(own: OwnTicket) -> LiveScreen:
    def present(hall: Hall, now: datetime) -> Mapping[str, OwnView | TicketStatus]:
        view = own_view(own, hall, now)
        return {"standing": view, "wishes": view.standing}

    def paint(region: str, view: Any) -> str:
        return _standing(own, view) if region == "standing" else _wishes(own, view)

    return LiveScreen(
        key=f"{own.branch.id}/customer/{own.link.secret}/{own.language}",
        urgency=Urgency.CUSTOMER,
        branch=own.branch,
        present=present,
        paint=paint,
        still_allowed=lambda: True,
        ticket=own.link.number,
    )


def own_view(own: OwnTicket, hall: Hall, now: datetime) -> OwnView:
    standing, language = own.standing_in(hall, now), own.language
    ticket = hall.ticket(standing.number)
    notices = notices_now(hall.notices, now) if standing.state is TicketState.WAITING else ()
    wait = standing.wait
    keeps = ticket is not None and wait is not None and keeps_promise(hall, ticket, wait)
    return OwnView(
        standing,
        promise=reason_for_customer(hall, ticket, now, language) if keeps and ticket else "",
        rule=order_in_words(hall, language) if wait else "",
        notices=tuple(notice_text(notice, language) for notice in notices),
    )


def keeps_promise(hall: Hall, ticket: Ticket, wait: Wait) -> bool:
    """Nobody is told a promise beside a range that does not keep it."""
    within_min = hall.plan.calling.promise(effective_priority(hall, ticket)).within_min
    longest_min = wait.range.high_min if wait.range else None
    return longest_min is not None and longest_min <= within_min


def _standing(own: OwnTicket, view: OwnView) -> str:
    plan, language, standing = own.branch.plan, own.language, view.standing
    return own.services.pages.render(
        "kiosk/phone/_ticket_status.html",
        language,
        standing=standing,
        service=service_named(plan, standing.service).name(language) if standing.service else "",
        wait=_wait_words(standing, language),
        moved=moved_words(standing.wait, language) if standing.wait else "",
        why=cause_words(standing.wait, language) if standing.wait else "",
        promise=view.promise,
        rule=view.rule,
        notices=view.notices,
        machine=_machine(own, standing),
    )


def _machine(own: OwnTicket, view: TicketStatus) -> Whereabouts | None:
    if view.machine is None:
        return None
    catalogue = own.services.catalogues.get(own.branch.id)
    return whereabouts(own.branch.plan, catalogue, view.machine, own.language)


def _wait_words(view: TicketStatus, language: str) -> str:
    """Empty where only people ahead are known: the page says that above."""
    wait = view.wait
    return wait_words(wait, language) if wait and (wait.range or not wait.is_served) else ""


def _wishes(own: OwnTicket, view: TicketStatus) -> str:
    """Of the ticket itself only its service and what was said when it was taken, which stays."""
    catalogue = own.services.catalogues.get(own.branch.id)
    ticket = own.branch.hall.ticket(view.number) if view.can_prepare else None
    return own.services.pages.render(
        "kiosk/phone/_wishes.html",
        own.language,
        standing=view,
        path=own.path,
        services=_others(own, view) if view.can_change_service else (),
        papers=papers_of(catalogue, ticket, own.language) if ticket else None,
    )


def _others(own: OwnTicket, view: TicketStatus) -> list[Service]:
    """What else the branch offers, in its own order."""
    return [s for s in own.branch.plan.services.values() if s.code != view.service]
