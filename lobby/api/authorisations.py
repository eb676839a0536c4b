"""A machine that waits for a colleague's approval: it calls, is told who comes, and says when it
waits no longer."""

from http import HTTPStatus

from starlette.exceptions import HTTPException

from lobby.i18n.texts import mark
from lobby.queueing.commands.command import Command
from lobby.queueing.commands.floor import CallColleague, EndHelp
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.web.commands import FormFields

UNREADABLE = mark("The authorisation is true while the machine waits for one. Nothing was changed.")

WAITS = {"true": True, "false": False}


def wish_for_authorisation(form: FormFields) -> bool | None:
    """None where the machine says nothing of it, and what was known stays."""
    text = form.get("authorisation")
    if text is None:
        return None
    if text.lower() not in WAITS:
        raise HTTPException(HTTPStatus.BAD_REQUEST, UNREADABLE)
    return WAITS[text.lower()]


def told_of_authorisation(form: FormFields, hall: Hall, machine_id: str) -> Command | None:
    """A call that is open already is not doubled. Where the machine waits no longer, the call has
    ended: with an approval if somebody had come."""
    waits = wish_for_authorisation(form)
    if waits:
        return CallColleague(HelpKind.AUTHORISATION, machine_id)
    call = open_authorisation(hall, machine_id)
    if waits is None or call is None:
        return None
    return EndHelp(call.id, "authorised" if call.taken_by else "nobody_there")


def open_authorisation(hall: Hall, machine_id: str) -> HelpCall | None:
    return next(
        (
            call
            for call in hall.help_calls
            if call.kind is HelpKind.AUTHORISATION and call.place == machine_id
        ),
        None,
    )
