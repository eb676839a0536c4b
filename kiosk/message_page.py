"""A sentence instead of a screen: what was not done, and the way on."""

from http import HTTPStatus

import structlog
from starlette.requests import Request
from starlette.responses import Response

from kiosk.context import Kiosk
from kiosk.errors import Trouble, words_for
from kiosk.hours import ClosedError, closed_words
from kiosk.session import Choices
from kiosk.speech import sentences
from lobby.queueing.refusals.refusal import Refusal
from lobby.web.commands import json_response, wants_json

log = structlog.get_logger()


def told(
    request: Request, kiosk: Kiosk, choices: Choices, status: HTTPStatus, sentence: str
) -> Response:
    """One sentence and the way back to the first question."""
    return kiosk.house.pages.page(
        request,
        "kiosk/told.html",
        choices.language,
        status_code=status,
        kiosk=kiosk,
        choices=choices,
        path="/kiosk",
        sentence=sentence,
        spoken=sentences((sentence,), choices.language),
    )


def troubled(request: Request, kiosk: Kiosk, choices: Choices, trouble: Trouble) -> Response:
    """Nothing was done: the sentence as a page, or to a program."""
    status, sentence = words_for(trouble, choices.language)
    if isinstance(trouble, ClosedError):
        sentence = closed_words(kiosk, kiosk.house.clock.now(), choices.language) or sentence
    log.info("no ticket given", trouble=type(trouble).__name__, reason=str(trouble))
    if not wants_json(request):
        return told(request, kiosk, choices, status, sentence)
    answer = {"sentence": sentence}
    if isinstance(trouble, Refusal):
        answer["refusal"] = type(trouble).__name__
    return json_response(answer, status)
