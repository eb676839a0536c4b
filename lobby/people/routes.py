"""The people who sign in: the list, one account, and what is done with it."""

from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lobby import typed_text
from lobby.accounts.commands import (
    AddPerson,
    ChangePerson,
    Command,
    Done,
    LockPerson,
    RemovePerson,
    ResetPassword,
    ReturnPerson,
    UnlockPerson,
)
from lobby.accounts.names import NAME_LETTERS_MAX, USERNAME_LETTERS_MAX
from lobby.accounts.refusals import AccountRefusedError
from lobby.i18n.languages import LANGUAGES
from lobby.people import import_routes, own_routes
from lobby.people.asking import PeopleRequest, people_request
from lobby.people.words import FIELDS, actors_of, done_views, found_among
from lobby.store.accounts import Account, account_by_id, accounts, changes_of
from lobby.store.kinds import Role
from lobby.store.store import Connection
from lobby.web.commands import FormFields, form_fields

LIST = "/people"
NEW = "/people/new"
SHOWN_MAX = 200
"""A branch has 20 people; who looks for somebody among thousands types a name."""

Handler = Callable[[Request], Awaitable[Response]]
NOTHING_TYPED = FormFields()
LENGTHS = {"name_max": NAME_LETTERS_MAX, "username_max": USERNAME_LETTERS_MAX}


async def list_page(request: Request) -> Response:
    asked = await people_request(request)
    typed = typed_text.name(request.query_params.get("name", ""))
    branch_id = _branch_shown(asked, typed)
    found = await asked.services.store.read(partial(accounts, branch_id=branch_id))
    plans = asked.plans_by_id
    seen = [account for account in found if account.staff.branch_id in plans]
    wanted = found_among(seen, typed) if typed else seen
    here = [account for account in wanted if not account.has_left]
    return asked.page(
        "people/list.html",
        here=here[:SHOWN_MAX],
        left=[account for account in wanted if account.has_left][:SHOWN_MAX],
        is_cut=len(here) > SHOWN_MAX,
        typed=typed,
        branch_id=branch_id or "",
    )


def _branch_shown(asked: PeopleRequest, typed: str) -> str | None:
    """Who types a name looks in all branches they see; otherwise one is shown."""
    wanted = asked.request.query_params.get("branch", "")
    if wanted in asked.plans_by_id:
        return wanted
    is_everywhere = typed and asked.staff.role is Role.ADMINISTRATOR
    return None if is_everywhere else asked.staff.branch_id


async def new_page(request: Request) -> Response:
    return _new_page(await people_request(request))


async def add_person(request: Request) -> Response:
    asked, form = await people_request(request), await form_fields(request)
    command = AddPerson(
        username=form.get("username", ""),
        name=form.get("name", ""),
        role=_role(form),
        branch_id=form.get("branch", asked.staff.branch_id),
        language=_language(form),
    )
    try:
        done = await asked.perform(command)
    except AccountRefusedError as refused:
        return _new_page(asked, problem=asked.sentence(refused), form=form)
    return await _told(asked, done)


async def person_page(request: Request) -> Response:
    asked = await people_request(request)
    return await _person_page(asked, await asked.account_or_404())


async def change_person(request: Request) -> Response:
    asked, form = await people_request(request), await form_fields(request)
    account = await asked.account_or_404()
    staff = account.staff
    command = ChangePerson(
        staff_id=staff.id,
        name=form.get("name", ""),
        role=_role(form),
        branch_id=form.get("branch", staff.branch_id),
        language=_language(form),
    )
    try:
        await asked.perform(command)
    except AccountRefusedError as refused:
        return await _person_page(asked, account, problem=asked.sentence(refused), form=form)
    return RedirectResponse(f"{LIST}/{staff.id}?saved=1", HTTPStatus.SEE_OTHER)


def _simple(command: type[LockPerson | UnlockPerson | RemovePerson]) -> Handler:
    """An act that asks for nothing but whose account it is."""
    return _acting(lambda account: command(account.staff.id), _settled)


def _giving(command: type[ResetPassword | ReturnPerson]) -> Handler:
    """An act after which somebody has to be told a password."""
    return _acting(lambda account: command(account.staff.id), _told)


async def _settled(_asked: PeopleRequest, done: Done) -> Response:
    return RedirectResponse(f"{LIST}/{done.staff_id}", HTTPStatus.SEE_OTHER)


async def _told(asked: PeopleRequest, done: Done) -> Response:
    """The one page on which the password that was drawn can be read."""
    account = await asked.services.store.read(lambda c: account_by_id(c, done.staff_id))
    assert account is not None, "accounts are never deleted"
    return await _person_page(asked, account, told=done)


def _acting(
    command_for: Callable[[Account], Command],
    answer: Callable[[PeopleRequest, Done], Awaitable[Response]],
) -> Handler:
    async def handle(request: Request) -> Response:
        asked = await people_request(request)
        account = await asked.account_or_404()
        try:
            done = await asked.perform(command_for(account))
        except AccountRefusedError as refused:
            return await _person_page(asked, account, problem=asked.sentence(refused))
        return await answer(asked, done)

    return handle


async def _person_page(
    asked: PeopleRequest,
    account: Account,
    *,
    problem: str = "",
    form: FormFields = NOTHING_TYPED,
    told: Done | None = None,
) -> Response:
    """After a sentence about a problem the form still says what was typed."""
    staff_id = account.staff.id
    changes = await asked.services.store.read(lambda c: changes_of(c, staff_id))
    names = await asked.services.store.read(partial(_names, ids=actors_of(changes)))
    return asked.page(
        "people/person.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        account=account,
        may_change=asked.may_change(account),
        is_me=account.staff.id == asked.staff.id,
        given=asked.roles,
        problem=problem,
        form=form,
        told=told,
        is_saved="saved" in asked.request.query_params,
        done=done_views(changes, names),
        fields=FIELDS,
        **LENGTHS,
    )


def _new_page(
    asked: PeopleRequest, *, problem: str = "", form: FormFields = NOTHING_TYPED
) -> Response:
    return asked.page(
        "people/new.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        given=asked.roles,
        problem=problem,
        form=form,
        branch_id=form.get("branch", asked.request.query_params.get("branch", asked.plan.id)),
        **LENGTHS,
    )


def _names(connection: Connection, ids: set[int]) -> dict[int, str]:
    found = (account_by_id(connection, staff_id) for staff_id in ids)
    return {account.staff.id: account.staff.name for account in found if account}


def _role(form: FormFields) -> Role:
    try:
        return Role(form.get("role", ""))
    except ValueError:
        raise HTTPException(400) from None


def _language(form: FormFields) -> str:
    """Called otherwise than the field of the page's own choice of language."""
    language = form.get("person_language", "")
    if language not in LANGUAGES:
        raise HTTPException(400)
    return language


PERSON = f"{LIST}/{{staff_id:int}}"

routes: list[BaseRoute] = [
    Route(LIST, list_page),
    Route(NEW, new_page),
    Route(NEW, add_person, methods=["POST"]),
    *import_routes.routes,
    Route(PERSON, person_page),
    Route(PERSON, change_person, methods=["POST"]),
    Route(f"{PERSON}/locks", _simple(LockPerson), methods=["POST"]),
    Route(f"{PERSON}/unlocks", _simple(UnlockPerson), methods=["POST"]),
    Route(f"{PERSON}/removals", _simple(RemovePerson), methods=["POST"]),
    Route(f"{PERSON}/passwords", _giving(ResetPassword), methods=["POST"]),
    Route(f"{PERSON}/returns", _giving(ReturnPerson), methods=["POST"]),
    *own_routes.routes,
]
