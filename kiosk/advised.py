"""Advice to the person at this kiosk, by what was answered and the adviser who is known."""

from kiosk.context import KioskContext
from lobby.screens.advice import advise_now
from lobby.triage.advice import Advice
from lobby.triage.answers import FIRST_FREE, QuestionCode
from lobby.triage.request import Request


def advise_here(kiosk: KioskContext, request: Request) -> Advice:
    """Raises a `TriageError`."""
    now = kiosk.services.clock.now()
    return advise_now(kiosk.services, kiosk.branch, request, now, adviser=adviser_named(kiosk))


def adviser_named(kiosk: KioskContext) -> str:
    """The teller whom the customer knows; empty where it is all the same."""
    named = dict(kiosk.session.answers).get(QuestionCode.ADVISER, "")
    return "" if named == FIRST_FREE.code else named
