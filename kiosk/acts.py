"""How a kiosk's act is answered: the request is read, the act is done once, or a sentence says why
it was not."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from kiosk.context import KioskContext, kiosk_context
from kiosk.errors import KIOSK_ERRORS
from kiosk.message_page import error_page
from lobby.branch import Outcome
from lobby.web.commands import form_fields, once, sent_act


@dataclass(frozen=True, slots=True)
class Act:
    """`do` does what the form of this context asks for, and raises one of `KIOSK_ERRORS` where it
    is refused; `answer` follows from the request and from what was done, however often it is
    sent."""

    do: Callable[[KioskContext], Awaitable[Outcome]]
    answer: Callable[[KioskContext, Outcome], Response]


Handler = Callable[[Request], Awaitable[Response]]


def handler(act: Act) -> Handler:
    async def handle(request: Request) -> Response:
        kiosk = kiosk_context(request)
        try:
            kiosk = kiosk.with_form(await form_fields(request))
            sent = sent_act(request, kiosk.branch, kiosk.actor, kiosk.form)
            kiosk = kiosk.with_act(sent)
            outcome = await once(sent.first_outcome, lambda: act.do(kiosk))
        except KIOSK_ERRORS as error:
            return error_page(kiosk, error)
        return act.answer(kiosk, outcome)

    return handle
