"""One request at a kiosk, read once: which kiosk it is, what was chosen and what was sent."""

from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, Response

from kiosk.line_breaks import keep_words_whole
from kiosk.notices import connection_lost, more_time
from kiosk.session import KioskSession, kiosk_session
from lobby.branch import Actor, ActorKind, Branch, Outcome
from lobby.branch_work import Follow
from lobby.queueing.commands.command import Command
from lobby.screens.advice import catalogue_of
from lobby.triage.catalogue import Catalogue
from lobby.web.commands import FormFields, SentAct, go_to, wants_json
from lobby.web.devices import Device, DeviceKind, require_device
from lobby.web.headers import headers_of
from lobby.web.services import Services, services_of
from lobby.web.staff import Role, Staff, staff_of

NO_FIELDS = FormFields()

NEVER_KEPT = {"cache-control": "no-store"}
"""What one person chose is shown to nobody who presses Back after them."""


class KioskContext(msgspec.Struct, frozen=True):
    """`stand_in` is the person whose own tablet stands in for a kiosk; `number` the ticket that
    the address names; `form` and `sent` are those of an act."""

    services: Services
    device: Device
    branch: Branch
    session: KioskSession
    stand_in: Staff | None
    base_url: str
    wants_json: bool
    number: str = ""
    form: FormFields = NO_FIELDS
    sent: SentAct | None = None

    @property
    def language(self) -> str:
        return self.session.language

    @property
    def catalogue(self) -> Catalogue | None:
        """None for a branch that gives tickets without questions."""
        return catalogue_of(self.services, self.branch)

    @property
    def day(self) -> date:
        """The branch's business day."""
        return self.branch.plan.business_day(self.services.clock.now())

    @property
    def place(self) -> str:
        """Where a colleague is asked to come."""
        return self.device.name

    @property
    def actor(self) -> Actor:
        """A person of the house who stands in for a kiosk acts under their own name."""
        if self.stand_in is not None:
            return Actor(ActorKind.STAFF, str(self.stand_in.id))
        return Actor(ActorKind.DEVICE, str(self.device.id))

    @property
    def home(self) -> str:
        """Where it goes after a customer: a tablet that stands in goes back to where it came
        from."""
        if self.stand_in is None:
            return "/kiosk"
        return "/" if self.stand_in.role is Role.ADMINISTRATOR else "/floor"

    @property
    def body_class(self) -> str:
        """The classes of the page's body."""
        large = " kiosk--large" if self.session.is_large else ""
        low = " kiosk--low" if self.session.is_low else ""
        return f"kiosk{large}{low}"

    def customer_page(self, secret: str) -> str:
        """The address of a customer's own page, as the QR code on screen and paper holds it."""
        return f"{self.base_url}/t/{secret}"

    def with_form(self, form: FormFields) -> "KioskContext":
        """The language comes with the act, not only with its address."""
        return replace(self, form=form, session=self.session.in_language(form.get("language")))

    def with_act(self, sent: SentAct) -> "KioskContext":
        return replace(self, sent=sent)

    def with_session(self, session: KioskSession) -> "KioskContext":
        return replace(self, session=session)

    def page(self, template: str, path: str, status_code: int = 200, **context: Any) -> Response:
        """`path` is what the switches of language and size lead to again."""
        context |= {"idle": more_time(self.session), "away": connection_lost(self.session)}
        html = self.services.pages.render(
            template, self.language, kiosk=self, session=self.session, path=path, **context
        )
        return HTMLResponse(keep_words_whole(html, self.language), status_code, NEVER_KEPT)

    async def perform(self, command: Command, follow: Follow | None = None) -> Outcome:
        """Raises a `Refusal`. What `follow` names is done in the same commit."""
        assert self.sent is not None, "only acts perform"
        return await self.sent.perform(command, follow)

    def go_to(self, location: str) -> Response:
        """The answer to an act that was done."""
        return go_to(location, as_json=self.wants_json)


def kiosk_context(connection: HTTPConnection) -> KioskContext:
    """Leads a browser that is no kiosk of this house to pairing."""
    services = services_of(connection)
    device = require_device(connection, DeviceKind.KIOSK)
    return KioskContext(
        services,
        device,
        services.branches[device.branch_id],
        kiosk_session(connection, device),
        stand_in=None if device.id else staff_of(connection),
        base_url=services.settings.public_url or _own_url(connection),
        wants_json=wants_json(connection),
        number=connection.path_params.get("number", ""),
    )


def _own_url(connection: HTTPConnection) -> str:
    """Without a public address, the one that this kiosk itself uses."""
    host = headers_of(connection).get(b"host", b"localhost").decode("latin-1")
    return f"{connection.scope['scheme']}://{host}"
