"""A branch's set-up on a screen: what holds, what will hold from which day on, and who said so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lobby import typed_text
from lobby.i18n.formats import long_date
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan
from lobby.setup.changes import Change
from lobby.setup.holding import Held, held_on
from lobby.setup.refusals import ChangedMeanwhileError, SetUpRefusedError, WrongSetUpError
from lobby.setup.service import REASON_LETTERS_MAX, Wish
from lobby.setup_pages.fields import (
    DIALS,
    SPECIAL,
    Field,
    Kind,
    closed_days,
    closing,
    fields,
    opening_again,
)
from lobby.setup_pages.typed import day_in, seen_in
from lobby.setup_pages.views import shown, version_views
from lobby.store.accounts import account_by_id
from lobby.store.set_up import SetUpVersion
from lobby.web.commands import FormFields, form_fields
from lobby.web.pages import language_of
from lobby.web.services import Services, services_of
from lobby.web.staff import Role, Staff, require_staff

PAGE = "/setup"
NOTHING_TYPED = FormFields()
NO_NUMBER = mark("Please type a whole number.")
NO_DAY = mark("Please choose a day.")
MEANWHILE = mark(
    "Somebody else has changed this meanwhile. What holds now stands beside what you typed; save "
    "again to keep yours."
)
NOW = mark("Now: %(value)s")
CANNOT_BE = mark("This cannot be so. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class SetUpRequest:
    """Of an administrator, who sees all branches, or of a branch's head, who sees their own."""

    request: Request
    services: Services
    staff: Staff
    language: str
    plan: Plan
    plans: tuple[Plan, ...]

    @property
    def today(self) -> date:
        return self.plan.business_day(self.services.clock.now())

    def say(self, text: str) -> str:
        return texts(self.language).gettext(text)


async def set_up_page(request: Request) -> Response:
    return await _page(await _asked(request, request.query_params.get("branch", "")))


async def change_set_up(request: Request) -> Response:
    form = await form_fields(request)
    asked = await _asked(request, form.get("branch", ""))
    day = day_in(form.get("from", ""))
    if day is None:
        return await _page(asked, form=form, problems={"from": asked.say(NO_DAY)})
    versions = await _versions(asked)
    held = held_on(versions, max(day, asked.today))
    found = fields(held.tree, max(day, asked.today), _profile(held))
    was_shown = {each.name: each.value for each in _fields_today(asked, versions)}
    changes, problems = _changes(asked, found, was_shown, held, form)
    if problems:
        return await _page(asked, form=form, problems=problems)
    wish = Wish(
        branch_id=asked.plan.id,
        valid_from=day,
        changes=tuple(changes),
        reason=typed_text.words(form.get("reason", ""))[:REASON_LETTERS_MAX],
        seen=seen_in(form),
        about=(*(each.path for each in found), SPECIAL),
    )
    return await _made(asked, wish, form)


async def take_back(request: Request) -> Response:
    form = await form_fields(request)
    asked = await _asked(request, form.get("branch", ""))
    version_id: int = request.path_params["version_id"]
    versions = await _versions(asked)
    version = next((each for each in versions[1:] if each.id == version_id), None)
    if version is None:
        raise HTTPException(404)
    day = max(asked.today, version.valid_from)
    return await _made(asked, Wish(asked.plan.id, day, (), takes_back=version_id), form)


async def _made(asked: SetUpRequest, wish: Wish, form: FormFields) -> Response:
    try:
        await asked.services.set_up.change(wish, f"staff/{asked.staff.id}")
    except SetUpRefusedError as refused:
        return await _page(asked, form=form, problem=_sentence(asked, refused))
    except WrongSetUpError as wrong:
        told = " ".join(each.sentence for each in wrong.mistakes)
        return await _page(asked, form=form, problem=f"{asked.say(CANNOT_BE)} {told}")
    except ChangedMeanwhileError:
        return await _page(asked, form=form, problem=asked.say(MEANWHILE), is_beside=True)
    address = f"{PAGE}?branch={asked.plan.id}&saved={wish.valid_from}"
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _sentence(asked: SetUpRequest, refused: SetUpRefusedError) -> str:
    blanks = {
        name: _told(value, asked.language) if name == "day" else value
        for name, value in refused.blanks.items()
    }
    return asked.say(refused.problem.value) % blanks


def _told(value: str | int, language: str) -> str:
    day = day_in(str(value))
    return long_date(day, language) if day is not None else str(value)


def _changes(
    asked: SetUpRequest,
    found: Sequence[Field],
    was_shown: Mapping[str, Any],
    held: Held,
    form: FormFields,
) -> tuple[list[Change], dict[str, str]]:
    """What was typed otherwise than it stood there, and the fields that nobody can read. What was
    left as it holds today is not wished for a later day on which something else holds."""
    changes: list[Change] = []
    problems: dict[str, str] = {}
    for field in found:
        text = form.get(field.name)
        if text is None:
            continue
        value = field.read(text)
        if value is None:
            problems[field.name] = asked.say(NO_NUMBER)
        elif value not in (field.value, was_shown.get(field.name)):
            changes.append(Change(field.path, value))
    if form.get("closed"):
        day = day_in(form.get("closed", ""))
        if day is None:
            problems["closed"] = asked.say(NO_DAY)
        else:
            changes.append(closing(day))
    open_again = set(form.all("open_again"))
    changes += [
        opening_again(each)
        for each in closed_days(held.tree)
        if each["day"].isoformat() in open_again
    ]
    return changes, problems


