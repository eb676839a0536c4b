"""The demo's own page: each screen of the branch, opened by somebody who is signed in already.

Only `lobby demo` has these addresses, and only this computer reaches them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from lobby.i18n.languages import LANGUAGES
from lobby.settings import LOOPBACK
from lobby.store import people
from lobby.store.people import Staff
from lobby.web.commands import form_fields
from lobby.web.pages import language_of
from lobby.web.services import services_of
from lobby.web.start import COUNTER, DISPLAY, FLOOR, KIOSK, REPORTS, Choice

PAGE = "/demo"

WHO: Mapping[Choice, str] = {
    KIOSK: "lobby",
    DISPLAY: "lobby",
    COUNTER: "teller1",
    FLOOR: "lobby",
    REPORTS: "head",
}
"""Each screen with the user name of whoever opens it."""


@dataclass(frozen=True, slots=True)
class Doors:
    """`visitors` by their user names; `day` is the one whose report is opened."""

    visitors: Mapping[str, Staff]
    branch_name: Mapping[str, str]
    day: date

    def routes(self) -> list[Route]:
        return [Route(PAGE, self.page), Route(PAGE, self.enter, methods=["POST"])]

    async def page(self, request: Request) -> Response:
        _refuse_from_elsewhere(request)
        language = language_of(request)
        return services_of(request).pages.page(
            request,
            "web/demo.html",
            language,
            here=PAGE,
            branch_name=self.branch_name.get(language, self.branch_name["en"]),
            choices=[(choice, self.visitors[who].name) for choice, who in WHO.items()],
        )

    async def enter(self, request: Request) -> Response:
        """Signs in whose screen it is, in the language of the page."""
        _refuse_from_elsewhere(request)
        form = await form_fields(request)
        path, language = form.get("path", ""), form.get("language", "")
        choice = next((choice for choice in WHO if choice.path == path), None)
        if choice is None or language not in LANGUAGES:
            raise HTTPException(HTTPStatus.BAD_REQUEST)
        services, staff = services_of(request), self.visitors[WHO[choice]]
        await services.store.write(lambda c: people.set_language(c, staff.id, language))
        services.sessions.forget_staff(staff.id)
        place = f"{path}/days/{self.day}" if choice is REPORTS else path
        response = RedirectResponse(f"{place}?{urlencode({'language': language})}", 303)
        services.sessions.session_cookie.put(response, await services.sessions.open_session(staff))
        return response


def _refuse_from_elsewhere(request: Request) -> None:
    if request.client is None or request.client.host not in LOOPBACK:
        raise HTTPException(HTTPStatus.NOT_FOUND)
