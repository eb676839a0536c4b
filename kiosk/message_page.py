"""A sentence instead of a screen: what was not done, and the way on."""

from http import HTTPStatus

import structlog
from starlette.responses import Response

from kiosk.context import KioskContext
from kiosk.errors import KioskError, error_text
from kiosk.hours import ClosedError, closed_text
from lobby.i18n.texts import mark, texts
from lobby.queueing.refusals.refusal import Refusal
from lobby.speech.sentences import sentences
from lobby.web.commands import json_response

log = structlog.get_logger()

THEN = mark("Nothing is lost. Our staff will help you.")


def message_page(kiosk: KioskContext, status: HTTPStatus, sentence: str) -> Response:
    """One sentence and the way back to the first question."""
    then = texts(kiosk.language).gettext(THEN)
    return kiosk.with_session(kiosk.session.cleared).page(
        "kiosk/message.html",
        "/kiosk",
        status,
        sentence=sentence,
        then=then,
        spoken=sentences((sentence, then), kiosk.language),
    )


def error_page(kiosk: KioskContext, error: KioskError) -> Response:
    """Nothing was done: the sentence as a page, or to a program."""
    status, sentence = error_text(error, kiosk.language)
    if isinstance(error, ClosedError):
        now = kiosk.services.clock.now()
        sentence = closed_text(kiosk, now)
    log.info("not done at a kiosk", trouble=type(error).__name__, reason=str(error))
    if not kiosk.wants_json:
        return message_page(kiosk, status, sentence)
    answer = {"sentence": sentence}
    if isinstance(error, Refusal):
        answer["refusal"] = type(error).__name__
    return json_response(answer, status)
