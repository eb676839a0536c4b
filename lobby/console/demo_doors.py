"""The demo's own page: each screen of the branch, opened as the paired device that it is, or by
somebody who is signed in already.

Only `lobby demo` has these addresses, and only this computer reaches them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
from lobby.web.devices import (
    Device,
    DeviceKind,
    change_device,
    device_named,
    new_pairing_code,
    pair,
)
from lobby.web.pages import language_of
from lobby.web.services import Services, services_of
from lobby.web.start import COUNTER, DISPLAY, FLOOR, KIOSK, REPORTS, Choice

PAGE = "/demo"

WHO: Mapping[Choice, str] = {
    COUNTER: "teller1",
    FLOOR: "lobby",
    REPORTS: "head",
}
"""Each screen of a person with the user name of whoever opens it."""

WHICH: Mapping[Choice, DeviceKind] = {
    KIOSK: DeviceKind.KIOSK,
    DISPLAY: DeviceKind.DISPLAY,
}
"""Each screen of a device."""


@dataclass(frozen=True, slots=True)
class Doors:
    """`visitors` by their user names, `devices` by their kinds; `day` is the one whose report is
    opened. `tokens` are those of the devices: every browser that opens one is the same device."""

    visitors: Mapping[str, Staff]
    devices: Mapping[DeviceKind, Device]
    branch_name: Mapping[str, str]
    day: date
    tokens: dict[DeviceKind, str] = field(default_factory=dict)

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
            choices=[
                *((choice, self.devices[kind].name) for choice, kind in WHICH.items()),
                *((choice, self.visitors[who].name) for choice, who in WHO.items()),
            ],
        )

    async def enter(self, request: Request) -> Response:
        """Puts the key of the device, or of the person whose screen it is, in the language of the
        page."""
        _refuse_from_elsewhere(request)
        form = await form_fields(request)
        path, language = form.get("path", ""), form.get("language", "")
        choice = next((choice for choice in (*WHICH, *WHO) if choice.path == path), None)
        if choice is None or language not in LANGUAGES:
            raise HTTPException(HTTPStatus.BAD_REQUEST)
        place = f"{path}/days/{self.day}" if choice is REPORTS else path
        response = RedirectResponse(f"{place}?{urlencode({'language': language})}", 303)
        services = services_of(request)
        if choice in WHICH:
            await self._enter_as_device(services, WHICH[choice], language, path, response)
        else:
            await self._sign_in(services, self.visitors[WHO[choice]], language, response)
        return response

    async def _enter_as_device(
        self, services: Services, kind: DeviceKind, language: str, path: str, response: Response
    ) -> None:
        """The cookie is for this screen alone, so that one browser may show both."""
        sessions, device = services.sessions, self.devices[kind]
        if kind not in self.tokens:
            code = await new_pairing_code(sessions, device.branch_id, device.id)
            paired = await pair(sessions, code.code) if code else None
            if paired is None:
                raise HTTPException(HTTPStatus.GONE)
            self.tokens[kind] = paired[1]
        here = await device_named(sessions, device.branch_id, device.id)
        if here is None:
            raise HTTPException(HTTPStatus.GONE)
        name, settings = here.name, here.settings
        await change_device(sessions, here, name=name, language=language, settings=settings)
        sessions.device_cookie.put(response, self.tokens[kind], path)

    async def _sign_in(
        self, services: Services, staff: Staff, language: str, response: Response
    ) -> None:
        sessions = services.sessions
        await services.store.write(lambda c: people.set_language(c, staff.id, language))
        sessions.forget_staff(staff.id)
        sessions.session_cookie.put(response, await sessions.open_session(staff))


def _refuse_from_elsewhere(request: Request) -> None:
    if request.client is None or request.client.host not in LOOPBACK:
        raise HTTPException(HTTPStatus.NOT_FOUND)
