"""A customer's ticket, found by the secret that only their slip carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import HTTPConnection

from kiosk.order_rule import order_rule
from kiosk.own_machine import whereabouts
from kiosk.own_papers import papers_for
from kiosk.standing import Link, Standing, standing_of
from lobby.branch import Branch
from lobby.live.rooms import Urgency
from lobby.queueing.hall import Hall
from lobby.queueing.plan import Service
from lobby.store.visits import visit_by_secret
from lobby.web.hall_words import service_named
from lobby.web.house import House, house_of
from lobby.web.livescreen import LiveScreen
from lobby.web.pages import language_of
from lobby.web.wait_words import cause_words, moved_words, wait_words

SECRET_LENGTH_MAX = 64


@dataclass(frozen=True, slots=True)
class OwnTicket:
    """`language` is how this customer reads: as asked for, or as the ticket was taken."""

    house: House
    branch: Branch
    link: Link
    language: str

    @property
    def path(self) -> str:
        return f"/t/{self.link.secret}"

    @property
    def address(self) -> str:
        return f"{self.path}?language={self.language}"

    def standing(self) -> Standing:
        return self.standing_in(self.branch.hall, self.house.clock.now())

    def standing_in(self, hall: Hall, now: datetime) -> Standing:
        return standing_of(hall, self.link, now, self.house.waits.announced(self.branch.id))


async def find_own_ticket(connection: HTTPConnection) -> OwnTicket | None:
    """The ticket behind the address, of whatever day."""
    house = house_of(connection)
    secret = connection.path_params["secret"]
    if len(secret) > SECRET_LENGTH_MAX:
        return None
    visit = await house.store.read(lambda connection: visit_by_secret(connection, secret))
    if visit is None or visit[0] not in house.branches:
        return None
    branch, link = house.branches[visit[0]], Link(secret, *visit)
    return OwnTicket(house, branch, link, language_of(connection, _language(branch, link)))


def _language(branch: Branch, link: Link) -> str | None:
    ticket = branch.hall.ticket(link.number)
    return ticket.language if ticket and ticket.secret == link.secret else None


def own_screen(own: OwnTicket) -> LiveScreen:
    def present(hall: Hall, now: datetime) -> Standing:
        return own.standing_in(hall, now)

    def paint(view: Standing) -> Mapping[str, str]:
        return {"standing": _standing(own, view), "wishes": _wishes(own, view)}

    return LiveScreen(
        key=f"{own.branch.id}/customer/{own.link.secret}/{own.language}",
        urgency=Urgency.CUSTOMER,
        branch=own.branch,
        present=present,
        paint=paint,
        still_allowed=lambda: True,
    )


def _standing(own: OwnTicket, view: Standing) -> str:
    plan, language = own.branch.plan, own.language
    catalogue = own.house.catalogues.get(own.branch.id)
    return own.house.pages.render(
        "kiosk/_standing.html",
        language,
        standing=view,
        service=service_named(plan, view.service).name(language) if view.service else "",
        wait=_wait_words(view, language),
        moved=moved_words(view.wait, language) if view.wait else "",
        why=cause_words(view.wait, language) if view.wait else "",
        rule=order_rule(plan, language) if view.wait else "",
        machine=whereabouts(plan, catalogue, view.machine, language) if view.machine else None,
    )


def _wait_words(view: Standing, language: str) -> str:
    """Empty where only people ahead are known: the page says that above."""
    wait = view.wait
    return wait_words(wait, language) if wait and (wait.range or not wait.is_served) else ""


def _wishes(own: OwnTicket, view: Standing) -> str:
    catalogue = own.house.catalogues.get(own.branch.id)
    return own.house.pages.render(
        "kiosk/_wishes.html",
        own.language,
        standing=view,
        path=own.path,
        services=_others(own, view) if view.can_change_service else (),
        papers=papers_for(catalogue, view.service, own.language) if view.can_prepare else None,
    )


def _others(own: OwnTicket, view: Standing) -> list[Service]:
    """What else the branch offers, in its own order."""
    return [s for s in own.branch.plan.services.values() if s.code != view.service]
