"""A branch's set-up on a screen: what holds, what will hold from which day on, and who said so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

import anyio.to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lobby import typed_text
from lobby.i18n.formats import long_date
from lobby.i18n.texts import mark
from lobby.setup.base import versions_of
from lobby.setup.changes import Change, Path
from lobby.setup.holding import Held, held_on
from lobby.setup.refusals import (
    ChangedMeanwhileError,
    SetUpRefusedError,
    Wrong,
    WrongSetUpError,
)
from lobby.setup.service import REASON_LETTERS_MAX, Wish
from lobby.setup_pages.asking import SetUpRequest, asked_for, seen_in
from lobby.setup_pages.days import SPECIAL, day_in, untimely
from lobby.setup_pages.fields import (
    DIALS,
    Field,
    Kind,
    closed_days,
    closing,
    fields,
    groups,
    opening_again,
)
from lobby.setup_pages.history import (
    DIAL,
    Shown,
    VersionView,
    names_of,
    shown,
    shown_of,
    version_views,
)
from lobby.setup_pages.section_routes import routes as section_routes
from lobby.setup_pages.sections import SECTIONS, section_at
from lobby.setup_pages.wrong_words import told_of
from lobby.store.set_up import SetUpVersion
from lobby.store.store import Connection
from lobby.web.commands import FormFields, form_fields

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


async def set_up_page(request: Request) -> Response:
    return await _page(await asked_for(request, request.query_params.get("branch", "")))


async def change_set_up(request: Request) -> Response:
    form = await form_fields(request)
    asked = await asked_for(request, form.get("branch", ""))
    day = day_in(form.get("from", ""))
    if day is None:
        return await _page(asked, form=form, problems={"from": asked.say(NO_DAY)})
    try:
        versions = await asked.services.set_up.versions(asked.plan)
    except SetUpRefusedError as refused:
        return await _page(asked, form=form, problem=asked.sentence(refused))
    read = partial(_read, versions, day, asked.today, form)
    wished, problems, about = await anyio.to_thread.run_sync(read)
    if problems:
        said = {name: asked.say(text) for name, text in problems.items()}
        return await _page(asked, form=form, problems=said)
    wish = Wish(
        branch_id=asked.plan.id,
        valid_from=day,
        changes=tuple(wished),
        reason=typed_text.words(form.get("reason", ""))[:REASON_LETTERS_MAX],
        seen=seen_in(form),
        about=about,
    )
    return await _made(asked, wish, form)


async def take_back(request: Request) -> Response:
    form = await form_fields(request)
    asked = await asked_for(request, form.get("branch", ""))
    version_id: int = request.path_params["version_id"]
    try:
        versions = await asked.services.set_up.versions(asked.plan)
    except SetUpRefusedError:
        raise HTTPException(404) from None
    version = next((each for each in versions[1:] if each.id == version_id), None)
    if version is None:
        raise HTTPException(404)
    day = max(asked.today, version.valid_from)
    return await _made(asked, Wish(asked.plan.id, day, (), takes_back=version_id), form)


async def _made(asked: SetUpRequest, wish: Wish, form: FormFields) -> Response:
    try:
        await asked.services.set_up.change(wish, f"staff/{asked.staff.id}")
    except SetUpRefusedError as refused:
        return await _page(asked, form=form, problem=asked.sentence(refused))
    except WrongSetUpError as wrong:
        return await _page(asked, form=form, problem=asked.say(CANNOT_BE), wrong=wrong.mistakes)
    except ChangedMeanwhileError:
        return await _page(asked, form=form, problem=asked.say(MEANWHILE), is_beside=True)
    section = section_at(form.get("section", ""))
    where = PAGE if section is None else f"{PAGE}/{section.path}"
    address = f"{where}?branch={asked.plan.id}&saved={wish.valid_from}"
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)


def _read(
    versions: Sequence[SetUpVersion], day: date, today: date, form: FormFields
) -> tuple[list[Change], dict[str, str], tuple[Path, ...]]:
    """In a worker's thread: the changes, the problems by field, and what the page is about."""
    held = held_on(versions, max(day, today))
    found = fields(held.tree, max(day, today), held.tree["profile"])
    now = held_on(versions, today)
    was_shown = {each.name: each.value for each in fields(now.tree, today, now.tree["profile"])}
    changes, problems = _changes(found, was_shown, held, form)
    problems |= untimely(changes, today, day, "closed")
    return changes, problems, (*(each.path for each in found), SPECIAL)


