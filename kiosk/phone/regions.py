"""The live regions of the customer's own page: how the ticket stands, and what may be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.papers import papers_of
from kiosk.phone.machine import Whereabouts, whereabouts
from kiosk.phone.ticket import OwnTicket
from kiosk.ticket_status import TicketStatus
from lobby.live.channels import Urgency
from lobby.queueing.calling.score import effective_priority
from lobby.queueing.model.durations import MINUTE
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.limits import COME_BACK_MIN, RETURN_WITHIN
from lobby.queueing.model.notices import notices_now
from lobby.queueing.model.plan import Service
from lobby.queueing.model.ticket import Ticket, TicketState
from lobby.screens.call_reasons import order_in_words, reason_for_customer
from lobby.screens.notices import notice_text
from lobby.screens.words import service_named
from lobby.waits.announced import Wait
from lobby.waits.words import ahead_words, cause_words, moved_words, wait_words
from lobby.web.live_screen import LiveScreen


@dataclass(frozen=True, slots=True)
class PhoneView:
    """All that the page says. The sentences and the `notices` are for somebody who waits: whoever
    is called or served needs no reason for a wait."""

    status: TicketStatus
    promise: str = ""
    rule: str = ""
    notices: tuple[str, ...] = ()


def phone_screen(own: OwnTicket) -> LiveScreen:
    def present(hall: Hall, now: datetime) -> Mapping[str, PhoneView | TicketStatus]:
        view = phone_view(own, hall, now)
        return {"standing": view, "wishes": view.status}

    def paint(region: str, view: Any) -> str:
        return _status(own, view) if region == "standing" else _wishes(own, view)

    return LiveScreen(
        key=f"{own.branch.id}/customer/{own.link.secret}/{own.language}",
        urgency=Urgency.CUSTOMER,
        branch=own.branch,
        present=present,
        paint=paint,
        still_allowed=lambda: True,
        ticket=own.link.number,
    )


def phone_view(own: OwnTicket, hall: Hall, now: datetime) -> PhoneView:
    status, language = own.status_in(hall, now), own.language
    ticket = hall.ticket(status.number)
    notices = notices_now(hall.notices, now) if status.state is TicketState.WAITING else ()
    wait = status.wait
    keeps = ticket is not None and wait is not None and keeps_promise(hall, ticket, wait)
    return PhoneView(
        status,
        promise=reason_for_customer(hall, ticket, now, language) if keeps and ticket else "",
        rule=order_in_words(hall, language) if wait else "",
        notices=tuple(notice_text(notice, language) for notice in notices),
    )


def keeps_promise(hall: Hall, ticket: Ticket, wait: Wait) -> bool:
    """Nobody is told a promise beside a range that does not keep it."""
    within_min = hall.plan.calling.promise(effective_priority(hall, ticket)).within_min
    longest_min = wait.range.high_min if wait.range else None
    return longest_min is not None and longest_min <= within_min


def _status(own: OwnTicket, view: PhoneView) -> str:
    plan, language, status = own.branch.plan, own.language, view.status
    return own.services.pages.render(
        "kiosk/phone/_ticket_status.html",
        language,
        status=status,
        service=service_named(plan, status.service).name(language) if status.service else "",
        ahead=ahead_words(status.wait, language) if status.wait else "",
        wait=_wait_words(status, language),
        moved=moved_words(status.wait, language) if status.wait else "",
        why=cause_words(status.wait, language) if status.wait else "",
        promise=view.promise,
        rule=view.rule,
        notices=view.notices,
        machine=_machine(own, status),
    )


def _machine(own: OwnTicket, status: TicketStatus) -> Whereabouts | None:
    if status.machine is None:
        return None
    catalogue = own.services.catalogues.get(own.branch.id)
    return whereabouts(own.branch.plan, catalogue, status.machine, own.language)


def _wait_words(status: TicketStatus, language: str) -> str:
    """Empty where only people ahead are known: the page says that above."""
    wait = status.wait
    return wait_words(wait, language) if wait and (wait.range or not wait.is_served) else ""


def _wishes(own: OwnTicket, status: TicketStatus) -> str:
    """Of the ticket itself only its service and what was said when it was taken, which stays."""
    catalogue = own.services.catalogues.get(own.branch.id)
    ticket = own.branch.hall.ticket(status.number) if status.can_prepare else None
    return own.services.pages.render(
        "kiosk/phone/_wishes.html",
        own.language,
        status=status,
        path=own.path,
        services=_other_services(own, status) if status.can_change_service else (),
        papers=papers_of(catalogue, ticket, own.language) if ticket else None,
        come_back_min=COME_BACK_MIN,
        return_min=RETURN_WITHIN // MINUTE,
    )


def _other_services(own: OwnTicket, status: TicketStatus) -> list[Service]:
    """What else the branch offers, in its own order."""
    return [s for s in own.branch.plan.services.values() if s.code != status.service]
