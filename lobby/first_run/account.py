"""The last page of the first run: the administrator's own account, and with it the branch is made
and opened."""

from http import HTTPStatus

import structlog
from starlette.responses import RedirectResponse, Response

from lobby import typed_text
from lobby.accounts.names import (
    NAME_LETTERS_MAX,
    USERNAME_LETTERS_MAX,
    checked_name,
    checked_username,
)
from lobby.accounts.new_passwords import LENGTH_MAX, LENGTH_MIN, checked_password
from lobby.accounts.passwords import TooBusyError
from lobby.accounts.refusals import AccountRefusedError, Problem
from lobby.first_run.forms import Reading
from lobby.first_run.founding import AlreadyFoundedError, Founder, found, open_new_branches
from lobby.first_run.steps import ACCOUNT, BRANCH, OFFER
from lobby.first_run.visit import Visit, cookie_of, place_of
from lobby.i18n.texts import mark
from lobby.store.people import Staff
from lobby.web.commands import FormFields
from lobby.web.first_steps import DEVICES, PAGE

log = structlog.get_logger()

NOT_ALIKE = mark("The two passwords are not the same. Please type them once more.")
BUSY = mark("Many people are signing in right now. Please try again in a moment.")
AFTERWARDS = f"{DEVICES}?opened=1"

FIELD_OF = {Problem.NAME: "name", Problem.USERNAME: "username"}
"""Where the sentence stands; all others are about the password."""


class _WrongError(Exception):
    """The field, and its sentence in the language of the page."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


def account_page(visit: Visit, field: str = "", sentence: str = "") -> Response:
    return visit.page(
        "account.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if field else HTTPStatus.OK,
        step=ACCOUNT,
        draft=visit.draft,
        problems={field: sentence} if field else {},
        name_max=NAME_LETTERS_MAX,
        username_max=USERNAME_LETTERS_MAX,
        length_min=LENGTH_MIN,
        length_max=LENGTH_MAX,
        has_password=bool(visit.draft.password),
    )


async def create(visit: Visit, form: FormFields) -> Response:
    """One of several who are the first is; the others are told that there is a branch."""
    for step in (BRANCH, OFFER):
        if step.problems(visit.draft):
            return RedirectResponse(step.path, HTTPStatus.SEE_OTHER)
    try:
        _keep_password(visit, form)
        founder = await _founder(visit)
    except _WrongError as wrong:
        return account_page(visit, wrong.field, wrong.sentence)
    try:
        staff = await found(visit.services, Reading(visit.draft).new_branch(), founder)
    except AlreadyFoundedError:
        await open_new_branches(visit.services)
        return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)
    return await _signed_in(visit, staff)


def _keep_password(visit: Visit, form: FormFields) -> None:
    """What was typed well once need not be typed again where something else was wrong."""
    password = typed_text.secret(form.get("password", ""))
    again = typed_text.secret(form.get("again", ""))
    if not (password or again) and visit.draft.password:
        return
    visit.draft.password = ""
    if password != again:
        raise _WrongError("password", visit.say(NOT_ALIKE))
    visit.draft.password = password


async def _founder(visit: Visit) -> Founder:
    draft = visit.draft
    try:
        name = checked_name(draft.get("name"))
        username = checked_username(draft.get("username"))
        password = checked_password(draft.password, name=name, username=username)
        hashed = await visit.services.sessions.passwords.hashed(password)
    except TooBusyError:
        raise _WrongError("name", visit.say(BUSY)) from None
    except AccountRefusedError as refused:
        field = FIELD_OF.get(refused.problem, "password")
        if field == "password":
            draft.password = ""
        sentence = visit.say(refused.problem.value, **refused.blanks)
        raise _WrongError(field, sentence) from None
    return Founder(name, username, visit.language, hashed)


async def _signed_in(visit: Visit, staff: Staff) -> Response:
    """The code and what was typed have done their work."""
    visit.door.close()
    services = visit.services
    log.info("first branch set up", branch=staff.branch_id, staff=staff.id)
    response = RedirectResponse(AFTERWARDS, HTTPStatus.SEE_OTHER)
    token = await services.sessions.open_session(staff, place_of(visit.request))
    services.sessions.session_cookie.put(response, token)
    cookie_of(services).drop(response)
    return response