def _changes(
    found: Sequence[Field], was_shown: Mapping[str, Any], held: Held, form: FormFields
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
            problems[field.name] = NO_NUMBER
        elif value not in (field.value, was_shown.get(field.name)):
            changes.append(Change(field.path, value))
    if form.get("closed"):
        day = day_in(form.get("closed", ""))
        if day is None:
            problems["closed"] = NO_DAY
        else:
            changes.append(closing(day))
    open_again = set(form.all("open_again"))
    changes += [
        opening_again(each)
        for each in closed_days(held.tree)
        if each["day"].isoformat() in open_again
    ]
    return changes, problems


@dataclass(frozen=True, slots=True)
class _Holding:
    """What a page says: the fields of today, the days that will be closed, and the changes."""

    fields: tuple[Field, ...]
    closed: tuple[date, ...]
    newest: int
    changes: list[VersionView]
    shown: Shown


def _holding(asked: SetUpRequest, connection: Connection, older_than: int | None) -> _Holding:
    """In a worker's thread, for it reads the set-up of two days. Raises `SetUpRefusedError`."""
    today, now = asked.today, asked.services.clock.now()
    versions = versions_of(connection, asked.plan.id, today, now)
    held = held_on(versions, today)
    at_last = held_on(versions, max(today, *(each.valid_from for each in versions)))
    found = fields(held.tree, today, held.tree["profile"])
    these = shown_of(versions, older_than)
    names = names_of(connection, these.versions)
    return _Holding(
        found,
        tuple(each["day"] for each in closed_days(at_last.tree) if each["day"] >= today),
        versions[-1].id,
        version_views(
            versions, these, known=found, names=names, today=today, language=asked.language
        ),
        these,
    )


async def _page(
    asked: SetUpRequest,
    *,
    problem: str = "",
    problems: Mapping[str, str] | None = None,
    wrong: Sequence[Wrong] = (),
    form: FormFields = NOTHING_TYPED,
    is_beside: bool = False,
) -> Response:
    """After a sentence about a problem the form still says what was typed."""
    older_than = seen_in(FormFields([("seen", asked.request.query_params.get("older", ""))]))
    try:
        read = partial(_holding, asked, older_than=older_than)
        holding = await asked.services.store.read(read)
    except SetUpRefusedError as refused:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if problem or problems else HTTPStatus.OK
        told = asked.sentence(refused)
        return _shown(asked, status, problem=told, problems={}, groups=(), saved=None)
    is_wrong = bool(problem or problems)
    at_fields, above = _told(asked, holding.fields, wrong)
    return _shown(
        asked,
        HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK,
        problem=" ".join(filter(None, [problem, *above])),
        problems={**(problems or {}), **at_fields},
        groups=groups(holding.fields),
        typed={each.name: form.get(each.name, str(each.value)) for each in holding.fields},
        now_holds={field.name: _now(asked, field) for field in holding.fields},
        is_beside=is_beside,
        dials=DIALS,
        kinds=Kind,
        closed=holding.closed,
        form=form,
        from_day=form.get("from", (asked.today + timedelta(days=1)).isoformat()),
        seen=holding.newest,
        saved=day_in(asked.request.query_params.get("saved", "")),
        versions=holding.changes,
        shown=holding.shown,
        older_than=older_than,
        reason_max=REASON_LETTERS_MAX,
    )


def _told(
    asked: SetUpRequest, found: Sequence[Field], wrong: Sequence[Wrong]
) -> tuple[dict[str, str], list[str]]:
    """What the reader does not take: by field, and what is about none."""
    by_path = {field.path: field for field in found}
    at_fields: dict[str, str] = {}
    above: list[str] = []
    for mistake in wrong:
        field = by_path.get(mistake.path)
        if field is None:
            above.append(told_of(mistake, asked.language))
        else:
            label = asked.say(field.label) if field.label else asked.say(DIAL)
            at_fields[field.name] = told_of(mistake, asked.language, label)
    return at_fields, above


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
        sections=SECTIONS,
        section=None,
        first=False,
        here=PAGE,
        told=lambda day: long_date(day, asked.language),
        **context,
    )


def _now(asked: SetUpRequest, field: Field) -> str:
    return asked.say(NOW) % {"value": shown(field, field.value, asked.language)}


routes: list[BaseRoute] = [
    Route(PAGE, set_up_page, methods=["GET"]),
    Route(PAGE, change_set_up, methods=["POST"]),
    Route(f"{PAGE}/{{version_id:int}}/take-back", take_back, methods=["POST"]),
    *section_routes,
]
