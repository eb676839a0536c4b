"""A machine that waits for a colleague's approval: it calls, is told who comes, and says when it
waits no longer."""

from http import HTTPStatus

from starlette.exceptions import HTTPException

from lobby.branch import Actor, Branch
from lobby.i18n.texts import mark
from lobby.queueing.commands.floor import CallColleague, EndHelp
from lobby.queueing.model.hall import Hall
from lobby.queueing.model.help import HelpCall, HelpKind
from lobby.web.commands import FormFields, perform

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


async def tell_of_authorisation(
    branch: Branch, machine_id: str, actor: Actor, key: str, *, waits: bool
) -> None:
    """A call that is open already is not doubled. Where the machine waits no longer, the call has
    ended: with an approval if somebody had come."""
    call = open_authorisation(branch.hall, machine_id)
    if waits:
        command = CallColleague(HelpKind.AUTHORISATION, machine_id)
        await perform(branch, command, actor, f"{key}-authorisation")
    elif call is not None:
        outcome = "authorised" if call.taken_by else "nobody_there"
        await perform(branch, EndHelp(call.id, outcome), actor, f"{key}-authorisation")


def open_authorisation(hall: Hall, machine_id: str) -> HelpCall | None:
    return next(
        (
            call
            for call in hall.help_calls
            if call.kind is HelpKind.AUTHORISATION and call.place == machine_id
        ),
        None,
    )
