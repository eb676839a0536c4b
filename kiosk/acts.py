"""How a kiosk's act is answered: the request is read, the act is done, or a sentence says why it
was not."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from kiosk.context import KioskContext, kiosk_context
from kiosk.errors import KIOSK_ERRORS
from kiosk.message_page import error_page
from lobby.web.commands import form_fields, idempotency_key

Act = Callable[[KioskContext], Awaitable[Response]]
"""Does what the form of this context asks for. Raises one of `KIOSK_ERRORS`."""

Handler = Callable[[Request], Awaitable[Response]]


def handler(act: Act) -> Handler:
    async def handle(request: Request) -> Response:
        kiosk = kiosk_context(request)
        try:
            kiosk = kiosk.with_form(await form_fields(request))
            return await act(kiosk.with_key(idempotency_key(request, kiosk.form)))
        except KIOSK_ERRORS as error:
            return error_page(kiosk, error)

    return handle
