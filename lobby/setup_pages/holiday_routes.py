"""Public holidays, proposed for a country or read from a calendar's file: looked at by a person,
who keeps those on which the branch is closed."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from lobby import typed_text
from lobby.i18n.formats import long_date, weekday_name
from lobby.i18n.texts import mark
from lobby.setup.changes import Change
from lobby.setup.holding import Held, held_on
from lobby.setup.refusals import ChangedMeanwhileError, SetUpRefusedError, WrongSetUpError
from lobby.setup.service import Wish
from lobby.setup_pages.acts import CANNOT_BE, address
from lobby.setup_pages.asking import SetUpRequest, asked_for, seen_in
from lobby.setup_pages.days import IS_OVER, SPECIAL
from lobby.setup_pages.hours.proposal import (
    CLOSED,
    COUNTRIES,
    DAYS_MAX,
    FILE_BYTES_MAX,
    CalendarError,
    CalendarProblem,
    DayOff,
    in_calendar,
    in_form,
    of_country,
    special_day,
    to_come,
)
from lobby.setup_pages.hours.rows import AS_ON
from lobby.setup_pages.hours.rows import CLOSED as CLOSED_WORD
from lobby.setup_pages.hours.section import HOURS
from lobby.setup_pages.sections import SECTIONS
from lobby.triage.hours import WEEKDAYS, Weekday
from lobby.web.commands import FormFields, form_fields
from lobby.web.uploads import takes_file, upload_in

PAGE = "/setup/hours/holidays"
YEARS_AHEAD = 2
FORM_BYTES_MAX = FILE_BYTES_MAX + 64 * 1024
NO_FILE = mark("Please choose a file first.")
NOTHING_TICKED = mark("Please tick at least one day.")
MEANWHILE = mark("Somebody else has changed these days meanwhile. Please look at them again.")
REASON = mark("Public holidays")


async def holidays_page(request: Request) -> Response:
    query = request.query_params
    asked = await asked_for(request, query.get("branch", ""))
    country = query.get("country", "")
    year = typed_text.whole_number(query.get("year", ""), digits_max=4)
    if country not in COUNTRIES or year is None or year not in _years(asked.today):
        return await _page(asked, first=query.get("first", ""))
    days = await anyio.to_thread.run_sync(of_country, country, year)
    return await _page(asked, days, first=query.get("first", ""), country=country, year=year)


@takes_file
async def look_at_file(request: Request) -> Response:
    query = request.query_params
    asked, first = await asked_for(request, query.get("branch", "")), query.get("first", "")
    upload = await upload_in(request, FORM_BYTES_MAX)
    if upload.content == b"":
        return await _page(asked, problem=asked.say(NO_FILE), first=first)
    try:
        if upload.content is None:
            raise CalendarError(CalendarProblem.TOO_LARGE)
        days = await anyio.to_thread.run_sync(in_calendar, upload.content, asked.plan.time_zone)
    except CalendarError as error:
        return await _page(asked, problem=asked.say(error.problem.value), first=first)
    return await _page(asked, days, first=first)


async def keep_days(request: Request) -> Response:
    form = await form_fields(request)
    asked = await asked_for(request, form.get("branch", ""))
    days = in_form(form.all("day"))
    if not days:
        return await _page(asked, problem=asked.say(NOTHING_TICKED), first=form.get("first", ""))
    if any(each.day < asked.today for each in days):
        return await _kept_not(asked, form, days, asked.say(IS_OVER))
    changes = tuple(Change((*SPECIAL, f"{each.day}"), special_day(each)) for each in days)
    wish = Wish(
        branch_id=asked.plan.id,
        valid_from=asked.today,
        changes=changes,
        reason=asked.say(REASON),
        seen=seen_in(form),
        about=tuple(each.path for each in changes),
    )
    try:
        await asked.services.set_up.change(wish, f"staff/{asked.staff.id}")
    except SetUpRefusedError as refused:
        return await _kept_not(asked, form, days, asked.sentence(refused))
    except WrongSetUpError:
        return await _kept_not(asked, form, days, asked.say(CANNOT_BE))
    except ChangedMeanwhileError:
        return await _kept_not(asked, form, days, asked.say(MEANWHILE))
    facts = {"branch": asked.plan.id, "saved": f"{asked.today}"}
    more = {"first": "1"} if form.get("first") == "1" else {}
    return RedirectResponse(f"{address(HOURS)}?{urlencode(facts | more)}", HTTPStatus.SEE_OTHER)


async def _kept_not(
    asked: SetUpRequest, form: FormFields, days: Sequence[DayOff], problem: str
) -> Response:
    return await _page(asked, days, problem=problem, first=form.get("first", ""))


async def _page(
    asked: SetUpRequest,
    days: Sequence[DayOff] | None = None,
    *,
    problem: str = "",
    first: str = "",
    country: str = "",
    year: int = 0,
) -> Response:
    """Before somebody has chosen there are no `days`; afterwards those that are still to come."""
    held: Held | None = None
    try:
        versions = await asked.services.set_up.versions(asked.plan)
        held = await anyio.to_thread.run_sync(held_on, versions, asked.today)
    except SetUpRefusedError as refused:
        problem = asked.sentence(refused)
    is_sent = asked.request.method == "POST"
    shown = to_come(days or (), held.tree, asked.today) if held is not None else ()
    if days is not None and not shown and not problem:
        problem = asked.say(CalendarProblem.NO_DAYS.value)
    return asked.services.pages.page(
        asked.request,
        "setup_pages/hours/holidays.html",
        asked.language,
        status_code=HTTPStatus.UNPROCESSABLE_ENTITY if is_sent and problem else HTTPStatus.OK,
        me=asked.staff,
        plan=asked.plan,
        plans=asked.plans,
        sections=SECTIONS,
        section=HOURS,
        here=PAGE,
        first=first == "1",
        problem=problem,
        days=[_row(each, asked) for each in shown[:DAYS_MAX]],
        left_out=max(0, len(shown) - DAYS_MAX),
        seen=held.newest if held is not None else "",
        has_branch=held is not None,
        countries=COUNTRIES,
        country=country or (held.set_up.catalogue.profile if held is not None else ""),
        years=_years(asked.today),
        year=year or asked.today.year,
    )


def _row(each: DayOff, asked: SetUpRequest) -> tuple[str, str, str]:
    """What is sent, the day, and what it is."""
    kind = asked.say(CLOSED_WORD)
    if each.kind != CLOSED:
        weekday = weekday_name(WEEKDAYS.index(Weekday(each.kind)), asked.language)
        kind = asked.say(AS_ON) % {"weekday": weekday}
    name = asked.say(each.name) if each.name else ""
    return each.sent, long_date(each.day, asked.language), " · ".join(filter(None, (kind, name)))


def _years(today: date) -> range:
    return range(today.year, today.year + YEARS_AHEAD + 1)


routes: list[BaseRoute] = [
    Route(PAGE, holidays_page, methods=["GET"]),
    Route(PAGE, look_at_file, methods=["POST"]),
    Route(f"{PAGE}/kept", keep_days, methods=["POST"]),
]
