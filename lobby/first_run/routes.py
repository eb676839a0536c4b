"""The first run: from an empty database to an open branch, in the browser."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lobby.first_run import checklist
from lobby.first_run.account import account_page, create
from lobby.first_run.countries import COUNTRIES
from lobby.first_run.draft import Draft
from lobby.first_run.forms import NAME_LETTERS_MAX, PHONE_LETTERS_MAX, time_zones
from lobby.first_run.new_branch import shipped, shipped_services
from lobby.first_run.steps import (
    ACCOUNT,
    BRANCH,
    COUNTRY,
    LANGUAGE,
    OFFER,
    Step,
    after,
    before,
    first_open,
    is_too_early,
)
from lobby.first_run.visit import Visit, cookie_of, door_of, place_of, require_visit
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.screens.words import POOLS
from lobby.web.commands import form_fields
from lobby.web.credentials import YEAR_S
from lobby.web.first_steps import PAGE
from lobby.web.pages import LANGUAGE_COOKIE, language_of
from lobby.web.services import services_of

log = structlog.get_logger()

WRONG_CODE = mark(
    "This code is wrong or from an earlier start. Please use the one that was printed last."
)
TOO_OFTEN = mark("Too many tries. Please wait %(count)s min and try again.")

Handler = Callable[[Request], Awaitable[Response]]


async def enter(request: Request) -> Response:
    """With the code of the address, or where somebody was let in before; else asks for it."""
    services = services_of(request)
    if services.branches:
        return _over(request)
    typed = request.query_params.get("code")
    if typed is not None:
        return _let_in(request, typed)
    draft = door_of(request).draft_of(cookie_of(services).token_hash(request.cookies))
    if draft is not None:
        return RedirectResponse(first_open(draft).path, HTTPStatus.SEE_OTHER)
    return _code_page(request)


async def enter_by_form(request: Request) -> Response:
    form = await form_fields(request)
    if services_of(request).branches:
        return _over(request)
    return _let_in(request, form.get("code", ""))


def _let_in(request: Request, typed: str) -> Response:
    """The code is exchanged for a cookie, and does not stand in the next address."""
    door, place = door_of(request), place_of(request)
    wait_s = door.wait_s(place)
    if wait_s > 0:
        log.info("first run refused", place=place, status=429)
        minutes = int(wait_s // 60) + 1
        headers = {"retry-after": str(minutes * 60)}
        return _code_page(request, 429, TOO_OFTEN, headers=headers, count=minutes)
    token = door.let_in(typed, place)
    if token is None:
        log.info("first run refused", place=place, status=422)
        return _code_page(request, 422, WRONG_CODE)
    response = RedirectResponse(LANGUAGE.path, HTTPStatus.SEE_OTHER)
    cookie_of(services_of(request)).put(response, token)
    return response


def _code_page(
    request: Request,
    status_code: int = 200,
    problem: str = "",
    *,
    headers: dict[str, str] | None = None,
    **blanks: int,
) -> Response:
    language = language_of(request)
    return services_of(request).pages.page(
        request,
        "first_run/code.html",
        language,
        status_code,
        headers,
        here=PAGE,
        problem=texts(language).gettext(problem) % blanks if problem else "",
    )


def _over(request: Request) -> Response:
    """Whoever comes with an old address is told that it has done its work."""
    services, language = services_of(request), language_of(request)
    plan = next(iter(services.branches.values())).plan
    context = {"here": PAGE, "branch_name": plan.name(language)}
    page = "first_run/over.html"
    return services.pages.page(request, page, language, HTTPStatus.GONE, None, **context)


def _viewed(step: Step) -> Handler:
    async def handle(request: Request) -> Response:
        visit = require_visit(request)
        if is_too_early(step, visit.draft):
            return RedirectResponse(first_open(visit.draft).path, HTTPStatus.SEE_OTHER)
        return _page(visit, step, {})

    return handle


def _filled_in(step: Step) -> Handler:
    """What was typed is kept in any case; going back asks for nothing."""

    async def handle(request: Request) -> Response:
        visit, form = require_visit(request), await form_fields(request)
        if is_too_early(step, visit.draft):
            return RedirectResponse(first_open(visit.draft).path, HTTPStatus.SEE_OTHER)
        visit.draft.keep(form, step.fields)
        if form.get("go") == "back":
            return RedirectResponse(before(step).path, HTTPStatus.SEE_OTHER)
        if step is ACCOUNT:
            return await create(visit, form)
        problems = step.problems(visit.draft)
        if problems:
            told = {name: visit.say(text, **blanks) for name, (text, blanks) in problems.items()}
            return _page(visit, step, told)
        visit.draft.done.add(step.name)
        return RedirectResponse(after(step).path, HTTPStatus.SEE_OTHER)

    return handle


async def choose_language(request: Request) -> Response:
    """Also for whoever signs in later in this browser."""
    visit, form = require_visit(request), await form_fields(request)
    language = form.get("language", "")
    if language not in LANGUAGES:
        raise HTTPException(400)
    visit.draft.language = language
    visit.draft.done.add(LANGUAGE.name)
    response = RedirectResponse(COUNTRY.path, HTTPStatus.SEE_OTHER)
    secure = visit.services.settings.secure
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=YEAR_S, secure=secure, httponly=True, samesite="lax"
    )
    return response


async def choose_country(request: Request) -> Response:
    visit, form = require_visit(request), await form_fields(request)
    if form.get("go") == "back":
        return RedirectResponse(LANGUAGE.path, HTTPStatus.SEE_OTHER)
    if form.get("country") not in COUNTRIES:
        raise HTTPException(400)
    visit.draft.choose_country(form["country"])
    visit.draft.done.add(COUNTRY.name)
    return RedirectResponse(BRANCH.path, HTTPStatus.SEE_OTHER)


def _page(visit: Visit, step: Step, problems: dict[str, str]) -> Response:
    if step is ACCOUNT:
        return account_page(visit)
    return visit.page(
        step.template,
        HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK,
        step=step,
        draft=visit.draft,
        problems=problems,
        **_shown(step, visit.draft),
    )


def _shown(step: Step, draft: Draft) -> dict[str, Any]:
    if step is COUNTRY:
        return {"countries": tuple(COUNTRIES.values())}
    if step is BRANCH:
        return {
            "country": draft.country,
            "zones": time_zones(),
            "name_max": NAME_LETTERS_MAX,
            "phone_max": PHONE_LETTERS_MAX,
        }
    if step is OFFER:
        pools: dict[str, list[Any]] = {}
        for service in shipped_services():
            pools.setdefault(service["pool"], []).append(service)
        kinds = shipped()["machine_kinds"]
        return {"pools": pools, "pool_names": POOLS, "machine_kinds": kinds}
    return {}


routes: list[BaseRoute] = [
    Route(PAGE, enter),
    Route(PAGE, enter_by_form, methods=["POST"]),
    *(Route(step.path, _viewed(step)) for step in (LANGUAGE, COUNTRY, BRANCH, OFFER, ACCOUNT)),
    Route(LANGUAGE.path, choose_language, methods=["POST"]),
    Route(COUNTRY.path, choose_country, methods=["POST"]),
    *(Route(step.path, _filled_in(step), methods=["POST"]) for step in (BRANCH, OFFER, ACCOUNT)),
    *checklist.routes,
]
