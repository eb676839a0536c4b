"""A sentence instead of a screen: what was not done, and the way on."""

from http import HTTPStatus

import structlog
from starlette.requests import Request
from starlette.responses import Response

from kiosk.context import KioskContext
from kiosk.errors import KioskError, error_text
from kiosk.hours import ClosedError, closed_words
from kiosk.session import KioskSession
from kiosk.speech import sentences
from lobby.queueing.refusals.refusal import Refusal
from lobby.web.commands import json_response, wants_json

log = structlog.get_logger()


def message_page(
    request: Request, kiosk: KioskContext, choices: KioskSession, status: HTTPStatus, sentence: str
) -> Response:
    """One sentence and the way back to the first question."""
    return kiosk.services.pages.page(
        request,
        "kiosk/message.html",
        choices.language,
        status_code=status,
        kiosk=kiosk,
        choices=choices,
        path="/kiosk",
        sentence=sentence,
        spoken=sentences((sentence,), choices.language),
    )


def error_page(
    request: Request, kiosk: KioskContext, choices: KioskSession, trouble: KioskError
) -> Response:
    """Nothing was done: the sentence as a page, or to a program."""
    status, sentence = error_text(trouble, choices.language)
    if isinstance(trouble, ClosedError):
        sentence = closed_words(kiosk, kiosk.services.clock.now(), choices.language) or sentence
    log.info("no ticket given", trouble=type(trouble).__name__, reason=str(trouble))
    if not wants_json(request):
        return message_page(request, kiosk, choices, status, sentence)
    answer = {"sentence": sentence}
    if isinstance(trouble, Refusal):
        answer["refusal"] = type(trouble).__name__
    return json_response(answer, status)