async def _page(
    asked: SetUpRequest,
    *,
    problem: str = "",
    problems: Mapping[str, str] | None = None,
    form: FormFields = NOTHING_TYPED,
    is_beside: bool = False,
) -> Response:
    """After a sentence about a problem the form still says what was typed."""
    try:
        versions = await _versions(asked)
    except SetUpRefusedError as refused:
        told = _sentence(asked, refused)
        return _shown(asked, HTTPStatus.OK, problem=told, problems={}, groups=(), saved=None)
    today = asked.today
    found = _fields_today(asked, versions)
    at_last = held_on(versions, max(today, *(each.valid_from for each in versions)))
    typed = {field.name: form.get(field.name, _typed(field)) for field in found}
    is_wrong = bool(problem or problems)
    saved = day_in(asked.request.query_params.get("saved", ""))
    return _shown(
        asked,
        HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK,
        problem=problem,
        problems=problems or {},
        groups=_groups(found),
        typed=typed,
        now_holds={field.name: _now(asked, field) for field in found},
        is_beside=is_beside,
        dials=DIALS,
        kinds=Kind,
        closed=[each["day"] for each in closed_days(at_last.tree) if each["day"] >= today],
        form=form,
        from_day=form.get("from", (today + timedelta(days=1)).isoformat()),
        seen=versions[-1].id,
        saved=saved,
        versions=version_views(
            versions, found, await _names(asked, versions), today, asked.language
        ),
        reason_max=REASON_LETTERS_MAX,
    )


def _shown(asked: SetUpRequest, status: int, **context: Any) -> Response:
    return asked.services.pages.page(
        asked.request,
        "setup_pages/setup.html",
        asked.language,
        status_code=status,
        me=asked.staff,
        plan=asked.plan,
        plans=asked.plans,
        today=asked.today,
        told=lambda day: long_date(day, asked.language),
        **context,
    )


def _groups(found: Sequence[Field]) -> tuple[tuple[str, list[Field]], ...]:
    by_kind = {kind: [field for field in found if field.kind is kind] for kind in Kind}
    return (
        (MACHINES, [*by_kind[Kind.DIAL], *by_kind[Kind.AMOUNT]]),
        (WAITS, by_kind[Kind.MINUTES]),
    )


MACHINES = mark("Machines and amounts")
WAITS = mark("Promised waits")


def _typed(field: Field) -> str:
    return str(field.value)


def _now(asked: SetUpRequest, field: Field) -> str:
    return asked.say(NOW) % {"value": shown(field, field.value, asked.language)}


def _profile(held: Held) -> str:
    """The name of the country's limits that this branch goes by."""
    return held.set_up.catalogue.profile


async def _versions(asked: SetUpRequest) -> list[SetUpVersion]:
    return await asked.services.set_up.versions(asked.plan)


def _fields_today(asked: SetUpRequest, versions: Sequence[SetUpVersion]) -> tuple[Field, ...]:
    held = held_on(versions, asked.today)
    return fields(held.tree, asked.today, _profile(held))


async def _names(asked: SetUpRequest, versions: Sequence[SetUpVersion]) -> dict[str, str]:
    """Of the people among those who made a change."""
    found = {}
    for actor in {each.actor for each in versions}:
        kind, _, who = actor.partition("/")
        if kind == "staff" and who.isdecimal():
            account = await asked.services.store.read(partial(account_by_id, staff_id=int(who)))
            if account is not None:
                found[actor] = account.staff.name
    return found


async def _asked(request: Request, branch_id: str) -> SetUpRequest:
    """Refuses (403) who sets up no branch, and knows (404) no branch that they do not see."""
    staff = await require_staff(request, Role.ADMINISTRATOR, Role.BRANCH_HEAD)
    services = services_of(request)
    every = [branch.plan for branch in services.branches.values()]
    sees_all = staff.role is Role.ADMINISTRATOR
    plans = tuple(each for each in every if sees_all or each.id == staff.branch_id)
    wanted = branch_id or staff.branch_id
    plan = next((each for each in plans if each.id == wanted), None)
    if plan is None:
        raise HTTPException(404)
    language = language_of(request, staff.language)
    return SetUpRequest(request, services, staff, language, plan, plans)


routes: list[BaseRoute] = [
    Route(PAGE, set_up_page, methods=["GET"]),
    Route(PAGE, change_set_up, methods=["POST"]),
    Route(f"{PAGE}/{{version_id:int}}/take-back", take_back, methods=["POST"]),
]
