"""Signing in and out. What is wrong is never said more exactly than "name and password"."""

from typing import Any
from urllib.parse import quote

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from lobby import typed_text
from lobby.accounts.passwords import TooBusyError
from lobby.i18n.texts import mark, texts
from lobby.store.people import Staff, normal_username, staff_with_password
from lobby.web.addresses import local_path
from lobby.web.commands import FormFields, form_fields
from lobby.web.first_steps import PAGE as FIRST_RUN
from lobby.web.identity import Sessions, identity_of
from lobby.web.pages import language_of
from lobby.web.rate_limit import network_of
from lobby.web.services import Services, services_of
from lobby.web.staff import require_staff, staff_of

log = structlog.get_logger()

USERNAME_LENGTH_MAX = 40

WRONG = mark("User name or password is wrong. Please check both and try again.")
TOO_OFTEN = mark(
    "Too many tries from here. Please wait %(count)s min and try again, or ask "
    "your administrator for a new password."
)
BUSY = mark("Many people are signing in right now. Please try again in a moment.")


class NotSignedInError(Exception):
    """Why not, for the person; and the status and headers of the answer."""

    def __init__(self, status: int, msgid: str, minutes: int = 0) -> None:
        super().__init__(msgid)
        self.status = status
        self.msgid = msgid
        self.minutes = minutes


async def form(request: Request) -> Response:
    if not services_of(request).branches:
        return RedirectResponse(FIRST_RUN, 303)
    if staff_of(request) is not None:
        return RedirectResponse(local_path(request.query_params.get("next")), 303)
    return _page(request, next_path=local_path(request.query_params.get("next")))


async def sign_in(request: Request) -> Response:
    form = await form_fields(request)
    next_path = local_path(form.get("next"))
    try:
        staff = await _recognise(request, form)
    except NotSignedInError as no:
        return _refusal(request, no, form.get("username", ""), next_path)
    await _end_this_session(request)
    sessions = services_of(request).sessions
    place = network_of(request.client.host if request.client else "")
    response = RedirectResponse(next_path, 303)
    sessions.session_cookie.put(response, await sessions.open_session(staff, place))
    log.info("signed in", branch=staff.branch_id, staff=staff.id)
    return response


async def sign_out(request: Request) -> Response:
    staff = staff_of(request)
    await _end_this_session(request)
    if staff is not None:
        log.info("signed out", branch=staff.branch_id, staff=staff.id)
    return _signed_out(request)


async def sign_out_everywhere(request: Request) -> Response:
    staff = await require_staff(request)
    await services_of(request).sessions.close_sessions_of(staff.id)
    log.info("signed out everywhere", branch=staff.branch_id, staff=staff.id)
    return _signed_out(request)


async def _recognise(request: Request, form: FormFields) -> Staff:
    """The person whose name and password these are. Tries are counted before the password is
    looked at, so that guesses sent all at once count as well. Raises `NotSignedInError`."""
    services = services_of(request)
    username = normal_username(form.get("username", ""))[:USERNAME_LENGTH_MAX]
    place = network_of(request.client.host if request.client else "")
    account_here = f"{username} {place}"
    _count_try(services.sessions, account_here, place)
    staff = await _with_password(services, username, typed_text.secret(form.get("password", "")))
    if staff is None:
        log.info("sign-in refused", place=place)
        raise NotSignedInError(401, WRONG)
    services.sessions.sign_ins_per_account.forgive(account_here)
    services.sessions.sign_ins_per_place.take_back(place)
    return staff


def _count_try(sessions: Sessions, account_here: str, place: str) -> None:
    wait_s = max(
        sessions.sign_ins_per_account.wait_s(account_here),
        sessions.sign_ins_per_place.wait_s(place),
    )
    if wait_s > 0:
        raise NotSignedInError(429, TOO_OFTEN, minutes=int(wait_s // 60) + 1)
    sessions.sign_ins_per_account.note(account_here)
    sessions.sign_ins_per_place.note(place)


async def _with_password(services: Services, username: str, password: str) -> Staff | None:
    now = services.sessions.clock.now()
    found = await services.store.read(
        lambda connection: staff_with_password(connection, username, now)
    )
    staff, password_hash = found or (None, None)
    try:
        fits = await services.sessions.passwords.fits(password, password_hash)
    except TooBusyError:
        raise NotSignedInError(503, BUSY) from None
    return staff if fits else None


async def _end_this_session(request: Request) -> None:
    session_hash = identity_of(request).session_hash
    if session_hash is not None:
        await services_of(request).sessions.close_session(session_hash)


def _signed_out(request: Request) -> Response:
    response = RedirectResponse("/sign-in", 303)
    services_of(request).sessions.session_cookie.drop(response)
    return response


def _refusal(request: Request, no: NotSignedInError, username: str, next_path: str) -> Response:
    words = texts(language_of(request)).gettext(no.msgid) % {"count": no.minutes}
    headers = {"retry-after": str(no.minutes * 60)} if no.minutes else {}
    return _page(
        request,
        status_code=no.status,
        headers=headers,
        next_path=next_path,
        username=username[:USERNAME_LENGTH_MAX],
        problem=words,
    )


def _page(request: Request, *, next_path: str, **context: Any) -> Response:
    services = services_of(request)
    language = language_of(request)
    branches = list(services.branches.values())
    return services.pages.page(
        request,
        "web/sign_in.html",
        language,
        here=f"/sign-in?next={quote(next_path, safe='/')}",
        next_path=next_path,
        branch_name=branches[0].plan.name(language) if len(branches) == 1 else "",
        **{"username": "", "problem": "", **context},
    )


routes = [
    Route("/sign-in", form),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
    Route("/sign-out-everywhere", sign_out_everywhere, methods=["POST"]),
]
