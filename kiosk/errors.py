"""What a kiosk says when no ticket can be given: a sentence in the person's language."""

from http import HTTPStatus
from typing import assert_never

from kiosk.hours import CLOSED_NOW, ClosedError
from lobby.branch import KeyReusedError
from lobby.i18n.texts import mark, texts
from lobby.queueing.refusals.floor import MachineNotWorking, UnknownMachine
from lobby.queueing.refusals.refusal import Refusal
from lobby.queueing.refusals.ticket import SeriesFull
from lobby.queueing.refusals.ticket import UnknownService as NotOffered
from lobby.store.errors import OutcomeUnknownError, StoreUnavailableError
from lobby.triage.errors import TriageError, UnknownServiceError
from lobby.web.commands import BadFieldsError, KeyMissingError
from lobby.web.refusals import sentence as refusal_sentence


class ChangedMeanwhileError(Exception):
    """What was chosen is no longer offered: a machine broke down, a counter became free."""


class NotShownError(Exception):
    """The ticket of this address is not shown here; `sentence` is the msgid of why."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


KioskError = (
    Refusal
    | KeyReusedError
    | KeyMissingError
    | BadFieldsError
    | StoreUnavailableError
    | TriageError
    | ClosedError
    | ChangedMeanwhileError
    | NotShownError
)
KIOSK_ERRORS = (
    *(Refusal, KeyReusedError, KeyMissingError, BadFieldsError, StoreUnavailableError),
    *(TriageError, ClosedError, ChangedMeanwhileError, NotShownError),
)

START_AGAIN = mark("We did not get your whole choice. Please choose again.")
CHOSEN_TWICE = mark(
    "You already have a number for your first choice. For another one, please start again."
)
NO_MORE_NUMBERS = mark("All numbers for this service are given out today. Please ask a colleague.")
OUT_OF_HOURS = mark(
    "No number can be given for a moment. Please take a paper number or ask a colleague."
)
UNSURE = mark(
    "It is not certain whether your number was written down. Please press once more: you get one "
    "number, not two."
)
STALE = mark("The questions have just changed. Please choose again.")
CHANGED = mark("This is no longer available. Please choose again.")


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
            return HTTPStatus.CONFLICT, say(CLOSED_NOW)
        case KeyReusedError():
            return HTTPStatus.UNPROCESSABLE_ENTITY, say(CHOSEN_TWICE)
        case KeyMissingError() | BadFieldsError():
            return HTTPStatus.BAD_REQUEST, say(START_AGAIN)
        case OutcomeUnknownError():
            return HTTPStatus.SERVICE_UNAVAILABLE, say(UNSURE)
        case NotShownError():
            return error.status, say(error.sentence)
        case StoreUnavailableError():
            return HTTPStatus.SERVICE_UNAVAILABLE, say(OUT_OF_HOURS)
        case _:
            assert_never(error)
