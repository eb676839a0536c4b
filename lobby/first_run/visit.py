"""One request of the pages of the first run, read once: whether its browser was let in, and what
was typed in it before."""

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from lobby.first_run.door import FirstRunDoor
from lobby.first_run.draft import Draft
from lobby.i18n.texts import texts
from lobby.web.credentials import Cookie
from lobby.web.first_steps import PAGE
from lobby.web.pages import language_of
from lobby.web.rate_limit import network_of
from lobby.web.services import Services, services_of

COOKIE = "lobby-first-run"


@dataclass(frozen=True, slots=True)
class Visit:
    request: Request
    services: Services
    door: FirstRunDoor
    draft: Draft

    @property
    def language(self) -> str:
        return language_of(self.request, self.draft.language or None)

    def say(self, sentence: str, **blanks: str | int) -> str:
        return texts(self.language).gettext(sentence) % blanks

    def page(self, template: str, status_code: int = 200, **context: Any) -> Response:
        return self.services.pages.page(
            self.request, f"first_run/{template}", self.language, status_code, **context
        )


def door_of(request: Request) -> FirstRunDoor:
    door: FirstRunDoor = request.app.state.first_run
    return door


def cookie_of(services: Services) -> Cookie:
    """Also sent after a link from elsewhere, such as a message with the address: it opens nothing
    that a link alone could do."""
    secure = services.settings.secure
    return Cookie(f"__Host-{COOKIE}" if secure else COOKIE, secure, same_site="lax")


def place_of(request: Request) -> str:
    return network_of(request.client.host if request.client else "")


def require_visit(request: Request) -> Visit:
    """Leads to the first page whoever was not let in, and where there is a branch already."""
    services, door = services_of(request), door_of(request)
    draft = door.draft_of(cookie_of(services).token_hash(request.cookies))
    if draft is None or services.branches:
        raise HTTPException(303, headers={"location": PAGE})
    return Visit(request, services, door, draft)
