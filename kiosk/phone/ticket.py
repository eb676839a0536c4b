"""A customer's ticket, found by the secret that only their slip carries."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import HTTPConnection

from kiosk.ticket_status import SlipLink, TicketStatus, ticket_status
from lobby.branch import Actor, ActorKind, Branch
from lobby.i18n.formats import clock_time
from lobby.queueing.model.hall import Hall
from lobby.store.epochs import LostTicket, lost_ticket
from lobby.store.visits import visit_by_secret
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

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.CUSTOMER, self.link.number)

    def status(self) -> TicketStatus:
        return self.status_in(self.branch.hall, self.services.clock.now())

    def status_in(self, hall: Hall, now: datetime) -> TicketStatus:
        return ticket_status(hall, self.link, now, self.services.waits.announced(self.branch.id))


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


async def find_lost_ticket(connection: HTTPConnection) -> LostTicket | None:
    """The ticket behind the address that a restore took away."""
    secret = connection.path_params["secret"]
    if len(secret) > SECRET_LENGTH_MAX:
        return None
    services = services_of(connection)
    return await services.store.read(lambda connection: lost_ticket(connection, secret))


def lost_before(services: Services) -> str | None:
    """The branch's time at which it was put back today without anybody knowing what was lost."""
    now = services.clock.now()
    for branch_id, epoch in services.restored.items():
        plan = services.branches[branch_id].plan
        is_today = plan.business_day(epoch.began_at) == plan.business_day(now)
        if is_today and not epoch.loss.is_known:
            return clock_time(epoch.began_at, plan)
    return None


def _language(branch: Branch, link: SlipLink) -> str | None:
    ticket = branch.hall.ticket(link.number)
    return ticket.language if ticket and ticket.secret == link.secret else None
