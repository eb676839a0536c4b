"""Everybody's own account: password, language, and the browsers in which they are signed in."""

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lobby import typed_text
from lobby.accounts.commands import ChoosePassword, EndSessions
from lobby.accounts.new_passwords import LENGTH_MAX, LENGTH_MIN
from lobby.accounts.refusals import AccountRefusedError
from lobby.accounts.roles import ROLES
from lobby.i18n.texts import mark, texts
from lobby.people.asking import performed, sentence_of
from lobby.store.accounts import OpenSession, open_sessions_of
from lobby.web.addresses import local_path
from lobby.web.commands import FormFields, form_fields
from lobby.web.identity import identity_of
from lobby.web.pages import language_of
from lobby.web.rate_limit import network_of
from lobby.web.services import services_of
from lobby.web.staff import FIRST_PASSWORD, Staff, require_staff

ACCOUNT = "/account"
HANDLE_LENGTH = 32
"""Letters of a token's hash that tell one browser from another in an address."""

NOT_ALIKE = mark("The two new passwords are not the same. Nothing was changed.")
LENGTHS: dict[str, Any] = {"length_min": LENGTH_MIN, "length_max": LENGTH_MAX}


async def account_page(request: Request) -> Response:
    return await _page(request, await require_staff(request))


async def choose_password(request: Request) -> Response:
    """Whoever sits at somebody's open screen may not guess their password here for long."""
    staff, form = await require_staff(request), await form_fields(request)
    _count_try(request, staff)
    problem = await _chosen(request, staff, form, current=form.get("current", ""))
    if problem:
        return await _page(request, staff, problem=problem)
    _forgive_tries(request, staff)
    return await _in_again(request, staff, f"{ACCOUNT}?changed=password")


async def first_page(request: Request) -> Response:
    return _first_page(request, _newcomer(request))


async def choose_first(request: Request) -> Response:
    staff, form = _newcomer(request), await form_fields(request)
    problem = await _chosen(request, staff, form, current=None)
    if problem:
        return _first_page(request, staff, problem=problem, next_path=form.get("next", ""))
    return await _in_again(request, staff, local_path(form.get("next")))


async def end_session(request: Request) -> Response:
    staff = await require_staff(request)
    handle = request.path_params["handle"]
    await _end(request, staff, lambda each: each.token_hash[:HANDLE_LENGTH] == handle)
    return RedirectResponse(ACCOUNT, HTTPStatus.SEE_OTHER)


async def end_others(request: Request) -> Response:
    staff = await require_staff(request)
    mine = identity_of(request).session_hash
    await _end(request, staff, lambda each: each.token_hash != mine)
    return RedirectResponse(ACCOUNT, HTTPStatus.SEE_OTHER)


async def _end(request: Request, staff: Staff, is_meant: Any) -> None:
    found = await _sessions_of(request, staff)
    hashes = tuple(each.token_hash for each in found if is_meant(each))
    await performed(services_of(request), EndSessions(staff.id, hashes), staff)


async def _chosen(request: Request, staff: Staff, form: FormFields, current: str | None) -> str:
    """Empty where the new password holds; otherwise why not."""
    language = language_of(request, staff.language)
    password = typed_text.secret(form.get("password", ""))
    if password != typed_text.secret(form.get("again", "")):
        return texts(language).gettext(NOT_ALIKE)
    typed = None if current is None else typed_text.secret(current)
    try:
        await performed(services_of(request), ChoosePassword(staff.id, typed, password), staff)
    except AccountRefusedError as refused:
        return sentence_of(refused, language)
    return ""


async def _in_again(request: Request, staff: Staff, page: str) -> Response:
    """A new password ends every session; this browser gets another one at once."""
    sessions = services_of(request).sessions
    response = RedirectResponse(page, HTTPStatus.SEE_OTHER)
    token = await sessions.open_session(staff, _place(request))
    sessions.session_cookie.put(response, token)
    return response


def _newcomer(request: Request) -> Staff:
    """Leads home who has a password of their own, and to the sign-in page whoever is nobody."""
    identity = identity_of(request)
    if identity.newcomer is None:
        raise HTTPException(303, headers={"location": "/"})
    return identity.newcomer


def _count_try(request: Request, staff: Staff) -> None:
    tries, key = services_of(request).sessions.sign_ins_per_account, _key(request, staff)
    if tries.wait_s(key) > 0:
        raise HTTPException(429)
    tries.note(key)


def _forgive_tries(request: Request, staff: Staff) -> None:
    services_of(request).sessions.sign_ins_per_account.forgive(_key(request, staff))


def _key(request: Request, staff: Staff) -> str:
    """The same as at the sign-in page: who has guessed there guesses no more here."""
    return f"{staff.username} {_place(request)}"


def _place(request: Request) -> str:
    return network_of(request.client.host if request.client else "")


async def _sessions_of(request: Request, staff: Staff) -> list[OpenSession]:
    services = services_of(request)
    now = services.sessions.clock.now()
    return await services.store.read(lambda c: open_sessions_of(c, staff.id, now))


async def _page(request: Request, staff: Staff, *, problem: str = "") -> Response:
    services = services_of(request)
    mine = identity_of(request).session_hash
    found = await _sessions_of(request, staff)
    return services.pages.page(
        request,
        "people/account.html",
        language_of(request, staff.language),
        HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        me=staff,
        role=ROLES[staff.role],
        plan=services.branches[staff.branch_id].plan,
        sessions=[(each, each.token_hash == mine) for each in found],
        handle_length=HANDLE_LENGTH,
        problem=problem,
        is_saved=request.query_params.get("changed") == "password",
        here=ACCOUNT,
        **LENGTHS,
    )


def _first_page(
    request: Request, staff: Staff, *, problem: str = "", next_path: str | None = None
) -> Response:
    wanted = request.query_params.get("next") if next_path is None else next_path
    return services_of(request).pages.page(
        request,
        "people/first_password.html",
        language_of(request, staff.language),
        HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        me=staff,
        problem=problem,
        next_path=local_path(wanted),
        here=FIRST_PASSWORD,
        **LENGTHS,
    )


routes: list[BaseRoute] = [
    Route(ACCOUNT, account_page),
    Route(f"{ACCOUNT}/password", choose_password, methods=["POST"]),
    Route(FIRST_PASSWORD, first_page),
    Route(FIRST_PASSWORD, choose_first, methods=["POST"]),
    Route(f"{ACCOUNT}/sessions/others/ends", end_others, methods=["POST"]),
    Route(f"{ACCOUNT}/sessions/{{handle}}/ends", end_session, methods=["POST"]),
]
