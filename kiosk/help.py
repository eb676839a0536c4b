"""A colleague called to the kiosk, from any screen; what was answered so far stays."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk.context import KioskContext, kiosk_context
from lobby.branch import Outcome
from lobby.i18n.texts import mark, texts
from lobby.queueing.commands.floor import CallColleague
from lobby.queueing.events.floor import HelpCalled
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.speech.sentences import sentences

KINDS = {"": HelpKind.HELP, "help": HelpKind.HELP, "stuck": HelpKind.STUCK}
"""What a kiosk itself may say: somebody asks, or somebody does not get on."""

COMES = mark("Somebody is coming to help you.")
GOES = mark("Somebody is on the way to you.")
GO_ON = mark("You can carry on in the meantime.")

UNSEEN = frozenset({HelpKind.STUCK, HelpKind.PRINTER})
"""Calls that nobody before the screen knows of."""


async def call_colleague(kiosk: KioskContext) -> Outcome:
    kind = KINDS.get(kiosk.form.get("kind", ""), HelpKind.HELP)
    return await kiosk.perform(CallColleague(kind, kiosk.place, _own_number(kiosk)))


def show_help(kiosk: KioskContext, outcome: Outcome) -> Response:
    called = next((event for event in outcome.events if isinstance(event, HelpCalled)), None)
    number = called.ticket if called else _own_number(kiosk)
    return kiosk.go_to(kiosk.session.to(f"/kiosk/help/{number}" if number else "/kiosk/help"))


async def help_page(request: Request) -> Response:
    """Stays, without any clock, until somebody has been there or the customer goes on."""
    kiosk = kiosk_context(request)
    session, number = kiosk.session, kiosk.number
    onward = session.to(f"/kiosk/tickets/{number}") if number else session.onward()
    call = _open_call(kiosk)
    if call is None:
        return RedirectResponse(onward, 303)
    say = texts(kiosk.language).gettext
    sentence = say(GOES if call.taken_by else COMES)
    return kiosk.page(
        "kiosk/help.html",
        f"/kiosk/help/{number}" if number else "/kiosk/help",
        onward=onward,
        sentence=sentence,
        spoken=sentences((sentence, say(GO_ON)), kiosk.language),
    )


def _own_number(kiosk: KioskContext) -> str | None:
    """A number only where there is such a ticket: the call itself is what matters."""
    number = kiosk.form.get("ticket", "")
    return number if kiosk.branch.hall.ticket(number) is not None else None


def _open_call(kiosk: KioskContext) -> HelpCall | None:
    calls = kiosk.branch.hall.help_calls
    return next((c for c in calls if c.place == kiosk.place and c.kind not in UNSEEN), None)
