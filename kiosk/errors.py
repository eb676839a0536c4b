"""What a kiosk says when no ticket can be given: a sentence in the person's language."""

from http import HTTPStatus
from typing import assert_never

from kiosk.hours import CLOSED, ClosedError
from lobby.branch import KeyReusedError
from lobby.i18n.texts import mark, texts
from lobby.queueing.refusals.floor import MachineNotWorking, UnknownMachine
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import SeriesFull
from lobby.queueing.refusals.ticket import UnknownService as NotOffered
from lobby.store.writer import StoreUnavailableError
from lobby.triage.errors import TriageError, UnknownServiceError
from lobby.web.commands import BadFieldsError, KeyMissingError
from lobby.web.refusals import sentence as refusal_sentence


class ChangedMeanwhileError(Exception):
    """What was chosen is no longer offered: a machine broke down, a counter became free."""


KioskError = (
    Refusal
    | KeyReusedError
    | KeyMissingError
    | BadFieldsError
    | StoreUnavailableError
    | TriageError
    | ClosedError
    | ChangedMeanwhileError
)
KIOSK_ERRORS = (
    *(Refusal, KeyReusedError, KeyMissingError, BadFieldsError, StoreUnavailableError),
    *(TriageError, ClosedError, ChangedMeanwhileError),
)

START_AGAIN = mark("Your choice did not arrive whole. Please choose once more.")
CHOSEN_TWICE = mark(
    "A number was already given for your first choice. For another one, please start again."
)
NO_MORE_NUMBERS = mark("All numbers for this service are given out today. Please ask a colleague.")
OUT_OF_HOURS = mark(
    "No number can be given for a moment. Please take a paper number or ask a colleague."
)
STALE = mark("The questions have changed meanwhile. Please choose once more.")
CHANGED = mark("This way is not open any more. Please choose once more.")


def error_text(error: KioskError, language: str) -> tuple[HTTPStatus, str]:
    """The status of the answer and the sentence that the person reads."""
    say = texts(language).gettext
    match error:
        case SeriesFull():
            return HTTPStatus.CONFLICT, say(NO_MORE_NUMBERS)
        case MachineNotWorking() | UnknownMachine() | ChangedMeanwhileError():
            return HTTPStatus.CONFLICT, say(CHANGED)
        case Refusal():
            return HTTPStatus.CONFLICT, refusal_sentence(error, language)
        case UnknownServiceError():
            return HTTPStatus.CONFLICT, refusal_sentence(NotOffered(str(error)), language)
        case TriageError():
            return HTTPStatus.CONFLICT, say(STALE)
        case ClosedError():
            return HTTPStatus.CONFLICT, say(CLOSED)
        case KeyReusedError():
            return HTTPStatus.UNPROCESSABLE_ENTITY, say(CHOSEN_TWICE)
        case KeyMissingError() | BadFieldsError():
            return HTTPStatus.BAD_REQUEST, say(START_AGAIN)
        case StoreUnavailableError():
            return HTTPStatus.SERVICE_UNAVAILABLE, say(OUT_OF_HOURS)
        case _:
            assert_never(error)
